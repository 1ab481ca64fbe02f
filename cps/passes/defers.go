package passes

import (
	"go/types"

	"rtgen/cps/ir"
)

// This file finds the functions whose list of deferred calls needs no heap: each of their defer statements runs at
// most once, so its node has a place in the frame. So has the closure that it calls, if it was made for it alone.
//
//	t = closure f.func1{n}    →    the closure's object is in the frame, and t is not used
//	defer t                   →    the node is in the frame

// A Deferral is a defer statement whose node is in the frame.
type Deferral struct {
	Index int
	Defer *ir.Defer
	Make  *ir.MakeClosure // what it calls, if that is in the frame too
}

// Func is the function that d calls, nil where that is not known.
func (d *Deferral) Func() *ir.Func {
	if d.Make == nil {
		return nil
	}
	return d.Make.Func
}

// Frames grow by a node and a closure for each: beyond this, the heap is cheaper.
const (
	maxDeferrals = 8
	maxCaptured  = 8 * 8 // bytes
)

// deferrals fills in p.Deferrals and p.DeferralOf.
func (p *Plan) deferrals() {
	p.Deferrals, p.DeferralOf = Deferrals(p.Fn), map[ir.Stmt]*Deferral{}
	for _, d := range p.Deferrals {
		p.DeferralOf[d.Defer] = d
		if d.Make != nil {
			p.DeferralOf[d.Make] = d
		}
	}
}

// Deferrals lists f's defer statements; it is nil if their nodes need the heap.
func Deferrals(f *ir.Func) []*Deferral {
	if f.Defers == nil {
		return nil
	}
	once := true
	labels := map[string]bool{}
	var list []*Deferral
	var visit func(ss []ir.Stmt, loop bool)
	visit = func(ss []ir.Stmt, loop bool) {
		for i, s := range ss {
			switch s := s.(type) {
			case *ir.Label:
				labels[s.Name] = true
			case *ir.Goto:
				once = once && !labels[s.Label]
			case *ir.If:
				visit(s.Then, loop)
				visit(s.Else, loop)
			case *ir.Loop:
				visit(s.Body, true)
				visit(s.Post, true)
			case *ir.Block:
				visit(s.Body, loop)
			case *ir.Switch:
				for _, c := range s.Cases {
					visit(c.Body, loop)
				}
				visit(s.Default, loop)
			case *ir.Defer:
				once = once && !loop
				d := &Deferral{Index: len(list), Defer: s}
				if i > 0 {
					if m, ok := ss[i-1].(*ir.MakeClosure); ok && m.Dst == s.Fn && captured(m.Func) <= maxCaptured {
						d.Make = m
					}
				}
				list = append(list, d)
			}
		}
	}
	visit(f.Body, false)
	uses := map[*ir.Var]int{}
	ir.Walk(f.Body, func(s ir.Stmt) {
		for _, v := range effectOf(s).uses {
			uses[v]++
		}
	}, func(e ir.Expr) {
		if b, ok := e.(*ir.Builtin); ok && b.Name == "DeferHead" { // somebody holds on to a node
			once = false
		}
	})
	if !once || len(list) > maxDeferrals {
		return nil
	}
	for _, d := range list {
		if d.Make != nil && uses[d.Defer.Fn] != 1 {
			d.Make = nil
		}
	}
	return list
}

func captured(f *ir.Func) int64 {
	n := int64(0)
	for _, c := range f.Captures {
		n += (Sizes.Sizeof(c.Type) + 7) &^ 7
	}
	return n
}

// Object is the closure's object as a struct, nil if it captures nothing.
func (d *Deferral) Object() *types.Struct {
	if d.Make == nil || d.Make.Func.Env == nil {
		return nil
	}
	return ir.ClosureType(d.Make.Func)
}

// Words is how many words d has in the frame, the link and the func value first, and which of them may hold pointers
// to elsewhere.
func (d *Deferral) Words() (n int, pointers []int) {
	o := d.Object()
	if o == nil {
		return 2, []int{1}
	}
	for _, w := range Words(o) {
		pointers = append(pointers, 2+int(w.Off/8))
	}
	return 2 + int(Sizes.Sizeof(o)+7)/8, pointers
}
