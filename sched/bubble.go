package sched

// This file is bubbles, on which testing/synctest is built: goroutines with a clock of their own, which
// moves on when all of them wait for each other.
//
//	synctest.Run(f)      the root goroutine: fire what is due; wait until the bubble is idle; move the clock to the next
//	                     timer, or end if there is none
//	go g()               in the bubble of the one that executes it
//	<-c                  durable if c was made in the bubble: only its own goroutines can end the wait
//	time.Sleep, timers   in the bubble's heap, of which no worker knows
//
// A goroutine counts as running until it has parked durably, and from the moment that somebody wakes it.
// The waker is of the same bubble, so it counts itself meanwhile, and an idle bubble is never one in which a
// wake-up is under way. What is idle wakes one goroutine: the root if a timer is due, else the one in Wait, else the root.

import (
	"sync/atomic"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
)

type bubble struct {
	Lock
	id         uint32
	now        int64 // ns since 1970; written by the root while all others wait
	timers     timerHeap
	root       *G
	waiter     *G   // parked in Wait
	waiting    bool // somebody is in Wait
	done       bool // the main goroutine has ended: time stands still
	over       bool // Run has returned
	total      int  // goroutines
	running    int  // … that are not durably parked
	active     int  // other reasons for not being idle: holds, and a wake-up of root or waiter under way
	waitGroups map[uintptr]struct{}
}

// bubbles finds the bubble of a goroutine with flagBubbled: there is no room in G, which millions have and
// few need. Records are reused, never freed: a stopped timer may still name its heap.
var bubbles struct {
	Lock
	of   map[*G]*bubble
	all  []*bubble
	free []*bubble
	last uint32 // id
}

const bubbleStart = 946684800e9 // midnight UTC 2000-01-01

func (g *G) bubble() *bubble {
	if g.flags&flagBubbled == 0 {
		return nil
	}
	return g.findBubble()
}

//go:noinline
func (g *G) findBubble() *bubble {
	bubbles.Lock.Lock()
	defer bubbles.Unlock()
	return bubbles.of[g]
}

// put makes g one of b's.
func (b *bubble) put(g *G) {
	g.flags |= flagBubbled
	bubbles.Lock.Lock()
	bubbles.of[g] = b
	bubbles.Unlock()
}

func (b *bubble) drop(g *G) {
	g.flags &^= flagBubbled | flagDurable
	bubbles.Lock.Lock()
	delete(bubbles.of, g)
	bubbles.Unlock()
}

// BubbleID is the number of g's bubble; 0 if it is in none.
func (g *G) BubbleID() uint32 {
	if b := g.bubble(); b != nil {
		return b.id
	}
	return 0
}

// BubbleID is the number of the bubble of the goroutine that w runs; 0 if it is in none.
func BubbleID(w *abi.W) uint32 {
	return Self(w).BubbleID()
}

// InBubble reports whether the goroutine that w runs is in a bubble. The host inlines it: WaitGroup.Add asks.
func InBubble(w *abi.W) bool { return Self(w).flags&flagBubbled != 0 }

// BubbleNow is that bubble's clock in ns since 1970; 0 if there is none.
func BubbleNow(w *abi.W) int64 {
	if b := Self(w).bubble(); b != nil {
		return b.now
	}
	return 0
}

// EnterBubble makes a bubble with the goroutine that w runs for its root; false if it is in one already.
func EnterBubble(w *abi.W) bool {
	g := Self(w)
	if g.flags&flagBubbled != 0 {
		return false
	}
	bubbles.Lock.Lock()
	if bubbles.of == nil {
		bubbles.of = map[*G]*bubble{}
	}
	var b *bubble
	if n := len(bubbles.free); n > 0 {
		b, bubbles.free = bubbles.free[n-1], bubbles.free[:n-1]
		b.done, b.over, b.waitGroups = false, false, nil
	} else {
		b = &bubble{}
		bubbles.all = append(bubbles.all[:len(bubbles.all):len(bubbles.all)], b)
	}
	bubbles.last++
	b.id = bubbles.last
	bubbles.Unlock()
	b.now, b.root, b.total, b.running, b.active = bubbleStart, g, 1, 1, 1
	b.put(g)
	return true
}

