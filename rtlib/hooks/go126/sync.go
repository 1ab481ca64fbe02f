package go126

import (
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is what sync, internal/sync, iter and internal/poll wait on.

// Semacquire waits until *s > 0 and decrements it.
func Semacquire(w *abi.W, sp abi.SP, s *uint32) {
	sched.Semacquire(w, sp, s, false, sched.ReasonSemacquire)
}

// SemacquireMutex is Semacquire for sync.Mutex; a lifo waiter queues in front.
func SemacquireMutex(w *abi.W, sp abi.SP, s *uint32, lifo bool, skip int) {
	sched.Semacquire(w, sp, s, lifo, sched.ReasonMutex)
}

// SemacquireRWMutexR is Semacquire for readers.
func SemacquireRWMutexR(w *abi.W, sp abi.SP, s *uint32, lifo bool, skip int) {
	sched.Semacquire(w, sp, s, lifo, sched.ReasonRWMutexRLock)
}

// SemacquireRWMutex is Semacquire for writers.
func SemacquireRWMutex(w *abi.W, sp abi.SP, s *uint32, lifo bool, skip int) {
	sched.Semacquire(w, sp, s, lifo, sched.ReasonRWMutexLock)
}

// SemacquireWaitGroup is Semacquire for sync.WaitGroup, which may belong to a bubble.
func SemacquireWaitGroup(w *abi.W, sp abi.SP, s *uint32, durable bool) {
	why := sched.ReasonWaitGroup
	if durable {
		why = sched.ReasonWaitGroupBubbled
	}
	sched.Semacquire(w, sp, s, false, why)
}

// Semrelease increments *s and wakes a waiter.
func Semrelease(w *abi.W, sp abi.SP, s *uint32, handoff bool, skip int) {
	sched.Semrelease(w, sp, s, 1, handoff)
}

// SemreleaseN adds n > 0 to *s and wakes as many waiters.
func SemreleaseN(w *abi.W, sp abi.SP, s *uint32, n uint32) { sched.Semrelease(w, sp, s, n, false) }

// PollSemrelease is internal/poll.runtime_Semrelease.
func PollSemrelease(w *abi.W, sp abi.SP, s *uint32) { sched.Semrelease(w, sp, s, 1, false) }

// CanSpin reports whether the i-th round of spinning for a mutex makes sense.
func CanSpin(w *abi.W, sp abi.SP, i int) bool { return sched.CanSpin(w, i) }

// DoSpin is one round of it.
func DoSpin() { sched.DoSpin() }

// NotifyListAdd takes a ticket.
func NotifyListAdd(l *sched.NotifyList) uint32 { return sched.NotifyListAdd(l) }

// NotifyListWait waits until ticket t is notified.
func NotifyListWait(w *abi.W, sp abi.SP, l *sched.NotifyList, t uint32) {
	sched.NotifyListWait(w, sp, l, t)
}

// NotifyListNotifyAll wakes all waiters.
func NotifyListNotifyAll(w *abi.W, sp abi.SP, l *sched.NotifyList) { sched.NotifyListAll(w, sp, l) }

// NotifyListNotifyOne wakes the first waiter.
func NotifyListNotifyOne(w *abi.W, sp abi.SP, l *sched.NotifyList) { sched.NotifyListOne(w, sp, l) }

// NotifyListCheck checks that package sync and the scheduler agree on the size.
func NotifyListCheck(size uintptr) {
	if size != unsafe.Sizeof(sched.NotifyList{}) {
		panic("sync.notifyList has another size than sched.NotifyList")
	}
}

// ProcPin is sync.runtime_procPin: the worker's number, on which nothing else runs until ProcUnpin.
func ProcPin(w *abi.W, sp abi.SP) int { return sched.Pin(w) }

// ProcUnpin ends ProcPin.
func ProcUnpin(w *abi.W, sp abi.SP) { sched.Unpin(w) }

// RegisterPoolCleanup has the collector call f at the start of each cycle that finds nobody pinned:
// package sync relies on its pools being left alone while it is. (Go's own collector does not
// start then; ours may, at an allocation.)
func RegisterPoolCleanup(w *abi.W, sp abi.SP, f func(w *abi.W, sp abi.SP)) {
	gc.Pin(*(*unsafe.Pointer)(unsafe.Pointer(&f)))
	gc.BeforeCycle(func(w *abi.W, sp abi.SP) {
		if !sched.AnyPinned() {
			f(w, sp)
		}
	})
}

// NewCoro makes a coroutine for iter.Pull; f gets it as its argument.
func NewCoro(w *abi.W, sp abi.SP, f func(w *abi.W, sp abi.SP, c unsafe.Pointer)) unsafe.Pointer {
	return unsafe.Pointer(sched.NewCoro(w, sp, *(*func(w *abi.W, sp abi.SP, c *sched.Coro))(unsafe.Pointer(&f))))
}

// CoroSwitch runs the coroutine's other side until it switches back.
func CoroSwitch(w *abi.W, sp abi.SP, c *sched.Coro) { sched.CoroSwitch(w, sp, c) }
