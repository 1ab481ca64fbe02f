// This file takes panics from the worker's loop on through captured frames.

package rtpanic

import "rtgen/rtlib/abi"

// Raise is called by the worker's loop with what the host's recover returned there, never nil. It drops the goroutine's captured
// frames up to the first whose function defers, sets w.Raise for it and reports true: the worker
// goes on as if guest code had just returned (w.Unwind may be set), and resumes w.G.Frames. It reports false if the goroutine is
// over (Goexit). A panic that no frame defers for ends the program, unless the value's Error method suspends: then
// Raise reports true and the program ends later, in a frame left for that.
func Raise(w *abi.W, r any) (resume bool) {
	w.Unwind, w.Tail = abi.Running, nil
	p := begun(r)
	if p == nil {
		p = begin(w, w.Base, r)
	}
	for f := w.G.Frames; f != nil; f = f.Caller {
		if f.Fn.Defers {
			p.snapshot(w)
			w.G.Frames = f
			w.Raise = &p.Panic
			return true
		}
	}
	if p.Goexit {
		w.G.Frames = nil
		for w.G.Panic != nil {
			of(w.G.Panic).drop(w)
		}
		return false
	}
	p.snapshot(w)
	w.G.Frames = nil
	return uncaught(w, w.Base, p)
}
