package gc

// This file checks a cycle, in verify mode, with a marker that shares nothing with the
// production one but scanObject and roots. It runs between marking and freeing.
//
// It reports, by site where it can: a precise pointer to a cell that is not allocated (a
// slot that is not live, or an object that was freed while in use), a reachable cell that
// was not marked, and a marked one that is not reachable. Objects that hold the address of a
// frame are reported too: what was taken to stay in that frame escaped.

import (
	"math/bits"
	"os"
	"unsafe"

	"rtgen/rtlib/abi"
)

type checker struct {
	minor     bool
	allocated []bool // by block<<markShift + cell, as of the start of the cycle
	seen      map[uintptr]bool
	todo      []uintptr
	site      *abi.Site // of the frame being scanned
	owner     uintptr   // object being scanned
	stale     *recorder
	dead      map[uintptr]bool // free cells that a stale word leads to: what they hold is stale too
	soft      bool             // the object being scanned is one of them
}

// recorder is a marker that remembers what it found in words that may be stale: the poller
// overwrites some even while the world is stopped, and the checker is to see the same.
type recorder struct {
	*marker
	found []uintptr
}

func (r *recorder) maybe(a uintptr, mask uint64) {
	for ; mask != 0; mask &= mask - 1 {
		if p := word(a + uintptr(bits.TrailingZeros64(mask))*8); p-space.lo < space.used {
			r.found = append(r.found, p)
			r.pointer(p)
		}
	}
}

// newChecker notes which cells are allocated. The last cycle's marks are still there, and
// the caches are reset.
func newChecker(minor bool) *checker {
	c := &checker{minor: minor, allocated: make([]bool, uint(space.nblock)<<markShift), seen: map[uintptr]bool{}, dead: map[uintptr]bool{}}
	for i := uint32(0); i < space.nblock; i++ {
		b := &blocks[i]
		if b.kind != kindSmall && b.kind != kindLarge {
			continue
		}
		for cell := uint32(0); cell < uint32(b.ncell); cell++ {
			// At or after the place where allocation stopped, only marked cells are allocated.
			c.allocated[i<<markShift+cell] = cell < uint32(b.upto) || *markAt(i, uintptr(cell)) == cycle.epoch
		}
	}
	return c
}

func (c *checker) where() string {
	switch {
	case c.site != nil:
		file, line := c.site.Place()
		return c.site.Fn.Name + " at " + file + ":" + itoa(uint64(line))
	case c.owner != 0:
		return "object " + describe(c.owner)
	}
	return "a root"
}

// describe names a heap address for a report.
func describe(p uintptr) string {
	base, bi, cell, ok := find(p)
	if !ok {
		return hex(p) + " (no cell)"
	}
	b := &blocks[bi]
	s := hex(base)
	if p != base {
		s = hex(p) + " in " + s
	}
	s += " (" + itoa(uint64(b.objSize())) + " bytes, " + scanNames[b.scan] + ", cell " + itoa(uint64(cell))
	if b.scan == scanFrame {
		if f := (*abi.Frame)(ptr(base)); f.Fn != nil && uintptr(unsafe.Pointer(f.Fn)) != poisonWord {
			s += ", frame of " + f.Fn.Name
		} else {
			s += ", free frame"
		}
	}
	return s + ")"
}

var scanNames = [...]string{"no pointers", "mask", "period", "bits", "words", "frame"}

func (c *checker) words(a uintptr, mask uint64) {
	if c.soft {
		c.maybe(a, mask)
		return
	}
	for ; mask != 0; mask &= mask - 1 {
		at := a + uintptr(bits.TrailingZeros64(mask))*8
		p := word(at)
		if debug.hostptrs && c.site == nil && c.owner != 0 && p>>36 == 0xc0 {
			os.Stderr.WriteString("gc: " + c.where() + " holds host address " + hex(p) + " at " + hex(at) + "\n")
		}
		if p-space.lo >= space.used {
			if c.owner != 0 && c.site == nil && onStack(p) {
				Throw("gc: verify: word " + hex(at) + " of " + c.where() + " points into a frame: " + hex(p))
			}
			continue
		}
		base, bi, cell, ok := find(p)
		if !ok || !c.allocated[uintptr(bi)<<markShift+cell] {
			Throw("gc: verify: word " + hex(at) + " of " + c.where() + " points to free memory: " + describe(p))
			continue
		}
		if f := (*abi.Frame)(ptr(base)); blocks[bi].scan == scanFrame && f.Fn == nil {
			Throw("gc: verify: word " + hex(at) + " of " + c.where() + " points to a frame that was freed: " + describe(p))
		}
		if blocks[bi].scan == scanFrame && c.owner != 0 && c.site == nil && !c.soft {
			Throw("gc: verify: word " + hex(at) + " of " + c.where() + " points into a frame that waits: " + describe(p))
		}
		c.reach(base)
	}
}

// onStack reports whether p is an address of a running frame, which no object may hold.
func onStack(p uintptr) (on bool) {
	world.Workers(func(w *abi.W) { on = on || p >= w.Base && p < w.Top })
	return on
}

func (c *checker) maybe(a uintptr, mask uint64) {
	for ; mask != 0; mask &= mask - 1 {
		c.maybePointer(word(a + uintptr(bits.TrailingZeros64(mask))*8))
	}
}

func (c *checker) maybePointer(p uintptr) {
	if base, bi, cell, ok := find(p); ok {
		if c.minor && blocks[bi].scan == scanFrame {
			return // frames are young, and no old object points to one
		}
		if !c.allocated[uintptr(bi)<<markShift+cell] {
			c.dead[base] = true
		}
		c.reach(base)
	}
}

func (c *checker) pointer(p uintptr) { c.words(uintptr(unsafe.Pointer(&p)), 1) }

func (c *checker) reach(base uintptr) {
	if c.seen[base] {
		return
	}
	c.seen[base] = true
	_, bi, cell, _ := find(base)
	if *markAt(bi, cell) != cycle.epoch {
		Throw("gc: verify: " + describe(base) + " is reachable from " + c.where() + " but was not marked")
	}
	c.todo = append(c.todo, base)
}

func (c *checker) run() {
	roots(c)
	for _, p := range c.stale.found {
		c.maybePointer(p)
	}
	for len(c.todo) > 0 {
		base := c.todo[len(c.todo)-1]
		c.todo = c.todo[:len(c.todo)-1]
		_, bi, _, _ := find(base)
		c.owner, c.soft = base, c.dead[base]
		if b := &blocks[bi]; b.scan == scanFrame {
			if f := (*abi.Frame)(ptr(base)); f.Fn != nil && uintptr(unsafe.Pointer(f.Fn)) != poisonWord {
				c.site = f.Site()
			}
			scanObject(c, base, b)
			c.site = nil
		} else {
			scanObject(c, base, b)
		}
		c.owner, c.soft = 0, false
	}
	if c.minor {
		return // dead old objects are marked
	}
	for i := uint32(0); i < space.nblock; i++ {
		b := &blocks[i]
		for cell := uint32(0); cell < uint32(b.ncell); cell++ {
			if *markAt(i, uintptr(cell)) != cycle.epoch {
				continue
			}
			if a := blockAddr(i) + uintptr(cell)*uintptr(b.cell); !c.seen[a] {
				Throw("gc: verify: " + describe(a) + " is marked but not reachable")
			}
		}
	}
}
