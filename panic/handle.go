// This file runs deferred calls for a panic: in a native handler, and in a captured frame.

package rtpanic

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

// Panicking reports whether the host panic that a handler has before it is a guest panic. If not, the host raised it, and
// only the host's recover has it.
func Panicking(w *abi.W) bool { return w.G.Panic != nil && of(w.G.Panic).raised }

// Handle is called by the host-level deferred closure of a direct form that has not returned. r is nil if the panic is a
// guest panic, otherwise what the host's recover returned there. callee is the free stack behind the function's frame,
// site its site with State abi.DeferState, list the frame's word that heads its list of *abi.Defer.
//
// If it returns true, nobody recovered: the closure returns, and the host panic, which goes on all the while, takes the
// guest panic, perhaps another one now, to the next handler. It is recovered once, where the guest recovers, and not raised
// anew by each frame: the host looks at all frames between a panic and where it began.
//
// Otherwise the closure ends the host panic by the host's recover. If w.Unwind != 0, a deferred call suspended: the closure
// captures the frame as behind any call (the site is stored already) and returns. If not, the panic was recovered and all
// deferred calls are done: the function returns its results' current values.
func Handle(w *abi.W, callee abi.SP, site *abi.Site, list *uintptr, r any) (on bool) {
	p := of(w.G.Panic)
	if r != nil {
		setSite(callee, site) // the frame's own may be stale: the host's errors come without one
		var at *abi.Site
		if p, at = begin(w, callee, r); at != nil {
			setSite(callee, at)
		}
	}
	if p = run(w, p, callee, nil, site, list); p != nil {
		if r != nil { // the host's recover has ended the host panic
			panic(&p.Panic)
		}
		return true
	}
	if w.Unwind != abi.Running {
		for q := of(w.G.Panic); q != nil && q.top >= callee; q = q.link() {
			if q.Handler == nil {
				q.HandlerEnd = callee
			}
		}
		setSite(callee, site) // not sooner: until then the frame's own site shows which call panicked
	}
	return false
}

// HandleFrame is Handle for captured frame h, called by its state machine. Not nil, r is what the host's recover
// returned in the state machine's own handler. Otherwise the state machine has just been resumed, because a panic reached its frame
// (w.Raise is set; it is cleared) or because the deferred call that suspended has returned. sp is the free stack that the state
// machine got. If HandleFrame returns with w.Unwind != 0, the state machine recaptures h and returns; otherwise
// it returns the results' current values. Before panicking on, HandleFrame takes h off w.G.Frames.
func HandleFrame(w *abi.W, sp abi.SP, h *abi.Frame, site *abi.Site, list *uintptr, r any) {
	word := (**abi.Site)(unsafe.Add(h.Body(), h.Fn.Size-8))
	var p *record
	switch {
	case r != nil:
		if p = begun(w, r); p == nil {
			*word = site
			var at *abi.Site
			if p, at = begin(w, sp, r); at != nil {
				*word = at
			}
		}
		if p.top == w.Base {
			p.Handler = h
		}
	case w.Raise != nil:
		p = of(w.Raise)
		w.Raise = nil
		p.top = sp // the frames that panicked are gone
		p.handledBy(h)
		if h.Site().State == abi.DeferState {
			replace(w, p, handledBelow(p))
		}
	default:
		p = of(w.G.Panic)
		p.top = sp
		p.handledBy(h)
		p = settle(w, p, sp)
	}
	if p = run(w, p, sp, h, site, list); p != nil {
		panic(&p.Panic)
	}
	if w.Unwind != abi.Running {
		*word = site
	}
}

// handledBelow returns the panic that a frame was handling when p replaced it: the newest one below p
// that no inner frame has dropped already.
func handledBelow(p *record) *record {
	q := p.link()
	for q != nil && q.Aborted {
		q = q.link()
	}
	return q
}

// replace notes that p came out of a deferred call that ran for old.
func replace(w *abi.W, p, old *record) {
	if old == nil {
		return
	}
	if !old.returning { // still to be printed, and perhaps a Goexit to go on with
		old.Aborted = true
		return
	}
	for q := &p.Panic; q != nil; q = q.Link {
		if q.Link == &old.Panic {
			q.Link = old.Link
			old.free(w)
			return
		}
	}
}

// settle returns the panic to go on with after a deferred call for p has returned: p itself, marked as returning
// if it has been recovered, or a Goexit that a recovered panic would have cut short. callee is as in run.
func settle(w *abi.W, p *record, callee abi.SP) *record {
	if !p.Recovered || p.returning {
		return p
	}
	for q := p.link(); q != nil && q.Aborted; q = q.link() {
		if q.Goexit {
			for w.G.Panic != &q.Panic {
				of(w.G.Panic).drop(w)
			}
			q.Aborted = false
			q.top = callee
			return q
		}
	}
	for q := p.link(); q != nil && q.Aborted; q = p.link() {
		p.Link = q.Link
		q.free(w)
	}
	p.returning = true
	p.DeferSP, p.DeferFrame = 0, nil
	return p
}

// drop removes p, the innermost panic.
func (p *record) drop(w *abi.W) {
	w.G.Panic = p.Link
	p.free(w)
}

// run runs the list for p. callee is the free stack behind the deferring frame. h is that frame if it is
// captured. It returns the panic that goes on, nil if there is none or if a deferred call suspended.
func run(w *abi.W, p *record, callee abi.SP, h *abi.Frame, site *abi.Site, list *uintptr) (on *record) {
	p.raised = false
	frames := w.G.Frames // below; while a deferred call is being captured, its frames are listed there
	for *list != 0 {
		at := p.top
		if p.returning {
			at = callee
			if h == nil {
				setSite(callee, site)
			}
		}
		if p.pending != "" {
			materialise(w, at, p)
		}
		d := (*abi.Defer)(pointer(*list))
		*list = uintptr(unsafe.Pointer(d.Link))
		if !p.returning {
			p.DeferSP, p.DeferFrame = at, nil
		}
		if q := protect(w, at, d.Fn); q != nil {
			replace(w, q, p)
			p = q
			p.raised = false
			continue
		}
		if w.Unwind != abi.Running {
			for q := of(w.G.Panic); q != nil; q = q.link() {
				q.snapshot(w, frames)
			}
			return nil
		}
		p = settle(w, p, callee)
	}
	if p.returning {
		p.drop(w)
		return nil
	}
	if h != nil {
		p.snapshot(w, frames)
		w.Return(h)
	}
	p.raised = true
	return p
}

// protect calls fn under a host recover of its own and returns the panic that came out of it.
func protect(w *abi.W, sp abi.SP, fn func(*abi.W, abi.SP)) (p *record) {
	done := false
	defer func() {
		if done {
			return
		}
		r := recover()
		if p = begun(w, r); p == nil {
			p, _ = begin(w, sp, r) // while the host's stack shows where it comes from
		}
	}()
	fn(w, sp)
	done = true
	return nil
}

// setSite writes the site word of the frame that ends at sp.
func setSite(sp abi.SP, site *abi.Site) { *(*uintptr)(pointer(sp - 8)) = uintptr(unsafe.Pointer(site)) }

// pointer makes a pointer of an address outside the host's heap.
func pointer(a uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&a)) }
