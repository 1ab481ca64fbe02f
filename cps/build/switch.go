package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers switch, type switch and select.

// clause is one case of a switch: how to test for it, and its body.
type clause struct {
	list  []ast.Expr     // a switch's values
	test  func() ir.Expr // emits what the test needs; nil for default
	body  func()
	falls bool // ends in fallthrough
}

// fallsThrough reports whether the last statement of list that is not empty is fallthrough, perhaps with labels.
func fallsThrough(list []ast.Stmt) bool {
	for i := len(list) - 1; i >= 0; i-- {
		s := list[i]
		for {
			l, ok := s.(*ast.LabeledStmt)
			if !ok {
				break
			}
			s = l.Stmt
		}
		switch s := s.(type) {
		case *ast.EmptyStmt:
		case *ast.BranchStmt:
			return s.Tok == token.FALLTHROUGH
		default:
			return false
		}
	}
	return false
}

func (b *fn) switchStmt(s *ast.SwitchStmt, label *types.Label) {
	if s.Init != nil {
		b.stmt(s.Init, nil)
		b.pos = b.p.position(s.Pos())
	}
	var tag ir.Expr
	if s.Tag != nil {
		if b.copies(s.Tag) && b.constCases(s) {
			tag = b.viewed(s.Tag)
		} else {
			tag = b.settle(b.expr(s.Tag))
		}
		if bt, ok := tag.Type().(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
			tag = b.convert(tag, types.Default(tag.Type()))
		}
		if _, ok := tag.(*ir.Const); !ok {
			tag = ref(b.tempFor(tag))
		}
	}
	var clauses []clause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		cl := clause{list: c.List, falls: fallsThrough(c.Body), body: func() { b.block(c.Body) }}
		if c.List != nil {
			cl.test = func() ir.Expr {
				b.pos = b.p.position(c.Pos())
				return b.anyOf(c.List, func(e ast.Expr) ir.Expr {
					if tag == nil {
						x := b.now(e)
						if isInterface(x.Type()) {
							return binary(token.EQL, x, boolConst(true), typBool)
						}
						return x
					}
					return b.settle(b.compareValues(token.EQL, tag, b.expr(e), typBool))
				})
			}
		}
		clauses = append(clauses, cl)
	}
	if tag == nil || !b.constSwitch(tag, clauses, label) {
		b.breakable(label, func(t *target) { b.clauses(clauses, t) })
	}
}

// anyOf is t1 || t2 || …; later tests run only if the earlier ones fail.
func (b *fn) anyOf(list []ast.Expr, test func(ast.Expr) ir.Expr) ir.Expr {
	cond := test(list[0])
	for _, e := range list[1:] {
		var y ir.Expr
		right := b.into(func() { y = test(e) })
		if len(right) == 0 {
			cond = binary(token.LOR, cond, y, typBool)
			continue
		}
		v := b.temp(typBool)
		b.set(v, b.plain(cond, typBool))
		right = append(right, &ir.Assign{Dst: []ir.Expr{ref(v)}, Src: []ir.Expr{b.plain(y, typBool)}, At: b.at()})
		b.emit(&ir.If{Cond: &ir.Unary{Op: token.NOT, X: ref(v), Typed: ir.Typed{T: typBool}}, Then: right, At: b.at()})
		cond = ref(v)
	}
	return cond
}

// clauses emits an if-else chain, or, with fallthrough, a number for the case that matches and
// one test of that number per body.
func (b *fn) clauses(cs []clause, t *target) {
	for _, c := range cs {
		if c.falls {
			b.fallClauses(cs, t)
			return
		}
	}
	var def *clause
	var rest []clause
	for i := range cs {
		if cs[i].test == nil {
			def = &cs[i]
		} else {
			rest = append(rest, cs[i])
		}
	}
	b.chain(rest, def)
}

func (b *fn) chain(cs []clause, def *clause) {
	if len(cs) == 0 {
		if def != nil {
			def.body()
		}
		return
	}
	cond := cs[0].test()
	at := b.at()
	then := b.into(cs[0].body)
	els := b.into(func() { b.chain(cs[1:], def) })
	b.emit(&ir.If{Cond: cond, Then: then, Else: els, At: at})
}

