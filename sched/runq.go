package sched

// This file is queues of runnable goroutines: one ring per worker, and the global list.
//
// The ring has one producer, its worker, and many consumers:
//
//	head ≤ tail ≤ head + len(ring); ring[head%n … tail%n) are queued
//
// Consumers (the worker, thieves) read slots first and then move head by compare-and-swap; the
// producer moves tail with a release store and never overwrites a slot before head has
// passed it. (The scheme is Go's runtime/proc.go; records are outside the host's heap, so slots
// are plain words.)

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

const ringSize = 1024

type runq struct {
	head uint32 // advanced by whoever takes
	tail uint32 // written by the owner only

	next  uintptr // *G readied last, runs before the ring; touched by who holds or has locked it (owner.go)
	busy  uint32  // the owner holds next
	bar   uint32  // barThief, barFence
	thief Lock    // who has locked next holds it

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

// ringEmpty is for the owner.
func (q *runq) ringEmpty() bool { return atomic.LoadUint32(&q.head) == q.tail }

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
	for {
		h, t := atomic.LoadUint32(&q.head), q.tail
		if t-h < ringSize {
			storeRelPtr(&q.ring[t%ringSize], gWord(g))
			StoreRel(&q.tail, t+1)
			return
		}
		if p.spill(g, h, t) {
			return
		}
	}
}

func (p *worker) spill(g *G, h, t uint32) bool {
	var batch [ringSize / 2]uintptr
	n := (t - h) / 2
	for i := range n {
		batch[i] = atomic.LoadUintptr(&p.runq.ring[(h+i)%ringSize])
	}
	if !atomic.CompareAndSwapUint32(&p.runq.head, h, h+n) {
		return false
	}
	global.Lock.Lock()
	for _, x := range batch[:n] {
		pushGlobal(wordG(x))
	}
	pushGlobal(g)
	global.Unlock()
	return true
}

// get takes the oldest goroutine of the ring. Owner only.
func (q *runq) get() *G {
	if EnterSolo() { // others end that before they take from the ring
		h := q.head
		if h == q.tail {
			LeaveSolo()
			return nil
		}
		StoreRel(&q.head, h+1)
		LeaveSolo()
		return wordG(q.ring[h%ringSize]) // the owner alone overwrites it
	}
	for {
		h := atomic.LoadUint32(&q.head)
		if h == q.tail {
			return nil
		}
		g := atomic.LoadUintptr(&q.ring[h%ringSize])
		if atomic.CompareAndSwapUint32(&q.head, h, h+1) {
			return wordG(g)
		}
	}
}

// take takes the goroutine readied last, or else the oldest one. Owner only.
func (q *runq) take() *G {
	if atomic.LoadUintptr(&q.next) != 0 {
		q.hold()
		g := q.next
		storeRelPtr(&q.next, 0)
		q.release()
		if g != 0 {
			return wordG(g)
		}
	}
	return q.get()
}

// swapNext makes g, if not 0, the next to run and returns the former one. Owner only.
func (q *runq) swapNext(g uintptr) uintptr {
	q.hold()
	old := q.next
	storeRelPtr(&q.next, g)
	q.release()
	return old
}

// stealNext empties the slot. Anyone may call it, the owner too.
func (q *runq) stealNext() *G {
	if atomic.LoadUintptr(&q.next) == 0 {
		return nil
	}
	q.lock()
	g := q.next
	storeRelPtr(&q.next, 0)
	q.unlock()
	return wordG(g)
}

// steal moves half of v's ring to p's and returns one of the goroutines. p's ring is empty.
func (p *worker) steal(v *worker, next bool) *G {
	for {
		h := atomic.LoadUint32(&v.runq.head)
		t := atomic.LoadUint32(&v.runq.tail)
		n := t - h
		n -= n / 2
		if n == 0 {
			if next {
				return v.runq.stealNext()
			}
			return nil
		}
		if n > ringSize/2 {
			continue // head and tail were read too far apart
		}
		mt := p.runq.tail
		for i := range n {
			storeRelPtr(&p.runq.ring[(mt+i)%ringSize], atomic.LoadUintptr(&v.runq.ring[(h+i)%ringSize]))
		}
		if !atomic.CompareAndSwapUint32(&v.runq.head, h, h+n) {
			continue
		}
		g := wordG(p.runq.ring[(mt+n-1)%ringSize])
		if n > 1 {
			StoreRel(&p.runq.tail, mt+n-1)
		}
		return g
	}
}

// drain moves everything v has to the global queue; any worker, or the monitor, may call it.
func (v *worker) drain() (n int) {
	for {
		g := v.runq.stealNext()
		if g == nil {
			h, t := atomic.LoadUint32(&v.runq.head), atomic.LoadUint32(&v.runq.tail)
			if h == t {
				return n
			}
			x := atomic.LoadUintptr(&v.runq.ring[h%ringSize])
			if !atomic.CompareAndSwapUint32(&v.runq.head, h, h+1) {
				continue
			}
			g = wordG(x)
		}
		n++
		putGlobal(g)
	}
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
			first = w.Owner()
		} else {
			p.put(w.Owner()) // the ring was empty: it does not spill, which would take the lock again
		}
	}
	global.n.Store(global.n.Load() - n)
	global.Unlock()
	return first
}

func gWord(g *G) uintptr { return uintptr(unsafe.Pointer(g)) }
func wordG(x uintptr) *G { return abi.Ptr[G](x) }
