package go126

import (
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is clocks and timers.

// Nanotime is the monotonic clock, in nanoseconds.
func Nanotime() int64 { return sched.Nanotime() }

// Coarse is a clock for sync.Mutex, which asks it how long somebody waited, and whether that was a millisecond.
func Coarse() int64 { return sched.Coarse() }

//go:linkname timeNow time.now
func timeNow() (sec int64, nsec int32, mono int64)

// Walltime is runtime.walltime.
func Walltime() (sec int64, nsec int32) {
	sec, nsec, _ = timeNow()
	return
}

// Cputicks is runtime.cputicks; a tick is a nanosecond.
func Cputicks() int64 { return sched.Nanotime() }

// Sleep is time.Sleep.
func Sleep(w *abi.W, sp abi.SP, ns int64) { sched.Sleep(w, sp, ns) }

// NewTimer is time.newTimer.
func NewTimer(w *abi.W, sp abi.SP, when, period int64, f func(w *abi.W, sp abi.SP, arg any, seq uintptr, delta int64), arg any, ch unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(sched.NewTimer(w, sp, when, period, f, arg, ch))
}

// StopTimer is time.stopTimer.
func StopTimer(w *abi.W, sp abi.SP, t *sched.Timer) bool { return sched.StopTimer(w, sp, t) }

// ResetTimer is time.resetTimer.
func ResetTimer(w *abi.W, sp abi.SP, t *sched.Timer, when, period int64) bool {
	return sched.ResetTimer(w, sp, t, when, period)
}
