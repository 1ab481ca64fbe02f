package sched

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// The only worker that neither sleeps nor rests for its own goroutine is found.
func TestTheAwake(t *testing.T) {
	list := workers.list.Load()
	defer func() {
		workers.list.Store(list)
		idle.stack = nil
	}()
	workers.list.Store(nil)
	var ws []*worker
	for range 5 {
		ws = append(ws, newWorker())
	}
	for i, want := range ws {
		idle.stack = nil
		for k := range ws {
			p := ws[(i+k)%len(ws)]
			p.resting = k == 2
			if k != 0 && k != 2 {
				p.idleNext, idle.stack = idle.stack, p
			}
		}
		if got := theAwake(ws); got != want {
			t.Errorf("worker %d is awake, not %d", want.w.ID, got.w.ID)
		}
	}
}

// The host puts the holder of a lock aside while all its processors are taken by those who wait. Without its signals and
// with everything inlined, as in programs, it has no means to end that by itself.
func TestHolderPutAside(t *testing.T) {
	if os.Getenv("GODEBUG") != "asyncpreemptoff=1" {
		cmd := exec.Command("go", "test", "-gcflags=rtgen/...=-l=4", "-count=1", "-timeout=1m", "-run=^TestHolderPutAside$", ".")
		cmd.Env = append(os.Environ(), "GODEBUG=asyncpreemptoff=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var l Lock
	l.Lock()
	done := make(chan bool)
	go func() {
		l.Lock()
		l.Unlock()
		done <- true
	}()
	runtime.Gosched() // the other one waits now
	l.Unlock()
	<-done
}
