package sched

// This file stops the world: brings every worker to a place where its stacks are walkable and
// it touches nothing of the guest's.

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
)

// What a worker is doing. The worker writes its own status; the monitor alone may change
// wSyscall to wRetaken. A worker that turns wRunning looks at world.stopping afterwards and
// steps back if it is set; one who stops the world sets stopping first and then reads the
// statuses: so either sees the other.
const (
	wRunning uint32 = iota // may touch anything
	wIdle                  // sleeps or polls; shadow stack empty
	wSyscall               // in a system call; Top is valid
	wRetaken               // the same, and another worker has its token
	wStopped               // at a safepoint, waiting for the world; Top is valid
)

var world struct {
	mu       sync.Mutex // held by who stops the world
	stopping atomic.Bool
	gate     sync.Mutex // held while the world is stopped: others wait on it
}

// becomeRunning turns an idle, stopped or system-calling worker into a running one.
func (p *worker) becomeRunning() {
	if Solo.began.Load() && Solo.sole.Load() != p {
		endSolo()
	}
	for {
		atomic.StoreUint32(&p.status, wRunning)
		if !world.stopping.Load() {
			wakeMonitor()
			return
		}
		p.waitWorld()
	}
}

func (p *worker) becomeIdle() {
	p.w.Top = p.w.Base
	atomic.StoreUint32(&p.status, wIdle)
}

// waitWorld sleeps while the world is stopped.
func (p *worker) waitWorld() {
	atomic.StoreUint32(&p.status, wStopped)
	for i := 0; i < 100; i++ { // most stops are short
		if !world.stopping.Load() {
			return
		}
		procyield(30)
	}
	world.gate.Lock()
	world.gate.Unlock() //nolint:staticcheck // a gate, not a section
}

// Safepoint is where a running worker lets the world be stopped. sp is the first free byte of the
// shadow stack.
func Safepoint(w *abi.W, sp abi.SP) {
	if world.stopping.Load() {
		w.Top = sp
		of(w).waitWorld()
		of(w).becomeRunning()
	}
}

// StopWorld brings every worker but w to a safepoint. It returns false if another worker was
// at it already; then that one is through by now.
func StopWorld(w *abi.W, sp abi.SP) bool {
	w.Top = sp
	p := of(w)
	if !world.mu.TryLock() {
		atomic.StoreUint32(&p.status, wStopped)
		world.mu.Lock()
		world.mu.Unlock()
		p.becomeRunning()
		return false
	}
	world.gate.Lock()
	stopAll(p, func() bool { return false })
	return true
}

// stopAll has every worker but p stop, and waits until they do or giveUp says so.
func stopAll(p *worker, giveUp func() bool) {
	world.stopping.Store(true)
	for _, v := range allWorkers() {
		if v != p {
			atomic.OrUint32(&v.w.Poll, abi.PollStop)
		}
	}
	// A worker made from here on finds stopping set before it runs anything.
	for _, v := range allWorkers() {
		for i := 0; v != p && atomic.LoadUint32(&v.status) == wRunning && !giveUp(); i++ {
			Pause(i)
		}
	}
}

// StartWorld lets the workers go on. Only here is PollStop cleared, while no other stop can begin.
func StartWorld(w *abi.W) {
	for _, v := range allWorkers() {
		atomic.AndUint32(&v.w.Poll, ^abi.PollStop)
	}
	world.stopping.Store(false)
	world.gate.Unlock()
	world.mu.Unlock()
}

// World is the scheduler as the collector sees it.
type World struct{}

var _ gc.World = World{}

func (World) Stop(w *abi.W, sp abi.SP) bool { return StopWorld(w, sp) }
func (World) Start(w *abi.W)                { StartWorld(w) }
func (World) Safepoint(w *abi.W, sp abi.SP) { Safepoint(w, sp) }

func (World) Workers(f func(*abi.W)) {
	for _, p := range allWorkers() {
		f(&p.w)
	}
}

func (World) Gs(f func(*abi.G)) {
	All(func(g *G) { f(&g.G) })
	for _, p := range allWorkers() {
		f(&p.sysG.G)
	}
}

// Roots calls mark for what goroutines that select have in transit, for timers, and for
// whatever else was registered. The argument may be any word: mark ignores what does not point into
// the heap.
func (World) Roots(mark func(unsafe.Pointer)) {
	All(func(g *G) {
		if s := g.Sel(); s != nil {
			SelectRoots(s, mark)
		}
	})
	for _, p := range allWorkers() {
		if p.raise != nil {
			mark(unsafe.Pointer(p.raise))
		}
	}
	timerRoots(mark)
	for _, f := range moreRoots {
		f(mark)
	}
}

func (World) Go(w *abi.W, sp abi.SP, fn func(*abi.W, abi.SP)) { GoSystem(w, fn) }

// moreRoots is written during package initialisation only.
var moreRoots []func(mark func(unsafe.Pointer))

// AddRoots registers f to report pointers into the guest's heap that are kept outside it.
func AddRoots(f func(mark func(unsafe.Pointer))) { moreRoots = append(moreRoots, f) }
