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
	tick     uint32 // turns begun; read by the monitor
	sysTick  uint32 // system calls entered; read by the monitor
	turnTime uint32 // length of a goroutine's turn of late, in ns; measured here, raised by the monitor, read by thieves
	light    uint32 // wantWorker: turns are too short for others to gain by taking any; see weigh
	wasAlone bool   // no other worker was awake when turns were last counted
	trial    bool   // they are light to find out how long they are then
	trialAt  int64  // when a trial ends, or the next one may begin
	trialGap int64
	spinning bool  // counted in idle.spinning
	moves    bool  // to another thread: the host goroutine ends; see thread.go
	pinned   int32 // depth of Pin
	locks    int32 // depth of LockThread
	locked   *G    // the goroutine that alone may run here, sysG if none may any more; see thread.go
	handed   *G    // … now that it is runnable; guarded by idle.Lock
	resting  bool  // waiting for handed; guarded by idle.Lock
	rand     uint32
	started  uint64 // the program's goroutines begun here
	ended    uint64 // … and ended
	raise    *abi.Panic
	free     gList                       // dead records, fewer than gBatch
	spare    gList                       // gBatch of them, or none
	selects  [selectClasses]*SelectCases // free records of rtchan's
	nextID   uint64                      // ids up to lastID are this worker's to give
	lastID   uint64
	timers   timerHeap
	clock    int64  // when turns were last counted
	counted  uint32 // tick at that time
	countAt  uint32 // tick at which to do it again
	sysG     G      // stands in for a goroutine while timers' functions run
	note     note   // wakes the idle worker
	idleNext *worker
	seenTick uint32 // the monitor's: tick when it last looked
	seenSys  uint32
	polls    uint32 // looks at the poller; read by the monitor
	seenPoll uint32 // the monitor's, read by workers that go to sleep: polls when it last looked
	unpolled uint32 // … and how often in a row it found nothing new
	seenAt   int64  // the monitor's: when tick last changed
	askedAt  int64  // the monitor's: when it set PollAsk
	_        [64]byte
}

func of(w *abi.W) *worker { return (*worker)(unsafe.Pointer(w)) }

// The reservation for one worker's shadow stack; its last pages are the guard.
const (
	maxStack  = 512 << 20
	minStack  = 1 << 20
	guardSize = 64 << 10
)

// stackSize is what worker id reserves. In an address space limited to space bytes that is an eighth of it for the first one,
// and half as much for every further one: all the stacks together leave most of it to the heaps.
func stackSize(id int, space uint64) uintptr {
	if space == 1<<64-1 {
		return maxStack
	}
	return min(maxStack, max(minStack, uintptr(space)/8>>id&^(guardSize-1)))
}

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
	size := stackSize(len(allWorkers()), abi.AddressSpace())
	base := abi.Reserve(size)
	abi.Guard(unsafe.Add(base, size-guardSize), guardSize)
	w := &p.w
	w.Base = uintptr(base)
	w.Top = w.Base
	w.Poll = everyPoll
	w.Sched = unsafe.Pointer(p)
	w.RetArea(abi.RetSize)
	p.note = newNote()
	p.turnTime = worthWaking
	p.unpolled = pollLapse
	p.restart()
	p.seenAt = Nanotime()
	p.sysG.Wait.Case, p.sysG.flags, p.sysG.state = -1, flagSystem, running
	w.G = &p.sysG.G
	workers.Lock.Lock()
	old := allWorkers()
	w.ID = len(old)
	p.rand = uint32(w.ID)*2654435761 + 1
	if !registered.Load() {
		p.runq.bar = barFence
	}
	list := append(old[:len(old):len(old)], p)
	if NewHeapCache != nil { // before anybody sees the worker: the collector asks all of them for theirs
		NewHeapCache(w)
	}
	workers.list.Store(&list)
	workers.Unlock()
	return p
}

// loop is a worker's life; it begins with goroutine first, if that is not nil.
func (p *worker) loop(first *G) {
	growStack()
	p.becomeRunning()
	p.work(first)
}

// growStack has the host grow its stack at once to what a worker is going to need at least. Else it gets there step by
// step, copies the stack each time and takes memory for stacks of each size. A call that is never made needs the space.
//
//go:noinline
func growStack() {
	if stackSpace.needed {
		takeSpace(stackSpace.bytes)
	}
}

var stackSpace struct {
	needed bool // never; the compiler does not know
	bytes  [20 << 10]byte
}

//go:noinline
func takeSpace([20 << 10]byte) {}

// work is that part of it which one host goroutine sees.
func (p *worker) work(first *G) {
	for !p.batch(first) {
		first = nil
	}
	p.moves, p.locked = false, nil
	go p.work(nil)
}

