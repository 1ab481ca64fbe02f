package rtlib

import (
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// watch fails the test if a wake-up is lost while f runs.
func watch(t *testing.T, f func()) {
	var stop atomic.Bool
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		seen := 0
		for !stop.Load() {
			time.Sleep(time.Millisecond)
			if !sched.LostWakeup() {
				seen = 0
			} else if seen++; seen == 5 {
				t.Errorf("lost wake-up:\n%s", sched.Dump())
			}
		}
	}()
	f()
	stop.Store(true)
	<-finished
}

// ---- func naps(n int) { for range n { time.Sleep(random) } }

var (
	napsFn   = abi.Func{Name: "test.naps", Size: unsafe.Sizeof(spawnFrame{})}
	napsSite = abi.Site{Fn: &napsFn}
)

func nap(w *abi.W, sp abi.SP) { sched.Sleep(w, sp, int64(1+sched.Rand(w, 300))*1000) }

func naps(w *abi.W, sp abi.SP, n int) int {
	fr := (*spawnFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.site = uintptr(unsafe.Pointer(&napsSite))
	if n > 0 {
		nap(w, sp+unsafe.Sizeof(*fr))
		c := (*spawnFrame)(w.Capture(sp, &napsFn, napsResume))
		c.n = n - 1
	}
	return 0
}

func napsResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*spawnFrame)(h.Body())
	if fr.n == 0 {
		w.Return(h)
		return
	}
	fr.n--
	nap(w, sp)
	w.Recapture(h)
}

func TestSleepStorm(t *testing.T) {
	watch(t, func() {
		const k = 20
		done := make(chan int, k)
		for range k {
			jobs <- func(w *abi.W, sp abi.SP) {
				then(w, sp, func(w *abi.W, sp abi.SP) int { return naps(w, sp, 200) }, func(int) { done <- 1 })
			}
		}
		for range k {
			select {
			case <-done:
			case <-time.After(10 * time.Second):
				t.Fatalf("stuck:\n%s", sched.Dump())
			}
		}
	})
}

func TestPingPongStorm(t *testing.T) {
	watch(t, func() {
		const k = 8
		done := make(chan int, k)
		for range k {
			go func() { done <- pingPong(20000) }()
		}
		for range k {
			select {
			case got := <-done:
				if want := 20000 * 20001 / 2; got != want {
					t.Error(got, want)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("stuck:\n%s", sched.Dump())
			}
		}
	})
}
