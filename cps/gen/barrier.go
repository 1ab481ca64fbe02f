package gen

import (
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file emits the write barrier: a store of pointers into memory that may be of the heap is
// followed by a call of abi.Dirty with its address.
//
//	p.next = q        p.next = q
//	                  abi.Dirty(unsafe.Pointer(&p.next))
//	p.q.r = x         { var ʀx T = x; ʀp := &p.q.r; *ʀp = ʀx; abi.Dirty(unsafe.Pointer(ʀp)) }
//	s[i], s[j] = …    abi.Dirty(unsafe.Pointer(&s[i])); abi.Dirty(unsafe.Pointer(&s[j]))
//	                  s[i], s[j] = …
//
// Globals are roots and local variables slots: they need none. Nor do objects that are surely young.

// barrier reports whether a store to d needs a barrier.
func barrier(d ir.Expr, src ir.Expr) bool {
	if d == nil || !passes.HasPointers(d.Type()) {
		return false
	}
	if c, ok := src.(*ir.Const); ok && (c.Val == nil || !isIface(d.Type())) {
		return false // nil, or a constant string
	}
	if s, ok := src.(*ir.Slice); ok && same(d, s.X) {
		return false // p.list = p.list[:n] leads where it led
	}
	_, through := passes.Place(d)
	return through
}

// same reports whether two expressions without calls are the same variable, or the same part of the same variable.
func same(x, y ir.Expr) bool {
	switch x := x.(type) {
	case *ir.VarRef:
		y, ok := y.(*ir.VarRef)
		return ok && x.V == y.V
	case *ir.GlobalRef:
		y, ok := y.(*ir.GlobalRef)
		return ok && x.Obj == y.Obj
	case *ir.Field:
		y, ok := y.(*ir.Field)
		return ok && x.Index == y.Index && same(x.X, y.X)
	case *ir.Deref:
		y, ok := y.(*ir.Deref)
		return ok && same(x.X, y.X)
	}
	return false
}

func isPointer(t types.Type) bool { _, ok := t.Underlying().(*types.Pointer); return ok }
func isIface(t types.Type) bool   { return types.IsInterface(t) }

// loads counts the loads from memory in e: an address that takes one may be another one after the store.
func loads(e ir.Expr) int {
	n := 0
	ir.WalkExpr(e, func(e ir.Expr) {
		switch x := e.(type) {
		case *ir.Field:
			if isPointer(x.X.Type()) {
				n++
			}
		case *ir.Index:
			if _, ok := x.X.Type().Underlying().(*types.Array); !ok {
				n++
			}
		case *ir.Deref, *ir.GlobalRef:
			n++
		}
	})
	return n
}

// assignment prints an assignment, with its barriers.
func (g *fn) assignment(s *ir.Assign, drop string) {
	fresh := g.plan.Fresh[s]
	if c, ok := s.Src[0].(*ir.Composite); ok && fresh == passes.Blank && g.fill(s.Dst[0], c) {
		return
	}
	var dirty []ir.Expr
	for i, d := range s.Dst {
		if fresh == 0 && barrier(d, s.Src[i]) {
			dirty = append(dirty, d)
		}
	}
	switch {
	case len(dirty) == 0:
		g.pf("%s%s", drop, g.assign(s))
	case len(s.Dst) == 1 && loads(dirty[0]) == 1:
		g.pf("%s", g.assign(s))
		g.dirty(g.addrOf(dirty[0]), dirty[0].Type())
	case len(s.Dst) == 1:
		t := s.Dst[0].Type()
		g.pf("{\nvar ʀx %s = %s\nʀp := %s\n*ʀp = ʀx", g.names.Type(t), g.exprAs(s.Src[0], t), g.addrOf(dirty[0]))
		g.dirty("ʀp", dirty[0].Type())
		g.pf("}")
	default:
		for _, d := range dirty {
			g.dirty(g.addrOf(d), d.Type())
		}
		g.pf("%s", g.assign(s))
	}
}

// addrOf prints the address of d.
func (g *fn) addrOf(d ir.Expr) string {
	if x, ok := d.(*ir.Deref); ok {
		return g.expr(x.X)
	}
	return "&" + g.operand(d, precUnary)
}

func (g *fn) dirty(p string, t types.Type) {
	if n := passes.Sizes.Sizeof(t); n > 8*8 {
		g.pf("%s.DirtyRange(%s.Pointer(%s), %d)", g.abi(), g.unsafe(), p, n)
		return
	}
	g.pf("%s.Dirty(%s.Pointer(%s))", g.abi(), g.unsafe(), p)
}
