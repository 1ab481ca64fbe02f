package build

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file finds loops whose rounds memory bounds: each uses another index.
//
//	for i := 0; i < n; i++ { s[n-i-1] = 0 }                 an index
//	for i := 0; i < n; i++ { if i < 3 { s[i] = 0 } }        not in every round
//	for i := 0; i < n; i++ { s[i&7] = 0 }                   not another one each

// indexes reports whether every round of a loop with this body uses a stepped variable as an index.
func (b *fn) indexes(body []ast.Stmt, moved steps) bool {
	for _, s := range body {
		if b.indexed(s, moved) {
			return true
		}
		if continues(s) {
			return false
		}
	}
	return false
}

// indexed reports whether executing n surely indexes or slices by a stepped variable.
func (b *fn) indexed(n ast.Node, moved steps) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			found = found || b.isMemory(n.X) && b.linear(n.Index, moved)
		case *ast.SliceExpr:
			for _, e := range []ast.Expr{n.Low, n.High} {
				found = found || e != nil && b.linear(e, moved)
			}
		case *ast.BinaryExpr:
			if n.Op == token.LOR || n.Op == token.LAND {
				found = found || b.indexed(n.X, moved)
				return false
			}
		case *ast.IfStmt:
			found = found || n.Init != nil && b.indexed(n.Init, moved) || b.indexed(n.Cond, moved)
			return false
		case *ast.SwitchStmt:
			found = found || n.Init != nil && b.indexed(n.Init, moved) || n.Tag != nil && b.indexed(n.Tag, moved)
			return false
		case *ast.FuncLit, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return false
		}
		return !found
	})
	return found
}

// isMemory reports whether indexing e is bounded by memory.
func (b *fn) isMemory(e ast.Expr) bool {
	if !b.info.Types[e].IsValue() {
		return false
	}
	t := b.typeOf(e).Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	switch t := t.(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Basic:
		return t.Info()&types.IsString != 0
	}
	return false
}

// linear reports whether e takes as many values as a stepped variable: i, n-i, 2*i+1.
func (b *fn) linear(e ast.Expr, moved steps) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v := b.use.obj(e)
		if moved[v] == 0 {
			return false
		}
		t, ok := b.env.typ(v.Type()).Underlying().(*types.Basic)
		return ok && !narrow(t) // those come round again
	case *ast.BinaryExpr:
		switch e.Op {
		case token.ADD, token.SUB, token.MUL:
			return b.linear(e.X, moved) != b.linear(e.Y, moved)
		case token.SHL:
			return b.linear(e.X, moved)
		}
	case *ast.CallExpr:
		if t, ok := b.typeOf(e).Underlying().(*types.Basic); ok && b.info.Types[e.Fun].IsType() && !narrow(t) {
			return b.linear(e.Args[0], moved)
		}
	}
	return false
}
