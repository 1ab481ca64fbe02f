package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// This file decides which loops poll in each round. One whose rounds are surely few, or no more than memory has cells,
// need not, if nothing in it loops:
//
//	for i := range s { … }                                      no poll
//	for i := 0; i < len(s); i++ { … }                           no poll
//	for i, j := 0, n; i < j; i, j = i+1, j-1 { s[i] = s[j] }    no poll: s has no more than memory holds
//	for u >= 10 { u /= 10 }                                     no poll: twenty rounds at most
//	for i := 0; i < n; i++ { sum += i }                         polls: n may be anything
//	for i := 0; i < n; i++ { n++ }                              polls: it may never end
//	for p != nil { p = p.next }                                 polls
//
// Package colour has those poll, too, that call what may take long itself.

// fewRounds is how many rounds are few.
const fewRounds = 1 << 16

// short reports whether a loop needs no poll.
func (b *fn) short(s *ast.ForStmt) bool {
	return s.Cond != nil && !loops(s.Body) && (b.counts(s) || b.shrinks(s))
}

// shortRange reports whether a loop over values needs no poll. Over an integer it counts.
func (b *fn) shortRange(s *ast.RangeStmt) bool {
	if loops(s.Body) {
		return false
	}
	t, ok := b.typeOf(s.X).Underlying().(*types.Basic)
	if !ok || t.Info()&types.IsInteger == 0 {
		return true
	}
	if n := b.info.Types[s.X].Value; n != nil {
		return constant.Compare(n, token.LEQ, constant.MakeInt64(fewRounds))
	}
	if narrow(t) || b.measures(s.X) {
		return true
	}
	if s.Key == nil || s.Tok != token.DEFINE {
		return false
	}
	i := b.use.obj(s.Key)
	return i != nil && !b.use.vars[i].cell() && !analyse(b.info, "", s.Body).assigns(i) &&
		b.indexes(s.Body.List, map[*types.Var]bool{i: true})
}

// counts reports whether a loop steps through a range that is short, or whose every value it uses as an index.
func (b *fn) counts(s *ast.ForStmt) bool {
	if s.Post == nil {
		return false
	}
	stepped, body := b.stepped(s.Post), analyse(b.info, "", s.Body)
	runsOut, few := false, b.indexes(s.Body.List, stepped)
	for _, c := range conjuncts(s.Cond, nil) {
		if b.runsOut(c, stepped, body) {
			runsOut = true
			few = few || b.bounded(s.Init, c, stepped)
		}
		few = few || b.indexed(c, stepped)
	}
	return runsOut && few
}

// conjuncts adds to list the comparisons that are all true if e is.
func conjuncts(e ast.Expr, list []*ast.BinaryExpr) []*ast.BinaryExpr {
	if c, ok := ast.Unparen(e).(*ast.BinaryExpr); ok {
		switch c.Op {
		case token.LAND:
			return conjuncts(c.Y, conjuncts(c.X, list))
		case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
			return append(list, c)
		}
	}
	return list
}

// runsOut reports whether c becomes false by steps alone: it compares a stepped variable, and body assigns nothing that it
// compares.
func (b *fn) runsOut(c *ast.BinaryExpr, stepped map[*types.Var]bool, body *usages) bool {
	if c.Op == token.EQL || c.Op == token.NEQ {
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
		if body.assigns(v) || b.use.vars[v].cell() {
			return false
		}
		counts = counts || stepped[v]
	}
	return counts
}

// stepped returns the local integers that a post statement moves by a step: i++, i += d,
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
	for v := range moved {
		if t, ok := b.env.typ(v.Type()).Underlying().(*types.Basic); !ok || t.Info()&types.IsInteger == 0 {
			delete(moved, v)
		}
	}
	return moved
}

// steps reports whether e is v+d or v-d.
func (b *fn) steps(v *types.Var, e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && v != nil && (x.Op == token.ADD || x.Op == token.SUB) && b.use.obj(x.X) == v
}

// bounded reports whether c, which runs out, does so soon: it compares with the length of something, variables of few
// values, or a constant with what init gives the stepped variable: one near by, or a length.
func (b *fn) bounded(init ast.Stmt, c *ast.BinaryExpr, stepped map[*types.Var]bool) bool {
	if b.measures(c) {
		return true
	}
	if t, ok := b.typeOf(c.X).Underlying().(*types.Basic); ok && narrow(t) {
		return true
	}
	v, limit := b.use.obj(c.X), b.info.Types[c.Y].Value
	if !stepped[v] {
		v, limit = b.use.obj(c.Y), b.info.Types[c.X].Value
	}
	a, ok := init.(*ast.AssignStmt)
	if !stepped[v] || limit == nil || !ok || len(a.Lhs) != len(a.Rhs) {
		return false
	}
	for i, l := range a.Lhs {
		if b.use.obj(l) != v {
			continue
		}
		if from := b.info.Types[a.Rhs[i]].Value; from != nil {
			d := constant.BinaryOp(limit, token.SUB, from)
			few := constant.MakeInt64(fewRounds)
			return constant.Compare(d, token.LEQ, few) && constant.Compare(constant.UnaryOp(token.SUB, d, 0), token.LEQ, few)
		}
		return b.measures(a.Rhs[i])
	}
	return false
}

// narrow reports whether a type has few values.
func narrow(t *types.Basic) bool {
	switch t.Kind() {
	case types.Int8, types.Uint8, types.Int16, types.Uint16:
		return true
	}
	return false
}

// measures reports whether e has the length or the capacity of something in it.
func (b *fn) measures(e ast.Expr) bool {
	for n := range ast.Preorder(e) {
		if c, ok := n.(*ast.CallExpr); ok && b.info.Types[c.Fun].IsBuiltin() && (b.builtinID(c) == "len" || b.builtinID(c) == "cap") {
			return true
		}
	}
	return false
}

// continues reports whether s may go on with the next round.
func continues(s ast.Stmt) bool {
	for n := range ast.Preorder(s) {
		if br, ok := n.(*ast.BranchStmt); ok && br.Tok == token.CONTINUE {
			return true
		}
	}
	return false
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