// batch runs goroutines until a panic reaches it: one host-level recover serves every
// captured frame, and costs nothing while nobody panics. It reports whether the worker is to move to another thread.
func (p *worker) batch(first *G) (moves bool) {
	done := false
	defer func() {
		if done {
			return
		}
		// The panicking frames are still below us on both stacks: a traceback can show them.
		p.raise = Hooks.Raised(&p.w, recover())
	}()
	if p.raise != nil {
		g, r := FromABI(p.w.G), p.raise
		p.raise = nil
		switch {
		case p.raiseIn(g, r):
			p.run(g)
		case p.w.Unwind == abi.Running:
			p.endG(g)
		case !p.unwound(g):
			p.run(g)
		}
	}
	p.run(first)
	for !p.moves {
		if g := p.find(); g != nil {
			p.run(g)
		}
	}
	done = true
	return true
}

// run gives g the worker until it parks, yields or ends, and then in turn those that are next: it calls the func
// of a fresh goroutine, and continues captured frames, innermost first. It returns once something else than the
// queue has to be looked at.
func (p *worker) run(g *G) {
	w := &p.w
	for g != nil {
		if g.flags&flagLocked != 0 && p.locked != g {
			p.sendHome(g)
			return
		}
		StoreRel(&p.tick, p.tick+1)
		w.G = &g.G
	again:
		StoreRel(&g.state, running)
		if g.flags&flagFresh != 0 {
			g.flags &^= flagFresh
			fn := g.Buf[0]
			g.Buf[0] = 0
			(*(*func(*abi.W, abi.SP))(unsafe.Pointer(&fn)))(w, w.Base)
		}
		for w.Unwind == abi.Running {
			if d := g.Done; d != 0 {
				g.Done = 0
				if d == DoneWord {
					r := (*wordResult)(w.Ret)
					if r.x, r.ok = g.Buf[0], g.OK; !g.OK {
						r.x = 0
					}
				} else {
					dones[d%32](w, g)
				}
			}
			f := g.Frames
			if f == nil {
				p.endG(g)
				goto next
			}
			f.Fn.Resume(w, w.Base, f)
		}
		if w.Unwind == abi.Yield {
			g = p.rotate(g)
			continue
		}
		if !p.unwound(g) {
			goto again
		}
	next:
		g = p.next()
	}
}

// wordResult is what a receive of a word leaves at w.Ret.
type wordResult struct {
	x  uintptr
	ok bool
}

// next is the next goroutine to run, if that is plain; the rest is find's.
func (p *worker) next() *G {
	if !p.plain() {
		return nil
	}
	return p.runq.take()
}

func (p *worker) plain() bool {
	return p.tick%quickTurns != 0 && atomic.LoadUint32(&p.w.Poll) == 0 && atomic.LoadUint32(&p.token) != 0 && p.locked == nil && !timersDue.Load()
}

// rotate puts g, which yields, at the end of the queue, and returns what next would.
func (p *worker) rotate(g *G) *G {
	p.w.Unwound()
	if q := &p.runq; p.plain() && atomic.LoadUintptr(&q.next) == 0 && EnterSolo() {
		h, t := q.head, q.tail
		if h != t {
			first := q.ring[h%ringSize]
			StoreRel(&q.head, h+1)
			storeRelPtr(&q.ring[t%ringSize], gWord(g))
			StoreRel(&q.tail, t+1)
			LeaveSolo()
			return wordG(first)
		}
		LeaveSolo()
	}
	p.put(g)
	return p.next()
}

// unwound settles a suspension whose frames are captured now. It reports whether the worker is
// through with g; if not, a waker came first, and g goes on.
func (p *worker) unwound(g *G) bool {
	w := &p.w
	why := w.Unwind
	w.Unwound()
	if why == abi.Yield {
		p.put(g)
		return true
	}
	if g.flags&flagBubbled != 0 {
		return p.unwoundBubbled(g)
	}
	return CompareAndSwapUint32(&g.state, unwinding, parked) // from then on it may run elsewhere
}

// raiseIn finds the captured frame that handles panic r, dropping those that do not defer.
func (p *worker) raiseIn(g *G, r *abi.Panic) bool {
	w := &p.w
	w.Dropped()
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

// endG ends goroutine g, which runs.
func (p *worker) endG(g *G) {
	flags := g.flags
	if flags&flagBubbled != 0 {
		g.bubble().end(&p.w, g)
	}
	if flags&flagSystem == 0 {
		storeRel64(&p.ended, p.ended+1)
	}
	if flags != 0 {
		if flags&flagLocked != 0 {
			p.leaveThread()
		}
		g.flags = 0
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
