package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file finds conversions between strings and bytes that need no copy, since the result is only read,
// and before anything can change the original. They are gc's:
//
//	string(b) == x   switch string(b) { case "a": … }   m[string(b)]   m[T{string(b), 1}]   "a" + string(b)
//	for i, c := range []byte(s)

// view is string(bytes) that shares the bytes; e is the conversion.
func (b *fn) view(e *ast.CallExpr) ir.Expr {
	x, t := b.expr(e.Args[0]), b.typeOf(e)
	return b.late(t, func() ir.Expr { return b.shared(b.settle(x), t) })
}

// viewed lowers e, a string that is only read, and at once.
func (b *fn) viewed(e ast.Expr) ir.Expr {
	if !b.copies(e) {
		return b.expr(e)
	}
	return b.shared(b.settle(b.expr(ast.Unparen(e).(*ast.CallExpr).Args[0])), b.typeOf(e))
}

// shared is a string of type t over the bytes of x.
func (b *fn) shared(x ir.Expr, t types.Type) ir.Expr {
	s := ref(b.tempFor(x))
	data := builtin("unsafe.SliceData", types.NewPointer(types.Typ[types.Byte]), b.plain(s, typBytes))
	return b.plain(builtin("unsafe.String", typString, data, builtin("len", typInt, s)), t)
}

// viewedBytes lowers e, a slice that is only read, of which []byte(s) shares the string.
func (b *fn) viewedBytes(e ast.Expr) ir.Expr {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || !b.info.Types[c.Fun].IsType() || !isString(b.typeOf(c.Args[0])) ||
		!types.Identical(b.typeOf(e).Underlying(), typBytes) {
		return b.expr(e)
	}
	s := ref(b.tempFor(b.settle(b.convert(b.expr(c.Args[0]), typString))))
	data := builtin("unsafe.StringData", types.NewPointer(types.Typ[types.Byte]), s)
	return builtin("unsafe.Slice", typBytes, data, builtin("len", typInt, s))
}

// copies reports whether e is string(bytes).
func (b *fn) copies(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && b.info.Types[e].Value == nil && b.info.Types[c.Fun].IsType() && isString(b.typeOf(e)) && isElem(b.typeOf(c.Args[0]), types.Uint8)
}

// viewKey marks the conversions in the key e, of type t, of a lookup.
func (b *fn) viewKey(e ast.Expr, t types.Type) {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if isString(t) && b.copies(e) {
			b.markView(e)
		}
	case *ast.CompositeLit:
		for i, x := range e.Elts {
			kv, keyed := x.(*ast.KeyValueExpr)
			if keyed {
				x = kv.Value
			}
			switch u := t.Underlying().(type) {
			case *types.Array:
				b.viewKey(x, u.Elem())
			case *types.Struct:
				if keyed {
					i = fieldIndex(u, kv.Key.(*ast.Ident).Name, b.src.Types)
				}
				b.viewKey(x, u.Field(i).Type())
			}
		}
	}
}

// viewParts marks the conversions among the operands of the concatenation e. Without a constant among them the
// result might be one of the operands itself.
func (b *fn) viewParts(e ast.Expr) {
	var found []*ast.CallExpr
	constant := false
	var walk func(e ast.Expr)
	walk = func(e ast.Expr) {
		e = ast.Unparen(e)
		if v := b.info.Types[e].Value; v != nil {
			constant = constant || v.ExactString() != `""`
		} else if x, ok := e.(*ast.BinaryExpr); ok && x.Op == token.ADD {
			walk(x.X)
			walk(x.Y)
		} else if b.copies(e) {
			found = append(found, e.(*ast.CallExpr))
		}
	}
	walk(e)
	if constant {
		for _, c := range found {
			b.markView(c)
		}
	}
}

func (b *fn) markView(c *ast.CallExpr) {
	if b.views == nil {
		b.views = map[*ast.CallExpr]bool{}
	}
	b.views[c] = true
}

// constCases reports whether the cases of s are constants.
func (b *fn) constCases(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			if b.info.Types[e].Value == nil {
				return false
			}
		}
	}
	return true
}
