package build

import (
	"go/ast"
	"go/token"
	"go/types"
)

// This file decides which loops poll at their back edge. A loop that ranges over a value and one
// that counts need not, if nothing in them loops:
//
//	for i := 0; i < n; i++ { … }            no poll
//	for i, j := 0, n; i < j; i, j = i+1, j-1 { … }
//	for i := 0; i < n; i++ { n++ }          polls: it may never end
//	for p != nil { p = p.next }             polls

// short reports whether a loop needs no poll: its condition compares variables that only its post
// statement moves, by steps, and nothing in it loops.
func (b *fn) short(s *ast.ForStmt) bool {
	return s.Cond != nil && s.Post != nil && !loops(s.Body) &&
		b.runsOut(s.Cond, b.stepped(s.Post), analyse(b.info, "", s.Body))
}

// runsOut reports whether e becomes false by steps alone: it compares a stepped variable, and body assigns nothing that
// it compares. Of x && y one is enough.
func (b *fn) runsOut(e ast.Expr, stepped map[*types.Var]bool, body *usages) bool {
	c, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch c.Op {
	case token.LAND:
		return b.runsOut(c.X, stepped, body) || b.runsOut(c.Y, stepped, body)
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
	default:
		return false
	}
	counts := false
	for n := range ast.Preorder(c) {
		id, ok := n.(*ast.Ident)
		if !ok {
			continue
		}
		v := b.use.obj(id)
		if v == nil {
			continue
		}
		if u := body.vars[v]; u != nil && u.assigned || b.use.vars[v].cell() {
			return false
		}
		counts = counts || stepped[v]
	}
	return counts
}

// stepped returns the local variables that a post statement moves by a step: i++, i += d,
// i, j = i+1, j-1. There are none if it does anything else.
func (b *fn) stepped(post ast.Stmt) map[*types.Var]bool {
	moved := map[*types.Var]bool{}
	switch p := post.(type) {
	case *ast.IncDecStmt:
		moved[b.use.obj(p.X)] = true
	case *ast.AssignStmt:
		for i, l := range p.Lhs {
			v := b.use.obj(l)
			switch p.Tok {
			case token.ADD_ASSIGN, token.SUB_ASSIGN:
			case token.ASSIGN:
				if len(p.Rhs) != len(p.Lhs) || !b.steps(v, p.Rhs[i]) {
					return nil
				}
			default:
				return nil
			}
			moved[v] = true
		}
	}
	delete(moved, nil)
	return moved
}

// steps reports whether e is v+d or v-d.
func (b *fn) steps(v *types.Var, e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && v != nil && (x.Op == token.ADD || x.Op == token.SUB) && b.use.obj(x.X) == v
}

// loops reports whether a loop or a goto stands in body.
func loops(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}
