package sched

// This file is the heaps of what will expire: one per worker, 4-ary, ordered by time.
//
// Most timers are timeouts: set, moved, stopped, and never fired. So a node that is stopped or
// moved to a later time stays where it is, and the heap catches up when the node comes to the top, or
// when the stopped ones are many:
//
//	entry.when ≤ node.when, or node.when == 0: stopped
//
// A node's owner is the heap that holds it, or did last. While at != 0, when and at are guarded by
// that heap's lock, else by the lock of what the node is part of, which is taken first and is
// needed to put it into a heap. The worker that finds a node due takes it out under the heap's lock
// alone and then, with the lock of the whole, asks whether it is still due for the same time.

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// timerNode is a timer as its heap knows it: a part of everything that expires.
type timerNode struct {
	when  int64 // nanotime at which it fires; 0: not set
	at    int32 // its place in the heap, plus 1; 0: in none
	kind  uint8
	owner *timerHeap
}

const (
	guestTimer    uint8 = iota // a Timer
	sleeper                    // a G's Buf
	readDeadline               // a pollDesc
	writeDeadline              // a pollDesc
)

// timerHeap is one worker's.
type timerHeap struct {
	WorkerLock
	heap []entry // grown like any host slice; holds no host pointers
	dead int     // entries whose nodes were stopped

	live atomic.Int32 // entries whose nodes were not
	next atomic.Int64 // not later than the first one's time; 0: none
}

// timersDue is set by the monitor when some heap's first time has come: its worker may be asleep, or hold no
// token, so it is everybody's affair.
var timersDue atomic.Bool

type entry struct {
	when int64
	node uintptr
}

func (e entry) timer() *timerNode { return abi.Ptr[timerNode](e.node) }

// arm sets n to fire at when, in its heap if it is in one, else in p's, and reports whether it was set before. The
// lock of the whole is held.
func (p *worker) arm(n *timerNode, when int64) (pending bool) {
	pending = p.timers.arm(n, when)
	wakePoller(when)
	return pending
}

func (h *timerHeap) arm(n *timerNode, when int64) (pending bool) {
	if h := n.owner; h != nil {
		h.Lock()
		if n.at != 0 {
			if pending = n.when != 0; !pending {
				h.dead--
			}
			n.set(when)
			if i := int(n.at - 1); h.heap[i].when > when {
				h.heap[i].when = when
				h.up(i)
			}
			h.changed()
			h.Unlock()
			return pending
		}
		h.Unlock()
	}
	pending = n.when != 0
	h.Lock()
	n.set(when)
	n.owner = h
	h.heap = append(h.heap, entry{when, uintptr(unsafe.Pointer(n))})
	h.up(len(h.heap) - 1)
	h.changed()
	h.Unlock()
	return pending
}

// disarm stops n and reports whether it was to fire. The lock of the whole is held.
func (n *timerNode) disarm() (pending bool) {
	if h := n.owner; h != nil {
		h.Lock()
		if n.at != 0 {
			if pending = n.when != 0; pending {
				n.set(0)
				if h.dead++; h.dead > 64 && h.dead > len(h.heap)/4 {
					h.sweep()
				}
				h.changed()
			}
			h.Unlock()
			return pending
		}
		h.Unlock()
	}
	pending = n.when != 0
	n.set(0)
	return pending
}

// remove takes n out of its heap, still set. The lock of the whole is held.
func (n *timerNode) remove() {
	h := n.owner
	if h == nil {
		return
	}
	h.Lock()
	if n.at != 0 {
		if n.when == 0 {
			h.dead--
		}
		h.take(int(n.at - 1))
		h.changed()
	}
	h.Unlock()
	n.owner = nil
}

// set writes when, which Timer.Check reads without a lock.
func (n *timerNode) set(when int64) { storeRel64((*uint64)(unsafe.Pointer(&n.when)), uint64(when)) }

// inHeap reports whether n will fire by itself. The lock of the whole is held, so it stays out if it is.
func (n *timerNode) inHeap() bool { return atomic.LoadInt32(&n.at) != 0 }

// pop takes out a node that is due, and returns it and the time it was set for.
func (h *timerHeap) pop(now int64) (*timerNode, int64) {
	if !h.ripe(now) {
		return nil, 0
	}
	h.Lock()
	defer h.Unlock()
	defer h.changed()
	e, ok := h.settled()
	if !ok || e.when > now {
		return nil, 0
	}
	h.take(0)
	return e.timer(), e.when
}

// first is the time of the first node; 0: there is none.
func (h *timerHeap) first() int64 {
	h.Lock()
	defer h.Unlock()
	defer h.changed()
	e, _ := h.settled()
	return e.when
}

