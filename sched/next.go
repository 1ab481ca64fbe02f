package sched

// This file is the runnext slot of a worker: the goroutine readied last, which runs next.
//
// The owner fills and empties the slot at every switch between goroutines that talk to each other, others
// touch it hardly ever: when the owner's turn has become long. So the owner pays no locked
// instruction; who steals pays for both, with a barrier that the system executes on every
// processor that runs this process (membarrier(2)):
//
//	owner                     thief
//	busy = 1                  bar = 1
//	if bar != 0 { wait }      membarrier
//	… next …                  wait for busy == 0
//	busy = 0                  … next …
//	                          bar = 0
//
// If the owner read bar before the barrier, its busy = 1 is visible behind it; if it reads it
// later, it sees 1. Where stores are not plain (unlock_other.go) the barrier is not needed, but
// does no harm.

import (
	"sync"
	"sync/atomic"
	"syscall"
)

const (
	sysMembarrier      = 324
	membarrierPrivate  = 1 << 3
	membarrierRegister = 1 << 4
)

// canBar reports whether the system has membarrier; without it runnext is not stolen. The first
// call registers for it, which takes milliseconds once there are several threads: not at start.
var canBar = sync.OnceValue(func() bool {
	_, _, errno := syscall.RawSyscall(sysMembarrier, membarrierRegister, 0, 0)
	return errno == 0
})

// swapNext makes g, if not 0, the next to run and returns the former one. Owner only.
func (q *runq) swapNext(g uintptr) uintptr {
	q.hold()
	old := q.next
	storeRelPtr(&q.next, g)
	q.release()
	return old
}

// hold and release enclose the owner's touching of next. They are inlined where it counts.
func (q *runq) hold() {
	StoreRel(&q.busy, 1)
	if atomic.LoadUint32(&q.bar) != 0 {
		q.waitBar()
	}
}

func (q *runq) release() { StoreRel(&q.busy, 0) }

// takeNext empties the slot. Owner only.
func (q *runq) takeNext() *G {
	if atomic.LoadUintptr(&q.next) == 0 {
		return nil
	}
	return wordG(q.swapNext(0))
}

// waitBar lets a thief go first; the owner is busy again when it returns.
//
//go:noinline
func (q *runq) waitBar() {
	for {
		StoreRel(&q.busy, 0)
		for i := 0; atomic.LoadUint32(&q.bar) != 0; i++ {
			Pause(i)
		}
		StoreRel(&q.busy, 1)
		if atomic.LoadUint32(&q.bar) == 0 {
			return
		}
	}
}

// stealNext empties the slot. Anyone may call it, the owner too.
func (q *runq) stealNext() *G {
	if atomic.LoadUintptr(&q.next) == 0 || !canBar() {
		return nil
	}
	q.thief.Lock()
	atomic.StoreUint32(&q.bar, 1)
	syscall.RawSyscall(sysMembarrier, membarrierPrivate, 0, 0)
	for i := 0; atomic.LoadUint32(&q.busy) != 0; i++ {
		Pause(i)
	}
	g := q.next
	storeRelPtr(&q.next, 0)
	atomic.StoreUint32(&q.bar, 0)
	q.thief.Unlock()
	return wordG(g)
}
