package gen

import (
	"rtgen/cps/ir"
)

// This file finds type switches again, which the host compiles better than chains of
// assertions: it searches by the types' hashes.
//
//	a, ok1 = x.(A)                          switch c := x.(type) {
//	if ok1 { S } else {                     case A:
//		b, ok2 = x.(B)                  →           a = c; S
//		if ok2 { T } else { U }         case B:
//	}                                               b = c; T
//	                                        default:
//	                                                U
//	                                        }
//
// The variables of a chain must be read where their own assertion holds and nowhere else.

type typeCase struct {
	assert *ir.TypeAssert
	body   []ir.Stmt
}

// typeSwitch prints the chain that begins at list[i], if there is one worth it, and reports
// whether it did: list[i] and list[i+1] are done then.
func (g *fn) typeSwitch(list []ir.Stmt, i int) bool {
	cases, rest := g.chain(list, i)
	if len(cases) < 3 {
		return false
	}
	first := cases[0].assert
	g.at(first)
	g.pf("switch c := %s.(type) {", g.operand(first.X, precPrimary))
	// Breaks in the cases mean statements around this one.
	g.scopes = append(g.scopes, &scope{label: "\x00"})
	for _, c := range cases {
		g.pf("case %s:", g.names.Type(c.assert.To))
		if c.assert.Dst != nil {
			g.pf("%s = c", g.set(c.assert.Dst))
		} else {
			g.pf("_ = c")
		}
		g.stores(c.assert)
		g.list(c.body)
	}
	if len(rest) > 0 {
		g.pf("default:")
		g.list(rest)
	}
	g.scopes = g.scopes[:len(g.scopes)-1]
	g.pf("}")
	return true
}

// chain collects the assertions of a chain and the statements of its end.
func (g *fn) chain(list []ir.Stmt, i int) (cases []typeCase, rest []ir.Stmt) {
	var x *ir.Var
	seen := map[string]bool{}
	for {
		if i+1 >= len(list) || x != nil && (i != 0 || len(list) != 2) {
			return cases, list[i:]
		}
		a, ok := list[i].(*ir.TypeAssert)
		if !ok {
			return cases, list[i:]
		}
		s, ok := list[i+1].(*ir.If)
		if !ok {
			return cases, list[i:]
		}
		cond, ok := s.Cond.(*ir.VarRef)
		v, isVar := a.X.(*ir.VarRef)
		if !ok || cond.V != a.Ok || !isVar || x != nil && v.V != x || g.reads(nil)[a.Ok] != 1 || seen[g.names.Type(a.To)] {
			return cases, list[i:]
		}
		if a.Dst != nil && (a.Dst == v.V || g.reads(nil)[a.Dst] != g.reads(s.Then)[a.Dst]) {
			return cases, list[i:]
		}
		x = v.V
		seen[g.names.Type(a.To)] = true
		cases = append(cases, typeCase{a, s.Then})
		list, i = s.Else, 0
		if len(list) == 0 {
			return cases, nil
		}
	}
}

// reads counts the reads of each variable in a list; nil is the whole body.
func (g *fn) reads(list []ir.Stmt) map[*ir.Var]int {
	if list == nil && g.readAll != nil {
		return g.readAll
	}
	n := map[*ir.Var]int{}
	body := list
	if list == nil {
		body = g.f.Body
	}
	ir.Walk(body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Go:
			n[s.Fn]++
		case *ir.Defer:
			n[s.Fn]++
		case *ir.Assign:
			for _, d := range s.Dst { // a mere target is no read
				if v, ok := d.(*ir.VarRef); ok && s.Op == 0 {
					n[v.V]--
				}
			}
		}
	}, func(e ir.Expr) {
		ir.WalkExpr(e, func(e ir.Expr) {
			switch e := e.(type) {
			case *ir.VarRef:
				n[e.V]++
			case *ir.NoescapeAddr:
				n[e.V]++
			}
		})
	})
	if list == nil {
		g.readAll = n
	}
	return n
}
