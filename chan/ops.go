package rtchan

// This file is send and receive, waiting or not.

import (
	"sync/atomic"
	"unsafe"

	rtpanic "rtgen/panic"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// What becomes of a goroutine that waited, once it goes on.
var (
	doneSendLarge  = sched.NewDone(sendLargeDone)
	doneSendClosed = sched.NewDone(sendClosedDone)
	doneRecv       = sched.NewDone(recvDone)
	doneRecvTimer  = sched.NewDone(recvTimerDone)
	doneSelect     = sched.NewDone(selectDone)
)

// Send sends the value at v on c. Resumable.
func Send(w *abi.W, sp abi.SP, c *Hchan, v unsafe.Pointer) {
	if c == nil {
		sched.Self(w).Park(w, sched.ReasonChanSendNil)
		return
	}
	g := sched.Self(w)
	var large unsafe.Pointer // where a large value will be if it has to wait
	if c.size > bufSize && c.looksFull() {
		large = gc.New(w, sp, c.elem) // before the lock; garbage if the send need not wait after all
	}
again:
	c.lock.Lock()
	if c.closed != 0 {
		c.checkBubble(w, sp, "send on")
		if c.closed&1 != 0 {
			c.lock.Unlock()
			sendClosed(w, sp)
		}
	}
	if peer, done := c.send(v); done {
		c.lock.Unlock()
		if peer != nil {
			sched.Ready(w, peer)
		}
		return
	}
	if c.size > bufSize {
		if large == nil {
			c.lock.Unlock()
			large = gc.New(w, sp, c.elem)
			goto again
		}
		g.Buf[0] = uintptr(large)
		g.Done = doneSendLarge
	}
	move(transit(g, c.size), v, c.size)
	if c.closed != 0 {
		g.Durable()
	}
	g.Park(w, sched.ReasonChanSend)
	c.sendq.push(&g.Wait)
	c.lock.Unlock()
}

// TrySend is Send if that would not wait; it reports whether it sent.
func TrySend(w *abi.W, sp abi.SP, c *Hchan, v unsafe.Pointer) bool {
	if c == nil || atomic.LoadUint32(&c.closed) == 0 && c.looksFull() {
		return false
	}
	c.lock.Lock()
	if c.closed != 0 {
		c.checkBubble(w, sp, "send on")
		if c.closed&1 != 0 {
			c.lock.Unlock()
			sendClosed(w, sp)
		}
	}
	peer, done := c.send(v)
	c.lock.Unlock()
	if peer != nil {
		sched.Ready(w, peer)
	}
	return done
}

// looksFull is a look without the lock: exact if nobody else touches the channel, and a
// possible outcome of the race otherwise.
func (c *Hchan) looksFull() bool {
	return uint(atomic.LoadUintptr(&c.n)) == c.cap && loadWaiter(&c.recvq.first) == nil
}

func (c *Hchan) looksEmpty() bool {
	return atomic.LoadUintptr(&c.n) == 0 && loadWaiter(&c.sendq.first) == nil
}

func loadWaiter(p **sched.Waiter) unsafe.Pointer {
	return atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(p)))
}

// send completes a send that need not wait, on a channel that is locked and not closed. It
// returns the receiver to be readied, if there is one, once the lock is released.
func (c *Hchan) send(v unsafe.Pointer) (peer *sched.G, done bool) {
	if c.recvq.first != nil {
		if x := c.recvq.pop(); x != nil {
			g := goroutine(x)
			move(transit(g, c.size), v, c.size)
			g.OK = true
			return g, true
		}
	}
	if uint(c.n) < c.cap {
		move(c.at(c.sendx), v, c.size)
		abi.Dirty(c.at(c.sendx))
		c.sendx = c.after(c.sendx)
		c.n++
		return nil, true
	}
	return nil, false
}

func sendClosed(w *abi.W, sp abi.SP) {
	rtpanic.PanicError(w, sp, rtpanic.PlainError, "send on closed channel")
}

func sendLargeDone(w *abi.W, g *sched.G) { g.Buf[0] = 0 }

// sendClosedDone is the Done of a sender whose channel was closed while it waited.
func sendClosedDone(w *abi.W, g *sched.G) {
	g.Buf[0] = 0
	sendClosed(w, w.Base)
}

// Recv receives from c into v and reports whether a sender sent that. Resumable: if it waits,
// value and report are at w.Ret when the goroutine resumes.
func Recv(w *abi.W, sp abi.SP, c *Hchan, v unsafe.Pointer) (ok bool) {
	if c == nil {
		sched.Self(w).Park(w, sched.ReasonChanReceiveNil)
		return false
	}
	if atomic.LoadUint32(&c.closed) != 0 {
		c.checkBubble(w, sp, "receive on")
	}
	if c.timer != nil {
		c.timer.Check(w, sp)
	}
	g := sched.Self(w)
	var large unsafe.Pointer
again:
	c.lock.Lock()
	if peer, done, ok := c.recv(v); done {
		c.lock.Unlock()
		if peer != nil {
			sched.Ready(w, peer)
		}
		return ok
	}
	if c.size > bufSize {
		if large == nil {
			c.lock.Unlock()
			large = gc.New(w, sp, c.elem)
			goto again
		}
		g.Buf[0] = uintptr(large)
	}
	g.Wait.Ticket = uint32(c.size)
	g.Done = doneRecv
	if c.timer != nil {
		g.Buf[3] = uintptr(unsafe.Pointer(c.timer)) // its values, time.Times, take three words
		g.Done = doneRecvTimer
		c.timer.Block(w)
	}
	if c.closed != 0 {
		g.Durable()
	}
	g.Park(w, sched.ReasonChanReceive)
	c.recvq.push(&g.Wait)
	c.lock.Unlock()
	return false
}

