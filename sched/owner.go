package sched

// This file is the runnext slot of a worker: the goroutine readied last, which runs next.
//
// The owner fills and empties the slot at every switch between goroutines that talk to each other, others
// touch it hardly ever: when the owner's turn has become long. So the owner pays no locked
// instruction; who steals pays for both, with a barrier that the system executes on every
// processor that runs this process (membarrier(2)):
//
//	owner                     thief
//	busy = 1                  bar |= 1
//	if bar != 0 { wait }      membarrier
//	… next …                  wait for busy == 0
//	busy = 0                  … next …
//	                          bar &^= 1
//
// If the owner read bar before the barrier, its busy = 1 is visible behind it; if it reads it
// later, it sees 1.
//
// A process has to register for membarrier, which takes some 15 ms once it has several threads. Until
// then, and where there is none, bar holds barFence: it sends the owner the slow way, where busy = 1 is a locked
// instruction, and thieves need no barrier. A thief reads barFence as it sets barThief, in one step; so the
// owner takes the fast way again only behind a thief that saw no barFence, or behind them all.

import (
	"sync/atomic"
	"syscall"
)

const (
	barThief uint32 = 1 << iota // a thief wants the slot, or has it
	barFence                    // the owner has to order its stores itself
)

const (
	sysMembarrier      = 324
	membarrierPrivate  = 1 << 3
	membarrierRegister = 1 << 4
)

// registered is set once membarrier works.
var registered atomic.Bool

// register prepares for membarrier, and then relieves the owners of their locked instructions. It
// takes milliseconds, during which the process cannot exit.
func register() {
	if _, _, errno := syscall.RawSyscall(sysMembarrier, membarrierRegister, 0, 0); errno != 0 {
		return
	}
	registered.Store(true)
	workers.Lock.Lock() // workers made from here on know
	list := allWorkers()
	workers.Unlock()
	for _, p := range list {
		atomic.AndUint32(&p.runq.bar, ^barFence)
	}
}

// hold and release enclose the owner's touching of next. They are inlined where it counts.
func (q *runq) hold() {
	StoreRel(&q.busy, 1)
	if atomic.LoadUint32(&q.bar) != 0 {
		q.holdSlow()
	}
}

func (q *runq) release() { StoreRel(&q.busy, 0) }

// holdSlow lets a thief go first; the owner is busy when it returns.
//
//go:noinline
func (q *runq) holdSlow() {
	for {
		atomic.StoreUint32(&q.busy, 1)
		if atomic.LoadUint32(&q.bar)&barThief == 0 {
			return
		}
		StoreRel(&q.busy, 0)
		for i := 0; atomic.LoadUint32(&q.bar)&barThief != 0; i++ {
			Pause(i)
		}
	}
}

// lock keeps the owner, and others, from touching next. Anyone may call it, the owner too if it does not hold
// the slot.
func (q *runq) lock() {
	q.thief.Lock()
	if atomic.OrUint32(&q.bar, barThief)&barFence == 0 {
		syscall.RawSyscall(sysMembarrier, membarrierPrivate, 0, 0)
	}
	for i := 0; atomic.LoadUint32(&q.busy) != 0; i++ {
		Pause(i)
	}
}

func (q *runq) unlock() {
	atomic.AndUint32(&q.bar, ^barThief)
	q.thief.Unlock()
}
