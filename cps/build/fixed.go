package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file finds package-level pointers that never change, so that initialisers which mention them can be static:
//
//	var file = &File{Name: "std"}          static
//	var node = &Node{File: file, Line: 1}  static as well, since nothing assigns to file or takes its address

// fixed reports whether v is a pointer of the package that holds one address from the start and for ever.
func (u *unit) fixed(v *types.Var) bool {
	g := u.globals[v]
	if g == nil || v.Pkg() != u.src.Types || v.Exported() || u.vars[v] != nil || len(u.src.Assembly) > 0 {
		return false
	}
	switch g.Init.(type) {
	case *ir.Addr, *ir.StaticAddr:
		return !u.changed()[v]
	}
	return false
}

// changed is the set of the package's variables that a statement assigns to, or whose address is taken.
func (u *unit) changed() map[*types.Var]bool {
	if u.changes != nil {
		return u.changes
	}
	u.changes = map[*types.Var]bool{}
	mark := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := ast.Unparen(e).(*ast.Ident); ok {
				if v, ok := u.src.Info.Uses[id].(*types.Var); ok {
					u.changes[v] = true
				}
			}
		}
	}
	for _, f := range u.src.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				mark(n.Lhs...)
			case *ast.RangeStmt:
				if n.Tok == token.ASSIGN {
					mark(n.Key, n.Value)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					mark(n.X)
				}
			}
			return true
		})
	}
	return u.changes
}
