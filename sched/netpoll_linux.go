package sched

// This file is the network poller: epoll, and what package internal/poll asks of it.
//
// A descriptor has one pollSide for reading and one for writing. A side is idle, ready (an
// event came that nobody waited for) or has a goroutine waiting. Descriptors are
// edge-triggered and are polled by idle workers, else by the monitor.

import (
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
)

// pollDesc lives outside both heaps and is reused; gen tells its lives apart in epoll's
// events.
type pollDesc struct {
	WorkerLock
	fd      uintptr
	r, w    pollSide
	rt, wt  timerNode // deadlines
	closing bool
	broken  bool // epoll said EPOLLERR and nothing else
	gen     uint32
	link    *pollDesc // free list
}

type pollSide struct {
	g     *G
	ready bool
	// dl is the deadline: 0 none, < 0 passed.
	dl int64
}

var poller struct {
	once    sync.Once
	epfd    int
	evfd    int
	waiting int32       // goroutines parked in PollWait; accessed atomically
	broken  atomic.Bool // a break was written and not read yet
	Lock
	free *pollDesc
}

// Results of the poll functions, known to package internal/poll.
const (
	pollNoError = iota
	pollErrClosing
	pollErrTimeout
	pollErrNotPollable
)

// initPoller is called before the first use of epfd.
func initPoller() {
	poller.once.Do(func() {
		var err error
		poller.epfd, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
		if err != nil {
			fatal("epoll_create: " + err.Error())
		}
		fd, _, errno := syscall.RawSyscall(syscall.SYS_EVENTFD2, 0, syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		if errno != 0 {
			fatal("eventfd: " + errno.Error())
		}
		poller.evfd = int(fd)
		ev := syscall.EpollEvent{Events: syscall.EPOLLIN}
		if err := syscall.EpollCtl(poller.epfd, syscall.EPOLL_CTL_ADD, poller.evfd, &ev); err != nil {
			fatal("epoll_ctl: " + err.Error())
		}
	})
}

// PollServerInit prepares the poller.
func PollServerInit() { initPoller() }

// IsPollServerDescriptor reports whether fd is the poller's own.
func IsPollServerDescriptor(fd uintptr) bool {
	initPoller()
	return fd == uintptr(poller.epfd) || fd == uintptr(poller.evfd)
}

// netpollAny reports whether some goroutine waits for an event.
func netpollAny() bool { return atomic.LoadInt32(&poller.waiting) != 0 }

// netpollBreak makes a worker that sleeps in netpoll come back.
func netpollBreak() {
	if poller.broken.CompareAndSwap(false, true) {
		one := uint64(1)
		syscall.RawSyscall(syscall.SYS_WRITE, uintptr(poller.evfd), uintptr(unsafe.Pointer(&one)), 8)
	}
}

// netpoll waits at most d (< 0: for ever) for events and returns the goroutines that waited for
// them, the caller's to queue.
func netpoll(d time.Duration) (l gList) {
	ms := 0
	switch {
	case d < 0:
		ms = -1
	case d > 0 && d < time.Millisecond:
		ms = -2 // below epoll's grain: see below
	case d > 0:
		ms = int(min(d/time.Millisecond, 1e9))
	}
	var evs [128]syscall.EpollEvent
	var k int
	var errno syscall.Errno
	if ms == -2 || d > 0 && d < 20*time.Millisecond {
		ts := syscall.NsecToTimespec(int64(d))
		r, _, e := syscall.Syscall6(sysEpollPwait2, uintptr(poller.epfd), uintptr(unsafe.Pointer(&evs)), uintptr(len(evs)), uintptr(unsafe.Pointer(&ts)), 0, 0)
		k, errno = int(r), e
		if e == syscall.ENOSYS {
			ms = 1
			r, err := syscall.EpollWait(poller.epfd, evs[:], ms)
			k, errno = r, errnoOf(err)
		}
	} else if ms == 0 {
		r, _, e := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(poller.epfd), uintptr(unsafe.Pointer(&evs)), uintptr(len(evs)), 0, 0, 0)
		k, errno = int(r), e
	} else {
		r, err := syscall.EpollWait(poller.epfd, evs[:], ms)
		k, errno = r, errnoOf(err)
	}
	if errno != 0 {
		return l
	}
	for i := range evs[:max(k, 0)] {
		ev := &evs[i]
		word := *(*uint64)(unsafe.Pointer(&ev.Fd))
		if word == 0 {
			if d == 0 {
				continue // meant for the worker that sleeps here
			}
			var b uint64
			syscall.RawSyscall(syscall.SYS_READ, uintptr(poller.evfd), uintptr(unsafe.Pointer(&b)), 8)
			poller.broken.Store(false)
			continue
		}
		// 48 bits of address and 16 of generation.
		pd := abi.Ptr[pollDesc](uintptr(word & (1<<48 - 1)))
		pd.event(ev.Events, uint16(word>>48), &l)
	}
	return l
}

