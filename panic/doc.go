// Package rtpanic is panics: raising them, running deferred calls for them, recovering,
// and printing the ones nobody recovered.
//
// A guest panic travels as a host panic, so that frames without defers need no code at all.
// A function that defers holds one host-level handler; its deferred calls are its own
// list, in a frame slot:
//
//	func f() (n int) {                 func f(w *abi.W, sp abi.SP) (n int) {
//		defer g(1)                         fr := (*ʀframe_f)(unsafe.Pointer(sp)); fr.defers = 0
//		h()                                done := false
//		return 2                           defer func() {
//	}                                          if done { return }
//	                                           var r any
//	                                           if !rt.Panicking(w) { r = recover() }
//	                                           if rt.Handle(w, sp+…, &ʀsites_f[2], &fr.defers, r) { return }
//	                                           recover()
//	                                   A       if w.Unwind != 0 { capture the frame, as after a call; return }
//	                                   B       // recovered: return the results' current values
//	                                       }()
//	                                       fr.defers = rt.PushDefer(… a thunk for g(1) …)
//	                                       h(w, sp+…)
//	                                       n = 2
//	                                       run fr.defers as ordinary calls, popping before each
//	                                       done = true          // also before returning because w.Unwind != 0
//	                                       return n
//	                                   }
//
// A panic reaches the nearest handler. [Handle] runs the deferred calls there, each under a
// host recover of its own: a panic in one of them replaces the one being handled. If all ran
// and none recovered, the host panic, which nobody has ended, goes on to the next handler.
// If one recovered, Handle runs the rest of the list and returns (B). If one suspends, Handle returns with
// w.Unwind set, having stored the site it was given (State is abi.DeferState) in the frame (A).
//
// A panic that passes the last native frame reaches the worker's loop, which calls [Raised], then
// drops captured frames up to one whose Fn.Defers is set and resumes it; its state machine begins with
//
//	if w.Raise != nil || h.Site().State == abi.DeferState {
//		rt.HandleFrame(w, sp, h, &ʀsites_f[2], &fr.defers, nil)
//		if w.Unwind != 0 { w.Recapture(h); return }
//		// recovered: store the results' current values at w.Ret, as a return does
//		w.Return(h); return
//	}
//
// It has a host-level handler too, for panics in its own activation; there it passes the host's recover().
//
// What callers may rely on:
//   - While deferred calls run for a guest panic, the frames between the panic and the handler stay on the
//     shadow stack, below the deferred call: tracebacks show them, as stock's do. (After
//     a host error, a nil dereference say, nobody knows where they end; they are overwritten.)
//   - So a site's live slots must include what the handler reads: the list and the results.
//   - recover compares its function's sp with that of the deferred call under way; a function that calls anything
//     but verbatim functions has a frame, so no other function can have that sp. Wrappers pass sp
//     through. When the deferred function is captured, its frame stands in for the sp: W.Capture calls DeferCaptured.
//   - Goexit is a panic that recover does not see.
package rtpanic
