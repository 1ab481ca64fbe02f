package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// This file finds loops that divide what they compare:
//
//	for u >= 10 { next := u / 10; …; u = next }     twenty rounds at most
//	for n != 0 { n >>= 1 }                          for ever, if n is -1

// shrinks reports whether each round divides what the condition compares with a constant, or shifts it to the right.
func (b *fn) shrinks(s *ast.ForStmt) bool {
	for _, c := range conjuncts(s.Cond, nil) {
		v, limit := b.use.obj(c.X), b.info.Types[c.Y].Value
		if v == nil || limit == nil || b.use.vars[v].cell() {
			continue
		}
		t, ok := b.env.typ(v.Type()).Underlying().(*types.Basic)
		if !ok || t.Info()&types.IsInteger == 0 {
			continue
		}
		shift := true // -1 stays -1 when it is shifted
		switch sign := constant.Sign(limit); c.Op {
		case token.GTR:
			ok = sign >= 0
		case token.GEQ:
			ok = sign > 0
		case token.NEQ:
			ok, shift = sign == 0, t.Info()&types.IsUnsigned != 0
		default:
			ok = false
		}
		if ok && b.divides(s, v, shift) {
			return true
		}
	}
	return false
}

// divides reports whether each round assigns v once, and a fraction of itself.
func (b *fn) divides(s *ast.ForStmt, v *types.Var, shift bool) bool {
	inBody, inPost := b.assignments(s.Body, v), 0
	if s.Post != nil {
		inPost = b.assignments(s.Post, v)
	}
	if inBody+inPost != 1 {
		return false
	}
	list := s.Body.List
	if inPost == 1 {
		list = []ast.Stmt{s.Post}
	}
	fractions := map[*types.Var]bool{} // variables that hold a fraction of v
	for _, st := range list {
		if a, ok := st.(*ast.AssignStmt); ok && len(a.Lhs) == 1 {
			l := b.use.obj(a.Lhs[0])
			smaller := false
			switch a.Tok {
			case token.QUO_ASSIGN, token.SHR_ASSIGN:
				smaller = l == v && b.fraction(a.Tok, a.Rhs[0], shift)
			case token.ASSIGN, token.DEFINE:
				r := b.use.obj(a.Rhs[0])
				if x, ok := ast.Unparen(a.Rhs[0]).(*ast.BinaryExpr); ok && b.use.obj(x.X) == v {
					smaller = b.fraction(x.Op, x.Y, shift)
				} else if r != nil {
					smaller = fractions[r] && b.assignments(s.Body, r) == 1
				}
			}
			if l == v {
				return smaller
			}
			fractions[l] = smaller
		}
		if continues(st) {
			return false
		}
	}
	return false
}

// fraction reports whether x op y, or x op= y, is at most half of x.
func (b *fn) fraction(op token.Token, y ast.Expr, shift bool) bool {
	n := b.info.Types[y].Value
	if n == nil || n.Kind() != constant.Int {
		return false
	}
	switch op {
	case token.QUO, token.QUO_ASSIGN:
		return constant.Compare(n, token.GEQ, constant.MakeInt64(2))
	case token.SHR, token.SHR_ASSIGN:
		return shift && constant.Sign(n) > 0
	}
	return false
}

// assignments counts the statements in n that assign v.
func (b *fn) assignments(n ast.Node, v *types.Var) int {
	count := 0
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if b.use.obj(l) == v {
					count++
				}
			}
		case *ast.IncDecStmt:
			if b.use.obj(n.X) == v {
				count++
			}
		}
		return true
	})
	return count
}
