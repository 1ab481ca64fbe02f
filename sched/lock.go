package sched

// This file is mutual exclusion below the guest: short critical sections, no safepoint inside.

import (
	"runtime"
	"sync/atomic"
	_ "unsafe" // for linkname
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

func (l *Lock) lockSlow() {
	for i := 0; ; i++ {
		if atomic.LoadUint32((*uint32)(l)) == 0 && atomic.CompareAndSwapUint32((*uint32)(l), 0, 1) {
			return
		}
		if i < 20 {
			procyield(20)
		} else {
			runtime.Gosched()
		}
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

// pause is the i-th round of waiting for something that takes nanoseconds, usually.
func pause(i int) {
	if i < 20 {
		procyield(20)
	} else {
		runtime.Gosched()
	}
}
