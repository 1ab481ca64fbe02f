package rtchan

// This file is select.

import (
	"cmp"
	"math/bits"
	"slices"
	"sync/atomic"
	"unsafe"

	rtpanic "rtgen/panic"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// SelectCase is one case. The array of cases is the caller's, on its host stack. Known to
// cps/gen.
type SelectCase struct {
	C      unsafe.Pointer // *Hchan; nil never happens
	V      unsafe.Pointer // the value to send, or where a received one goes at once; may be nil for a receive
	Send   bool
	Layout *abi.Layout
}

// selWaiter is one case of a goroutine that waits in a select.
type selWaiter struct {
	sched.Waiter
	g   *sched.G
	c   *Hchan
	buf [4]uintptr // the value to send, or a pointer to a copy of it
}

// value is where the value to send is.
func (x *selWaiter) value(size uintptr) unsafe.Pointer {
	if size <= bufSize {
		return unsafe.Pointer(&x.buf)
	}
	return unsafe.Pointer(abi.Ptr[byte](x.buf[0]))
}

// cases is a sched.SelectCases with its waiters behind it.
type cases struct {
	sched.SelectCases
	w [1 << 16]selWaiter
}

const casesHeader = unsafe.Sizeof(sched.SelectCases{})

// pools is free records by class, outside both heaps.
var pools [17]struct {
	sched.Lock
	free *sched.SelectCases
}

const slabBytes = 16 << 10

func newCases(w *abi.W, n int) *cases {
	class := bits.Len(uint(n - 1))
	local := sched.SelectCache(w, class)
	s := *local
	if s == nil {
		s = refill(class)
	}
	*local = s.Next
	s.N, s.Next = n, nil
	return (*cases)(unsafe.Pointer(s))
}

// refill returns a few free records, linked.
func refill(class int) *sched.SelectCases {
	p := &pools[class]
	p.Lock.Lock()
	defer p.Unlock()
	if p.free == nil {
		size := casesHeader + unsafe.Sizeof(selWaiter{})<<class
		slab := max(size, slabBytes/size*size)
		m := abi.Reserve((slab + 4095) &^ 4095)
		for off := uintptr(0); off+size <= slab; off += size {
			s := (*sched.SelectCases)(unsafe.Add(m, off))
			s.Class = int32(class)
			s.Next, p.free = p.free, s
		}
	}
	first := p.free
	last := first
	for i := 0; i < refillMax && last.Next != nil; i++ {
		last = last.Next
	}
	p.free, last.Next = last.Next, nil
	return first
}

// A worker takes up to refillMax+1 records at a time, and gives its list back when that grows to
// four times as many: where goroutines start to wait on one worker and go on on another.
const refillMax = 15

func (s *cases) release(w *abi.W) {
	local := sched.SelectCache(w, int(s.Class))
	s.Next, s.Depth = *local, 1
	if s.Next != nil {
		s.Depth = s.Next.Depth + 1
	}
	*local = &s.SelectCases
	if s.Depth < 4*refillMax {
		return
	}
	*local = nil
	p := &pools[s.Class]
	p.Lock.Lock()
	last := &s.SelectCases
	for last.Next != nil {
		last = last.Next
	}
	last.Next, p.free = p.free, &s.SelectCases
	p.Unlock()
}

func selectRoots(s *sched.SelectCases, mark func(unsafe.Pointer)) {
	c := (*cases)(unsafe.Pointer(s))
	for i := range c.w[:s.N] {
		x := &c.w[i]
		mark(unsafe.Pointer(x.c))
		if x.Case&1 != 0 {
			for _, v := range x.buf {
				mark(unsafe.Pointer(abi.Ptr[byte](v)))
			}
		}
	}
}

func init() { sched.SelectRoots = selectRoots }

// order is a permutation of the cases; in an array if there are few.
type order struct {
	few  [8]uint16
	many []uint16
}

func (o *order) make(n int) []uint16 {
	if n <= len(o.few) {
		return o.few[:n]
	}
	o.many = make([]uint16, n)
	return o.many
}

// Select waits until one of cs can go on, does it, and returns its index; ok is that of a
// receive. With hasDefault it returns -1 instead of waiting. Resumable: if it waits, the results are at
// w.Ret when the goroutine resumes.
func Select(w *abi.W, sp abi.SP, cs []SelectCase, hasDefault bool) (index int, ok bool) {
	n := 0
	for i := range cs {
		c := (*Hchan)(cs[i].C)
		if c == nil {
			continue
		}
		if atomic.LoadUint32(&c.closed) != 0 {
			c.checkBubble(w, sp, "select on")
		}
		if c.timer != nil && !cs[i].Send { // the one who sends is the timer
			c.timer.Check(w, sp)
		}
		n++
	}
	if n == 0 {
		if !hasDefault {
			sched.Self(w).Park(w, sched.ReasonSelectNoCases)
		}
		return -1, false
	}
	// Most selects find something, and then it takes one lock. Who comes too late for it tries another.
	for range n {
		i := someReady(w, cs)
		if i < 0 {
			break
		}
		k := &cs[i]
		c := (*Hchan)(k.C)
		c.lock.Lock()
		g, done, ok := k.try(w)
		c.lock.Unlock()
		if done {
			return k.finish(w, sp, i, g, ok)
		}
	}
	if hasDefault && nothing(cs, n) {
		return -1, false
	}
	// Now all at once: either one can go on, or the goroutine is in every queue before anyone can
	// change that. Nothing may allocate once the channels are locked, so what parking needs is made first.
	var lockBuf order
	lock := lockBuf.make(n)[:0]
	for i := range cs {
		if cs[i].C != nil {
			lock = append(lock, uint16(i))
		}
	}
	sortByChan(lock, cs)
	shuffleRuns(w, lock, cs)
	g := sched.Self(w)
	var s *cases
	if !hasDefault {
		s = newCases(w, n)
		s.init(g, cs, lock)
		g.SetSel(&s.SelectCases)
		holdLarge(w, sp, g, s, cs, lock)
	}
	lockAll(cs, lock)
	for i := someReady(w, cs); i >= 0; i = someReady(w, cs) { // in vain, it has taken waiters away that were awake already
		k := &cs[i]
		if peer, done, ok := k.try(w); done {
			unlockAll(cs, lock)
			if s != nil {
				g.SetSel(nil)
				s.release(w)
			}
			return k.finish(w, sp, i, peer, ok)
		}
	}
	if hasDefault {
		unlockAll(cs, lock)
		return -1, false
	}
	g.Wait.Ticket = 0 // unclaimed
	g.Done = doneSelect
	if durable(cs, lock) {
		g.Durable()
	}
	g.Park(w, sched.ReasonSelect)
	for j, i := range lock {
		s.w[j].enqueue(w, &cs[i])
	}
	unlockAll(cs, lock)
	return -1, false
}

// durable reports whether all channels of a select that has to wait were made in a bubble.
func durable(cs []SelectCase, lock []uint16) bool {
	for _, i := range lock {
		if (*Hchan)(cs[i].C).closed == 0 {
			return false
		}
	}
	return true
}

// someReady returns the index of a case that looks as if it could go on, each such case with the same
// probability; -1 if there is none.
func someReady(w *abi.W, cs []SelectCase) int {
	some, n := -1, uint32(0)
	for i := range cs {
		if k := &cs[i]; k.C != nil && k.looksReady() {
			if n++; n == 1 || sched.Rand(w, n) == 0 {
				some = i
			}
		}
	}
	return some
}

// try completes the case if it need not wait; its channel is locked. A send on a closed
// channel is complete, too: finish panics.
func (k *SelectCase) try(w *abi.W) (g *sched.G, done, ok bool) {
	c := (*Hchan)(k.C)
	if !k.Send {
		v := k.V
		if v == nil {
			v = w.RetArea(c.size)
		}
		return c.recv(v)
	}
	if c.closed&1 != 0 {
		return nil, true, false
	}
	g, done = c.send(k.V)
	return g, done, done
}

// finish does what is left when the locks are gone.
func (k *SelectCase) finish(w *abi.W, sp abi.SP, i int, g *sched.G, ok bool) (int, bool) {
	if g != nil {
		sched.Ready(w, g)
	} else if k.Send && !ok {
		rtpanic.PanicError(w, sp, rtpanic.PlainError, "send on closed channel")
	}
	return i, ok
}

// holdLarge allocates for values that do not fit where small ones wait: a copy of each that is to be
// sent, and room for any that may be received.
func holdLarge(w *abi.W, sp abi.SP, g *sched.G, s *cases, cs []SelectCase, lock []uint16) {
	large := uintptr(0)
	for j, i := range lock {
		c := (*Hchan)(cs[i].C)
		switch {
		case c.size <= bufSize:
		case cs[i].Send:
			v := gc.New(w, sp, c.elem)
			move(v, cs[i].V, c.size)
			s.w[j].buf[0] = uintptr(v) // a root: s is the goroutine's Sel
		default:
			large = max(large, c.size)
		}
	}
	if large != 0 {
		g.Buf[0] = uintptr(gc.NewConservative(w, sp, large))
	}
}

// init fills the waiters in, but for values.
func (s *cases) init(g *sched.G, cs []SelectCase, lock []uint16) {
	for j, i := range lock {
		x := &s.w[j]
		x.g, x.c, x.Case = g, (*Hchan)(cs[i].C), int32(i)<<1
		if cs[i].Send {
			x.Case |= 1
			x.buf = [4]uintptr{}
		}
	}
}

// enqueue puts waiter x for case k in its queue; the channel is locked.
func (x *selWaiter) enqueue(w *abi.W, k *SelectCase) {
	c := x.c
	if k.Send {
		if c.size <= bufSize {
			move(unsafe.Pointer(&x.buf), k.V, c.size)
		}
		c.sendq.push(&x.Waiter)
	} else {
		c.recvq.push(&x.Waiter)
	}
	if c.timer != nil {
		c.timer.Block(w)
	}
}

// nothing reports whether there was an instant at which none of the n cases with a channel could go on. It
// may miss one. The caller has looked at them.
func nothing(cs []SelectCase, n int) bool {
	if n == 1 {
		return true
	}
	var seen [8]uint32
	if len(cs) > len(seen) {
		return false
	}
	for i := range cs {
		if c := (*Hchan)(cs[i].C); c != nil {
			if seen[i] = c.lock.version(); seen[i]&1 != 0 {
				return false
			}
		}
	}
	for i := range cs {
		if cs[i].C != nil && cs[i].looksReady() {
			return false
		}
	}
	for i := range cs {
		if c := (*Hchan)(cs[i].C); c != nil && seen[i] != c.lock.version() {
			return false
		}
	}
	return true
}

// looksReady is a look without the lock.
func (k *SelectCase) looksReady() bool {
	c := (*Hchan)(k.C)
	if atomic.LoadUint32(&c.closed)&1 != 0 {
		return true
	}
	if k.Send {
		return !c.looksFull()
	}
	return !c.looksEmpty()
}

// selectDone takes the goroutine out of the other queues and lays the results out:
// struct{ index int; ok bool; _ [7]byte; value }.
func selectDone(w *abi.W, g *sched.G) {
	s := (*cases)(unsafe.Pointer(g.Sel()))
	fired := g.Fired()
	var from *Hchan
	for j := range s.w[:s.N] {
		x := &s.w[j]
		if x.c.timer != nil {
			x.c.timer.Unblock()
		}
		if x.Case == fired {
			from = x.c
			continue
		}
		x.c.lock.Lock()
		if x.Case&1 != 0 {
			x.c.sendq.remove(&x.Waiter)
		} else {
			x.c.recvq.remove(&x.Waiter)
		}
		x.c.lock.Unlock()
	}
	size := from.size
	g.SetSel(nil)
	s.release(w)
	if fired&1 != 0 {
		if !g.OK {
			sendClosed(w, w.Base)
		}
		size = 0
	}
	r := w.RetArea(16 + size)
	*(*int)(r) = int(fired >> 1)
	*(*bool)(unsafe.Add(r, 8)) = g.OK
	if g.OK {
		move(unsafe.Add(r, 16), transit(g, size), size)
	} else {
		zero(unsafe.Add(r, 16), size)
	}
	g.Buf[0] = 0
}

func sortByChan(o []uint16, cs []SelectCase) {
	if len(o) <= 8 {
		for i := 1; i < len(o); i++ {
			for j := i; j > 0 && uintptr(cs[o[j]].C) < uintptr(cs[o[j-1]].C); j-- {
				o[j], o[j-1] = o[j-1], o[j]
			}
		}
		return
	}
	slices.SortFunc(o, func(a, b uint16) int { return cmp.Compare(uintptr(cs[a].C), uintptr(cs[b].C)) })
}

// shuffleRuns puts cases of one channel in a random order: whoever comes takes the first that waits there.
func shuffleRuns(w *abi.W, o []uint16, cs []SelectCase) {
	for i, run := 1, 0; i < len(o); i++ {
		if cs[o[i]].C != cs[o[run]].C {
			run = i
		} else if j := i - int(sched.Rand(w, uint32(i-run+1))); j != i {
			o[i], o[j] = o[j], o[i]
		}
	}
}

// lockAll locks the channels of cs in address order, each once.
func lockAll(cs []SelectCase, lock []uint16) {
	var last unsafe.Pointer
	for _, i := range lock {
		if cs[i].C != last {
			last = cs[i].C
			(*Hchan)(last).lock.Lock()
		}
	}
}

func unlockAll(cs []SelectCase, lock []uint16) {
	var last unsafe.Pointer
	for _, i := range lock {
		if cs[i].C != last {
			last = cs[i].C
			(*Hchan)(last).lock.Unlock()
		}
	}
}
