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

// putNext makes g the next to run and returns the former one. Owner only.
func (q *runq) putNext(g *G) uintptr {
	StoreRel(&q.busy, 1)
	if atomic.LoadUint32(&q.bar) != 0 {
		q.waitBar()
	}
	old := q.next
	storeRelPtr(&q.next, gWord(g))
	StoreRel(&q.busy, 0)
	return old
}

// takeNext empties the slot. Owner only.
func (q *runq) takeNext() *G {
	if atomic.LoadUintptr(&q.next) == 0 {
		return nil
	}
	StoreRel(&q.busy, 1)
	if atomic.LoadUint32(&q.bar) != 0 {
		q.waitBar()
	}
	g := q.next
	storeRelPtr(&q.next, 0)
	StoreRel(&q.busy, 0)
	return wordG(g)
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