const sysEpollPwait2 = 441

func errnoOf(err error) syscall.Errno {
	if err == nil {
		return 0
	}
	return err.(syscall.Errno)
}

// event adds those who waited for it to l.
func (pd *pollDesc) event(ev uint32, gen uint16, l *gList) {
	pd.Lock()
	if uint16(pd.gen) != gen {
		pd.Unlock()
		return
	}
	var wake [2]*G
	if ev&(syscall.EPOLLIN|syscall.EPOLLRDHUP|syscall.EPOLLHUP|syscall.EPOLLERR) != 0 {
		wake[0] = pd.r.signal()
	}
	if ev&(syscall.EPOLLOUT|syscall.EPOLLHUP|syscall.EPOLLERR) != 0 {
		wake[1] = pd.w.signal()
	}
	pd.broken = ev == syscall.EPOLLERR
	pd.Unlock()
	for _, g := range wake {
		if g != nil {
			g.Buf[0] = pollNoError
			AddInt32(&poller.waiting, -1)
			if g.awaken(nil) {
				l.push(g)
			}
		}
	}
}

// signal makes s ready, and returns the goroutine that waited for it; the lock is held.
func (s *pollSide) signal() *G {
	g := s.g
	s.g = nil
	s.ready = g == nil
	return g
}

// PollOpen is runtime_pollOpen.
func PollOpen(fd uintptr) (pd uintptr, errno int) {
	initPoller()
	poller.Lock.Lock()
	d := poller.free
	if d == nil {
		const n = 64
		slab := unsafe.Slice((*pollDesc)(abi.Reserve(n*unsafe.Sizeof(pollDesc{}))), n)
		for i := range slab {
			slab[i].link, poller.free = poller.free, &slab[i]
		}
		d = poller.free
	}
	poller.free = d.link
	poller.Unlock()
	d.Lock()
	d.fd, d.closing, d.broken = fd, false, false
	d.r, d.w = pollSide{}, pollSide{}
	d.rt, d.wt = timerNode{kind: readDeadline}, timerNode{kind: writeDeadline}
	d.gen++
	word := uint64(uintptr(unsafe.Pointer(d))) | uint64(uint16(d.gen))<<48
	d.Unlock()
	ev := syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLOUT | syscall.EPOLLRDHUP | 1<<31} // edge-triggered
	*(*uint64)(unsafe.Pointer(&ev.Fd)) = word
	if err := syscall.EpollCtl(poller.epfd, syscall.EPOLL_CTL_ADD, int(fd), &ev); err != nil {
		d.release()
		return 0, int(errnoOf(err))
	}
	return uintptr(unsafe.Pointer(d)), 0
}

func (d *pollDesc) release() {
	d.Lock()
	d.gen++
	d.Unlock()
	poller.Lock.Lock()
	d.link, poller.free = poller.free, d
	poller.Unlock()
}

// PollClose is runtime_pollClose; PollUnblock came before.
func PollClose(pd uintptr) {
	d := abi.Ptr[pollDesc](pd)
	var ev syscall.EpollEvent
	syscall.EpollCtl(poller.epfd, syscall.EPOLL_CTL_DEL, int(d.fd), &ev)
	d.release()
}

func (d *pollDesc) side(mode int) *pollSide {
	if mode == 'r' {
		return &d.r
	}
	return &d.w
}

