package sched

// This file is doing without locked instructions while only one worker is awake.
//
// Goroutines that talk to each other run on one worker for the most part, whatever GOMAXPROCS is: the others are woken when
// there is more to do than that, when it blocks in the system, or does not poll. Until then nobody takes the locks of channels,
// semaphores, timers and descriptors, parks goroutines, takes them from the ring or touches what package sync keeps in a
// Mutex but that worker, and a plain store does it:
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
// It begins (again) when a worker between two turns, or the monitor in the midst of a long one, sees all the others in
// idle.stack, and nobody external about to ready something.

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
	sole atomic.Pointer[worker] // which worker; written under the lock
	_    [40]byte
}

// EnterSolo reports whether a store will do where compare-and-swap would be needed among workers; then LeaveSolo follows it.
// Its stores are plain ones, and it is small: both are inlined into what guest code inlines.
func EnterSolo() bool {
	if Solo.On != 0 {
		Solo.busy = 1
		if atomic.LoadUint32(&Solo.On) != 0 {
			return true
		}
		Solo.busy = 0
	}
	return false
}

// LeaveSolo says that it is done.
func LeaveSolo() { Solo.busy = 0 }

// CompareAndSwapUint32 is atomic.CompareAndSwapUint32 for a word that goroutines alone touch, as are the following for their like.
// The look before it spares an exchange that would fail; and if p is nil, it is there that the program panics, and not between
// EnterSolo and LeaveSolo. The others take the addresses of fields, so their callers have panicked.
func CompareAndSwapUint32(p *uint32, old, new uint32) (ok bool) {
	if atomic.LoadUint32(p) != old {
		return
	}
	if EnterSolo() {
		if ok = *p == old; ok {
			*p = new
		}
		LeaveSolo()
		return
	}
	return atomic.CompareAndSwapUint32(p, old, new)
}

func CompareAndSwapUint64(p *uint64, old, new uint64) (ok bool) {
	if atomic.LoadUint64(p) != old {
		return
	}
	if EnterSolo() {
		if ok = *p == old; ok {
			*p = new
		}
		LeaveSolo()
		return
	}
	return atomic.CompareAndSwapUint64(p, old, new)
}

func AddInt32(p *int32, d int32) int32 {
	if EnterSolo() {
		d += *p
		*p = d
		LeaveSolo()
		return d
	}
	return atomic.AddInt32(p, d)
}

func AddUint64(p *uint64, d uint64) uint64 {
	if EnterSolo() {
		d += *p
		*p = d
		LeaveSolo()
		return d
	}
	return atomic.AddUint64(p, d)
}

// soleAwake reports whether all workers but one sleep, and no thread that is none is about to ready a goroutine.
func soleAwake() bool { return int(idle.n.Load()) == len(allWorkers())-1 && external.Load() == 0 }

// trySolo makes the worker that is awake the sole one if no other is. Who wakes another one takes that from idle.n first, and
// looks at began then; here it is the other way round.
func trySolo() {
	if !canSolo || Solo.began.Load() || !registered.Load() || !soleAwake() {
		return
	}
	Solo.Lock.Lock()
	idle.Lock.Lock()
	if ws := allWorkers(); int(idle.n.Load()) == len(ws)-1 && !Solo.began.Load() {
		Solo.sole.Store(theAwake(ws))
		Solo.began.Store(true)
		if soleAwake() {
			atomic.StoreUint32(&Solo.On, 1)
		} else {
			Solo.began.Store(false)
		}
	}
	idle.Unlock()
	Solo.Unlock()
}

// theAwake is the one of ws that is not counted in idle.n; all others are. idle.Lock is held.
func theAwake(ws []*worker) *worker {
	id := 0 // the sum of all numbers without those of the others
	for _, p := range ws {
		if !p.resting {
			id += p.w.ID
		}
	}
	for p := idle.stack; p != nil; p = p.idleNext {
		id -= p.w.ID
	}
	return ws[id]
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
