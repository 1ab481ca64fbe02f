package sched

// This file is what primitives use: start, park, ready, yield.

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Go starts a goroutine that calls fn, a guest func value. site is that of the go statement, or 0.
func Go(w *abi.W, sp abi.SP, fn func(w *abi.W, sp abi.SP), site uintptr) {
	p := of(w)
	p.ready(p.start(fn, site))
}

// start makes a goroutine that nobody knows yet.
func (p *worker) start(fn func(w *abi.W, sp abi.SP), site uintptr) *G {
	g := p.newG()
	g.flags = flagFresh
	g.setFunc(fn)
	g.site, g.by = uint32(site), shortID(p.w.G.ID)
	if b := FromABI(p.w.G).bubble(); b != nil {
		b.start(g, true)
	}
	storeRel64(&p.started, p.started+1)
	StoreRel(&g.state, runnable)
	return g
}

// setFunc makes fn what g begins with. The host is to see that fn goes somewhere.
func (g *G) setFunc(fn func(w *abi.W, sp abi.SP)) {
	*(*unsafe.Pointer)(unsafe.Pointer(&g.Buf[0])) = *(*unsafe.Pointer)(unsafe.Pointer(&fn))
}

// GoSystem starts a goroutine of the runtime's own.
func GoSystem(w *abi.W, fn func(w *abi.W, sp abi.SP)) {
	p := of(w)
	g := p.newG()
	g.flags = flagFresh | flagSystem
	g.setFunc(fn)
	g.site, g.by = 0, 0
	StoreRel(&g.state, runnable)
	p.ready(g)
}

// Self is the goroutine that w runs.
func Self(w *abi.W) *G { return FromABI(w.G) }

// Park begins suspending the goroutine that w runs: the caller returns at once, and so do
// its callers, capturing themselves. Call it before a waker can find g (under the queue's
// lock, say); from then on Ready may be called.
func (g *G) Park(w *abi.W, why Reason) {
	g.Reason = why
	StoreRel(&g.state, unwinding)
	w.Unwind = abi.Suspend
}

// Ready makes a parking or parked goroutine runnable. Each Park is answered by one Ready.
func Ready(w *abi.W, g *G) {
	if g.loadState() == parked || g.overtake() {
		if g.flags&flagBubbled != 0 {
			g.rouse(w)
		}
		of(w).ready(g)
	}
}

// awaken reports whether g was parked, and so is the caller's to queue. If it is still unwinding,
// its worker will find it readied. w is the waker's worker; nil if it has none.
func (g *G) awaken(w *abi.W) bool {
	if g.loadState() != parked && !g.overtake() {
		return false
	}
	if g.flags&flagBubbled != 0 {
		g.rouse(w)
	}
	return true
}

// overtake tries to ready g before its worker has parked it. It reports whether g was parked meanwhile.
func (g *G) overtake() bool { return !CompareAndSwapUint32(&g.state, unwinding, readied) }

// ready queues g, which nobody else can reach, to run next on p.
func (p *worker) ready(g *G) {
	q := &p.runq
	q.hold()
	old := q.next
	storeRelPtr(&q.next, gWord(g))
	q.release()
	if old != 0 || idle.want.Load()&^atomic.LoadUint32(&p.light) != 0 {
		p.readyMore(old)
	}
}

// readyMore is for the goroutine that another one displaced as the next to run, and for those who have
// nothing to do.
func (p *worker) readyMore(old uintptr) {
	if old != 0 {
		p.put(wordG(old))
	}
	p.tell()
}

// ReadyLater is Ready with g at the tail of the queue.
func ReadyLater(w *abi.W, g *G) {
	if g.awaken(w) {
		p := of(w)
		p.put(g)
		p.tell()
	}
}

// readyList is ReadyLater for all goroutines from x on.
func (p *worker) readyList(x *Waiter) {
	for x != nil {
		g := x.Owner()
		x, g.Wait.Next = x.Next, nil
		if g.awaken(&p.w) {
			p.put(g)
		}
	}
	p.tell()
}

// Inject is Ready for callers that are no workers.
func Inject(g *G) {
	external.Add(1)
	defer external.Add(-1)
	endSolo()
	if g.awaken(nil) {
		putGlobal(g)
		wake()
	}
}

// Yield lets other goroutines run first (runtime.Gosched), if there are any.
func Yield(w *abi.W, sp abi.SP) {
	p := of(w)
	if p.pinned != 0 {
		return
	}
	if p.runq.ringEmpty() && p.alone() {
		StoreRel(&p.tick, p.tick+1)
		return
	}
	StoreRel(&Self(w).state, runnable) // nobody but this worker will queue it
	w.Unwind = abi.Yield
}

// alone reports whether a goroutine that yields would be the next to run.
func (p *worker) alone() bool {
	return p.runq.empty() && global.n.Load() == 0 && !timersDue.Load() && atomic.LoadUint32(&p.w.Poll) == 0 &&
		atomic.LoadUint32(&p.token) != 0 && p.tick%64 != 0
}

// Poll is called at a safepoint when w.Poll is set.
func Poll(w *abi.W, sp abi.SP) {
	if atomic.LoadUint32(&w.Poll)&abi.PollStop != 0 {
		Safepoint(w, sp)
	}
	atomic.AndUint32(&w.Poll, ^(abi.PollPreempt|abi.PollAsk)|everyPoll)
}

// everyPoll is abi.PollPreempt if each poll is the end of a turn.
var everyPoll uint32

// YieldAtPolls has every goroutine yield wherever it polls: frames are captured where they rarely are. Called before Start.
func YieldAtPolls() { everyPoll = abi.PollPreempt }

// PollYield is Poll in a function that may suspend.
func PollYield(w *abi.W, sp abi.SP) {
	b := atomic.LoadUint32(&w.Poll)
	Poll(w, sp)
	if b&abi.PollPreempt != 0 {
		Yield(w, sp)
	}
}

// Pin keeps the goroutine from being suspended at polls until Unpin, and returns the worker's
// number: no two goroutines are pinned to one number at a time.
func Pin(w *abi.W) int {
	of(w).pinned++
	return w.ID
}

func Unpin(w *abi.W) { of(w).pinned-- }

// AnyPinned reports whether a goroutine is pinned. The world is stopped.
func AnyPinned() bool {
	for _, p := range allWorkers() {
		if p.pinned > 0 {
			return true
		}
	}
	return false
}

// Pins is one more than the largest number Pin may return now.
func Pins() int { return len(allWorkers()) }

// CanSpin reports whether the i-th round of active waiting for a lock makes sense: its holder
// may be running, and nothing is waiting for this worker.
func CanSpin(w *abi.W, i int) bool {
	p := of(w)
	return i < 4 && maxRunning.Load() > 1 && idle.tokens.Load()+idle.spinning.Load()+1 < maxRunning.Load() && p.runq.empty()
}

// DoSpin is one such round.
func DoSpin() { procyield(30) }

// Rand returns a number below n, good enough to be fair.
func Rand(w *abi.W, n uint32) uint32 {
	p := of(w)
	p.rand ^= p.rand << 13
	p.rand ^= p.rand >> 17
	p.rand ^= p.rand << 5
	return uint32(uint64(p.rand) * uint64(n) >> 32)
}

const selectClasses = 17

// SelectCache is the worker's list of free records of a class.
func SelectCache(w *abi.W, class int) **SelectCases { return &of(w).selects[class] }
