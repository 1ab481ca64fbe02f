package sched

// This file is timers as package time knows them, and sleep.
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

// Timer is the guest's *time.Timer or *time.Ticker, which know only the first two fields.
// It lives in the guest's heap.
type Timer struct {
	C    unsafe.Pointer
	init bool
	Lock // guards what follows

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

// runTimers fires what is due in h and reports whether it fired anything. Functions of timers run
// here, on the worker's shadow stack and no goroutine.
func (p *worker) runTimers(h *timerHeap) (ran bool) {
	for now := Nanotime(); ; ran = true {
		n, when := h.pop(now)
		if n == nil {
			return ran
		}
		p.expire(n, when, now)
	}
}

// expire does what n is for, which was set for when and is in no heap any more.
func (p *worker) expire(n *timerNode, when, now int64) {
	w := &p.w
	switch n.kind {
	case guestTimer:
		t := (*Timer)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(Timer{}.node))))
		t.Lock.Lock()
		if n.when != when || n.inHeap() {
			t.Unlock() // stopped or set anew since
			return
		}
		t.fire(w, w.Base, now)
	case sleeper:
		Ready(w, (*G)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(G{}.Buf)))))
	case readDeadline:
		pd := (*pollDesc)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(pollDesc{}.rt))))
		pd.expired(w, &pd.r, when)
	case writeDeadline:
		pd := (*pollDesc)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(pollDesc{}.wt))))
		pd.expired(w, &pd.w, when)
	}
}

// fire calls t's function; t is due, in no heap, and locked. fire unlocks it.
func (t *Timer) fire(w *abi.W, sp abi.SP, now int64) {
	delta := now - t.node.when
	t.node.set(0)
	if t.period > 0 {
		next := now - delta + t.period*(1+delta/t.period)
		if next < 0 {
			next = 1<<63 - 1
		}
		t.schedule(w, next)
	}
	fn, arg, seq := t.fn, t.arg, t.seq
	if t.ch != nil {
		atomic.AddInt32(&t.sending, 1)
	}
	t.Unlock()
	fn(w, sp, arg, seq, delta)
	if t.ch != nil {
		atomic.AddInt32(&t.sending, -1)
	}
}

// schedule sets t for when; t is locked.
func (t *Timer) schedule(w *abi.W, when int64) {
	if t.ch == nil || t.blocked > 0 {
		of(w).arm(&t.node, when)
	} else {
		t.node.set(when) // in no heap: whoever looks at the channel fires it
	}
}

// Sleep parks the goroutine for ns nanoseconds.
func Sleep(w *abi.W, sp abi.SP, ns int64) {
	if ns <= 0 {
		return
	}
	g := Self(w)
	n := (*timerNode)(unsafe.Pointer(&g.Buf))
	*n = timerNode{kind: sleeper}
	g.Park(w, ReasonSleep)
	of(w).arm(n, deadline(ns))
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
	t.Lock.Lock()
	pending := t.node.disarm()
	if t.ch == nil {
		t.Unlock()
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
	t.Lock.Lock()
	if t.ch == nil {
		t.period = period
		pending := of(w).arm(&t.node, when)
		t.Unlock()
		return pending
	}
	// A send under way would be of the old setting: let it finish and drop what it sent before the new
	// one counts.
	pending := t.settle(w, sp, t.node.disarm())
	t.Lock.Lock()
	t.period = period
	t.schedule(w, when)
	t.Unlock()
	return pending
}

// settle waits for sends under way and empties the channel; t is locked, settle unlocks it.
func (t *Timer) settle(w *abi.W, sp abi.SP, pending bool) bool {
	t.seq++
	period := t.period
	t.Unlock()
	for i := 0; atomic.LoadInt32(&t.sending) != 0; i++ {
		if period == 0 {
			pending = true
		}
		if atomic.LoadUint32(&w.Poll) != 0 {
			Poll(w, sp) // the sender may be held at a safepoint
		}
		Pause(i)
	}
	return Chans.Drain(t.ch) || pending
}

// Check fires t, the timer of a channel that somebody looks at, if it is due and not in a heap.
func (t *Timer) Check(w *abi.W, sp abi.SP) {
	if when := atomic.LoadInt64(&t.node.when); when == 0 || when > Nanotime() {
		return
	}
	t.Lock.Lock()
	if now := Nanotime(); !t.node.inHeap() && t.node.when != 0 && t.node.when <= now {
		t.fire(w, sp, now)
		return
	}
	t.Unlock()
}

// Block says that a goroutine is about to wait on t's channel, Unblock that one no longer does.
func (t *Timer) Block(w *abi.W) {
	t.Lock.Lock()
	if t.blocked++; t.blocked == 1 && !t.node.inHeap() && t.node.when != 0 {
		of(w).arm(&t.node, t.node.when)
	}
	t.Unlock()
}

func (t *Timer) Unblock() {
	t.Lock.Lock()
	if t.blocked--; t.blocked == 0 {
		t.node.remove()
	}
	t.Unlock()
}
