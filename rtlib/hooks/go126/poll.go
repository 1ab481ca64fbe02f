package go126

import (
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is the network poller, for internal/poll.

// PollServerInit prepares the poller.
func PollServerInit() { sched.PollServerInit() }

// IsPollDescriptor reports whether fd is the poller's own.
func IsPollDescriptor(fd uintptr) bool { return sched.IsPollServerDescriptor(fd) }

// PollOpen begins to watch fd.
func PollOpen(fd uintptr) (pd uintptr, errno int) { return sched.PollOpen(fd) }

// PollClose ends it.
func PollClose(pd uintptr) { sched.PollClose(pd) }

// PollReset forgets earlier events.
func PollReset(pd uintptr, mode int) int { return sched.PollReset(pd, mode) }

// PollWait waits for an event.
func PollWait(w *abi.W, sp abi.SP, pd uintptr, mode int) int { return sched.PollWait(w, sp, pd, mode) }

// PollWaitCanceled waits for an event whatever the deadline.
func PollWaitCanceled(w *abi.W, sp abi.SP, pd uintptr, mode int) {
	sched.PollWaitCanceled(w, sp, pd, mode)
}

// PollSetDeadline sets a deadline of at nanoseconds from now.
func PollSetDeadline(w *abi.W, sp abi.SP, pd uintptr, at int64, mode int) {
	sched.PollSetDeadline(w, sp, pd, at, mode)
}

// PollUnblock wakes who waits on a descriptor that is about to be closed.
func PollUnblock(w *abi.W, sp abi.SP, pd uintptr) { sched.PollUnblock(w, sp, pd) }
