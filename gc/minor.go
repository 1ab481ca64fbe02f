package gc

// This file is what minor collections do differently.
//
// Marks are sticky: the epoch stays, so what an earlier cycle marked (the old) is live without
// being looked at, and marking stops at it. Pointers from old objects to young ones are found by
// the cards that abi.Dirty marked. Captured frames are written without a barrier each time that
// a goroutine suspends, so they are never old. What dies old is freed by the next major cycle.

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

const cardsPerBlock = blockSize >> abi.CardShift

// dirtyBytes is how many bytes from the address that it is given abi.Dirty stands for at most: they may
// begin in one card and end in the next.
const dirtyBytes = 64

// nursery is how many bytes the program allocates between minor cycles, at least.
const nursery = 4 << 20

// minorDue reports whether the cycle that is about to run may be a minor one: the heap is not yet
// GOGC percent larger than what the last major cycle found live.
func minorDue() bool {
	switch {
	case debug.major:
		return false
	case debug.stress != 0:
		return cycle.number%4 != 3
	}
	return pacer.alloc.Load() < pacer.budget
}

// forgetFrames makes all captured frames young.
func forgetFrames() {
	for i := uint32(0); i < space.nblock; i++ {
		if b := &blocks[i]; b.scan == scanFrame && (b.kind == kindSmall || b.kind == kindLarge) {
			clearMarks(i)
		}
	}
}

// cardsOf returns the cards of block i, eight to a word. Blocks are aligned to their size.
func cardsOf(i uint32) []uintptr {
	return wordsAt(uintptr(unsafe.Pointer(abi.Card(blockAddr(i)))), cardsPerBlock)
}

// scanCards shows v what the old objects with dirty cards point to, and cleans the cards. With v nil it only cleans them.
func scanCards(v *marker) {
	for i := uint32(0); i < space.nblock; i++ {
		row := cardsOf(i)
		for k, x := range row {
			if x == 0 {
				continue
			}
			row[k] = 0
			if v == nil {
				continue
			}
			for j := uintptr(0); j < 8; j++ {
				if x>>(8*j)&0xff != 0 {
					scanCard(v, i, blockAddr(i)+(uintptr(k)*8+j)<<abi.CardShift)
				}
			}
		}
	}
}

// scanCard shows v the pointers of the old objects that lie in the card at a, in block i.
func scanCard(v *marker, i uint32, a uintptr) {
	const size = 1 << abi.CardShift
	b := &blocks[i]
	switch b.kind {
	case kindSmall:
		if b.scan == scanNone || b.scan == scanFrame {
			return
		}
		first := (a - blockAddr(i)) / uintptr(b.cell)
		last := min((a-blockAddr(i)+size-1)/uintptr(b.cell), uintptr(b.ncell)-1)
		for c := first; c <= last; c++ {
			if *markAt(i, c) == cycle.epoch {
				scanObject(v, blockAddr(i)+c*uintptr(b.cell), b)
			}
		}
	case kindTail, kindLarge:
		if b.kind == kindTail {
			i -= b.next
			b = &blocks[i]
		}
		if b.scan != scanNone && b.scan != scanFrame && *markAt(i, 0) == cycle.epoch {
			scanPart(v, blockAddr(i), b, a, a+size)
		}
	}
}

// scanPart shows v the pointers of the large object at base that lie between lo and hi, and perhaps some beyond.
func scanPart(v *marker, base uintptr, b *block, lo, hi uintptr) {
	hi = min(hi+dirtyBytes, base+b.objSize())
	if b.scan == scanAll {
		for ; lo < hi; lo += 512 {
			v.maybe(lo, lowBits((hi-lo)/8))
		}
		return
	}
	c := &classes[b.class]
	per := uintptr(c.period) * 8
	for a := base + (lo-base)/per*per; a < hi; a += per {
		n := (min(a+per, base+b.objSize()) - a) / 8
		if b.scan == scanPeriod {
			v.words(a, c.mask&lowBits(n))
			continue
		}
		for k, mask := range unsafe.Slice((*uint64)(ptr(c.bits)), c.nbits) {
			if w := uintptr(k) * 64; w < n && a+w*8 < hi && a+w*8+512 > lo {
				v.words(a+w*8, mask&lowBits(n-w))
			}
		}
	}
}
