package sched

// This file is mutual exclusion below the guest: short critical sections, no safepoint inside.

import (
	"runtime"
	"sync/atomic"
	"syscall"
	"unsafe"
)

//go:linkname procyield runtime.procyield
func procyield(cycles uint32)

//go:linkname Nanotime runtime.nanotime
func Nanotime() int64

// Lock is a spin lock. Its holder reaches no safepoint and makes no blocking call, so it is
// held for nanoseconds unless the system takes the processor away.
type Lock uint32

func (l *Lock) Lock() {
	if !atomic.CompareAndSwapUint32((*uint32)(l), 0, 1) {
		l.lockSlow()
	}
}

// WorkerLock is a Lock that only workers take that are awake, and who has called endSolo: see solo.go.
type WorkerLock uint32

func (l *WorkerLock) Lock() {
	if !CompareAndSwapUint32((*uint32)(l), 0, 1) {
		(*Lock)(l).lockSlow()
	}
}

func (l *WorkerLock) Unlock() { (*Lock)(l).Unlock() }

//go:noinline
func (l *Lock) lockSlow() {
	for i := 0; ; i++ {
		if atomic.LoadUint32((*uint32)(l)) == 0 && atomic.CompareAndSwapUint32((*uint32)(l), 0, 1) {
			return
		}
		Pause(i)
	}
}

// note lets one worker sleep until another wakes it. A wake before the sleep is not lost.
type note chan struct{}

func newNote() note { return make(note, 1) }

func (n note) wake() {
	select {
	case n <- struct{}{}:
	default:
	}
}

func (n note) sleep() { <-n }

// Pause is the i-th round of waiting for something that takes nanoseconds, unless the system or the host took the
// processor from whoever does it. To the host it says nothing at first, which would look for other work; then it
// gives way now and then: all of the host's processors may be taken by those who wait for one that it put aside.
func Pause(i int) {
	switch {
	case i < 20:
		procyield(20)
	case i < 60:
		syscall.RawSyscall(syscall.SYS_SCHED_YIELD, 0, 0, 0)
	case i%16 == 0:
		runtime.Gosched()
	default:
		ts := syscall.Timespec{Nsec: 20e3}
		syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0)
	}
}
