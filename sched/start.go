package sched

// This file starts and ends the scheduler.

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// external counts sources of wake-ups that are not workers: while there is one, nothing is a
// deadlock.
var external atomic.Int32

// AddExternal announces (n > 0) or withdraws wake-ups by Inject from outside the workers.
func AddExternal(n int32) { external.Add(n) }

// Start makes n tokens and the first worker, and returns that worker's W; it belongs to the calling
// host goroutine, which must go on to Run.
func Start(n int) *abi.W {
	maxRunning.Store(int32(n))
	addTokens(int32(n - 1))
	initPoller()
	p := newWorker()
	p.token = 1
	return &p.w
}

// Run starts goroutine 1 with fn, here and not on any other worker, and works until the process exits.
func Run(w *abi.W, fn func(w *abi.W, sp abi.SP)) {
	g := of(w).start(fn, 0)
	watcher.note = newNote()
	coarse.Store(Nanotime())
	go monitor()
	of(w).loop(g)
	runtime.Goexit() // goroutine 1 ended locked to the main thread; the process goes on
}

// GOMAXPROCS sets the number of workers that run at a time, if n > 0, and returns the former one.
func GOMAXPROCS(n int) int {
	old := maxRunning.Load()
	if n > 0 && int32(n) != old {
		idle.Lock.Lock()
		old = maxRunning.Swap(int32(n))
		addTokens(int32(n) - old)
		idle.Unlock()
		raiseHost()
		wake()
	}
	return int(old)
}

var hostMu sync.Mutex

// raiseHost gives the host processors for all workers, and two for those in native code: they must not keep
// the monitor from running.
func raiseHost() {
	hostMu.Lock()
	defer hostMu.Unlock()
	if n := int(maxRunning.Load()) + 2; runtime.GOMAXPROCS(0) < n {
		runtime.GOMAXPROCS(n)
	}
}

// checkDeadlock reports a deadlock if every worker sleeps and nothing can wake one.
func checkDeadlock() {
	if anyTimers() || netpollAny() || external.Load() != 0 || idle.poller.Load() != 0 {
		return
	}
	idle.Lock.Lock()
	stuck := int(idle.n.Load()) == len(allWorkers()) && !anyWork()
	idle.Unlock()
	if stuck && !anyTimers() && !netpollAny() && external.Load() == 0 {
		Hooks.Deadlock()
	}
}

// AtExit is called when the program ends itself: main returned, os.Exit was called, or nobody
// recovered. Set before Start; several workers may call it at once, and it ends soon.
var AtExit = func() {}

// Exit ends the process.
func Exit(code int) {
	AtExit()
	os.Exit(code)
}

func fatal(s string) {
	os.Stderr.WriteString("fatal error: " + s + "\n")
	Exit(2)
}

func ptr(x uintptr) unsafe.Pointer { return unsafe.Pointer(abi.Ptr[byte](x)) }
