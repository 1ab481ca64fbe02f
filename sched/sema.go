package sched

// This file is semaphores and notify lists, on which package sync builds.
//
// A semaphore is a guest uint32; who must wait queues under its address. Release hands
// its unit to the first waiter on the spot, unless somebody took it in between, so a waiter
// that is woken has what it came for. (Go's waiters try again; package sync
// cannot tell the difference, for barging happens on its own state word.)

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

const semaTable = 509

// semaRoot is the waiters of all addresses with one hash, in one list, in FIFO order but for LIFO
// entries.
type semaRoot struct {
	Lock
	waiting    atomic.Int32
	head, tail *Waiter
	_          [32]byte
}

var semas [semaTable]semaRoot

func semaFor(addr *uint32) *semaRoot { return &semas[uintptr(unsafe.Pointer(addr))>>3%semaTable] }

func semaTry(addr *uint32) bool {
	for {
		v := atomic.LoadUint32(addr)
		if v == 0 {
			return false
		}
		if atomic.CompareAndSwapUint32(addr, v, v-1) {
			return true
		}
	}
}

// Semacquire waits until *addr > 0 and decrements it. Resumable.
func Semacquire(w *abi.W, sp abi.SP, addr *uint32, lifo bool, why Reason) {
	if semaTry(addr) {
		return
	}
	r := semaFor(addr)
	r.Lock.Lock()
	r.waiting.Add(1) // before the last try: see Semrelease
	if semaTry(addr) {
		r.waiting.Add(-1)
		r.Unlock()
		return
	}
	g := Self(w)
	x := &g.Wait
	g.Buf[0] = uintptr(unsafe.Pointer(addr))
	g.Park(w, why)
	if lifo {
		// In front of all, so in front of those that wait for addr.
		x.Prev, x.Next = nil, r.head
		if r.head != nil {
			r.head.Prev = x
		} else {
			r.tail = x
		}
		r.head = x
	} else {
		x.Prev, x.Next = r.tail, nil
		if r.tail != nil {
			r.tail.Next = x
		} else {
			r.head = x
		}
		r.tail = x
	}
	r.Unlock()
}

// Semrelease increments *addr and wakes one waiter. With handoff the caller's turn ends at its
// next poll, so that the waiter runs soon.
func Semrelease(w *abi.W, sp abi.SP, addr *uint32, handoff bool) {
	atomic.AddUint32(addr, 1)
	r := semaFor(addr)
	if r.waiting.Load() == 0 { // a waiter that counted itself later sees the unit
		return
	}
	r.Lock.Lock()
	x := r.head
	for x != nil && x.G.Buf[0] != uintptr(unsafe.Pointer(addr)) {
		x = x.Next
	}
	if x == nil || !semaTry(addr) { // nobody, or the unit is gone: its taker's release will come here
		r.Unlock()
		return
	}
	if x.Prev != nil {
		x.Prev.Next = x.Next
	} else {
		r.head = x.Next
	}
	if x.Next != nil {
		x.Next.Prev = x.Prev
	} else {
		r.tail = x.Prev
	}
	x.Next, x.Prev = nil, nil
	r.waiting.Add(-1)
	r.Unlock()
	Ready(w, x.G)
	if handoff {
		atomic.OrUint32(&w.Poll, abi.PollPreempt)
	}
}

// NotifyList is sync.notifyList: its first fields are known to package sync.
type NotifyList struct {
	wait   uint32 // ticket of the next waiter; atomic
	notify uint32 // ticket of the next to be notified; written under the lock
	lock   Lock
	_      uint32
	head   *Waiter
	tail   *Waiter
}

// NotifyListAdd takes a ticket.
func NotifyListAdd(l *NotifyList) uint32 { return atomic.AddUint32(&l.wait, 1) - 1 }

// NotifyListWait waits until ticket t is notified. Resumable.
func NotifyListWait(w *abi.W, sp abi.SP, l *NotifyList, t uint32) {
	l.lock.Lock()
	if int32(t-l.notify) < 0 { // notified already
		l.lock.Unlock()
		return
	}
	g := Self(w)
	x := &g.Wait
	x.Ticket, x.Next = t, nil
	g.Park(w, ReasonCond)
	if l.tail == nil {
		l.head = x
	} else {
		l.tail.Next = x
	}
	l.tail = x
	l.lock.Unlock()
}

// NotifyListAll wakes all waiters.
func NotifyListAll(w *abi.W, sp abi.SP, l *NotifyList) {
	if atomic.LoadUint32(&l.wait) == atomic.LoadUint32(&l.notify) {
		return
	}
	l.lock.Lock()
	x := l.head
	l.head, l.tail = nil, nil
	atomic.StoreUint32(&l.notify, atomic.LoadUint32(&l.wait))
	l.lock.Unlock()
	for x != nil {
		next := x.Next
		x.Next = nil
		ReadyLater(w, x.G)
		x = next
	}
}

// NotifyListOne wakes the waiter with the oldest ticket.
func NotifyListOne(w *abi.W, sp abi.SP, l *NotifyList) {
	if atomic.LoadUint32(&l.wait) == atomic.LoadUint32(&l.notify) {
		return
	}
	l.lock.Lock()
	t := l.notify
	if t == atomic.LoadUint32(&l.wait) {
		l.lock.Unlock()
		return
	}
	atomic.StoreUint32(&l.notify, t+1)
	// Its holder may have taken the ticket and not queued yet: then it will see notify.
	var prev *Waiter
	for x := l.head; x != nil; prev, x = x, x.Next {
		if x.Ticket != t {
			continue
		}
		if prev == nil {
			l.head = x.Next
		} else {
			prev.Next = x.Next
		}
		if l.tail == x {
			l.tail = prev
		}
		l.lock.Unlock()
		x.Next = nil
		Ready(w, x.G)
		return
	}
	l.lock.Unlock()
}