func (b *fn) fallClauses(cs []clause, t *target) {
	sel := b.temp(typInt)
	var tests []clause
	def := int64(-1)
	for i, c := range cs {
		if c.test == nil {
			def = int64(i)
			continue
		}
		tests = append(tests, clause{test: c.test, body: func() { b.set(sel, intConst(int64(i), typInt)) }})
	}
	b.chain(tests, &clause{body: func() { b.set(sel, intConst(def, typInt)) }})
	for i, c := range cs {
		body := b.into(func() {
			c.body()
			if c.falls {
				b.set(sel, intConst(int64(i+1), typInt))
			} else if i < len(cs)-1 && !terminates(*b.out) {
				t.brkUsed = true
				b.emit(&ir.Break{Label: t.brk, At: b.at()})
			}
		})
		b.emit(&ir.If{Cond: binary(token.EQL, ref(sel), intConst(int64(i), typInt), typBool), Then: body, At: b.at()})
	}
}

// constSwitch keeps a switch over distinct integer or string constants as one, so that the host
// can make a jump table of it. Clauses that fall into each other become one case:
//
//	switch k {                  switch k {
//	case 1: A; fallthrough      case 1, 2:
//	case 2: B              →            if k == 1 { A }; B
//	case 3: C                   case 3: C
//	}                           }
func (b *fn) constSwitch(tag ir.Expr, clauses []clause, label *types.Label) bool {
	info := basicInfo(tag.Type())
	if info&(types.IsInteger|types.IsString) == 0 || len(clauses) < 4 {
		return false
	}
	seen := map[string]bool{}
	for _, c := range clauses {
		for _, e := range c.list {
			v := b.info.Types[e].Value
			if v == nil || seen[v.ExactString()] || v.Kind() != constant.Int && v.Kind() != constant.String {
				return false
			}
			seen[v.ExactString()] = true
		}
	}
	sw := &ir.Switch{Label: b.newLabel("S"), Tag: tag, At: b.at()}
	t := &target{label: label, brk: sw.Label}
	b.targets = append(b.targets, t)
	for len(clauses) > 0 {
		n := 1
		for clauses[n-1].falls {
			n++
		}
		group := clauses[:n]
		clauses = clauses[n:]
		var sc ir.SwitchCase
		isDefault := false
		for _, c := range group {
			isDefault = isDefault || c.test == nil
			for _, e := range c.list {
				sc.Vals = append(sc.Vals, b.convert(b.expr(e), tag.Type()))
			}
		}
		if !isDefault {
			group[n-1].test = nil // it is what remains
		}
		sc.Body = b.into(func() {
			if n == 1 {
				group[0].body()
			} else {
				b.fallClauses(group, t)
			}
		})
		if isDefault {
			sw.Default = sc.Body
		} else {
			sw.Cases = append(sw.Cases, sc)
		}
	}
	b.targets = b.targets[:len(b.targets)-1]
	b.emit(sw)
	return true
}

func (b *fn) typeSwitch(s *ast.TypeSwitchStmt, label *types.Label) {
	if s.Init != nil {
		b.stmt(s.Init, nil)
		b.pos = b.p.position(s.Pos())
	}
	var xe ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		xe = ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		xe = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
	}
	x := ref(b.tempFor(b.settle(b.expr(xe))))
	var clauses []clause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		obj, _ := b.info.Implicits[c].(*types.Var)
		value := ir.Expr(x)
		cl := clause{}
		if c.List != nil {
			cl.test = func() ir.Expr {
				b.pos = b.p.position(c.Pos())
				return b.anyOf(c.List, func(e ast.Expr) ir.Expr {
					if b.info.Types[e].IsNil() {
						return binary(token.EQL, x, zero(x.Type()), typBool)
					}
					t := b.typeOf(e)
					ok := b.temp(typBool)
					var dst *ir.Var
					if len(c.List) == 1 && obj != nil {
						dst = b.temp(t)
						value = ref(dst)
					}
					b.emit(&ir.TypeAssert{Dst: dst, Ok: ok, X: x, To: t, At: b.at()})
					return ref(ok)
				})
			}
		}
		cl.body = func() {
			if obj != nil {
				b.declare(obj, value)
			}
			b.block(c.Body)
		}
		clauses = append(clauses, cl)
	}
	b.breakable(label, func(t *target) { b.clauses(clauses, t) })
}

