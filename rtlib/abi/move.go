package abi

// This file corrects pointers into frames that have left the shadow stack.
//
//	t := T{…}; p := &t; f(p)     f waits: the frame that t is in is copied to the heap; p, in
//	                             that frame and in those of f and its callees, follows it
//
// An unwind captures all frames of the shadow stack, and a captured frame moves no more. Only frames point into
// frames, each into itself and those of its callers. So the pointers of what was captured are corrected
// once, when the unwind is over, as far out as the outermost frame that something may point into.

import (
	"math/bits"
	"unsafe"
)

// move is a frame that was captured from sp.
type move struct {
	sp SP
	to *Frame
}

// Vacated, unless it is nil, is told which part of a shadow stack nobody may point into any more.
var Vacated func(lo, hi SP)

// Unwound ends an unwind: what was captured may be resumed, and collected, then.
func (w *W) Unwound() {
	w.Unwind, w.Tail = Running, nil
	if len(w.moves) > 0 {
		w.correct()
	}
}

// Dropped ends an unwind whose frames a panic drops.
func (w *W) Dropped() {
	w.Unwind, w.Tail = Running, nil
	w.moves = w.moves[:0]
}

func (w *W) correct() {
	list, last := w.moves, w.moves[len(w.moves)-1]
	lo, hi := last.sp, list[0].sp+list[0].to.Fn.Size
	fix := func(word *uintptr) {
		if p := *word; p-lo < hi-lo {
			*word = moved(list, p)
		}
	}
	for f := w.G.Frames; ; f = f.Caller {
		body, site := f.Body(), f.Site()
		eachBit(site.Live, body, fix)
		for i, live := range site.More {
			eachBit(live, unsafe.Add(body, (i+1)*64*8), fix)
		}
		eachWord(f.Fn.Links, body, fix)
		if f == last.to {
			break
		}
	}
	w.moves = list[:0]
	if Vacated != nil {
		Vacated(lo, hi)
	}
}

// eachBit calls f with the words at p that live names.
func eachBit(live uint64, p unsafe.Pointer, f func(*uintptr)) {
	for ; live != 0; live &= live - 1 {
		f((*uintptr)(unsafe.Add(p, bits.TrailingZeros64(live)*8)))
	}
}

// Words puts a rising list of words in a string: each byte is how much further on, from -1 at first, the next one is; 255
// only goes on.
func Words(list []int) string {
	var b []byte
	at := -1
	for _, w := range list {
		for ; w-at >= 255; at += 255 {
			b = append(b, 255)
		}
		b = append(b, byte(w-at))
		at = w
	}
	return string(b)
}

// eachWord calls f with the words at p that list names.
func eachWord(list string, p unsafe.Pointer, f func(*uintptr)) {
	at := -1
	for i := range len(list) {
		at += int(list[i])
		if list[i] != 255 {
			f((*uintptr)(unsafe.Add(p, at*8)))
		}
	}
}

// moved returns where p leads now: elsewhere if it led into a frame that has moved. list is by falling sp.
func moved(list []move, p uintptr) uintptr {
	lo, hi := 0, len(list)
	for lo < hi { // the first with sp at or below p
		if m := (lo + hi) / 2; list[m].sp <= p {
			hi = m
		} else {
			lo = m + 1
		}
	}
	if lo < len(list) && p-list[lo].sp < list[lo].to.Fn.Size {
		return p - list[lo].sp + uintptr(list[lo].to.Body())
	}
	return p
}
