package gc

// This file allocates captured frames. They are freed explicitly when their function
// returns, so most come from a free list; the collector frees what a dropped goroutine or
// a panic leaves behind.

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

// frameLists free lists hold frames of up to (frameLists-1)*16 bytes, header included.
const frameLists = 65

// NewFrame allocates a captured frame of fn and sets its Fn; the caller fills in the rest,
// site included, before the next safepoint. It never collects: a worker that unwinds is at
// no safepoint.
//
//go:nosplit
func NewFrame(w *abi.W, fn *abi.Func) *abi.Frame {
	n := abi.FrameHeader + fn.Size
	if i := (n + 15) >> 4; i < frameLists {
		l := &(*Cache)(w.Heap).frames[i]
		if p := *l; p != 0 { // asked of the integer: at is never nil
			f := (*abi.Frame)(at(p))
			*l = uintptr(unsafe.Pointer(f.Caller))
			f.Fn = fn
			return f
		}
	}
	return newFrameSlow(w, fn, n)
}

//go:noinline
func newFrameSlow(w *abi.W, fn *abi.Func, n uintptr) *abi.Frame {
	var f *abi.Frame
	if n <= maxSmall {
		// Rounded up to 16, as the free lists count.
		f = (*abi.Frame)(at(alloc(w, 0, frameClass+sizeClass((n+15)&^15))))
	} else {
		f = (*abi.Frame)(newLarge(w, 0, n, &wordsLayout))
		blocks[uint32((uintptr(unsafe.Pointer(f))-space.lo)>>blockShift)].scan = scanFrame
	}
	f.Fn = fn
	return f
}

// FreeFrame frees a captured frame; nobody may hold it. Of another worker's frames the
// memory goes to w.
func FreeFrame(w *abi.W, f *abi.Frame) {
	i := (abi.FrameHeader + f.Fn.Size + 15) >> 4
	f.Fn = nil
	if i < frameLists {
		l := &(*Cache)(w.Heap).frames[i]
		f.Caller = (*abi.Frame)(ptr(*l))
		*l = uintptr(unsafe.Pointer(f))
	}
}
