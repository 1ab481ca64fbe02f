package sched

// This file is timers: the heap of those that will fire, and what package time and the deadlines
// of package internal/poll ask of it.
//
// Timers of channels (time.NewTimer, time.NewTicker) are in the heap only while a goroutine
// waits on the channel; else whoever looks at the channel fires them if they are due. So an
// unreachable one is garbage, and Stop and Reset leave no stale value behind, as since Go 1.23.

import (
	"sync/atomic"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
)

// timerNode is a timer as the heap knows it: the first field of everything that expires.
type timerNode struct {
	when int64 // nanotime at which it fires; 0: not set. Guarded by timers.Lock
	at   int32 // its place in the heap, plus 1
	kind uint8
}

const (
	guestTimer    uint8 = iota // a Timer
	sleeper                    // a G's Buf
	readDeadline               // a pollDesc
	writeDeadline              // a pollDesc
)

// Timer is the guest's *time.Timer or *time.Ticker, which know only the first two fields.
// It lives in the guest's heap.
type Timer struct {
	C    unsafe.Pointer
	init bool

	node    timerNode
	period  int64
	fn      func(w *abi.W, sp abi.SP, arg any, seq uintptr, delta int64)
	arg     any
	ch      unsafe.Pointer // the *rtchan.Hchan, for timers of channels
	seq     uintptr
	blocked int32 // goroutines that wait on ch
	sending int32 // fn is being called for ch; accessed atomically
}

var timerLayout = abi.Layout{
	Size: unsafe.Sizeof(Timer{}), Period: unsafe.Sizeof(Timer{}),
	Mask: word(unsafe.Offsetof(Timer{}.C)) | word(unsafe.Offsetof(Timer{}.fn)) |
		word(unsafe.Offsetof(Timer{}.arg)) | word(unsafe.Offsetof(Timer{}.arg)+8) | word(unsafe.Offsetof(Timer{}.ch)),
}

func word(off uintptr) uint64 { return 1 << (off / 8) }

// timers is a 4-ary heap ordered by time.
var timers struct {
	Lock
	heap []entry      // grown like any host slice; holds no host pointers
	n    atomic.Int32 // len(heap)
	next atomic.Int64 // time of the first one; 0: none
	due  atomic.Bool  // set by the monitor: the first one's time has come
}

type entry struct {
	when int64
	node uintptr
}

func (e entry) timer() *timerNode { return abi.Ptr[timerNode](e.node) }

func set(i int, e entry) {
	timers.heap[i] = e
	e.timer().at = int32(i + 1)
}

func siftUp(i int) {
	e := timers.heap[i]
	for i > 0 {
		p := (i - 1) / 4
		if timers.heap[p].when <= e.when {
			break
		}
		set(i, timers.heap[p])
		i = p
	}
	set(i, e)
}

func siftDown(i int) {
	h := timers.heap
	e := h[i]
	for {
		c := 4*i + 1
		if c >= len(h) {
			break
		}
		best := c
		for j := c + 1; j < min(c+4, len(h)); j++ {
			if h[j].when < h[best].when {
				best = j
			}
		}
		if h[best].when >= e.when {
			break
		}
		set(i, h[best])
		i = best
	}
	set(i, e)
}

// insert adds n to the heap; the lock is held. It reports whether n is the first now: then
// the caller calls timersChanged once it has unlocked.
func (n *timerNode) insert() bool {
	timers.heap = append(timers.heap, entry{n.when, uintptr(unsafe.Pointer(n))})
	siftUp(len(timers.heap) - 1)
	updateTimers()
	return n.at == 1
}

// remove takes n out of the heap if it is there; the lock is held.
func (n *timerNode) remove() {
	if n.at == 0 {
		return
	}
	i, last := int(n.at-1), len(timers.heap)-1
	n.at = 0
	e := timers.heap[last]
	timers.heap = timers.heap[:last]
	if i != last {
		set(i, e)
		siftUp(i)
		siftDown(int(e.timer().at - 1))
	}
	updateTimers()
}

func updateTimers() {
	timers.n.Store(int32(len(timers.heap)))
	if len(timers.heap) == 0 {
		timers.next.Store(0)
	} else {
		timers.next.Store(timers.heap[0].when)
	}
}

// timersChanged makes whoever sleeps until the first timer look again.
func timersChanged() {
	if idle.poller.Load() != 0 {
		netpollBreak()
	} else {
		wake()
	}
}

// runTimers fires what is due and reports whether it fired anything. Functions of timers run
// here, on the worker's shadow stack and no goroutine.
func (p *worker) runTimers() (ran bool) {
	now := Nanotime()
	for {
		at := timers.next.Load()
		if at == 0 || at > now {
			timers.due.Store(false)
			return ran
		}
		timers.Lock.Lock()
		if len(timers.heap) == 0 || timers.heap[0].when > now {
			timers.Unlock()
			continue
		}
		n := timers.heap[0].timer()
		ran = true
		n.fire(&p.w, p.w.Base, now)
	}
}

// fire does what n is for; called with the lock, which it releases.
func (n *timerNode) fire(w *abi.W, sp abi.SP, now int64) {
	kind, when := n.kind, n.when
	if kind == guestTimer {
		t := (*Timer)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(Timer{}.node))))
		t.fire(w, sp, now)
		return
	}
	n.remove()
	n.when = 0
	timers.Unlock()
	switch kind {
	case sleeper:
		g := (*G)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(G{}.Buf))))
		Ready(w, g)
	case readDeadline:
		pd := (*pollDesc)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(pollDesc{}.rt))))
		pd.expired(w, &pd.r, when)
	case writeDeadline:
		pd := (*pollDesc)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(pollDesc{}.wt))))
		pd.expired(w, &pd.w, when)
	}
}

