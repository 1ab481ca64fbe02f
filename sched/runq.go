package sched

// This file is queues of runnable goroutines: one ring per worker, and the global list.
//
// The ring has one producer, its worker:
//
//	head ≤ tail ≤ head + len(ring); ring[head%n … tail%n) are queued
//
// Who takes from it, or from next, keeps everybody else from that (owner.go). The
// producer needs not: it moves tail with a release store behind the slot's, and never overwrites
// a slot before head has passed it. (Records are outside the host's heap, so slots are plain words.)

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

const ringSize = 256

type runq struct {
	head uint32 // written by who holds or has locked the queue
	tail uint32 // written by the owner only

	next  uintptr // *G readied last, runs before the ring; written by who holds or has locked the queue
	busy  uint32  // the owner holds the queue
	bar   uint32  // barThief, barFence
	thief Lock    // who has locked the queue holds it

	ring [ringSize]uintptr
}

// empty may be wrong by the time it returns, but never misses what was queued before the call.
func (q *runq) empty() bool {
	for {
		h, t, n := atomic.LoadUint32(&q.head), atomic.LoadUint32(&q.tail), atomic.LoadUintptr(&q.next)
		// tail read between two equal heads: otherwise a goroutine moving from next to the ring may be missed.
		if t == atomic.LoadUint32(&q.tail) {
			return h == t && n == 0
		}
	}
}

func (q *runq) len() int {
	n := int(atomic.LoadUint32(&q.tail) - atomic.LoadUint32(&q.head))
	if atomic.LoadUintptr(&q.next) != 0 {
		n++
	}
	return n
}

// put queues g at the tail. A full ring sends half of itself to the global queue.
func (p *worker) put(g *G) {
	q := &p.runq
	t := q.tail
	if t-atomic.LoadUint32(&q.head) >= ringSize {
		p.spill(g)
		return
	}
	storeRelPtr(&q.ring[t%ringSize], gWord(g))
	StoreRel(&q.tail, t+1)
}

//go:noinline
func (p *worker) spill(g *G) {
	var batch [ringSize / 2]*G
	q, n := &p.runq, 0
	q.hold()
	for ; n < len(batch) && q.head != q.tail; n++ { // a thief may have been here
		batch[n] = q.shift()
	}
	q.release()
	global.Lock.Lock()
	for _, x := range batch[:n] {
		pushGlobal(x)
	}
	pushGlobal(g)
	global.Unlock()
}

// shift takes the oldest goroutine of the ring, which is not empty; the caller holds the queue or has locked it.
func (q *runq) shift() *G {
	h := q.head
	g := atomic.LoadUintptr(&q.ring[h%ringSize])
	StoreRel(&q.head, h+1)
	return wordG(g)
}

// take takes the goroutine readied last, or else the oldest one. Owner only.
func (q *runq) take() (g *G) {
	q.hold()
	if x := q.next; x != 0 {
		storeRelPtr(&q.next, 0)
		g = wordG(x)
	} else if q.head != q.tail {
		g = q.shift()
	}
	q.release()
	return g
}

// swapNext makes g, if not 0, the next to run and returns the former one. Owner only.
func (q *runq) swapNext(g uintptr) uintptr {
	q.hold()
	old := q.next
	storeRelPtr(&q.next, g)
	q.release()
	return old
}

// steal moves half of v's ring to p's and returns one of the goroutines. p's ring is empty. An empty ring
// loses next, if the thief wants that.
func (p *worker) steal(v *worker, next bool) (g *G) {
	q := &v.runq
	if atomic.LoadUint32(&q.head) == atomic.LoadUint32(&q.tail) && !next || q.empty() {
		return nil
	}
	q.lock()
	defer q.unlock()
	n := atomic.LoadUint32(&q.tail) - q.head
	if n == 0 {
		if next {
			g = wordG(q.next)
			storeRelPtr(&q.next, 0)
		}
		return g
	}
	g = q.shift()
	for n -= n / 2; n > 1; n-- {
		p.put(q.shift())
	}
	return g
}

// drain moves everything v has to the global queue; any worker, or the monitor, may call it.
func (v *worker) drain() {
	q := &v.runq
	if q.empty() {
		return
	}
	q.lock()
	global.Lock.Lock()
	if q.next != 0 {
		pushGlobal(wordG(q.next))
		storeRelPtr(&q.next, 0)
	}
	for q.head != atomic.LoadUint32(&q.tail) {
		pushGlobal(q.shift())
	}
	global.Unlock()
	q.unlock()
}

// global is the queue that every worker shares. FIFO.
var global struct {
	Lock
	head, tail *Waiter
	n          atomic.Int32 // written under the lock, read without
}

// push appends g; the lock is held.
func pushGlobal(g *G) {
	w := &g.Wait
	w.Next = nil
	if global.tail == nil {
		global.head = w
	} else {
		global.tail.Next = w
	}
	global.tail = w
	global.n.Store(global.n.Load() + 1)
}

func putGlobal(g *G) {
	global.Lock.Lock()
	pushGlobal(g)
	global.Unlock()
}

// getGlobal takes a fair share of the global queue, at most max, and returns the first of
// it; the rest goes to p's ring.
func (p *worker) getGlobal(max int32) *G {
	if global.n.Load() == 0 {
		return nil
	}
	global.Lock.Lock()
	n := min(global.n.Load(), global.n.Load()/int32(maxRunning.Load())+1, max, ringSize/2)
	var first *G
	for i := range n {
		w := global.head
		global.head = w.Next
		if global.head == nil {
			global.tail = nil
		}
		w.Next = nil
		if i == 0 {
			first = w.G
		} else {
			p.put(w.G) // the ring was empty: it does not spill, which would take the lock again
		}
	}
	global.n.Store(global.n.Load() - n)
	global.Unlock()
	return first
}

func gWord(g *G) uintptr { return uintptr(unsafe.Pointer(g)) }
func wordG(x uintptr) *G { return abi.Ptr[G](x) }
