package rtchan

// This file is the lock of a channel, which also counts: so a look at several channels can be
// known to have been a look at one instant.

import (
	"sync/atomic"

	"rtgen/sched"
)

// seqLock is odd while it is locked, and changes with every critical section. The holder reaches no
// safepoint and makes no blocking call.
type seqLock uint32

func (l *seqLock) Lock() {
	if sched.EnterSolo() { // nobody else holds it
		*l++
		sched.LeaveSolo()
		return
	}
	// Clearing the low bit makes the swap fail on a locked one.
	if v := uint32(*l) &^ 1; !atomic.CompareAndSwapUint32((*uint32)(l), v, v+1) {
		l.lockSlow()
	}
}

//go:noinline
func (l *seqLock) lockSlow() {
	for i := 0; ; i++ {
		v := atomic.LoadUint32((*uint32)(l))
		if v&1 == 0 && atomic.CompareAndSwapUint32((*uint32)(l), v, v+1) {
			return
		}
		sched.Pause(i)
	}
}

func (l *seqLock) Unlock() { sched.StoreRel((*uint32)(l), uint32(*l)+1) }

// version is even if l is not locked.
func (l *seqLock) version() uint32 { return atomic.LoadUint32((*uint32)(l)) }
