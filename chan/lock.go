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
	// Clearing the low bit makes the swap fail on a locked one.
	if v := uint32(*l) &^ 1; !atomic.CompareAndSwapUint32((*uint32)(l), v, v+1) {
		l.lockSlow()
	}
}

// solo locks l without a locked instruction, if the caller's is the only worker; if not, Lock is to be called. Two
// functions, since the host inlines both of them and not their sum.
func (l *seqLock) solo() bool {
	if !sched.EnterSolo() {
		return false
	}
	*l++
	sched.LeaveSolo()
	return true
}

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
