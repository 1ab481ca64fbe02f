package abi

// This file is how frames leave the shadow stack and where results wait.

import "unsafe"

// NewFrame and FreeFrame are the heap's: NewFrame returns a frame for fn with room for
// Fn.Size bytes behind the header, whose contents are undefined. Set by gc when it starts.
var (
	NewFrame  func(w *W, fn *Func) *Frame
	FreeFrame func(w *W, f *Frame)
)

// Capture copies the running frame at sp off the shadow stack and links it as the caller
// of what the unwind has captured so far. The caller then saves its live scalars into the
// copy, whose body is returned, and returns itself.
//
//	if w.Unwind != 0 {
//		c := (*ʀframe_f)(w.Capture(sp, &ʀfn_f, ʀresume_f))
//		c.i = i
//		return
//	}
func (w *W) Capture(sp SP, fn *Func, resume func(w *W, sp SP, f *Frame)) unsafe.Pointer {
	f := NewFrame(w, fn)
	f.Caller, f.Fn = nil, fn
	if fn.Resume == nil {
		fn.Resume = resume
	}
	n := fn.Size >> 3
	copy(unsafe.Slice((*uintptr)(f.Body()), n), unsafe.Slice(Ptr[uintptr](sp), n))
	if fn.Flags&FuncMoves != 0 {
		w.moves = append(w.moves, move{sp, f})
	}
	w.link(f)
	w.Tail = f
	if w.G.Panic != nil {
		w.DeferCaptured(sp, f)
	}
	return f.Body()
}

// Recapture puts an already captured frame back under its newly captured callee, if there
// is one: a primitive that suspends captures nothing.
func (w *W) Recapture(f *Frame) { w.link(f) }

func (w *W) link(f *Frame) {
	if w.Tail == nil {
		w.G.Frames = f
	} else {
		w.Tail.Caller = f
	}
}

// Return pops a captured frame whose function completed; its results are at w.Ret.
func (w *W) Return(f *Frame) {
	w.G.Frames = f.Caller
	if w.G.Panic != nil {
		w.DeferReturned(f)
	}
	FreeFrame(w, f)
}

// RetArea returns w.Ret after making it at least n bytes long. What was there is lost.
func (w *W) RetArea(n uintptr) unsafe.Pointer {
	if n > w.RetLen {
		growRet(w, n)
	}
	return w.Ret
}

// Ptr is the pointer with address a. Memory outside the host's heap has no other.
func Ptr[T any](a uintptr) *T { return *(**T)(unsafe.Pointer(&a)) }
