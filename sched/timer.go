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
	C          unsafe.Pointer
	init       bool
	WorkerLock // guards what follows

	node    timerNode
	period  int64
	fn      func(w *abi.W, sp abi.SP, arg any, seq uintptr, delta int64)
	arg     any
	ch      unsafe.Pointer // the *rtchan.Hchan, for timers of channels
	seq     uintptr
	blocked int32  // goroutines that wait on ch
	sending int32  // fn is being called for ch; accessed atomically
	bubble  uint32 // of the bubble whose clock it follows; 0: none. Constant
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
		t.Lock()
		if n.when != when || n.inHeap() {
			t.Unlock() // stopped or set anew since
			return
		}
		t.fire(w, w.Base, now, when)
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

// fire calls t's function; t is due since when, set in no heap, and locked. fire unlocks it.
func (t *Timer) fire(w *abi.W, sp abi.SP, now, when int64) {
	delta := now - when
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
	switch {
	case t.bubble != 0:
		t.inBubble(w, "timer moved").arm(&t.node, when) // the clock must see it
	case t.ch == nil || t.blocked > 0:
		of(w).arm(&t.node, when)
	default:
		t.node.set(when) // in no heap: whoever looks at the channel fires it
	}
}

// inBubble is the heap of a timer that belongs to a bubble, which must be that of the goroutine that w runs.
func (t *Timer) inBubble(w *abi.W, what string) *timerHeap {
	b := Self(w).bubble()
	if b == nil || b.id != t.bubble {
		fatal(what + " from outside bubble")
	}
	return &b.timers
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
	if b := g.bubble(); b != nil {
		b.timers.arm(n, later(b.now, ns))
		return
	}
	of(w).arm(n, deadline(ns))
}

// deadline is the time ns from now.
func deadline(ns int64) int64 { return later(Nanotime(), ns) }

func later(now, ns int64) int64 {
	if at := now + ns; at > 0 {
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
	t.fn, t.arg, t.ch, t.bubble = fn, arg, ch, BubbleID(w)
	if ch != nil {
		t.C = ch
		Chans.SetTimer(ch, t)
	}
	t.modify(w, sp, when, period)
	return t
}

// StopTimer is time.stopTimer: it reports whether it kept the timer from firing.
func StopTimer(w *abi.W, sp abi.SP, t *Timer) bool {
	if t.bubble != 0 {
		t.inBubble(w, "stop of synctest timer")
	}
	t.Lock()
	pending := t.node.disarm()
	if t.ch == nil {
		t.Unlock()
		return pending
	}
	return t.settle(w, sp, pending)
}

// ResetTimer is time.resetTimer.
func ResetTimer(w *abi.W, sp abi.SP, t *Timer, when, period int64) bool {
	if t.bubble != 0 {
		t.inBubble(w, "reset of synctest timer")
	}
	return t.modify(w, sp, when, period)
}

func (t *Timer) modify(w *abi.W, sp abi.SP, when, period int64) bool {
	if when <= 0 {
		when = 1
	}
	t.Lock()
	if t.ch == nil {
		t.period = period
		pending := t.node.when != 0
		t.begin(w, sp, when)
		return pending
	}
	// A send under way would be of the old setting: let it finish and drop what it sent before the new
	// one counts.
	pending := t.settle(w, sp, t.node.disarm())
	t.Lock()
	t.period = period
	t.begin(w, sp, when)
	return pending
}

// begin sets t for when; t is locked, begin unlocks it. The clock of a bubble does not move while somebody waits for it
// to: what is due fires here.
func (t *Timer) begin(w *abi.W, sp abi.SP, when int64) {
	if t.bubble != 0 {
		if now := BubbleNow(w); when <= now {
			t.node.disarm()
			h := gc.Pin(unsafe.Pointer(t))
			t.fire(w, sp, now, when)
			gc.Unpin(h)
			return
		}
	}
	t.schedule(w, when)
	t.Unlock()
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
	if t.bubble != 0 {
		t.inBubble(w, "synctest timer accessed")
		return // it is in the heap
	}
	if when := atomic.LoadInt64(&t.node.when); when == 0 || when > Nanotime() {
		return
	}
	t.Lock()
	if now := Nanotime(); !t.node.inHeap() && t.node.when != 0 && t.node.when <= now {
		t.fire(w, sp, now, t.node.when)
		return
	}
	t.Unlock()
}

// Block says that a goroutine is about to wait on t's channel, Unblock that one no longer does.
func (t *Timer) Block(w *abi.W) {
	t.Lock()
	if t.blocked++; t.blocked == 1 && t.bubble == 0 && !t.node.inHeap() && t.node.when != 0 {
		of(w).arm(&t.node, t.node.when)
	}
	t.Unlock()
}

func (t *Timer) Unblock() {
	t.Lock()
	if t.blocked--; t.blocked == 0 && t.bubble == 0 {
		t.node.remove()
	}
	t.Unlock()
}
