package sched

import (
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// TestBubbleIdleWaiter: a root that comes last finds its bubble idle only if nobody is in Wait, which is woken first.
func TestBubbleIdleWaiter(t *testing.T) {
	for _, waiter := range []*G{nil, {}} {
		var w abi.W
		root := &G{}
		w.G = (*abi.G)(unsafe.Pointer(root))
		if !EnterBubble(&w) {
			t.Fatal("in a bubble already")
		}
		b := root.bubble()
		b.waiter = waiter
		BubbleIdle(&w, 0)
		if parks := w.Unwind != abi.Running; parks != (waiter != nil) {
			t.Errorf("somebody in Wait: %v; the root parks: %v", waiter != nil, parks)
		}
		b.waiter, b.over = nil, true
		b.drop(root)
	}
}
