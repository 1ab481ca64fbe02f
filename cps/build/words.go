package build

import (
	"go/ast"
	"go/types"
	"strings"

	"rtgen/cps/ir"
)

// This file lowers what takes a reflect.Type apart by unsafe. Programs do so to get at the type word that an
// interface holds for the type:
//
//	(*struct{ tab, word unsafe.Pointer })(unsafe.Pointer(&t)).word
//
// But our reflect.Type holds a descriptor of its own, and interfaces hold the host's. So what is read is a copy of t's
// words with the host's in it. A package that links to functions of reflect hands them what it read, and they want
// the descriptor: there nothing changes.

// through lowers what a selector, an index or a * stands behind.
func (b *fn) through(e ast.Expr) ir.Expr {
	if x, ok := b.typeWords(e); ok {
		return x
	}
	return b.expr(e)
}

// typeWords lowers e if it is the conversion of unsafe.Pointer(&t), t a reflect.Type, to another pointer.
func (b *fn) typeWords(e ast.Expr) (ir.Expr, bool) {
	if b.src.Standard || b.writes {
		return nil, false
	}
	to, ok := b.converted(e)
	if !ok {
		return nil, false
	}
	p, ok := b.typeOf(e).Underlying().(*types.Pointer)
	if !ok || isInterface(p.Elem()) {
		return nil, false
	}
	word, ok := b.converted(to)
	if !ok || !isUnsafePointer(b.typeOf(to)) {
		return nil, false
	}
	at, ok := ast.Unparen(word).(*ast.UnaryExpr)
	if !ok {
		return nil, false
	}
	t, ok := types.Unalias(b.typeOf(at.X)).(*types.Named)
	if !ok || t.Obj().Pkg() == nil || t.Obj().Pkg().Path() != "reflect" || t.Obj().Name() != "Type" || b.p.linksReflect(b.src) {
		return nil, false
	}
	f := t.Obj().Pkg().Scope().Lookup("typeWords").(*types.Func)
	x := b.emitCall(ir.Callee{Kind: ir.Static, Ref: b.p.ref(f, nil)}, []ir.Expr{b.settle(b.expr(at.X))}, false, []types.Type{f.Signature().Results().At(0).Type()})
	return &ir.Conv{X: &ir.Conv{X: x[0], Typed: ir.Typed{T: types.Typ[types.UnsafePointer]}}, Typed: ir.Typed{T: b.typeOf(e)}}, true
}

// converted is the operand of e if that is a conversion.
func (b *fn) converted(e ast.Expr) (ast.Expr, bool) {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(c.Args) != 1 || !b.info.Types[c.Fun].IsType() {
		return nil, false
	}
	return c.Args[0], true
}

// linksReflect reports whether a package has linkname directives that name symbols of reflect.
func (p *program) linksReflect(s *Source) bool {
	for _, f := range s.Files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if w := strings.Fields(c.Text); len(w) == 3 && w[0] == "//go:linkname" && strings.HasPrefix(w[2], "reflect.") {
					return true
				}
			}
		}
	}
	return false
}