// LeaveBubble takes the root out. Goroutines that are left stay where they are.
func LeaveBubble(w *abi.W) {
	g := Self(w)
	b := g.bubble()
	b.drop(g)
	b.Lock.Lock()
	b.over = true
	b.total--
	left := b.total
	b.Unlock()
	if left == 0 {
		b.timers.empty()
		bubbles.Lock.Lock()
		bubbles.free = append(bubbles.free, b)
		bubbles.Unlock()
	}
}

// start puts a new goroutine into the bubble of the one that w runs.
func (b *bubble) start(g *G, runs bool) {
	b.put(g)
	b.Lock.Lock()
	b.total++
	if runs {
		b.running++
	}
	b.Unlock()
}

// end is called for a goroutine that ends.
func (b *bubble) end(w *abi.W, g *G) {
	b.drop(g)
	b.Lock.Lock()
	b.total--
	b.running--
	b.unlockAndWake(w)
}

// unlockAndWake wakes whom an idle bubble wakes, and unlocks b.
func (b *bubble) unlockAndWake(w *abi.W) {
	var g *G
	if b.running == 0 && b.active == 0 && !b.over {
		b.active++ // given back by whoever wakes
		g = b.root
		if at := b.timers.first(); b.waiter != nil && (at == 0 || at > b.now) {
			g = b.waiter
		}
	}
	b.Unlock()
	if g != nil {
		Ready(w, g)
	}
}

// Durable notes, before Park, that only goroutines of g's bubble can end the wait.
func (g *G) Durable() {
	if g.flags&flagBubbled != 0 {
		g.flags |= flagDurable
	}
}

// idles reports whether g, which is parked or about to be, leaves its bubble idle.
func (g *G) idles() bool {
	switch g.Reason {
	case ReasonChanReceiveNil, ReasonChanSendNil, ReasonSelectNoCases, ReasonSleep, ReasonCond, ReasonCoroutine,
		ReasonSynctestRun, ReasonSynctestWait, ReasonWaitGroupBubbled:
		return true
	}
	return g.flags&flagDurable != 0
}

// unwoundBubbled is unwound's end for goroutines in bubbles.
func (p *worker) unwoundBubbled(g *G) bool {
	b, idles, waits := g.bubble(), g.idles(), g.Reason == ReasonSynctestWait
	if !atomic.CompareAndSwapUint32(&g.state, unwinding, parked) {
		g.flags &^= flagDurable
		StoreRel(&g.state, running)
		return false
	}
	if idles {
		b.Lock.Lock()
		b.running--
		if waits {
			b.waiter = g
		}
		b.unlockAndWake(&p.w)
	}
	return true
}

// rouse is called when g, which was parked, is about to run again.
func (g *G) rouse(w *abi.W) {
	if !g.idles() {
		return
	}
	b := g.bubble()
	if w == nil || BubbleID(w) != b.id && !b.over {
		if g.Reason == ReasonCond {
			fatal("semaphore wake of synctest goroutine from outside bubble")
		}
		if g.flags&flagDurable != 0 {
			fatal("synctest channel used from outside bubble")
		}
	}
	g.flags &^= flagDurable
	b.Lock.Lock()
	b.running++
	b.Unlock()
}

// BubbleFire fires what is due in the bubble of its root, which w runs.
func BubbleFire(w *abi.W, sp abi.SP) {
	b := Self(w).bubble()
	for {
		n, when := b.timers.draw(w, b.now)
		if n == nil {
			return
		}
		if n.kind == sleeper {
			Ready(w, (*G)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(G{}.Buf)))))
			continue
		}
		t := (*Timer)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(Timer{}.node))))
		t.Lock()
		if n.when != when || n.inHeap() {
			t.Unlock()
			continue
		}
		t.fire(w, sp, b.now, when)
	}
}

