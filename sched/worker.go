package sched

// This file is the worker: its loop, and how it runs one goroutine.

import (
	"os"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// worker is what the scheduler keeps for one W. Unless a field says otherwise only the
// worker itself touches it.
type worker struct {
	w    abi.W
	runq runq

	status   uint32 // wIdle …; see world.go for who may write it
	token    uint32 // 1 while the worker counts against GOMAXPROCS; the monitor may take it, atomically
	tick     uint32 // goroutines run; read by the monitor
	sysTick  uint32 // system calls entered; read by the monitor
	chain    uint32 // turns in a row taken from runnext
	turn     uint32 // passes through find
	turnTime uint32 // length of a goroutine's turn of late, in ns; measured here, raised by the monitor, read by thieves
	spinning bool   // counted in idle.spinning
	stopped  bool   // the goroutine loop returns at the next occasion (tests)
	pinned   int32  // depth of Pin
	locks    int32  // depth of LockThread
	locked   *G     // the goroutine that alone may run here; see thread.go
	handed   *G     // … now that it is runnable; guarded by idle.Lock
	resting  bool   // waiting for handed; guarded by idle.Lock
	rand     uint32
	started  uint64 // the program's goroutines begun here
	ended    uint64 // … and ended
	raise    *abi.Panic
	running  *G                          // what batch was running when a panic reached it
	free     gList                       // dead records, fewer than gBatch
	spare    gList                       // gBatch of them, or none
	selects  [selectClasses]*SelectCases // free records of rtchan's
	nextID   uint64                      // ids up to lastID are this worker's to give
	lastID   uint64
	timers   timerHeap
	clock    int64  // when turns were last counted
	counted  uint32 // tick at that time
	sysG     G      // stands in for a goroutine while timers' functions run
	note     note   // wakes the idle worker
	idleNext *worker
	seenTick uint32 // the monitor's: tick when it last looked
	seenSys  uint32
	seenAt   int64 // the monitor's: when tick last changed
	askedAt  int64 // the monitor's: when it set PollAsk
	_        [64]byte
}

func of(w *abi.W) *worker { return (*worker)(unsafe.Pointer(w)) }

// StackSize is the reservation for one worker's shadow stack; its last pages are the guard.
const (
	StackSize = 512 << 20
	guardSize = 64 << 10
)

// workers is every worker ever made.
var workers struct {
	Lock
	list atomic.Pointer[[]*worker] // copied on growth
}

func allWorkers() []*worker {
	if l := workers.list.Load(); l != nil {
		return *l
	}
	return nil
}

// NewHeapCache makes a worker's allocator; set by rtlib before Start.
var NewHeapCache func(w *abi.W)

func newWorker() *worker {
	p := new(worker)
	base := abi.Reserve(StackSize)
	abi.Guard(unsafe.Add(base, StackSize-guardSize), guardSize)
	w := &p.w
	w.Base = uintptr(base)
	w.Top = w.Base
	w.Sched = unsafe.Pointer(p)
	w.RetArea(abi.RetSize)
	p.note = newNote()
	p.turnTime = worthWaking
	p.seenAt = Nanotime()
	p.sysG.Wait.G, p.sysG.flags, p.sysG.state = &p.sysG, flagSystem, running
	w.G = &p.sysG.G
	workers.Lock.Lock()
	old := allWorkers()
	w.ID = len(old)
	p.rand = uint32(w.ID)*2654435761 + 1
	list := append(old[:len(old):len(old)], p)
	workers.list.Store(&list)
	workers.Unlock()
	if NewHeapCache != nil {
		NewHeapCache(w)
	}
	return p
}

// loop is a worker's whole life.
func (p *worker) loop() {
	p.becomeRunning()
	for !p.batch() {
	}
}

// batch runs goroutines until a panic reaches it: one host-level recover serves every
// captured frame, and costs nothing while nobody panics.
func (p *worker) batch() (stopped bool) {
	done := false
	defer func() {
		if done {
			return
		}
		// The panicking frames are still below us on both stacks: a traceback can show them.
		p.raise = Hooks.Raised(&p.w, recover())
	}()
	if p.raise != nil {
		g := p.running
		r := p.raise
		p.raise = nil
		if p.raiseIn(g, r) || p.w.Unwind != abi.Running && !p.unwound(g) {
			p.run(g)
		} else if g.loadState() == running {
			p.endG(g)
		}
	}
	for !p.stopped {
		if g := p.find(); g != nil {
			p.run(g)
		}
	}
	done = true
	return true
}

// run gives g the worker until it parks, yields or ends: it calls the func of a fresh goroutine, and
// continues captured frames, innermost first.
func (p *worker) run(g *G) {
	w := &p.w
	if g.flags&flagLocked != 0 && p.locked != g {
		p.sendHome(g)
		return
	}
	StoreRel(&p.tick, p.tick+1)
	p.running = g
	w.G = &g.G
	StoreRel(&g.state, running)
	if g.flags&flagFresh != 0 {
		g.flags &^= flagFresh
		fn := g.Val
		g.Val = nil
		(*(*func(*abi.W, abi.SP))(unsafe.Pointer(&fn)))(w, w.Base)
		if w.Unwind != abi.Running && p.unwound(g) {
			return
		}
	}
	for {
		if d := g.Done; d != 0 {
			g.Done = 0
			dones[d%32](w, g)
		}
		f := g.Frames
		if f == nil {
			p.endG(g)
			return
		}
		f.Fn.Resume(w, w.Base, f)
		if w.Unwind != abi.Running && p.unwound(g) {
			return
		}
	}
}

// unwound settles a suspension whose frames are captured now. It reports whether the worker is
// through with g; if not, a waker came first, and g goes on.
func (p *worker) unwound(g *G) bool {
	p.w.Unwind, p.w.Tail = abi.Running, nil
	if g.state == yielding {
		return p.yielded(g)
	}
	if g.flags&flagBubbled != 0 {
		return p.unwoundBubbled(g)
	}
	// Once it is parked, g may run elsewhere; if it is not, a waker came first.
	if atomic.CompareAndSwapUint32(&g.state, unwinding, parked) {
		return true
	}
	StoreRel(&g.state, running)
	return false
}

// yielded queues g unless it would be the next to run anyhow; then it goes on.
func (p *worker) yielded(g *G) bool {
	if p.alone() {
		StoreRel(&p.tick, p.tick+1)
		StoreRel(&g.state, running)
		return false
	}
	StoreRel(&g.state, runnable)
	p.put(g)
	return true
}

// alone reports whether a goroutine that yields would be the next to run.
func (p *worker) alone() bool {
	return p.runq.empty() && global.n.Load() == 0 && !timersDue.Load() && atomic.LoadUint32(&p.w.Poll) == 0 &&
		atomic.LoadUint32(&p.token) != 0 && p.tick%64 != 0
}

// raiseIn finds the captured frame that handles panic r, dropping those that do not defer.
func (p *worker) raiseIn(g *G, r *abi.Panic) bool {
	w := &p.w
	w.Unwind, w.Tail = abi.Running, nil
	g.Done = 0
	coro := uintptr(0)
	for f := g.Frames; f != nil; f = g.Frames {
		if f.Fn.Defers {
			w.Raise = r
			return true
		}
		if f.Fn == &coroFn {
			coro = (*coroFrame)(f.Body()).c
		}
		w.Return(f)
	}
	Hooks.Uncaught(w, r)
	if w.Unwind == abi.Running && g.flags&flagCoro != 0 {
		coroGone(w, g, coro)
	}
	return false
}

// endG ends the goroutine that runs.
func (p *worker) endG(g *G) {
	if g.flags&flagLocked != 0 {
		p.unlockThread()
	}
	if g.flags&flagBubbled != 0 {
		g.bubble().end(&p.w, g)
	}
	p.w.G = &p.sysG.G
	if g.flags&flagSystem == 0 {
		storeRel64(&p.ended, p.ended+1)
	}
	p.freeG(g)
}

// Hooks are what the scheduler needs from package rtpanic; rtlib sets them before Start.
var Hooks = struct {
	// Raised turns what the host recovered into the panic to be raised in the goroutine's captured
	// frames. It is called on top of the panicking host frames.
	Raised func(w *abi.W, r any) *abi.Panic
	// Uncaught is called when no captured frame is left to handle r. It ends the process, unless r
	// is a Goexit or the value's Error method suspends.
	Uncaught func(w *abi.W, r *abi.Panic)
	// Deadlock reports that no goroutine can ever run again, and exits.
	Deadlock func()
	// Quit ends the process for SIGQUIT. on tells on which stopped worker a goroutine is, if it is on one, and where that
	// one's shadow stack ends.
	Quit func(on func(g *abi.G) (*abi.W, abi.SP))
}{
	Raised:   func(w *abi.W, r any) *abi.Panic { return &abi.Panic{Value: r} },
	Uncaught: func(w *abi.W, r *abi.Panic) { panic(r.Value) },
	Quit:     func(func(g *abi.G) (*abi.W, abi.SP)) { os.Exit(2) },
	Deadlock: func() { fatal("all goroutines are asleep - deadlock!") },
}
