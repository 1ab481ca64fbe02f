package gen

// This file prints what a function that defers has besides its body.
//
// The list of deferred calls is the frame's first slot, fr.defers (a *abi.Defer), in both
// forms, so the runtime finds and shortens it by address; nothing else names it. All the
// function's results are in slots and saved values whenever a panic can reach it.
//
//	func f(w, sp, …) (r0 T) {                      // the direct form
//		fr := (*ʀframe_f)(unsafe.Pointer(sp))
//		fr.defers = 0
//		done := false
//		defer func() {
//			if done {
//				return
//			}
//			rt.Handle(w, sp+unsafe.Sizeof(*fr), &ʀsites_f[k], &fr.defers, recover()) // State: abi.DeferState
//			if w.Unwind != 0 { // a deferred call suspended
//				c := (*ʀframe_f)(w.Capture(sp, &ʀfn_f, ʀresume_f))
//				c.r0 = r0
//				return
//			}
//			r0 = *cell // Func.Cells, where the result has one
//		}()
//		…
//		// defer g()
//		fr.defers = uintptr(rt.PushDefer(w, sp+unsafe.Sizeof(*fr), unsafe.Pointer(fr.defers), thunk))
//		…
//		// return v: results are assigned first, then the list runs as ordinary calls
//		for fr.defers != 0 {
//			d := (*abi.Defer)(unsafe.Pointer(fr.defers))
//			fr.defers = uintptr(unsafe.Pointer(d.Link))
//			fr.site = …
//			d.Fn(w, sp+unsafe.Sizeof(*fr))
//			if w.Unwind != 0 { …capture…; done = true; return }
//		}
//		done = true
//		return r0
//	}
//
// What the runtime does:
//
//	Handle(w *abi.W, sp abi.SP, site *abi.Site, list *uintptr, r any)
//
// (package rtpanic; it stores site in the frame where the frame's own may be wrong, which otherwise goes on
// showing tracebacks the call that panicked) begins (or joins) the panic r, a host recover()'s result, and runs the calls on *list, popping
// each before it runs, each called as d.Fn(w, sp) under protection of its own, so that a panic in
// one replaces the current panic. It returns when the list is empty and the panic recovered, with
// the panic taken off w.G.Panic; or with w.Unwind set when a deferred call suspended. When the
// list is empty and the panic is still on, it panics again, outwards.
//
//	func ʀresume_f(w, sp, h) {                     // the state machine
//		fr := (*ʀframe_f)(h.Body())
//		done := false
//		defer func() {
//			if done {
//				return
//			}
//			rt.HandleFrame(w, sp, h, &ʀsites_f[k], &fr.defers, recover())
//			if w.Unwind != 0 {
//				fr.r0 = r0
//				w.Recapture(h)
//				return
//			}
//			…results to w.Ret…; w.Return(h)
//		}()
//		state := h.Site().State
//		if w.Raise != nil || state == abi.DeferState {
//			…r0 from fr, cells from their slots…
//			done = true
//			rt.HandleFrame(w, sp, h, &ʀsites_f[k], &fr.defers, nil)
//			…as above…
//			return
//		}
//		switch state { … }
//	}
//
//	HandleFrame(w *abi.W, sp abi.SP, h *abi.Frame, site *abi.Site, list *uintptr, r any)
//
// is Handle for a captured frame. r not nil: a panic reached the running state machine. r nil and
// w.Raise set: a panic reached the frame while it was captured (it clears w.Raise). r nil and
// w.Raise nil: the deferred call that had suspended has returned; handling goes on with what is
// left of the list. Deferred calls are called with sp. Where the panic stays on, HandleFrame
// pops h (w.Return(h)) and panics outwards.
//
// The worker's loop: a panic that comes out of h.Resume (or of the goroutine's first call) drops
// frames from w.G.Frames until one has Fn.Defers, and resumes that one with w.Raise set.
//
// recover() is rt.Recover(w, sp) with the function's own sp, or rt.RecoverFrame(w, h). Functions
// marked Wrapper whose body is one call have no frame and pass sp on, so their callee looks
// called by the deferring function itself; other wrappers are frames with abi.FuncWrapper set.
