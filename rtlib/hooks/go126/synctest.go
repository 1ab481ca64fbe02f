package go126

import (
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is internal/synctest, and the clock of package time, which is another one in a bubble.

// TimeNow is time.now and time.runtimeNow. In a bubble there is no monotonic time.
func TimeNow(w *abi.W, sp abi.SP) (sec int64, nsec int32, mono int64) {
	if sched.BubbleID(w) != 0 {
		now := sched.BubbleNow(w)
		return now / 1e9, int32(now % 1e9), 0
	}
	return timeNow()
}

// TimeNano is time.runtimeNano.
func TimeNano(w *abi.W, sp abi.SP) int64 {
	if sched.BubbleID(w) != 0 {
		return sched.BubbleNow(w)
	}
	return sched.Nanotime()
}

// InBubble is internal/synctest.IsInBubble and time.runtimeIsBubbled.
func InBubble(w *abi.W, sp abi.SP) bool { return sched.InBubble(w) }

// BubbleID is the number of the goroutine's bubble; 0 if it is in none.
func BubbleID(w *abi.W, sp abi.SP) uint32 { return sched.BubbleID(w) }

// BubbleEnter makes the goroutine the root of a new bubble, unless it is in one.
func BubbleEnter(w *abi.W, sp abi.SP) bool { return sched.EnterBubble(w) }

// BubbleLeave ends that.
func BubbleLeave(w *abi.W, sp abi.SP) { sched.LeaveBubble(w) }

// BubbleDone says that the goroutine, its bubble's main one, ends.
func BubbleDone(w *abi.W, sp abi.SP) { sched.BubbleDone(w) }

// BubbleFire fires the timers that are due.
func BubbleFire(w *abi.W, sp abi.SP) { sched.BubbleFire(w, sp) }

// BubbleIdle waits until all other goroutines of the bubble wait.
func BubbleIdle(w *abi.W, sp abi.SP) { sched.BubbleIdle(w, sp) }

// BubbleAdvance moves the bubble's clock to its next timer.
func BubbleAdvance(w *abi.W, sp abi.SP) bool { return sched.BubbleAdvance(w) }

// BubbleLeft is how many goroutines besides the root are left, and whether the main one has ended.
func BubbleLeft(w *abi.W, sp abi.SP) (int, bool) { return sched.BubbleLeft(w) }

// BubbleStartWait is the first part of internal/synctest.Wait.
func BubbleStartWait(w *abi.W, sp abi.SP) int { return sched.BubbleStartWait(w) }

// BubbleWait is the second.
func BubbleWait(w *abi.W, sp abi.SP) { sched.BubbleWait(w, sp) }

// BubbleHold keeps bubble id from being idle, or no longer.
func BubbleHold(w *abi.W, sp abi.SP, id uint32, n int) { sched.BubbleHold(w, id, n) }

// BubbleJoin makes the goroutine one of bubble id.
func BubbleJoin(w *abi.W, sp abi.SP, id uint32) bool { return sched.BubbleJoin(w, id) }

// BubblePart ends that.
func BubblePart(w *abi.W, sp abi.SP) { sched.BubblePart(w) }

// BubbleAssociate is internal/synctest.associate.
func BubbleAssociate(w *abi.W, sp abi.SP, p unsafe.Pointer) int { return sched.Association(w, p, true) }

// BubbleIsAssociated is internal/synctest.isAssociated.
func BubbleIsAssociated(w *abi.W, sp abi.SP, p unsafe.Pointer) bool {
	return sched.Association(w, p, false) == 1
}

// BubbleDisassociate is internal/synctest.disassociate.
func BubbleDisassociate(p unsafe.Pointer) { sched.Disassociate(p) }