// TryRecv is Recv if that would not wait; selected reports whether it received, or found c closed.
func TryRecv(w *abi.W, sp abi.SP, c *Hchan, v unsafe.Pointer) (ok, selected bool) {
	if c == nil {
		return false, false
	}
	if atomic.LoadUint32(&c.closed) != 0 {
		c.checkBubble(w, sp, "receive on")
	}
	if c.timer != nil {
		c.timer.Check(w, sp)
	}
	if c.looksEmpty() && atomic.LoadUint32(&c.closed)&1 == 0 {
		return false, false
	}
	c.lock.Lock()
	peer, selected, ok := c.recv(v)
	c.lock.Unlock()
	if peer != nil {
		sched.Ready(w, peer)
	}
	return ok, selected
}

// recv completes a receive that need not wait, on a locked channel. It returns the sender
// to be readied, if there is one, once the lock is released.
func (c *Hchan) recv(v unsafe.Pointer) (peer *sched.G, done, ok bool) {
	var x *sched.Waiter
	if c.sendq.first != nil {
		if x = c.sendq.pop(); x != nil {
			peer = goroutine(x)
			peer.OK = true
		}
	}
	switch {
	case c.n > 0:
		p := c.at(c.recvx)
		move(v, p, c.size)
		c.recvx = c.after(c.recvx)
		if x != nil { // the ring is full: the sender's value goes where the oldest was
			move(p, source(x, c.size), c.size)
			abi.Dirty(p)
			c.sendx = c.recvx
			return peer, true, true
		}
		zero(p, c.size)
		c.n--
		return nil, true, true
	case x != nil:
		move(v, source(x, c.size), c.size)
		return peer, true, true
	case c.closed&1 != 0:
		zero(v, c.size)
		return nil, true, false
	}
	return nil, false, false
}

// recvDone lays out what a waiting receiver got: struct{ T; bool }.
func recvDone(w *abi.W, g *sched.G) {
	size := uintptr(g.Wait.Ticket)
	r := w.RetArea(size + 1)
	if g.OK {
		move(r, transit(g, size), size)
	} else {
		zero(r, size)
	}
	*(*bool)(unsafe.Add(r, size)) = g.OK
	g.Buf[0] = 0
}

func recvTimerDone(w *abi.W, g *sched.G) {
	abi.Ptr[sched.Timer](g.Buf[3]).Unblock()
	recvDone(w, g)
}

// Send8 and Recv8 are Send and Recv for channels whose elements have 8 bytes: the value travels in
// a register, and the common outcomes are decided here.

// Send8 is Send of the word x. Resumable.
func Send8(w *abi.W, sp abi.SP, c *Hchan, x uintptr) {
	if c == nil {
		sched.Self(w).Park(w, sched.ReasonChanSendNil)
		return
	}
	c.lock.Lock()
	if r := c.recvq.first; r != nil {
		g := c.recvq.popOnly(r)
		if g == nil {
			if r = c.recvq.pop(); r != nil {
				g = goroutine(r)
			}
		}
		if g != nil {
			g.Buf[0], g.OK = x, true
			c.lock.Unlock()
			sched.Ready(w, g)
			return
		}
	}
	if c.closed != 0 {
		c.lock.Unlock()
		Send(w, sp, c, unsafe.Pointer(abi.Noescape(&x)))
		return
	}
	if uint(c.n) < c.cap {
		p := unsafe.Add(c.buf, c.sendx*8)
		*(*uintptr)(p) = x
		abi.Dirty(p)
		c.sendx = c.after(c.sendx)
		c.n++
		c.lock.Unlock()
		return
	}
	g := sched.Self(w)
	g.Buf[0] = x
	g.Park(w, sched.ReasonChanSend)
	c.sendq.push(&g.Wait)
	c.lock.Unlock()
}

// Recv8 is Recv of a word. Resumable, with results at w.Ret as Recv.
func Recv8(w *abi.W, sp abi.SP, c *Hchan) (x uintptr, ok bool) {
	if c == nil || c.timer != nil {
		return recv8(w, sp, c)
	}
	c.lock.Lock()
	if s := c.sendq.first; s != nil {
		if c.cap != 0 || s != c.sendq.last || s.Case >= 0 {
			c.lock.Unlock()
			return recv8(w, sp, c)
		}
		g := c.sendq.popOnly(s)
		x, g.OK = g.Buf[0], true
		c.lock.Unlock()
		sched.Ready(w, g)
		return x, true
	}
	if c.n > 0 {
		p := (*uintptr)(unsafe.Add(c.buf, c.recvx*8))
		x, *p = *p, 0
		c.recvx = c.after(c.recvx)
		c.n--
		c.lock.Unlock()
		return x, true
	}
	if c.closed != 0 {
		c.lock.Unlock()
		if c.closed == 1 {
			return 0, false
		}
		return recv8(w, sp, c)
	}
	g := sched.Self(w)
	g.Done = sched.DoneWord
	g.Park(w, sched.ReasonChanReceive)
	c.recvq.push(&g.Wait)
	c.lock.Unlock()
	return 0, false
}

//go:noinline
func recv8(w *abi.W, sp abi.SP, c *Hchan) (x uintptr, ok bool) {
	ok = Recv(w, sp, c, unsafe.Pointer(abi.Noescape(&x)))
	return x, ok
}

// Block waits for ever: select {}.
func Block(w *abi.W, sp abi.SP) { sched.Self(w).Park(w, sched.ReasonSelectNoCases) }
