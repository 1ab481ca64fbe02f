package sched

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

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
