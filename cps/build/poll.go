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
//	for i := 0; i < len(s); i += d { … }                        polls: d may be 0
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
		b.indexes(s.Body.List, steps{i: 1})
}

// counts reports whether a loop steps through a range that is short, or whose every value it uses as an index.
func (b *fn) counts(s *ast.ForStmt) bool {
	if s.Post == nil {
		return false
	}
	moved, body := b.stepped(s.Post), analyse(b.info, "", s.Body)
	for v := range moved {
		if body.assigns(v) || b.use.vars[v].cell() {
			delete(moved, v)
		}
	}
	indexes := b.indexes(s.Body.List, moved)
	runsOut, few := false, indexes
	for _, c := range conjuncts(s.Cond, nil) {
		if b.runsOut(c, moved, body, indexes) {
			runsOut = true
			few = few || b.bounded(s.Init, c, moved)
		}
		few = few || b.indexed(c, moved)
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

// bounded reports whether c, which runs out, does so soon: it compares with the length of something, variables of few
// values, or a constant with what init gives the stepped variable: one near by, or a length.
func (b *fn) bounded(init ast.Stmt, c *ast.BinaryExpr, moved steps) bool {
	if b.measures(c) {
		return true
	}
	if t, ok := b.typeOf(c.X).Underlying().(*types.Basic); ok && narrow(t) {
		return true
	}
	v, limit := b.use.obj(c.X), b.info.Types[c.Y].Value
	if moved[v] == 0 {
		v, limit = b.use.obj(c.Y), b.info.Types[c.X].Value
	}
	a, ok := init.(*ast.AssignStmt)
	if moved[v] == 0 || limit == nil || !ok || len(a.Lhs) != len(a.Rhs) {
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