// settled is the first entry once those before it that were stopped are gone and those set for later are in their places.
func (h *timerHeap) settled() (e entry, ok bool) {
	for len(h.heap) > 0 {
		e := h.heap[0]
		switch n := e.timer(); {
		case n.when == 0:
			h.take(0)
			h.dead--
		case n.when > e.when:
			h.heap[0].when = n.when
			h.down(0)
		default:
			return e, true
		}
	}
	return e, false
}

// draw is pop, but takes any one of those that are set for the same time.
func (h *timerHeap) draw(w *abi.W, now int64) (*timerNode, int64) {
	for {
		at := h.first()
		if at == 0 || at > now {
			return nil, 0
		}
		if n := h.any(w, at); n != nil {
			return n, at
		}
	}
}

// any takes out one of the nodes that are set for at.
func (h *timerHeap) any(w *abi.W, at int64) (n *timerNode) {
	h.Lock()
	defer h.Unlock()
	defer h.changed()
	pick, among := 0, uint32(0)
	for i, e := range h.heap {
		if t := e.timer(); t.when == at {
			if among++; Rand(w, among) == 0 {
				n, pick = t, i
			}
		}
	}
	if n != nil {
		h.take(pick)
	}
	return n
}

// empty takes all nodes out; none of them will fire.
func (h *timerHeap) empty() {
	h.Lock()
	for len(h.heap) > 0 {
		h.heap[0].timer().set(0)
		h.take(0)
	}
	h.dead = 0
	h.changed()
	h.Unlock()
}

// ripe reports whether something may be due.
func (h *timerHeap) ripe(now int64) bool {
	at := h.next.Load()
	return at != 0 && at <= now
}

// sweep drops the stopped ones.
func (h *timerHeap) sweep() {
	keep := h.heap[:0]
	for _, e := range h.heap {
		if n := e.timer(); n.when != 0 {
			keep = append(keep, entry{n.when, e.node})
		} else {
			atomic.StoreInt32(&n.at, 0)
		}
	}
	h.heap, h.dead = keep, 0
	for i := range keep {
		atomic.StoreInt32(&keep[i].timer().at, int32(i+1))
	}
	for i := len(keep) / 4; i >= 0 && len(keep) > 0; i-- {
		h.down(i)
	}
}

// changed publishes what others look at without the lock.
func (h *timerHeap) changed() {
	if n := int32(len(h.heap) - h.dead); n != h.live.Load() {
		h.live.Store(n)
	}
	next := int64(0)
	if len(h.heap) > 0 {
		next = h.heap[0].when
	}
	if next != h.next.Load() {
		h.next.Store(next)
	}
}

func (h *timerHeap) set(i int, e entry) {
	h.heap[i] = e
	atomic.StoreInt32(&e.timer().at, int32(i+1))
}

// take removes entry i.
func (h *timerHeap) take(i int) {
	atomic.StoreInt32(&h.heap[i].timer().at, 0)
	last := len(h.heap) - 1
	e := h.heap[last]
	h.heap = h.heap[:last]
	if i != last {
		h.set(i, e)
		h.up(i)
		h.down(int(e.timer().at - 1))
	}
}

func (h *timerHeap) up(i int) {
	e := h.heap[i]
	for i > 0 {
		p := (i - 1) / 4
		if h.heap[p].when <= e.when {
			break
		}
		h.set(i, h.heap[p])
		i = p
	}
	h.set(i, e)
}

func (h *timerHeap) down(i int) {
	e := h.heap[i]
	for {
		c := 4*i + 1
		if c >= len(h.heap) {
			break
		}
		best := c
		for j := c + 1; j < min(c+4, len(h.heap)); j++ {
			if h.heap[j].when < h.heap[best].when {
				best = j
			}
		}
		if h.heap[best].when >= e.when {
			break
		}
		h.set(i, h.heap[best])
		i = best
	}
	h.set(i, e)
}

// anyTimers reports whether something will expire.
func anyTimers() bool {
	for _, p := range allWorkers() {
		if p.timers.live.Load() != 0 {
			return true
		}
	}
	return false
}

// firstTimer is a time before which nothing expires; 0 if nothing does.
func firstTimer() int64 {
	first := int64(0)
	for _, p := range allWorkers() {
		if at := p.timers.next.Load(); at != 0 && (first == 0 || at < first) {
			first = at
		}
	}
	return first
}

func timerRoots(mark func(unsafe.Pointer)) {
	for _, p := range allWorkers() {
		p.timers.roots(mark)
	}
	for _, b := range bubbles.all {
		b.timers.roots(mark)
	}
}

func (h *timerHeap) roots(mark func(unsafe.Pointer)) {
	for _, e := range h.heap {
		if n := e.timer(); n.kind == guestTimer {
			mark(unsafe.Pointer(n))
		}
	}
}