// check is what a wait on s would end with at once; the lock is held.
func (d *pollDesc) check(s *pollSide, mode int) int {
	switch {
	case d.closing:
		return pollErrClosing
	case s.dl < 0:
		return pollErrTimeout
	case mode == 'r' && d.broken:
		return pollErrNotPollable
	}
	return pollNoError
}

// PollReset is runtime_pollReset: it forgets an earlier event.
func PollReset(pd uintptr, mode int) int {
	d := abi.Ptr[pollDesc](pd)
	d.Lock()
	defer d.Unlock()
	s := d.side(mode)
	r := d.check(s, mode)
	if r == pollNoError {
		s.ready = false
	}
	return r
}

// PollWait is runtime_pollWait. Resumable; its result is an int.
func PollWait(w *abi.W, sp abi.SP, pd uintptr, mode int) int {
	d := abi.Ptr[pollDesc](pd)
	d.Lock()
	s := d.side(mode)
	if r := d.check(s, mode); r != pollNoError {
		d.Unlock()
		return r
	}
	return d.wait(w, s)
}

// PollWaitCanceled is runtime_pollWaitCanceled: it waits for an event whatever the deadline.
func PollWaitCanceled(w *abi.W, sp abi.SP, pd uintptr, mode int) int {
	d := abi.Ptr[pollDesc](pd)
	d.Lock()
	return d.wait(w, d.side(mode))
}

func (d *pollDesc) wait(w *abi.W, s *pollSide) int {
	if s.ready {
		s.ready = false
		d.Unlock()
		return pollNoError
	}
	if s.g != nil {
		d.Unlock()
		fatal("double wait on a descriptor")
	}
	g := Self(w)
	g.Done = donePoll
	g.Park(w, ReasonIO)
	AddInt32(&poller.waiting, 1)
	s.g = g
	d.Unlock()
	return 0
}

var donePoll = NewDone(pollDone)

func pollDone(w *abi.W, g *G) { *(*int)(w.Ret) = int(g.Buf[0]) }

// PollSetDeadline is runtime_pollSetDeadline: at is nanoseconds from now, 0 for none, negative
// for passed.
func PollSetDeadline(w *abi.W, sp abi.SP, pd uintptr, at int64, mode int) {
	d := abi.Ptr[pollDesc](pd)
	if at > 0 {
		at = deadline(at)
	}
	var wake [2]*G
	d.Lock()
	if d.closing {
		d.Unlock()
		return
	}
	if mode == 'r' || mode == 'r'+'w' {
		wake[0] = d.r.setDeadline(w, &d.rt, at)
	}
	if mode == 'w' || mode == 'r'+'w' {
		wake[1] = d.w.setDeadline(w, &d.wt, at)
	}
	d.Unlock()
	for _, g := range wake {
		wakePolled(w, g, pollErrTimeout)
	}
}

func wakePolled(w *abi.W, g *G, result int) {
	if g != nil {
		g.Buf[0] = uintptr(result)
		AddInt32(&poller.waiting, -1)
		Ready(w, g)
	}
}

func (s *pollSide) setDeadline(w *abi.W, n *timerNode, at int64) (wake *G) {
	s.dl = at
	if at > 0 {
		of(w).arm(n, at)
	} else {
		n.disarm()
	}
	if at < 0 {
		wake, s.g = s.g, nil
	}
	return wake
}

// expired is called when the timer of side s, set for when, fires.
func (d *pollDesc) expired(w *abi.W, s *pollSide, when int64) {
	d.Lock()
	var g *G
	if s.dl == when {
		s.dl = -1
		g, s.g = s.g, nil
	}
	d.Unlock()
	wakePolled(w, g, pollErrTimeout)
}

// PollUnblock is runtime_pollUnblock: the descriptor is about to be closed.
func PollUnblock(w *abi.W, sp abi.SP, pd uintptr) {
	d := abi.Ptr[pollDesc](pd)
	d.Lock()
	d.closing = true
	r, wr := d.r.g, d.w.g
	d.r.g, d.w.g = nil, nil
	d.rt.remove()
	d.wt.remove()
	d.Unlock()
	wakePolled(w, r, pollErrClosing)
	wakePolled(w, wr, pollErrClosing)
}
