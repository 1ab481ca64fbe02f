package sched

// This file is doing without locked instructions while only one worker is awake.
//
// Goroutines that talk to each other run on one worker for the most part, whatever GOMAXPROCS is: the others are woken when
// there is more to do than that, when it blocks in the system, or does not poll. Until then nobody takes the locks of channels
// and semaphores, parks goroutines or takes them from the ring but that worker, and a plain store does it:
//
//	sole worker                          another one, before it runs
//	if on == 0 { compare and swap }      on = 0
//	busy = 1                             membarrier
//	if on == 0 { … }                     wait for busy == 0
//	lock = 1                             … it may find the lock taken …
//	busy = 0
//
// If the worker read on before the barrier, its busy = 1 is visible behind it, and once busy is 0 its lock = 1 is; if it
// reads on later, it sees 0. So the other one may find a lock taken, but never one about to be. Locks are
// released as ever.
//
// It begins (again) when a worker sees all the others in idle.stack, and nobody external about to ready something.

import (
	"sync/atomic"
	"syscall"
)

// Solo.On is set while one worker is awake: who finds it set asks EnterSolo.
var Solo struct {
	_    [64]byte
	On   uint32 // written under the lock
	busy uint32 // the sole worker is about to take a lock, or in a step as short

	began atomic.Bool // On is or was set, and nobody has waited for busy since; written under the lock
	Lock
	sole atomic.Pointer[worker] // which worker; it alone puts itself here
	_    [40]byte
}

// EnterSolo reports whether a store will do where compare-and-swap would be needed among workers; then LeaveSolo follows it.
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

// LeaveSolo says that it is done.
func LeaveSolo() { StoreRel(&Solo.busy, 0) }

// soleAwake reports whether all workers but p sleep, and no thread that is none is about to ready a goroutine.
func (p *worker) soleAwake() bool {
	return int(idle.n.Load()) == len(allWorkers())-1 && external.Load() == 0
}

// trySolo makes p the sole worker if it is. Who wakes another one takes that from idle.n first, and looks at began then; here
// it is the other way round.
func (p *worker) trySolo() {
	if !canSolo || Solo.began.Load() || !registered.Load() || !p.soleAwake() {
		return
	}
	Solo.Lock.Lock()
	Solo.sole.Store(p)
	Solo.began.Store(true)
	if p.soleAwake() {
		atomic.StoreUint32(&Solo.On, 1)
	} else {
		Solo.began.Store(false)
	}
	Solo.Unlock()
}

// endSolo returns once the sole worker uses locked instructions. Who calls it is not in idle.n, or is external.
func endSolo() {
	if !Solo.began.Load() {
		return
	}
	Solo.Lock.Lock()
	if Solo.began.Load() {
		atomic.StoreUint32(&Solo.On, 0)
		syscall.RawSyscall(sysMembarrier, membarrierPrivate, 0, 0)
		for i := 0; atomic.LoadUint32(&Solo.busy) != 0; i++ {
			Pause(i)
		}
		Solo.began.Store(false)
	}
	Solo.Unlock()
}
