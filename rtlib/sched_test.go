package rtlib

import (
	"runtime"
	"testing"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

func pingPong(n int) (sum int) {
	guest(func(w *abi.W, sp abi.SP, done func()) {
		a, b := MakeChan[int](w, sp, &intLayout, 0), MakeChan[int](w, sp, &intLayout, 0)
		keep(a.P, b.P)
		Go(w, sp, func(w *abi.W, sp abi.SP) { echo(w, sp, a, b) }, 0)
		then(w, sp, func(w *abi.W, sp abi.SP) int { return loop(w, sp, b, a, n) }, func(r int) {
			sum = r
			done()
		})
	})
	return sum
}

// kept holds what test closures, which are the host's, refer to: roots of our heap.
var kept [64]unsafe.Pointer
var nkept int

func keep(ps ...unsafe.Pointer) {
	for _, p := range ps {
		kept[nkept%len(kept)] = p
		nkept++
	}
}

func TestPingPong(t *testing.T) {
	for range 20 {
		if got, want := pingPong(1000), 1000*1001/2; got != want {
			t.Fatal(got, want)
		}
	}
}

func TestSleepOrder(t *testing.T) {
	var at [3]time.Duration
	start := time.Now()
	ch := make(chan int, 3)
	guest(func(w *abi.W, sp abi.SP, done func()) {
		for i, d := range []time.Duration{30, 10, 20} {
			Go(w, sp, func(w *abi.W, sp abi.SP) {
				then(w, sp, func(w *abi.W, sp abi.SP) int { sched.Sleep(w, sp, int64(d*time.Millisecond)); return 0 }, func(int) {
					at[i] = time.Since(start)
					ch <- i
				})
			}, 0)
		}
		done()
	})
	if a, b, c := <-ch, <-ch, <-ch; a != 1 || b != 2 || c != 0 {
		t.Fatal(a, b, c, at)
	}
	if at[1] < 10*time.Millisecond || at[0] > 60*time.Millisecond {
		t.Error(at)
	}
}

func BenchmarkPingPong(b *testing.B) { pingPong(b.N) }

func stockFetch(in, out chan int, i int) (int, bool) { out <- i; v, ok := <-in; return v + 1, ok }

func BenchmarkPingPongStock(b *testing.B) {
	x, y := make(chan int), make(chan int)
	go func() {
		for v := range x {
			y <- v
		}
		close(y)
	}()
	for i, sum := 0, 0; i < b.N; i++ {
		v, ok := stockFetch(y, x, i)
		if !ok {
			break
		}
		sum += v
	}
	close(x)
}

// ---- func spawn(n int) { for range n { go func(){}(); runtime.Gosched() at times } }

type spawnFrame struct {
	n    int
	site uintptr
}

var (
	spawnFn   = abi.Func{Name: "test.spawn", Size: unsafe.Sizeof(spawnFrame{})}
	spawnSite = abi.Site{Fn: &spawnFn}
)

var ended int

func nothing(w *abi.W, sp abi.SP) { ended++ }

func spawn(w *abi.W, sp abi.SP, n int) int {
	fr := (*spawnFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.site = uintptr(unsafe.Pointer(&spawnSite))
	for ; n > 0; n-- {
		Go(w, sp+unsafe.Sizeof(*fr), nothing, 0)
		if n%64 == 0 {
			sched.Yield(w, sp+unsafe.Sizeof(*fr))
			if w.Unwind != 0 {
				c := (*spawnFrame)(w.Capture(sp, &spawnFn, spawnResume))
				c.n = n - 1
				return 0
			}
		}
	}
	return 0
}

func spawnResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*spawnFrame)(h.Body())
	for n := fr.n; n > 0; n-- {
		Go(w, sp, nothing, 0)
		if n%64 == 0 {
			sched.Yield(w, sp)
			if w.Unwind != 0 {
				fr.n = n - 1
				w.Recapture(h)
				return
			}
		}
	}
	w.Return(h)
}

func BenchmarkSpawn(b *testing.B) {
	guest(func(w *abi.W, sp abi.SP, done func()) {
		then(w, sp, func(w *abi.W, sp abi.SP) int { return spawn(w, sp, b.N) }, func(int) { done() })
	})
}

func BenchmarkSpawnStock(b *testing.B) {
	for n := b.N; n > 0; n-- {
		go func() {}()
		if n%64 == 0 {
			runtime.Gosched()
		}
	}
}

// ---- func yield(n int) { for range n { runtime.Gosched() } }

var (
	yieldFn   = abi.Func{Name: "test.yield", Size: unsafe.Sizeof(spawnFrame{})}
	yieldSite = abi.Site{Fn: &yieldFn}
)

func yield(w *abi.W, sp abi.SP, n int) int {
	fr := (*spawnFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.site = uintptr(unsafe.Pointer(&yieldSite))
	for ; n > 0; n-- {
		sched.Yield(w, sp+unsafe.Sizeof(*fr))
		if w.Unwind != 0 {
			c := (*spawnFrame)(w.Capture(sp, &yieldFn, yieldResume))
			c.n = n - 1
			return 0
		}
	}
	return 0
}

func yieldResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*spawnFrame)(h.Body())
	for n := fr.n; n > 0; n-- {
		sched.Yield(w, sp)
		if w.Unwind != 0 {
			fr.n = n - 1
			w.Recapture(h)
			return
		}
	}
	w.Return(h)
}

func BenchmarkYield(b *testing.B) {
	guest(func(w *abi.W, sp abi.SP, done func()) {
		then(w, sp, func(w *abi.W, sp abi.SP) int { return yield(w, sp, b.N) }, func(int) { done() })
	})
}

func BenchmarkYieldStock(b *testing.B) {
	for n := b.N; n > 0; n-- {
		runtime.Gosched()
	}
}

func BenchmarkBuffered(b *testing.B) {
	guest(func(w *abi.W, sp abi.SP, done func()) {
		c := MakeChan[int](w, sp, &intLayout, 128)
		keep(c.P)
		for i := range b.N {
			Send(w, sp, c.P, i)
			Recv[int](w, sp, c.P)
		}
		done()
	})
}

func BenchmarkBufferedStock(b *testing.B) {
	c := make(chan int, 128)
	for i := range b.N {
		c <- i
		<-c
	}
}

func BenchmarkSelectDefault(b *testing.B) {
	guest(func(w *abi.W, sp abi.SP, done func()) {
		c, d := MakeChan[int](w, sp, &intLayout, 0), MakeChan[int](w, sp, &intLayout, 0)
		keep(c.P, d.P)
		for range b.N {
			cs := [...]SelectCase{{C: c.P, Layout: &intLayout}, {C: d.P, Layout: &intLayout}}
			Select(w, sp, unsafe.Slice(abi.Noescape(&cs[0]), 2), true)
		}
		done()
	})
}
