package gen

import (
	"fmt"
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file prints allocations that do not escape: in the frame, or in a variable of the host where there
// is no frame.
//
//	p = rt.New[T](w, sp, &ʀlay_0)   →   fr.o0 = T{}; p = &fr.o0

// object names the memory of s.
func (g *fn) object(s ir.Stmt) string {
	if g.plan.Frame {
		for i, o := range g.plan.Objects {
			if o.Stmt == s {
				return fmt.Sprintf("fr.o%d", i)
			}
		}
		g.fail("%s: an object without a place", s.Position())
	}
	g.objects = append(g.objects, s)
	return fmt.Sprintf("ʀo%d", len(g.objects)-1)
}

// objectType spells the type of the memory of s.
func (g *fn) objectType(s ir.Stmt) string {
	if c, ok := s.(*ir.MakeClosure); ok {
		return "ʀclo_" + g.id(c.Func)
	}
	return g.names.Type(ir.LocalOf(s).Type)
}

// local prints the allocation s.
func (g *fn) local(s *ir.Call) {
	o := g.object(s)
	dst := g.set(s.Dst[0])
	g.at(s)
	switch s.Callee.Prim.Name {
	case "New":
		g.clear(o, s)
		g.pf("%s = &%s", dst, o)
	case "MakeSlice":
		g.clear(o, s)
		g.pf("%s = %s[:%s]", dst, o, g.expr(s.Args[1]))
	case "Box":
		if passes.HasPointers(s.Local.Type) {
			g.clear(o, s)
		}
		g.pf("%s = %s.BoxAt[%s](&%s, %s, %s)", dst, g.rt(), g.names.Type(s.Callee.TArgs[0]), o, g.expr(s.Args[1]), g.exprAs(s.Args[2], s.Local.Type))
	}
	g.stores(s)
}

// localCopy prints the allocation s and the store that follows as one, where the memory is the host's variable, and reports
// whether it did:
//
//	ʀo0 = T{}; p = &ʀo0; *p = x   →   ʀo0 = x; p = &ʀo0
func (g *fn) localCopy(s, next ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	if !ok || g.plan.Frame || c.Local == nil || c.Allocates() || c.Callee.Prim.Name != "New" {
		return false
	}
	a, ok := next.(*ir.Assign)
	if !ok || a.Op != 0 || len(a.Dst) != 1 {
		return false
	}
	d, ok := a.Dst[0].(*ir.Deref)
	if !ok || !types.Identical(d.Type(), c.Local.Type) {
		return false
	}
	p, ok := d.X.(*ir.VarRef)
	x, plain := a.Src[0].(*ir.VarRef)
	if !ok || !plain || p.V != c.Dst[0] || x.V == p.V {
		return false
	}
	o := g.object(s)
	g.at(s)
	g.pf("%s = %s", o, g.expr(x))
	g.pf("%s = &%s", g.set(p.V), o)
	return true
}

// clear zeroes the memory of s. In a frame it is not seen as pointers: the host's write barrier would look at
// what they were, and there may be anything.
func (g *fn) clear(o string, s ir.Stmt) {
	t := ir.LocalOf(s).Type
	if g.plan.Frame && passes.HasPointers(t) {
		words := fmt.Sprintf("[%d]uintptr", passes.Sizes.Sizeof(t)/8)
		g.pf("*(*%s)(%s.Pointer(&%s)) = %s{}", words, g.unsafe(), o, words)
		return
	}
	g.pf("%s = %s", o, g.exprAs(&ir.Const{Typed: ir.Typed{T: t}}, t))
}
