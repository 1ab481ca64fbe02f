package gc

import (
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Two objects of one word share a cell. What either of them points to must survive, also
// once their layout has a class of its own.
func TestOneWordObjects(t *testing.T) {
	w := newWorker()
	holder := abi.Layout{Size: 8, Period: 8, Mask: 1}
	const n = 4 * coldBytes / 8
	site := abi.Site{Fn: &abi.Func{Name: "holders", Size: 16}, Live: 1}
	list := NewConservative(w, 0, n*8)
	frame := (*[2]uintptr)(ptr(w.Base))
	*frame = [2]uintptr{uintptr(list), uintptr(unsafe.Pointer(&site))}
	w.Top = w.Base + 16
	for i := range n {
		p := New(w, 0, &holder)
		v := New(w, 0, &nodeLayout)
		*(*uintptr)(p) = uintptr(v)
		*(*uintptr)(at(uintptr(list) + uintptr(i)*8)) = uintptr(p)
		abi.Dirty(at(uintptr(list) + uintptr(i)*8))
	}
	Collect(w, w.Top)
	for i := range n {
		p := word(uintptr(list) + uintptr(i)*8)
		if _, bi, cell, ok := find(word(p)); !ok || *markAt(bi, cell) != cycle.epoch {
			t.Fatalf("what holder %d of %d points to was freed", i, n)
		}
	}
}
