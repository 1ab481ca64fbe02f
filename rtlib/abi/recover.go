package abi

// This file is how the runtime knows a deferred call under way: by the sp it was called with, and by its
// captured frame once it has one.

import "unsafe"

// SameCall reports whether the function at sp is the one called at at, but for wrappers with frames between.
func (w *W) SameCall(at, sp SP) bool {
	for sp > at && sp > w.Base {
		word := sp - 8
		fn := (**(***Site)(unsafe.Pointer(&word))).Fn
		if fn.Flags&FuncWrapper == 0 {
			return false
		}
		sp -= fn.Size
	}
	return sp == at
}

// DeferCaptured notes that the frame at sp has become captured frame f: it may be that of a deferred call
// of a panic being handled, or the one that handles it. Capture calls it when G.Panic is not nil.
func (w *W) DeferCaptured(sp SP, f *Frame) {
	if f.Fn.Flags&FuncWrapper != 0 {
		return
	}
	for p := w.G.Panic; p != nil; p = p.Link {
		if p.DeferSP != 0 && w.SameCall(p.DeferSP, sp) {
			p.DeferSP, p.DeferFrame = 0, f
		}
		if p.HandlerEnd == sp+f.Fn.Size {
			p.HandlerEnd, p.Handler = 0, f
		}
	}
}

// DeferReturned notes that captured frame f is about to be freed: no panic being handled may go on
// knowing it, for its memory may be another frame's soon. Return calls it when G.Panic is not nil.
func (w *W) DeferReturned(f *Frame) {
	for p := w.G.Panic; p != nil; p = p.Link {
		if p.DeferFrame == f {
			p.DeferFrame = nil
		}
	}
}
