package sched

// This file is system calls: a worker in one gives the world notice that it is safe, and may
// lose its token to another.

import (
	"sync/atomic"

	"rtgen/rtlib/abi"
)

// EnterSyscall announces a host call that may block. Until ExitSyscall the worker touches nothing
// of the guest's but pointer-free memory that its caller's frame keeps live.
func EnterSyscall(w *abi.W, sp abi.SP) {
	p := of(w)
	w.Top = sp
	StoreRel(&p.sysTick, p.sysTick+1)
	atomic.StoreUint32(&p.status, wSyscall)
}

// EnterSyscallBlock is EnterSyscall for a call that surely blocks: the token goes at once.
func EnterSyscallBlock(w *abi.W, sp abi.SP) {
	EnterSyscall(w, sp)
	of(w).retake()
}

// ExitSyscall ends what EnterSyscall began. It waits while the world is stopped.
func ExitSyscall(w *abi.W) {
	p := of(w)
	if p.status == wSyscall && atomic.CompareAndSwapUint32(&p.status, wSyscall, wRunning) {
		if !world.stopping.Load() {
			return
		}
	}
	p.becomeRunning()
	if atomic.LoadUint32(&p.token) == 0 {
		p.takeToken()
	}
}

// retake takes token and queue of a worker that is in a system call. Anyone may call it.
func (v *worker) retake() bool {
	if !atomic.CompareAndSwapUint32(&v.status, wSyscall, wRetaken) {
		return false
	}
	v.takeover()
	return true
}

// takeover frees v's token and queue for others. Until they are in the global queue nobody sees the
// goroutines: it must not look like a deadlock.
func (v *worker) takeover() {
	external.Add(1)
	endSolo() // it takes from the ring
	v.giveToken()
	v.drain()
	wake()
	external.Add(-1)
	checkDeadlock()
}
