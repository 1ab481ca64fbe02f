package sched

// This file is locks without locked instructions, while there is only one worker.
//
// With GOMAXPROCS at 1 a second worker is made when the first one blocks in the system, or does not poll; often it never is. Until
// then nobody takes the locks of channels and semaphores but that worker, and a plain store takes them:
//
//	sole worker                          whoever makes the second worker
//	if on == 0 { compare and swap }      on = 0
//	busy = 1                             membarrier
//	if on == 0 { … }                     wait for busy == 0
//	lock = 1                             … the new worker may run …
//	busy = 0
//
// If the worker read on before the barrier, its busy = 1 is visible behind it, and once busy is 0 its lock = 1 is; if it
// reads on later, it sees 0. The second worker may so find a lock taken, but never one about to be. Locks are
// released as ever. on is set where membarrier is registered (owner.go), and only ever once.

import (
	"sync/atomic"
	"syscall"
)

// Solo.On says that there is one worker: who finds it set asks EnterSolo. A lock reads it first, as it is, since
// the inliner counts what surrounds it.
var Solo struct {
	_    [64]byte
	On   uint32 // written under workers.Lock, twice at most
	busy uint32 // the sole worker is about to take a lock
	_    [56]byte
}

// EnterSolo reports whether a store will do to take a lock that only workers take; then LeaveSolo follows it.
func EnterSolo() bool {
	if Solo.On == 0 {
		return false
	}
	StoreRel(&Solo.busy, 1)
	if atomic.LoadUint32(&Solo.On) != 0 {
		return true
	}
	StoreRel(&Solo.busy, 0)
	return false
}

// beginSolo is for the one worker there is; workers.Lock is held.
func beginSolo() {
	if canSolo {
		atomic.StoreUint32(&Solo.On, 1)
	}
}

// LeaveSolo says that the lock is taken.
func LeaveSolo() { StoreRel(&Solo.busy, 0) }

// endSolo returns once the sole worker uses locked instructions; before another one runs.
func endSolo() {
	workers.Lock.Lock()
	if Solo.On != 0 {
		atomic.StoreUint32(&Solo.On, 0)
	}
	workers.Unlock()
	if registered.Load() {
		syscall.RawSyscall(sysMembarrier, membarrierPrivate, 0, 0)
	}
	for i := 0; atomic.LoadUint32(&Solo.busy) != 0; i++ {
		Pause(i)
	}
}
