package rtchan

// This file is the channel itself: its fields, its queues, its ring, make, close, len and cap.

import (
	"sync/atomic"
	"unsafe"

	rtpanic "rtgen/panic"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// Hchan is a channel. The lock guards every field that is not constant.
type Hchan struct {
	lock   seqLock
	closed uint32  // bit 0: closed; above it the number of the bubble that made the channel. Also read without the lock
	n      uintptr // values in the ring; also read without the lock
	cap    uint    // constant
	buf    unsafe.Pointer
	size   uintptr     // of an element; constant
	elem   *abi.Layout // constant
	sendx  uint        // where the next value goes
	recvx  uint        // where the oldest one is
	recvq  waitq
	sendq  waitq
	timer  *sched.Timer // this is the channel of that timer; constant since the channel became known
}

var hchanLayout = abi.Layout{
	Size: unsafe.Sizeof(Hchan{}), Period: unsafe.Sizeof(Hchan{}),
	Mask: 1<<(unsafe.Offsetof(Hchan{}.buf)/8) | 1<<(unsafe.Offsetof(Hchan{}.timer)/8),
}

// waitq is a FIFO of goroutines; the channel's lock guards it.
type waitq struct{ first, last *sched.Waiter }

func (q *waitq) push(x *sched.Waiter) {
	x.Next, x.Prev = nil, q.last
	if q.last == nil {
		q.first = x
	} else {
		q.last.Next = x
	}
	q.last = x
}

// popOnly is pop for the common case that x, the first, is the only one and does not select; else nil.
func (q *waitq) popOnly(x *sched.Waiter) *sched.G {
	if x != q.last || x.Case >= 0 {
		return nil
	}
	q.first, q.last = nil, nil
	return x.Owner()
}

// pop takes the first goroutine that is still to be woken; nil if there is none.
func (q *waitq) pop() *sched.Waiter {
	for {
		x := q.first
		if x == nil {
			return nil
		}
		q.first = x.Next
		if x.Next == nil {
			q.last = nil
		} else {
			x.Next.Prev = nil
			x.Next = nil
		}
		if x.Case >= 0 {
			if !goroutine(x).Claim(x.Case) {
				continue // another case of its select came first
			}
		}
		return x
	}
}

// remove takes x out if it is still in q.
func (q *waitq) remove(x *sched.Waiter) {
	switch {
	case x.Prev != nil && x.Next != nil:
		x.Prev.Next, x.Next.Prev = x.Next, x.Prev
	case x.Prev != nil:
		x.Prev.Next, q.last = nil, x.Prev
	case x.Next != nil:
		x.Next.Prev, q.first = nil, x.Next
	case q.first == x:
		q.first, q.last = nil, nil
	}
	x.Next, x.Prev = nil, nil
}

const maxAlloc = 1 << 47

// Make is make(chan T, n). Known to cps/gen through rt.MakeChan.
func Make(w *abi.W, sp abi.SP, elem *abi.Layout, n int) *Hchan {
	if n < 0 || elem.Size != 0 && uintptr(n) > (maxAlloc-unsafe.Sizeof(Hchan{}))/elem.Size {
		rtpanic.PanicError(w, sp, rtpanic.PlainError, "makechan: size out of range")
	}
	var buf unsafe.Pointer
	if n > 0 && elem.Size != 0 {
		buf = gc.NewArray(w, sp, elem, n)
		sp = 0 // no collection now: only this function knows buf
	}
	c := (*Hchan)(gc.New(w, sp, &hchanLayout))
	c.buf, c.cap, c.size, c.elem = buf, uint(n), elem.Size, elem
	c.closed = sched.BubbleID(w) << 1
	return c
}

// Len is len(c).
func Len(c *Hchan) int {
	if c == nil {
		return 0
	}
	if c.timer != nil {
		return 0 // buffered inside, unbuffered to its users
	}
	return int(c.n)
}

// Cap is cap(c).
func Cap(c *Hchan) int {
	if c == nil || c.timer != nil {
		return 0
	}
	return int(c.cap)
}

// Close is close(c).
func Close(w *abi.W, sp abi.SP, c *Hchan) {
	if c == nil {
		rtpanic.PanicError(w, sp, rtpanic.PlainError, "close of nil channel")
	}
	c.lock.Lock()
	if c.closed != 0 {
		c.checkBubble(w, sp, "close of")
	}
	if c.closed&1 != 0 {
		c.lock.Unlock()
		rtpanic.PanicError(w, sp, rtpanic.PlainError, "close of closed channel")
	}
	atomic.StoreUint32(&c.closed, c.closed|1)
	var wake *sched.Waiter // linked by Next
	last := &wake
	for {
		x := c.recvq.pop()
		if x == nil {
			break
		}
		goroutine(x).OK = false
		*last, last = x, &x.Next
	}
	for {
		x := c.sendq.pop()
		if x == nil {
			break
		}
		g := goroutine(x)
		g.OK = false
		if x.Case < 0 {
			g.Done = doneSendClosed
		}
		*last, last = x, &x.Next
	}
	c.lock.Unlock()
	for x := wake; x != nil; x = wake {
		wake, x.Next = x.Next, nil
		sched.ReadyLater(w, goroutine(x))
	}
}

func (c *Hchan) at(i uint) unsafe.Pointer { return unsafe.Add(c.buf, uintptr(i)*c.size) }

func (c *Hchan) after(i uint) uint {
	if i++; i == c.cap {
		return 0
	}
	return i
}

// checkBubble ends the program if c was made in a bubble and w runs a goroutine that is not in it.
func (c *Hchan) checkBubble(w *abi.W, sp abi.SP, what string) {
	if id := atomic.LoadUint32(&c.closed) >> 1; id != 0 && sched.BubbleID(w) != id {
		rtpanic.Fatal(w, sp, what+" synctest channel from outside bubble")
	}
}

// goroutine is the one that waits in x.
func goroutine(x *sched.Waiter) *sched.G {
	if x.Case >= 0 {
		return (*selWaiter)(unsafe.Pointer(x)).g
	}
	return x.Owner()
}

// move copies a value of n bytes. Words are copied whole.
func move(dst, src unsafe.Pointer, n uintptr) {
	switch n {
	case 0:
	case 8:
		*(*uintptr)(dst) = *(*uintptr)(src)
	case 16:
		*(*[2]uintptr)(dst) = *(*[2]uintptr)(src)
	default:
		copy(unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n))
		abi.DirtyRange(dst, n)
	}
}

