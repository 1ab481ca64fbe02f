package gc

// This file traces the heap: one worker, depth first. An object is marked when it is
// discovered and scanned when it comes off the stack, so it is on the stack at most once.

import (
	"math/bits"
	"unsafe"

	"rtgen/rtlib/abi"
)

// visitor is what roots are shown to: words by address, or pointers by value.
type visitor interface {
	// words shows the words of a that mask selects.
	words(a uintptr, mask uint64)
	// maybe shows words that may be stale, or no pointers at all.
	maybe(a uintptr, mask uint64)
	pointer(p uintptr)
}

// marker is the production visitor.
type marker struct {
	stack []uintptr // bases of objects marked and not scanned
}

func (m *marker) maybe(a uintptr, mask uint64) { m.words(a, mask) }

func (m *marker) pointer(p uintptr) { m.words(uintptr(unsafe.Pointer(&p)), 1) }

// words marks what the selected words point to.
func (m *marker) words(a uintptr, mask uint64) {
	lo, used, marks, e := space.lo, space.used, space.marks, cycle.epoch
	s := m.stack
	for ; mask != 0; mask &= mask - 1 {
		off := word(a+uintptr(bits.TrailingZeros64(mask))*8) - lo
		if off >= used {
			continue
		}
		bi := off >> blockShift
		b := &blocks[bi]
		cell := off & blockMask * uintptr(b.magic) >> 32
		if cell >= uintptr(b.ncell) { // free block, waste at the end, or
			if b.kind != kindTail {
				continue
			}
			bi -= b.size
			b = &blocks[bi]
			cell = 0
		}
		k := (*uint8)(unsafe.Add(nil, marks+bi<<markShift+cell))
		if *k == e {
			continue
		}
		*k = e
		b.live++
		if b.scan != scanNone {
			s = append(s, lo+bi<<blockShift+cell*uintptr(b.cell))
		}
	}
	m.stack = s
}

func (m *marker) drain() {
	for len(m.stack) > 0 {
		n := len(m.stack) - 1
		base := m.stack[n]
		m.stack = m.stack[:n]
		b := &blocks[(base-space.lo)>>blockShift]
		if b.scan == scanMask {
			m.words(base, b.mask)
		} else {
			scanObject(m, base, b)
		}
	}
}

// scanObject shows v the pointers of the object at base.
func scanObject(v visitor, base uintptr, b *block) {
	n := uintptr(b.cell)
	if b.kind == kindLarge {
		n = b.size
	}
	n /= 8 // words
	switch b.scan {
	case scanMask:
		v.words(base, b.mask)
	case scanPeriod:
		per := uintptr(b.period)
		mask, step := b.mask, per
		for ; step+per <= 64; step += per {
			mask |= b.mask << step
		}
		for ; n > step; n -= step {
			v.words(base, mask)
			base += step * 8
		}
		v.words(base, mask&lowBits(n))
	case scanBits:
		c := &classes[b.class]
		set := unsafe.Slice((*uint64)(ptr(c.bits)), c.nbits)
		per := uintptr(c.period)
		for ; n > 0; n -= min(n, per) {
			for i, mask := range set {
				if uintptr(i)*64 >= n {
					break
				}
				v.words(base+uintptr(i)*512, mask&lowBits(n-uintptr(i)*64))
			}
			base += per * 8
		}
	case scanAll:
		for ; n > 64; n -= 64 {
			v.maybe(base, ^uint64(0))
			base += 512
		}
		v.maybe(base, lowBits(n))
	case scanFrame:
		f := (*abi.Frame)(ptr(base))
		if f.Fn == nil || uintptr(unsafe.Pointer(f.Fn)) == poisonWord {
			return // free, or a stale pointer's
		}
		v.words(base, 1) // Caller
		scanBody(v, base+abi.FrameHeader, f.Site())
	}
}

// lowBits returns a mask of n bits, at most 64.
func lowBits(n uintptr) uint64 {
	if n >= 64 {
		return ^uint64(0)
	}
	return 1<<n - 1
}

// scanBody shows v the live slots of a frame body.
func scanBody(v visitor, a uintptr, site *abi.Site) {
	v.words(a, site.Live)
	for i, mask := range site.More {
		v.words(a+uintptr(i+1)*512, mask)
	}
}