func (t *Timer) fire(w *abi.W, sp abi.SP, now int64) {
	delta := now - t.node.when
	if t.period > 0 {
		t.node.when += t.period * (1 + delta/t.period)
		if t.node.when < 0 {
			t.node.when = 1<<63 - 1
		}
		if t.node.at != 0 {
			timers.heap[t.node.at-1].when = t.node.when
			siftDown(int(t.node.at - 1))
			updateTimers()
		}
	} else {
		t.node.remove()
		t.node.when = 0
	}
	fn, arg, seq := t.fn, t.arg, t.seq
	if t.ch != nil {
		atomic.AddInt32(&t.sending, 1)
	}
	timers.Unlock()
	fn(w, sp, arg, seq, delta)
	if t.ch != nil {
		atomic.AddInt32(&t.sending, -1)
	}
}

// Sleep parks the goroutine for ns nanoseconds.
func Sleep(w *abi.W, sp abi.SP, ns int64) {
	if ns <= 0 {
		return
	}
	g := Self(w)
	n := (*timerNode)(unsafe.Pointer(&g.Buf))
	*n = timerNode{when: deadline(ns), kind: sleeper}
	g.Park(w, ReasonSleep)
	timers.Lock.Lock()
	first := n.insert()
	timers.Unlock()
	if first {
		timersChanged()
	}
}

// deadline is the time ns from now.
func deadline(ns int64) int64 {
	if at := Nanotime() + ns; at > 0 {
		return at
	}
	return 1<<63 - 1
}

// Chans is what timers need of package rtchan, which sets it.
var Chans struct {
	SetTimer func(c unsafe.Pointer, t *Timer) // makes c the channel of t
	Drain    func(c unsafe.Pointer) bool      // discards what is buffered; reports whether there was anything
}

// NewTimer is time.newTimer.
func NewTimer(w *abi.W, sp abi.SP, when, period int64, fn func(w *abi.W, sp abi.SP, arg any, seq uintptr, delta int64), arg any, ch unsafe.Pointer) *Timer {
	t := (*Timer)(gc.New(w, sp, &timerLayout))
	t.init = true
	t.fn, t.arg, t.ch = fn, arg, ch
	if ch != nil {
		t.C = ch
		Chans.SetTimer(ch, t)
	}
	t.modify(w, sp, when, period)
	return t
}

// StopTimer is time.stopTimer: it reports whether it kept the timer from firing.
func StopTimer(w *abi.W, sp abi.SP, t *Timer) bool {
	timers.Lock.Lock()
	pending := t.node.when > 0
	t.node.when = 0
	t.node.remove()
	if t.ch == nil {
		timers.Unlock()
		return pending
	}
	return t.settle(w, sp, pending)
}

// ResetTimer is time.resetTimer.
func ResetTimer(w *abi.W, sp abi.SP, t *Timer, when, period int64) bool {
	return t.modify(w, sp, when, period)
}

func (t *Timer) modify(w *abi.W, sp abi.SP, when, period int64) bool {
	if when <= 0 {
		when = 1
	}
	timers.Lock.Lock()
	pending := t.node.when > 0
	t.node.remove()
	if t.ch != nil {
		// A send under way would be of the old setting: let it finish and drop what it sent before the new
		// one counts.
		t.node.when = 0
		pending = t.settle(w, sp, pending)
		timers.Lock.Lock()
		t.node.remove()
	}
	t.node.when, t.period = when, period
	first := false
	if t.ch == nil || t.blocked > 0 {
		first = t.node.insert()
	}
	timers.Unlock()
	if first {
		timersChanged()
	}
	return pending
}

// settle waits for sends under way and empties the channel; called with the lock, which it
// releases.
func (t *Timer) settle(w *abi.W, sp abi.SP, pending bool) bool {
	t.seq++
	period := t.period
	timers.Unlock()
	for i := 0; atomic.LoadInt32(&t.sending) != 0; i++ {
		if period == 0 {
			pending = true
		}
		if atomic.LoadUint32(&w.Poll) != 0 {
			Poll(w, sp) // the sender may be held at a safepoint
		}
		pause(i)
	}
	return Chans.Drain(t.ch) || pending
}

// Check fires t, the timer of a channel that somebody looks at, if it is due and not in the heap.
func (t *Timer) Check(w *abi.W, sp abi.SP) {
	if atomic.LoadInt64(&t.node.when) == 0 {
		return
	}
	timers.Lock.Lock()
	if t.node.when == 0 || t.node.at != 0 {
		timers.Unlock()
		return
	}
	if now := Nanotime(); t.node.when <= now {
		t.fire(w, sp, now)
		return
	}
	timers.Unlock()
}

// Block says that a goroutine is about to wait on t's channel, Unblock that one no longer does.
func (t *Timer) Block() {
	timers.Lock.Lock()
	first := false
	if t.blocked++; t.blocked == 1 && t.node.when > 0 && t.node.at == 0 {
		first = t.node.insert()
	}
	timers.Unlock()
	if first {
		timersChanged()
	}
}

func (t *Timer) Unblock() {
	timers.Lock.Lock()
	if t.blocked--; t.blocked == 0 {
		t.node.remove()
	}
	timers.Unlock()
}

func timerRoots(mark func(unsafe.Pointer)) {
	for _, e := range timers.heap {
		if n := e.timer(); n.kind == guestTimer {
			mark(unsafe.Pointer(n))
		}
	}
}
