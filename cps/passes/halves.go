package passes

import (
	"go/constant"
	"strings"

	"rtgen/cps/ir"
)

// This file decides which functions are cut in two where their authors wrote them for the inliner: a short way that
// reaches no safepoint, and the rest, which has the frame. gen prints the halves: see fast.go there.

// maxFast is how many statements the short way may have: more will not be inlined anyhow.
const maxFast = 8

// Halves is a function that is cut.
type Halves struct {
	Fast []ir.Stmt
	If   *ir.If // nil: what Fast lets through goes the slow way
	Not  bool   // the slow way is for when the condition does not hold
	Slow []ir.Stmt
}

// Cut decides whether and where to cut f; nil if it is not.
func Cut(f *ir.Func, col Colours) *Halves {
	if f.Class == ir.Verbatim || f.Defers != nil || f.Recovers || f.Env != nil || f.NoInline || f.Ref == nil || f.Sig == nil || f.Sig.Variadic() {
		return nil
	}
	for _, c := range f.Cells {
		if c != nil {
			return nil
		}
	}
	n := 0
	for n < len(f.Body) && !hasSite(f, f.Body[n], col) {
		n++
	}
	if n == len(f.Body) {
		return nil
	}
	h := &Halves{Fast: running(f.Body[:n]), Slow: f.Body[n:]}
	if s, ok := f.Body[n].(*ir.If); ok && len(s.Else) == 0 && len(f.Results) == 0 && empty(f.Body[n+1:]) {
		h.If, h.Slow = s, s.Then
	} else if !leaves(h.Fast) {
		return nil
	} else if last := len(h.Fast) - 1; len(f.Results) == 0 {
		if s, ok := h.Fast[last].(*ir.If); ok && len(s.Else) == 0 && empty(s.Then) {
			h.Fast, h.If, h.Not = h.Fast[:last], s, true
		}
	}
	size, plain := 0, true
	ir.Walk(h.Fast, func(s ir.Stmt) {
		size++
		plain = plain && ir.LocalOf(s) == nil
		switch s.(type) {
		case *ir.If, *ir.Return:
		case *ir.Assign, *ir.Call:
			// The second half has results of its own, so the first one may set none, nor a part of one.
			for _, r := range f.Results {
				plain = plain && !sets(s, r)
			}
		default:
			plain = false
		}
	}, nil)
	ir.Walk(f.Body, func(s ir.Stmt) {
		switch s.(type) {
		case *ir.Label, *ir.Goto:
			plain = false
		}
	}, func(e ir.Expr) {
		EachVar(e, func(_ *ir.Var, address bool) { plain = plain && !address })
	})
	if size > maxFast || !plain {
		return nil
	}
	return h
}

// MayTry reports whether callers of f call its halves by themselves: the first half tells them by a bool whether the second
// one is needed, which takes the arguments alone. So it is where the first half has a locked instruction, in front of which
// every store is waited for; elsewhere it would only make the callers too large for the host's inliner.
//
//	mu.Lock()      →      if mu.Lockʀtry(w, sp) {
//	                              … what the frame must hold …
//	                              mu.Lockʀslow(w, sp)
//	                      }
func MayTry(f *ir.Func, col Colours) bool {
	if f.Recv == nil || len(f.Results) > 0 {
		return false
	}
	h := Cut(f, col)
	if h == nil || h.If == nil {
		return false
	}
	may, lock := true, false
	ir.Walk(h.Slow, nil, func(e ir.Expr) {
		EachVar(e, func(v *ir.Var, _ bool) {
			ir.Walk(h.Fast, func(s ir.Stmt) { may = may && !sets(s, v) }, nil)
		})
	})
	ir.Walk(h.Fast, func(s ir.Stmt) {
		_, ret := s.(*ir.Return)
		may, lock = may && !ret, lock || locks(s)
	}, nil)
	return may && lock
}

// locks reports whether s calls what sync/atomic does with a locked instruction.
func locks(s ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	if !ok || c.Callee.Kind != ir.Static || c.Callee.Ref.Obj.Pkg() == nil || c.Callee.Ref.Obj.Pkg().Path() != "sync/atomic" {
		return false
	}
	return !strings.HasPrefix(c.Callee.Ref.Obj.Name(), "Load")
}

// Tries reports whether the direct form of s's function tries the first half of what it calls.
func Tries(s ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	if !ok || c.Callee.Kind != ir.Static || c.Callee.Ref.Func == nil || !c.Callee.Ref.Func.Try || c.Local != nil || c.Spread {
		return false
	}
	for _, e := range c.Args[1:] { // they are printed twice; the receiver may get a name
		switch e.(type) {
		case *ir.VarRef, *ir.Const:
		default:
			return false
		}
	}
	return true
}

// sets reports whether s, an assignment or a call, sets v or a part of it.
func sets(s ir.Stmt, v *ir.Var) bool {
	switch s := s.(type) {
	case *ir.Assign:
		for _, d := range s.Dst {
			if Root(d) == v {
				return true
			}
		}
	case *ir.Call:
		for _, d := range s.Dst {
			if d == v {
				return true
			}
		}
	}
	return false
}

// hasSite reports whether s, or a statement in it, reaches a safepoint.
func hasSite(f *ir.Func, s ir.Stmt, col Colours) bool {
	if never(s) {
		return false
	}
	found := false
	ir.Walk([]ir.Stmt{s}, func(s ir.Stmt) {
		_, site, err := siteClass(f, s, col)
		found = found || site || err != nil
	}, nil)
	return found
}

// never reports whether s is `if false { … }`.
func never(s ir.Stmt) bool {
	i, ok := s.(*ir.If)
	if !ok || len(i.Else) > 0 {
		return false
	}
	c, ok := i.Cond.(*ir.Const)
	return ok && c.Val != nil && c.Val.Kind() == constant.Bool && !constant.BoolVal(c.Val)
}

// running is list without what never runs.
func running(list []ir.Stmt) []ir.Stmt {
	var out []ir.Stmt
	for _, s := range list {
		if !never(s) {
			out = append(out, s)
		}
	}
	return out
}

// empty reports whether list does nothing.
func empty(list []ir.Stmt) bool {
	for _, s := range list {
		if r, ok := s.(*ir.Return); ok && len(r.Vals) == 0 || never(s) {
			continue
		}
		return false
	}
	return true
}

// leaves reports whether some way through list returns.
func leaves(list []ir.Stmt) bool {
	for _, s := range list {
		if i, ok := s.(*ir.If); ok && len(i.Else) == 0 && !never(s) && ir.EndsInReturn(i.Then) {
			return true
		}
	}
	return false
}
