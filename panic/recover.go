// This file is recover.

package rtpanic

import "rtgen/rtlib/abi"

// Recover is recover() in a direct form whose own sp is given.
func Recover(w *abi.W, sp abi.SP) any {
	p := innermost(w)
	if p == nil || p.DeferSP == 0 || p.Goexit || p.Recovered || !sameCall(w, p.DeferSP, sp) {
		return nil
	}
	of(p).recovered()
	return p.Value
}

// RecoverFrame is recover() in the state machine of captured frame h.
func RecoverFrame(w *abi.W, h *abi.Frame) any {
	p := innermost(w)
	if p == nil || p.DeferFrame != h || h == nil || p.Goexit || p.Recovered {
		return nil
	}
	of(p).recovered()
	return p.Value
}

func (p *record) recovered() {
	p.Recovered = true
	if p.lender != nil {
		p.lender.Recovered = true
	}
}

// Lend tells what the deferred call at sp, if it is one, may recover, so that its work can be done by another goroutine
// while its own waits. The result is nil if there is nothing to recover.
func Lend(w *abi.W, sp abi.SP) *Lent {
	p := innermost(w)
	if p == nil || p.DeferSP == 0 || p.Goexit || p.Recovered || !sameCall(w, p.DeferSP, sp) {
		return nil
	}
	return &Lent{from: of(p)}
}

// Lent is a panic that a second goroutine may recover.
type Lent struct{ from, to *record }

// Borrow makes the panic one of w's goroutine: the function called at sp may recover it.
func (l *Lent) Borrow(w *abi.W, sp abi.SP) {
	if l == nil {
		return
	}
	l.to = newRecord(w)
	l.to.Value, l.to.DeferSP, l.to.lender = l.from.Value, sp, l.from
	push(w, l.to)
}

// End is called when the second goroutine is done.
func (l *Lent) End() {
	if l != nil && l.to != nil {
		l.to.remove()
	}
}

// innermost is the panic that recover may see. One that has been recovered, for whose frame the rest of the list
// runs, is over for everybody.
func innermost(w *abi.W) *abi.Panic {
	p := w.G.Panic
	for p != nil && of(p).returning {
		p = p.Link
	}
	return p
}

// DeferredRecover is the thunk of `defer recover()`: it recovers if the function that deferred it
// is itself a deferred call under way, and is absent from tracebacks. The thunk's caller is that function.
func DeferredRecover(w *abi.W, sp abi.SP) {
	for sp > w.Base {
		fn := siteBelow(sp).Fn
		sp -= fn.Size
		if fn.Flags&abi.FuncWrapper == 0 {
			Recover(w, sp)
			return
		}
	}
	RecoverFrame(w, w.G.Frames)
}

// sameCall reports whether the function at sp is the one called at at, but for wrappers between.
func sameCall(w *abi.W, at, sp abi.SP) bool { return sp == at || sp > at && w.SameCall(at, sp) }

// siteBelow is the site of the call under way in the frame that ends at sp.
func siteBelow(sp abi.SP) *abi.Site { return *(**abi.Site)(pointer(sp - 8)) }
