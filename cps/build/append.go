package build

import (
	"go/ast"
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file finds appends that extend a variable in place, as stock's compiler does: the slice is stored when it
// grew, and otherwise only its length.
//
//	p.list = append(p.list, x)    s = p.list; if cap(s)-len(s) < 1 { s = Grow(s, 1); p.list = s }
//	                              s = s[:n+1]; p.list = p.list[:n+1]; s[n] = x

// appendsTo reports whether lhs = rhs is such an append, of the place lv, and notes it in inPlace.
func (b *fn) appendsTo(lhs, rhs ast.Expr, lv ir.Expr) bool {
	c, ok := ast.Unparen(rhs).(*ast.CallExpr)
	if _, local := lv.(*ir.VarRef); !ok || lv == nil || local || len(c.Args) < 2 || !b.info.Types[ast.Unparen(c.Fun)].IsBuiltin() {
		return false
	}
	if b.builtinID(c) != "append" || b.madeSlice(c) != nil || !b.same(lhs, c.Args[0]) {
		return false
	}
	if c.Ellipsis.IsValid() { // the elements are stored last: they must not overwrite the slice
		if b.info.Types[c.Args[1]].IsNil() || passes.HasPointers(lv.Type().Underlying().(*types.Slice).Elem()) {
			return false
		}
	}
	if b.inPlace == nil {
		b.inPlace = map[*ast.CallExpr]ir.Expr{}
	}
	b.inPlace[c] = lv
	return true
}

// same reports whether x and y are the same variable, or the same field of the same variable: evaluating them again
// has no effect and gives the same place.
func (b *fn) same(x, y ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		y, ok := ast.Unparen(y).(*ast.Ident)
		v, isVar := b.info.Uses[x].(*types.Var)
		return ok && isVar && b.info.Uses[y] == v
	case *ast.SelectorExpr:
		y, ok := ast.Unparen(y).(*ast.SelectorExpr)
		if !ok || b.info.Uses[x.Sel] != b.info.Uses[y.Sel] {
			return false
		}
		_, isVar := b.info.Uses[x.Sel].(*types.Var)
		return isVar && (b.info.Selections[x] == nil || b.same(x.X, y.X))
	case *ast.StarExpr:
		y, ok := ast.Unparen(y).(*ast.StarExpr)
		return ok && b.same(x.X, y.X)
	}
	return false
}
