package sched

// This file is semaphores and notify lists, on which package sync builds.
//
// A semaphore is a guest uint32; who must wait queues under its address. Release hands
// its unit to the first waiter, past the uint32, so a waiter that is woken has what it came for. (Go's
// waiters try again; package sync cannot tell the difference, for barging happens on its own state word.)

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

const semaTable = 509

// semaRoot is the waiters of all addresses with one remainder: a digital search tree of the first waiter of each
// address, whose list the others are in. The way down goes by the bits of the address's hash, the
// highest first, so a node may be replaced by any that is below it.
//
// Lock and count are one word, so that who waits needs one locked instruction, and who wakes it another.
type semaRoot struct {
	word uint32  // bit 0: locked; above it how many wait, or look once more under the lock
	root uintptr // *Waiter; under the lock
	_    [48]byte
}

// What a waiter of a semaphore keeps in its goroutine's Buf; all but the address count only in the
// first one of an address.
const (
	semaAddr  = iota
	semaLeft  // *Waiter: the subtree of hashes that go on with a 0
	semaRight // … with a 1
	semaLast  // *Waiter: the end of the list
)

var semas [semaTable]semaRoot

func semaFor(addr *uint32) *semaRoot { return &semas[uintptr(unsafe.Pointer(addr))>>3%semaTable] }

func waiterWord(x *Waiter) uintptr { return uintptr(unsafe.Pointer(x)) }

// find returns the link to the first waiter of addr, or where it would be.
func (r *semaRoot) find(addr uintptr) *uintptr {
	link := &r.root
	for h := uint64(addr) * 0x9E3779B97F4A7C15; *link != 0; h <<= 1 {
		buf := &abi.Ptr[Waiter](*link).Owner().Buf
		if buf[semaAddr] == addr {
			break
		}
		link = &buf[semaLeft+h>>63]
	}
	return link
}

// push queues x for addr: last, or first.
func (r *semaRoot) push(x *Waiter, addr uintptr, first bool) {
	link := r.find(addr)
	buf := &x.Owner().Buf
	*buf = [4]uintptr{semaAddr: addr, semaLast: waiterWord(x)}
	x.Next = nil
	switch head := abi.Ptr[Waiter](*link); {
	case *link == 0:
		*link = waiterWord(x)
	case first:
		*buf = head.Owner().Buf
		x.Next = head
		*link = waiterWord(x)
	default:
		abi.Ptr[Waiter](head.Owner().Buf[semaLast]).Next = x
		head.Owner().Buf[semaLast] = waiterWord(x)
	}
}

// pop takes out the first n waiters of the address that link is of, or all k of them, and returns their list.
func (r *semaRoot) pop(link *uintptr, n uint32) (x *Waiter, k uint32) {
	x = abi.Ptr[Waiter](*link)
	buf := &x.Owner().Buf
	last := x
	for k = 1; k < n && last.Next != nil; k++ {
		last = last.Next
	}
	if rest := last.Next; rest != nil {
		rest.Owner().Buf = *buf
		*link, last.Next = waiterWord(rest), nil
		return x, k
	}
	// Some leaf below x takes its place.
	leaf := link
	for {
		b := &abi.Ptr[Waiter](*leaf).Owner().Buf
		if b[semaLeft] != 0 {
			leaf = &b[semaLeft]
		} else if b[semaRight] != 0 {
			leaf = &b[semaRight]
		} else {
			break
		}
	}
	l := *leaf
	*leaf = 0
	if l != waiterWord(x) {
		b := &abi.Ptr[Waiter](l).Owner().Buf
		b[semaLeft], b[semaRight] = buf[semaLeft], buf[semaRight]
		*link = l
	}
	return x, k
}

func semaTry(addr *uint32) bool { return semaTake(addr, 1) != 0 }

// semaTake takes n units, or all k that there are.
func semaTake(addr *uint32, n uint32) (k uint32) {
	for {
		v := atomic.LoadUint32(addr)
		k = min(v, n)
		if k == 0 || CompareAndSwapUint32(addr, v, v-k) {
			return k
		}
	}
}

