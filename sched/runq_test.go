package sched

import (
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"rtgen/rtlib/abi"
)

func TestMain(m *testing.M) {
	maxRunning.Store(4)
	os.Exit(m.Run())
}

// testWorkers are workers without a loop: their queues only.
func testWorkers(n int) []*worker {
	ws := make([]*worker, n)
	for i := range ws {
		ws[i] = new(worker)
		ws[i].runq.bar = barFence
	}
	return ws
}

func testGs(n int) []*G {
	size := uintptr(n) * 256
	base := uintptr(abi.Reserve((size + 4095) &^ 4095))
	gs := make([]*G, n)
	for i := range gs {
		gs[i] = abi.Ptr[G](base + uintptr(i)*256)
		gs[i].ID = uint64(i)
	}
	return gs
}

// TestRunq lets one worker queue goroutines and run some, while thieves take from its ring and from its
// runnext slot, first with locked instructions and then with membarrier: each goroutine must come out exactly once.
func TestRunq(t *testing.T) {
	const n = 200000
	ws, gs := testWorkers(4), testGs(n)
	seen := make([]atomic.Int32, n)
	var left atomic.Int64
	left.Store(n)
	out := func(g *G) {
		if g != nil {
			if seen[g.ID].Add(1) != 1 {
				t.Errorf("goroutine %d came out twice", g.ID)
			}
			left.Add(-1)
		}
	}
	var wg sync.WaitGroup
	for _, p := range ws[1:] {
		wg.Go(func() {
			for left.Load() > 0 {
				out(p.steal(ws[0], true))
				for g := p.runq.take(); g != nil; g = p.runq.take() {
					out(g)
				}
			}
		})
	}
	p := ws[0]
	for i, g := range gs {
		switch i % 3 {
		case 0:
			p.put(g)
		default:
			if old := p.runq.swapNext(gWord(g)); old != 0 {
				p.put(wordG(old))
			}
		}
		if i%4 == 0 {
			out(wordG(p.runq.swapNext(0)))
		}
		if i%7 == 0 {
			out(p.runq.take())
		}
		if i == n/2 {
			wg.Go(func() { // as register
				syscall.RawSyscall(sysMembarrier, membarrierRegister, 0, 0)
				atomic.AndUint32(&p.runq.bar, ^barFence)
			})
		}
		if i%1000 == 0 {
			for global.n.Load() != 0 && !t.Failed() { // what the full ring spilled
				out(p.getGlobal(1))
			}
		}
	}
	for left.Load() > 0 && !t.Failed() {
		out(p.runq.take())
		out(p.getGlobal(1))
	}
	wg.Wait()
	for i := range seen {
		if seen[i].Load() != 1 {
			t.Fatalf("goroutine %d came out %d times", i, seen[i].Load())
		}
	}
}

// TestParkReady runs the state word's protocol: a waker and the unwinding worker race, and exactly one of
// them goes on with the goroutine.
func TestParkReady(t *testing.T) {
	p := new(worker)
	g := testGs(1)[0]
	for range 50000 {
		g.state = running
		g.Park(&p.w, ReasonSleep)
		var woken bool
		var wg sync.WaitGroup
		wg.Go(func() { woken = g.awaken(nil) })
		left := p.unwound(g)
		wg.Wait()
		if left != woken {
			t.Fatalf("the worker left it: %v; the waker got it: %v", left, woken)
		}
	}
}
