// This file takes panics on from the worker's loop, through captured frames, to the program's end.

package rtpanic

import "rtgen/rtlib/abi"

// Raised is called by the worker's loop with what the host's recover returned there, while the frames that
// panicked are still on both stacks. The worker then drops captured frames up to the first whose
// function defers, and resumes that one with w.Raise set to the result.
func Raised(w *abi.W, r any) *abi.Panic {
	p := begun(w, r)
	if p == nil {
		p, _ = begin(w, w.Base, r)
	}
	p.raised = false
	p.snapshot(w, w.G.Frames)
	return &p.Panic
}

// Uncaught is called when no captured frame is left to handle p. It returns if p is a Goexit: the goroutine is over. Otherwise it
// ends the program; unless the Error method of the panic's value suspends: it then returns with w.Unwind set, and the
// program ends when the goroutine resumes.
func Uncaught(w *abi.W, p *abi.Panic) {
	if !p.Goexit {
		preprint(w, w.Base, of(p))
		return
	}
	for w.G.Panic != nil {
		of(w.G.Panic).drop(w)
	}
}
