package rtlib

// This file is channels, goroutines.

import (
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"

	rtchan "rtgen/chan"
	"rtgen/sched"
)

// SelectCase is one case of a select.
type SelectCase = rtchan.SelectCase

// MakeChan is make(chan T, n).
func MakeChan[T any](w *abi.W, sp abi.SP, l *abi.Layout, n int) (c abi.Chan[T]) {
	c.P = unsafe.Pointer(rtchan.Make(w, sp, l, n))
	return c
}

// Send is c <- v.
func Send[T any](w *abi.W, sp abi.SP, c unsafe.Pointer, v T) {
	rtchan.Send(w, sp, (*rtchan.Hchan)(c), unsafe.Pointer(abi.Noescape(&v)))
}

// Recv is <-c.
func Recv[T any](w *abi.W, sp abi.SP, c unsafe.Pointer) (v T, ok bool) {
	ok = rtchan.Recv(w, sp, (*rtchan.Hchan)(c), unsafe.Pointer(abi.Noescape(&v)))
	return v, ok
}

// Send8 and Recv8 are Send and Recv of values of eight bytes.
func Send8[T any](w *abi.W, sp abi.SP, c unsafe.Pointer, v T) {
	rtchan.Send8(w, sp, (*rtchan.Hchan)(c), *(*uintptr)(unsafe.Pointer(&v)))
}

func Recv8[T any](w *abi.W, sp abi.SP, c unsafe.Pointer) (T, bool) {
	x, ok := rtchan.Recv8(w, sp, (*rtchan.Hchan)(c))
	return *(*T)(unsafe.Pointer(&x)), ok
}

// TrySend is select { case c <- v: …; default: … }.
func TrySend[T any](w *abi.W, sp abi.SP, c unsafe.Pointer, v T) bool {
	return rtchan.TrySend(w, sp, (*rtchan.Hchan)(c), unsafe.Pointer(abi.Noescape(&v)))
}

// TryRecv is select { case v, ok = <-c: …; default: … }.
func TryRecv[T any](w *abi.W, sp abi.SP, c unsafe.Pointer) (v T, ok, selected bool) {
	ok, selected = rtchan.TryRecv(w, sp, (*rtchan.Hchan)(c), unsafe.Pointer(abi.Noescape(&v)))
	return v, ok, selected
}

// Select is select { … } with other than one case and default.
func Select(w *abi.W, sp abi.SP, cs []SelectCase, hasDefault bool) (index int, ok bool) {
	return rtchan.Select(w, sp, cs, hasDefault)
}

// Block is select {}.
func Block(w *abi.W, sp abi.SP) { rtchan.Block(w, sp) }

// Close is close(c).
func Close(w *abi.W, sp abi.SP, c unsafe.Pointer) { rtchan.Close(w, sp, (*rtchan.Hchan)(c)) }

// ChanLen and ChanCap are len(c) and cap(c).
func ChanLen(c unsafe.Pointer) int { return rtchan.Len((*rtchan.Hchan)(c)) }
func ChanCap(c unsafe.Pointer) int { return rtchan.Cap((*rtchan.Hchan)(c)) }

// Go is go fn(); site is that of the statement.
func Go(w *abi.W, sp abi.SP, fn func(w *abi.W, sp abi.SP), site uintptr) { sched.Go(w, sp, fn, site) }

// Poll is called at loops' back edges when w.Poll is set: the worker may be stopped here, or
// collect.
func Poll(w *abi.W, sp abi.SP) {
	sched.Poll(w, sp)
	gc.Safepoint(w, sp)
}

// PollYield is Poll where the goroutine may also be suspended.
func PollYield(w *abi.W, sp abi.SP) {
	gc.Safepoint(w, sp)
	sched.PollYield(w, sp)
}

// RetArea is where a function that ran as a state machine leaves n bytes of results.
func RetArea(w *abi.W, n uintptr) unsafe.Pointer { return w.RetArea(n) }

// MapLen is len(m): the guest's internal/runtime/maps.Map begins with it.
func MapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int(*(*uint64)(m))
}
