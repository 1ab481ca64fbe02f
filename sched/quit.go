package sched

// This file is SIGQUIT: the program ends with the traces of all goroutines, unless it asked for the signal
// itself.

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"rtgen/rtlib/abi"
)

var quit = make(chan os.Signal, 1)

// watchQuit waits for SIGQUIT. The monitor starts it: programs that end at once do without.
func watchQuit() {
	if signal.Ignored(syscall.SIGQUIT) {
		return
	}
	signal.Notify(quit, syscall.SIGQUIT)
	for range quit {
		if !signalWanted(uint32(syscall.SIGQUIT)) {
			freeze(100 * time.Millisecond)
			Hooks.Quit(stoppedOn)
		}
	}
}

// freeze stops the workers for good, but for those in native code that does not return within d.
func freeze(d time.Duration) {
	end := Nanotime() + int64(d)
	for !world.mu.TryLock() { // a collection, perhaps
		if Nanotime() > end {
			return
		}
		time.Sleep(100 * time.Microsecond)
	}
	world.gate.Lock()
	stopAll(nil, func() bool { return Nanotime() > end })
}

// stoppedOn returns the worker on which g stands still, and the end of its shadow stack; nil if it does
// not run, or cannot be stopped.
func stoppedOn(g *abi.G) (w *abi.W, sp abi.SP) {
	for _, p := range allWorkers() {
		if p.w.G == g && p.status != wRunning && p.status != wIdle {
			return &p.w, p.w.Top
		}
	}
	return nil, 0
}