// BubbleIdle returns when all others in the bubble of the root, which w runs, wait, and none of them in Wait. Resumable.
func BubbleIdle(w *abi.W, sp abi.SP) {
	g := Self(w)
	b := g.bubble()
	b.Lock.Lock()
	if b.running == 1 && b.active == 1 && b.waiter == nil {
		b.Unlock()
		return
	}
	b.active--
	b.Unlock()
	g.Park(w, ReasonSynctestRun)
}

// BubbleAdvance moves the clock of an idle bubble to its next timer; false if there is none, or time stands still.
func BubbleAdvance(w *abi.W) bool {
	b := Self(w).bubble()
	next := b.timers.first()
	if next == 0 || b.done {
		return false
	}
	b.now = max(b.now, next)
	return true
}

// BubbleLeft is the number of goroutines besides the root, which w runs, and whether the main one is not among them.
func BubbleLeft(w *abi.W) (n int, done bool) {
	b := Self(w).bubble()
	return b.total - 1, b.done
}

// BubbleDone says that the bubble's main goroutine, which w runs, is about to end.
func BubbleDone(w *abi.W) {
	b := Self(w).bubble()
	b.Lock.Lock()
	b.done = true
	b.Unlock()
}

// BubbleStartWait makes the goroutine that w runs the one in Wait, and returns 0; 1 if there is no bubble, 2 if another
// goroutine is the one.
func BubbleStartWait(w *abi.W) int {
	b := Self(w).bubble()
	if b == nil {
		return 1
	}
	b.Lock.Lock()
	defer b.Unlock()
	if b.waiting {
		return 2
	}
	b.waiting = true
	return 0
}

var doneBubbleWait = NewDone(func(w *abi.W, g *G) {
	b := g.bubble()
	b.Lock.Lock()
	b.active--
	b.waiter, b.waiting = nil, false
	b.Unlock()
})

// BubbleWait parks, behind BubbleStartWait, until all others wait. Resumable.
func BubbleWait(w *abi.W, sp abi.SP) {
	g := Self(w)
	g.Done = doneBubbleWait
	g.Park(w, ReasonSynctestWait)
}

// BubbleHold adds n to what keeps bubble id from being idle.
func BubbleHold(w *abi.W, id uint32, n int) {
	if b := bubbleByID(id); b != nil {
		b.Lock.Lock()
		b.active += n
		b.unlockAndWake(w)
	}
}

// BubbleJoin puts the goroutine that w runs into bubble id until BubblePart; false if it is in one.
func BubbleJoin(w *abi.W, id uint32) bool {
	g, b := Self(w), bubbleByID(id)
	if g.flags&flagBubbled != 0 || b == nil {
		return false
	}
	b.start(g, true)
	return true
}

func BubblePart(w *abi.W) {
	g := Self(w)
	g.bubble().end(w, g)
}

func bubbleByID(id uint32) *bubble {
	bubbles.Lock.Lock()
	defer bubbles.Unlock()
	for _, b := range bubbles.all {
		if b.id == id && !b.over {
			return b
		}
	}
	return nil
}

// Association is which bubble the object at p belongs to: 0 none, 1 that of the goroutine that w runs, 2 another one. With
// add, one of no bubble becomes one of this.
func Association(w *abi.W, p unsafe.Pointer, add bool) int {
	own := Self(w).bubble()
	if !gc.In(p) { // a global
		return 0
	}
	bubbles.Lock.Lock()
	defer bubbles.Unlock()
	for _, b := range bubbles.all {
		if _, ok := b.waitGroups[uintptr(p)]; ok && !b.over {
			if b == own {
				return 1
			}
			return 2
		}
	}
	if !add {
		return 0
	}
	if own.waitGroups == nil {
		own.waitGroups = map[uintptr]struct{}{}
	}
	own.waitGroups[uintptr(p)] = struct{}{}
	return 1
}

// Disassociate undoes Association.
func Disassociate(p unsafe.Pointer) {
	bubbles.Lock.Lock()
	defer bubbles.Unlock()
	for _, b := range bubbles.all {
		delete(b.waitGroups, uintptr(p))
	}
}
