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
func (b *fn) indexes(body []ast.Stmt, stepped map[*types.Var]bool) bool {
	for _, s := range body {
		if b.indexed(s, stepped) {
			return true
		}
		if continues(s) {
			return false
		}
	}
	return false
}

// indexed reports whether executing n surely indexes or slices by a stepped variable.
func (b *fn) indexed(n ast.Node, stepped map[*types.Var]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			found = found || b.isMemory(n.X) && b.linear(n.Index, stepped)
		case *ast.SliceExpr:
			for _, e := range []ast.Expr{n.Low, n.High} {
				found = found || e != nil && b.linear(e, stepped)
			}
		case *ast.BinaryExpr:
			if n.Op == token.LOR || n.Op == token.LAND {
				found = found || b.indexed(n.X, stepped)
				return false
			}
		case *ast.IfStmt:
			found = found || n.Init != nil && b.indexed(n.Init, stepped) || b.indexed(n.Cond, stepped)
			return false
		case *ast.SwitchStmt:
			found = found || n.Init != nil && b.indexed(n.Init, stepped) || n.Tag != nil && b.indexed(n.Tag, stepped)
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
func (b *fn) linear(e ast.Expr, stepped map[*types.Var]bool) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return stepped[b.use.obj(e)]
	case *ast.BinaryExpr:
		switch e.Op {
		case token.ADD, token.SUB, token.MUL:
			return b.linear(e.X, stepped) != b.linear(e.Y, stepped)
		case token.SHL:
			return b.linear(e.X, stepped)
		}
	case *ast.CallExpr:
		if t, ok := b.typeOf(e).Underlying().(*types.Basic); ok && b.info.Types[e.Fun].IsType() && !narrow(t) {
			return b.linear(e.Args[0], stepped)
		}
	}
	return false
}