// lock takes the lock, and counts n waiters in the same step.
func (r *semaRoot) lock(n uint32) {
	if EnterSolo() {
		StoreRel(&r.word, atomic.LoadUint32(&r.word)+2*n+1)
		LeaveSolo()
		return
	}
	for i := 0; ; i++ {
		v := atomic.LoadUint32(&r.word) &^ 1
		if atomic.CompareAndSwapUint32(&r.word, v, v+2*n+1) {
			return
		}
		if i > 0 {
			Pause(i)
		}
	}
}

// unlock releases the lock; n waiters less are left.
func (r *semaRoot) unlock(n uint32) { StoreRel(&r.word, atomic.LoadUint32(&r.word)-2*n-1) }

// waiting reports whether somebody waits, or is about to.
func (r *semaRoot) waiting() bool { return atomic.LoadUint32(&r.word)>>1 != 0 }

// Semacquire waits until *addr > 0 and decrements it. Resumable.
func Semacquire(w *abi.W, sp abi.SP, addr *uint32, lifo bool, why Reason) {
	r := semaFor(addr)
	if !semaTry(addr) && !r.queueSolo(w, addr, lifo, why) {
		r.queue(w, addr, lifo, why)
	}
}

// queueSolo queues the goroutine that w runs, if w is the sole worker awake and there is no unit.
func (r *semaRoot) queueSolo(w *abi.W, addr *uint32, lifo bool, why Reason) bool {
	if !EnterSolo() {
		return false
	}
	ok := atomic.LoadUint32(addr) == 0
	if ok {
		StoreRel(&r.word, atomic.LoadUint32(&r.word)+2)
		r.park(w, addr, lifo, why)
	}
	LeaveSolo()
	return ok
}

// queue queues the goroutine that w runs unless there is a unit now.
func (r *semaRoot) queue(w *abi.W, addr *uint32, lifo bool, why Reason) {
	r.lock(1)
	if semaTry(addr) { // behind the count: see Semrelease
		r.unlock(1)
		return
	}
	r.park(w, addr, lifo, why)
	r.unlock(0)
}

func (r *semaRoot) park(w *abi.W, addr *uint32, lifo bool, why Reason) {
	g := Self(w)
	g.Park(w, why)
	r.push(&g.Wait, uintptr(unsafe.Pointer(addr)), lifo)
}

// Semrelease adds n to *addr, or hands the units to waiters. One waiter runs next, several get in line. With handoff the
// caller's turn ends at its next poll, so that the waiter runs soon.
func Semrelease(w *abi.W, sp abi.SP, addr *uint32, n uint32, handoff bool) {
	r := semaFor(addr)
	added := !r.waiting()
	if added {
		AddInt32((*int32)(unsafe.Pointer(addr)), int32(n))
		if !r.waiting() { // a waiter that counts itself later sees the units
			return
		}
	}
	r.lock(0)
	link := r.find(uintptr(unsafe.Pointer(addr)))
	if *link != 0 && added {
		n = semaTake(addr, n) // those that are gone: their takers' releases will come here
	}
	if *link == 0 || n == 0 {
		if !added {
			atomic.AddUint32(addr, n) // under the lock: who queues next has looked at it behind us
		}
		r.unlock(0)
		return
	}
	x, k := r.pop(link, n)
	if k < n {
		atomic.AddUint32(addr, n-k)
	}
	r.unlock(k)
	if k == 1 {
		Ready(w, x.Owner())
	} else {
		of(w).readyList(x)
	}
	if handoff {
		atomic.OrUint32(&w.Poll, abi.PollPreempt)
	}
}

// NotifyList is sync.notifyList: its first fields are known to package sync.
type NotifyList struct {
	wait   uint32 // ticket of the next waiter; atomic
	notify uint32 // ticket of the next to be notified; written under the lock
	lock   WorkerLock
	_      uint32
	head   *Waiter
	tail   *Waiter
}

// NotifyListAdd takes a ticket.
func NotifyListAdd(l *NotifyList) uint32 {
	return uint32(AddInt32((*int32)(unsafe.Pointer(&l.wait)), 1)) - 1
}

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
	of(w).readyList(x)
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
		Ready(w, x.Owner())
		return
	}
	l.lock.Unlock()
}
