package gc

import (
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// minorCycle runs one whatever the policy says.
func minorCycle(w *abi.W, sp abi.SP) {
	for !world.Stop(w, sp) {
	}
	runCycle(true)
	world.Start(w)
}

// A minor cycle keeps what an old object came to point to, in whichever kind of block and part of
// the object, and frees the young that nobody points to; what dies old waits for a major cycle.
func TestMinor(t *testing.T) {
	_, w, sp := oneWorker(t)
	for _, c := range []struct {
		name  string
		alloc func() unsafe.Pointer
		words []uintptr
	}{
		{"small", func() unsafe.Pointer { return New(w, sp, &nodeLayout) }, []uintptr{0, 1}},
		{"words", func() unsafe.Pointer { return NewConservative(w, 0, 2048) }, []uintptr{0, 127, 128, 255}},
		{"large words", func() unsafe.Pointer { return NewConservative(w, 0, 100<<10) }, []uintptr{0, 126, 127, 128, 5000, 12799}},
		{"large array", func() unsafe.Pointer { return NewArray(w, 0, &nodeLayout, 8000) }, []uintptr{0, 1, uintptr(nodeLayout.Size/8) * 7777}},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := c.alloc()
			setSlot(w, 0, old)
			Collect(w, sp)
			lost := New(w, 0, &nodeLayout)
			for _, i := range c.words {
				v := New(w, 0, &nodeLayout)
				p := unsafe.Add(old, i*8)
				*(*uintptr)(p) = uintptr(v)
				abi.Dirty(p)
			}
			minorCycle(w, sp)
			for _, i := range c.words {
				if _, bi, cell, ok := find(word(uintptr(old) + i*8)); !ok || *markAt(bi, cell) != cycle.epoch {
					t.Errorf("what word %d points to was freed", i)
				}
			}
			if _, bi, cell, ok := find(uintptr(lost)); ok && *markAt(bi, cell) == cycle.epoch {
				t.Error("an unreachable young object is marked")
			}
			for _, x := range cardsOf(uint32((uintptr(old) - space.lo) >> blockShift)) {
				if x != 0 {
					t.Error("a card is still dirty")
				}
			}
			setSlot(w, 0, nil)
			minorCycle(w, sp)
			if _, bi, cell, ok := find(uintptr(old)); !ok || *markAt(bi, cell) != cycle.epoch {
				t.Error("a minor cycle freed an old object")
			}
			Collect(w, sp)
			if _, bi, cell, ok := find(uintptr(old)); ok && *markAt(bi, cell) == cycle.epoch {
				t.Error("a major cycle kept a dead object")
			}
		})
	}
}

// Verify mode notices a store without its barrier.
func TestMissingBarrier(t *testing.T) {
	_, w, sp := oneWorker(t)
	debug.verify = true
	throw := Throw
	defer func() {
		debug.verify, Throw = false, throw
		if recover() == nil {
			t.Error("not noticed")
		}
		*w = *newWorker() // the cycle was cut short
	}()
	Throw = func(msg string) { panic(msg) }
	old := (*node)(New(w, sp, &nodeLayout))
	setSlot(w, 0, unsafe.Pointer(old))
	Collect(w, sp)
	old.l = (*node)(New(w, 0, &nodeLayout))
	minorCycle(w, sp)
}