func zero(p unsafe.Pointer, n uintptr) {
	if n == 8 {
		*(*uintptr)(p) = 0
		return
	}
	clear(unsafe.Slice((*byte)(p), n))
}

// bufSize is how large a value may be to travel in G.Buf.
const bufSize = unsafe.Sizeof(abi.G{}.Buf)

// transit is where a value for or from parked g waits.
func transit(g *sched.G, size uintptr) unsafe.Pointer {
	if size <= bufSize {
		return unsafe.Pointer(&g.Buf)
	}
	return unsafe.Pointer(abi.Ptr[byte](g.Buf[0]))
}

// source is where the value that waiting sender x sends is.
func source(x *sched.Waiter, size uintptr) unsafe.Pointer {
	if x.Case >= 0 {
		return (*selWaiter)(unsafe.Pointer(x)).value(size)
	}
	return transit(x.Owner(), size)
}

func init() {
	sched.Chans.SetTimer = func(c unsafe.Pointer, t *sched.Timer) {
		(*Hchan)(c).timer = t
		abi.Dirty(unsafe.Pointer(&(*Hchan)(c).timer))
	}
	// Nobody sends meanwhile: what is there, is there already.
	sched.Chans.Drain = func(c unsafe.Pointer) bool {
		h := (*Hchan)(c)
		if atomic.LoadUintptr(&h.n) == 0 {
			return false
		}
		h.lock.Lock()
		any := h.n > 0
		h.n, h.sendx, h.recvx = 0, 0, 0
		h.lock.Unlock()
		return any
	}
}