// ---- select ----

func (b *fn) selectStmt(s *ast.SelectStmt, label *types.Label) {
	if len(s.Body.List) == 0 {
		b.prim(nil, "Block", nil)
		return
	}
	sel := &ir.Select{Index: b.temp(typInt), At: b.at()}
	sw := &ir.Switch{Label: b.newLabel("S"), Tag: ref(sel.Index), At: b.at()}
	type comm struct {
		c    *ast.CommClause
		recv func() // stores what was received
	}
	var comms []comm
	var def *ast.CommClause
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		b.pos = b.p.position(c.Pos())
		switch cs := c.Comm.(type) {
		case nil:
			def = c
			sel.HasDefault = true
		case *ast.SendStmt:
			el := types.Unalias(b.typeOf(cs.Chan).Underlying().(*types.Chan).Elem())
			ch, v := b.expr(cs.Chan), b.value(cs.Value, el)
			ch, v = b.settle(ch), b.settle(v)
			sel.Cases = append(sel.Cases, ir.SelectCase{Chan: b.copied(ptr(ch)), Elem: el, Send: b.copied(v)})
			comms = append(comms, comm{c: c})
		default:
			var lhs []ast.Expr
			var rx ast.Expr
			define := false
			switch cs := cs.(type) {
			case *ast.ExprStmt:
				rx = cs.X
			case *ast.AssignStmt:
				lhs, rx, define = cs.Lhs, cs.Rhs[0], cs.Tok == token.DEFINE
			}
			u := ast.Unparen(rx).(*ast.UnaryExpr)
			el := types.Unalias(b.typeOf(u.X).Underlying().(*types.Chan).Elem())
			sc := ir.SelectCase{Chan: b.copied(ptr(b.settle(b.expr(u.X)))), Elem: el}
			cm := comm{c: c}
			if len(lhs) > 0 {
				sc.Dst = b.temp(el)
			}
			if len(lhs) > 1 {
				sc.Ok = b.temp(typBool)
			}
			cm.recv = func() {
				vals := []ir.Expr{ref(sc.Dst), nil}
				if sc.Ok != nil {
					vals[1] = ref(sc.Ok)
				}
				for i, l := range lhs {
					if define {
						if !isBlank(l) {
							vals[i] = b.convert(vals[i], b.typeOf(l))
						}
						b.defineOne(l, vals[i])
						continue
					}
					p := b.place(l)
					if p.t != nil {
						vals[i] = b.convert(vals[i], p.t)
					}
					p.lv = b.settle(p.lv)
					b.store(p, b.settle(vals[i]))
				}
			}
			if len(lhs) == 0 {
				cm.recv = nil
			}
			sel.Cases = append(sel.Cases, sc)
			comms = append(comms, cm)
		}
	}
	if len(sel.Cases) == 1 && !sel.HasDefault {
		b.onlyCase(sel)
	} else {
		b.emit(sel)
	}
	b.targets = append(b.targets, &target{label: label, brk: sw.Label})
	for i, cm := range comms {
		body := b.into(func() {
			b.pos = b.p.position(cm.c.Pos())
			if cm.recv != nil {
				cm.recv()
			}
			b.block(cm.c.Body)
		})
		sw.Cases = append(sw.Cases, ir.SwitchCase{Vals: []ir.Expr{intConst(int64(i), typInt)}, Body: body})
	}
	if def != nil {
		sw.Default = b.into(func() { b.block(def.Body) })
	}
	b.targets = b.targets[:len(b.targets)-1]
	b.emit(sw)
}

// onlyCase emits a select of one case: that operation, and it waits as such.
func (b *fn) onlyCase(sel *ir.Select) {
	c := sel.Cases[0]
	b.set(sel.Index, intConst(0, typInt))
	if c.Send != nil {
		b.prim(nil, "Send", []types.Type{c.Elem}, b.atom(c.Chan), b.atom(c.Send))
		return
	}
	v, ok := c.Dst, c.Ok
	if v == nil {
		v = b.temp(c.Elem)
	}
	if ok == nil {
		ok = b.temp(typBool)
	}
	b.prim([]*ir.Var{v, ok}, "Recv", []types.Type{c.Elem}, b.atom(c.Chan))
}
