package build

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"rtgen/cps/ir"
)

// This file lowers statements.

// target is an enclosing statement that break or continue may leave or continue.
type target struct {
	label   *types.Label // of the source, if it has one
	brk     string       // label of the IR statement that break leaves
	cont    string       // label of the Loop that continue continues; "" for switch and select
	brkUsed bool
}

func (b *fn) newLabel(kind string) string {
	root := b
	root.nlabel++
	return fmt.Sprintf("%s%d", kind, root.nlabel)
}

func (b *fn) block(list []ast.Stmt) {
	for i, s := range list {
		b.stmt(s, nil)
		if b.ended() && !slices.ContainsFunc(list[i+1:], isLabeled) {
			return // nothing leads to the others
		}
	}
}

// ended reports whether the last statement emitted leaves the function.
func (b *fn) ended() bool {
	if len(*b.out) == 0 {
		return false
	}
	switch (*b.out)[len(*b.out)-1].(type) {
	case *ir.Return, *ir.Unreachable:
		return true
	}
	return false
}

func isLabeled(s ast.Stmt) bool { _, ok := s.(*ast.LabeledStmt); return ok }

// stmt lowers s; label is the source label in front of it.
func (b *fn) stmt(s ast.Stmt, label *types.Label) {
	b.pos = b.p.position(s.Pos())
	defer func(p token.Pos) { b.lastCall = p }(b.lastCall)
	b.lastCall = b.findLastCall(s)
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.BlockStmt:
		if label != nil {
			b.breakable(label, func(*target) { b.block(s.List) })
			return
		}
		b.block(s.List)
	case *ast.ExprStmt:
		b.exprStmt(s.X)
	case *ast.AssignStmt:
		b.assign(s)
	case *ast.IncDecStmt:
		op := token.ADD
		if s.Tok == token.DEC {
			op = token.SUB
		}
		t := b.typeOf(s.X)
		one := intConst(1, t)
		b.opAssign(s.X, op, func() ir.Expr { return one })
	case *ast.DeclStmt:
		b.declStmt(s.Decl.(*ast.GenDecl))
	case *ast.LabeledStmt:
		b.labeled(s)
	case *ast.BranchStmt:
		b.branch(s)
	case *ast.ReturnStmt:
		b.returnStmt(s)
	case *ast.IfStmt:
		b.ifStmt(s)
	case *ast.ForStmt:
		b.forStmt(s, label)
	case *ast.RangeStmt:
		b.rangeStmt(s, label)
	case *ast.SwitchStmt:
		b.switchStmt(s, label)
	case *ast.TypeSwitchStmt:
		b.typeSwitch(s, label)
	case *ast.SelectStmt:
		b.selectStmt(s, label)
	case *ast.GoStmt:
		b.goStmt(s)
	case *ast.DeferStmt:
		b.deferStmt(s)
	case *ast.SendStmt:
		ct := b.typeOf(s.Chan).Underlying().(*types.Chan)
		c, v := b.expr(s.Chan), b.value(s.Value, types.Unalias(ct.Elem()))
		c, v = b.settle(c), b.settle(v)
		p := b.atom(ptr(c))
		b.prim(nil, "Send", []types.Type{types.Unalias(ct.Elem())}, p, b.atom(v))
	default:
		panic(b.pos.String() + fmt.Sprintf(": build: unexpected statement %T", s))
	}
}

func (b *fn) exprStmt(e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		tv := b.info.Types[ast.Unparen(x.Fun)]
		for _, r := range b.callIn(x, tv) {
			b.discard(r)
		}
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			b.receive(x)
			return
		}
		b.discard(b.expr(e))
	default:
		b.discard(b.expr(e))
	}
}

// callIn calls for effect; results of ordinary calls need no discarding.
func (b *fn) callIn(x *ast.CallExpr, tv types.TypeAndValue) []ir.Expr {
	if tv.IsType() || tv.IsBuiltin() {
		return b.call(x)
	}
	b.call(x)
	return nil
}

// discard evaluates e for what may go wrong.
func (b *fn) discard(e ir.Expr) {
	switch x := b.settle(e).(type) {
	case nil, *ir.VarRef, *ir.Const, *ir.FuncRef, *ir.GlobalRef:
	default:
		b.emit(&ir.Assign{Dst: []ir.Expr{nil}, Src: []ir.Expr{x}, At: b.at()})
	}
}

func (b *fn) receive(e *ast.UnaryExpr) (v, ok ir.Expr) {
	ct := b.typeOf(e.X).Underlying().(*types.Chan)
	el := types.Unalias(ct.Elem())
	c := b.atom(ptr(b.settle(b.expr(e.X))))
	vv, okv := b.temp(el), b.temp(typBool)
	b.prim([]*ir.Var{vv, okv}, "Recv", []types.Type{el}, c)
	return ref(vv), ref(okv)
}

func (b *fn) declStmt(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if tn, ok := b.info.Defs[spec.Name].(*types.TypeName); ok && !tn.IsAlias() && len(b.env.tparams) == 0 && tn.Type().(*types.Named).TypeParams().Len() == 0 {
				b.p.note(func() { b.p.localTypes = append(b.p.localTypes, localType{tn, b.f.Pkg}) })
			}
		case *ast.ValueSpec:
			if d.Tok != token.VAR {
				continue
			}
			b.pos = b.p.position(spec.Pos())
			b.varSpec(spec)
		}
	}
}

func (b *fn) varSpec(spec *ast.ValueSpec) {
	if len(spec.Values) == 0 {
		for _, id := range spec.Names {
			if obj := b.info.Defs[id]; obj != nil && id.Name != "_" {
				b.declare(obj, nil)
			}
		}
		return
	}
	lhs := make([]ast.Expr, len(spec.Names))
	for i, id := range spec.Names {
		lhs[i] = id
	}
	var t types.Type
	if spec.Type != nil {
		t = b.typeOf(spec.Type)
	}
	b.define(lhs, spec.Values, t)
}

// ---- labels and branches ----

func (b *fn) labelName(l *types.Label) string {
	n := b.labels[l]
	if n == "" {
		n = b.newLabel("L_" + l.Name())
		b.labels[l] = n
	}
	return n
}

func (b *fn) labeled(s *ast.LabeledStmt) {
	l, _ := b.info.Defs[s.Label].(*types.Label)
	if l == nil {
		b.stmt(s.Stmt, nil)
		return
	}
	b.emit(&ir.Label{Name: b.labelName(l), At: b.at()})
	b.stmt(s.Stmt, l)
}

func (b *fn) branch(s *ast.BranchStmt) {
	var l *types.Label
	if s.Label != nil {
		l, _ = b.info.Uses[s.Label].(*types.Label)
	}
	switch s.Tok {
	case token.GOTO:
		if b.rangeFn != nil && !b.ownLabel(l) {
			b.leaveRange(exitGoto, l)
			return
		}
		if l.Pos() < s.Pos() {
			b.emit(&ir.Poll{At: b.at()})
		}
		b.emit(&ir.Goto{Label: b.labelName(l), At: b.at()})
	case token.BREAK, token.CONTINUE:
		b.branchTo(s.Tok == token.CONTINUE, l)
	case token.FALLTHROUGH: // switchStmt looks at it
	}
}

// branchTo lowers break and continue.
func (b *fn) branchTo(cont bool, l *types.Label) {
	for i := len(b.targets) - 1; i >= 0; i-- {
		t := b.targets[i]
		if l != nil && t.label != l || l == nil && cont && t.cont == "" {
			continue
		}
		if cont {
			b.emit(&ir.Continue{Label: t.cont, At: b.at()})
			return
		}
		t.brkUsed = true
		b.emit(&ir.Break{Label: t.brk, At: b.at()})
		return
	}
	kind := exitBreak
	if cont {
		kind = exitContinue
	}
	b.leaveRange(kind, l)
}

// breakable lowers body into a Block that break may leave.
func (b *fn) breakable(label *types.Label, body func(t *target)) {
	t := &target{label: label, brk: b.newLabel("B")}
	b.targets = append(b.targets, t)
	at := b.at()
	list := b.into(func() { body(t) })
	b.targets = b.targets[:len(b.targets)-1]
	if t.brkUsed {
		b.emit(&ir.Block{Label: t.brk, Body: list, At: at})
		return
	}
	*b.out = append(*b.out, list...)
}

// ---- return ----

func (b *fn) returnStmt(s *ast.ReturnStmt) {
	if b.rangeFn != nil {
		b.returnFromRange(s)
		return
	}
	b.ret(b.returnValues(s, b.f.Results))
}

// returnValues evaluates a return statement's operands; nil means a bare return.
func (b *fn) returnValues(s *ast.ReturnStmt, results []*ir.Var) []ir.Expr {
	if len(s.Results) == 0 {
		return nil
	}
	var vals []ir.Expr
	if len(s.Results) == 1 && len(results) > 1 {
		vals = b.call(ast.Unparen(s.Results[0]).(*ast.CallExpr))
		for i := range vals {
			vals[i] = b.convert(vals[i], results[i].Type)
		}
	} else {
		for i, r := range s.Results {
			vals = append(vals, b.value(r, results[i].Type))
		}
	}
	return b.settleAll(vals)
}

// result is the lvalue of result i.
func (b *fn) result(i int) ir.Expr {
	if c := b.f.Cells[i]; c != nil {
		return deref(c, b.f.Results[i].Type)
	}
	return ref(b.f.Results[i])
}

// ret returns vals, or the results' current values if vals is nil.
func (b *fn) ret(vals []ir.Expr) {
	n := len(b.f.Results)
	named := b.f.Defers != nil
	for _, c := range b.f.Cells {
		named = named || c != nil
	}
	if vals == nil {
		for _, r := range b.turned {
			b.assign1(b.result(r.result), b.settle(b.inside(b.result(r.result), r.taken)))
		}
	}
	if vals != nil && named {
		dst := make([]ir.Expr, n)
		for i := range dst {
			dst[i] = b.result(i)
		}
		b.emit(&ir.Assign{Dst: dst, Src: vals, At: b.at()})
	}
	if b.f.Defers != nil {
		if b.returnAt == "" {
			b.returnAt = b.newLabel("return")
		}
		b.emit(&ir.Goto{Label: b.returnAt, At: b.at()})
		return
	}
	if vals == nil || named {
		vals = b.currentResults()
	}
	b.emit(&ir.Return{Vals: vals, At: b.at()})
}

func (b *fn) currentResults() []ir.Expr {
	vals := make([]ir.Expr, len(b.f.Results))
	for i := range vals {
		vals[i] = b.result(i)
	}
	return vals
}

// deferReturn ends a function that defers: all its returns come here, so that the deferred calls
// stand once in it, and the host can open-code its handler, which takes few returns.
func (b *fn) deferReturn(falls bool) {
	if b.returnAt == "" && !falls {
		return
	}
	if b.returnAt != "" {
		b.emit(&ir.Label{Name: b.returnAt, At: b.at()})
	}
	b.emit(&ir.RunDefers{At: b.at()})
	b.emit(&ir.Return{Vals: b.currentResults(), At: b.at()})
}

// ---- if and for ----

func (b *fn) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		b.stmt(s.Init, nil)
		b.pos = b.p.position(s.Pos())
	}
	at := b.at()
	if v, ok := b.known(s.Cond); ok { // the other branch is dropped: its calls would colour the function
		if v {
			b.block(s.Body.List)
		} else if s.Else != nil {
			b.stmt(s.Else, nil)
		}
		return
	}
	cond := b.now(s.Cond)
	b.emit(&ir.If{Cond: cond, Then: b.into(func() { b.block(s.Body.List) }), Else: b.elseList(s.Else), At: at})
}

// known returns the value of a condition that a constant decides, as in race.Enabled && m != nil.
func (b *fn) known(e ast.Expr) (v, ok bool) {
	if c := b.info.Types[e].Value; c != nil {
		return constant.BoolVal(c), true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return b.known(e.X)
	case *ast.UnaryExpr:
		v, ok = b.known(e.X)
		return !v, ok && e.Op == token.NOT
	case *ast.BinaryExpr:
		if e.Op != token.LAND && e.Op != token.LOR {
			return false, false
		}
		v, ok = b.known(e.X)
		switch {
		case !ok:
			return false, false
		case v == (e.Op == token.LOR):
			return v, true
		}
		return b.known(e.Y)
	}
	return false, false
}

func (b *fn) elseList(s ast.Stmt) []ir.Stmt {
	if s == nil {
		return nil
	}
	return b.into(func() { b.stmt(s, nil) })
}

func (b *fn) forStmt(s *ast.ForStmt, label *types.Label) {
	if s.Init != nil {
		b.stmt(s.Init, nil)
		b.pos = b.p.position(s.Pos())
	}
	at := b.at()
	t := &target{label: label, cont: b.newLabel("loop")}
	t.brk = t.cont
	b.targets = append(b.targets, t)
	var cond ir.Expr
	body := b.into(func() {
		if !b.short(s) {
			b.emit(&ir.Poll{At: at})
		}
		inCond := len(*b.out)
		if s.Cond != nil {
			b.pos = b.p.position(s.Cond.Pos())
			cond = b.now(s.Cond)
			if len(*b.out) > inCond { // the condition has effects
				b.emit(&ir.If{Cond: &ir.Unary{Op: token.NOT, X: cond, Typed: ir.Typed{T: typBool}},
					Then: []ir.Stmt{&ir.Break{Label: t.brk, At: b.at()}}, At: b.at()})
				cond = nil
			}
		}
		b.block(s.Body.List)
	})
	post := b.into(func() {
		b.freshLoopVars(s)
		if s.Post != nil {
			b.stmt(s.Post, nil)
		}
	})
	b.targets = b.targets[:len(b.targets)-1]
	b.emit(&ir.Loop{Label: t.cont, Cond: cond, Body: body, Post: post, At: at})
}

// freshLoopVars gives every loop variable that lives in a cell a new one per iteration.
func (b *fn) freshLoopVars(s *ast.ForStmt) {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || !b.use.perIteration {
		return
	}
	for _, l := range init.Lhs {
		obj, ok := b.info.Defs[l.(*ast.Ident)].(*types.Var)
		if !ok {
			continue
		}
		loc := b.vars[obj]
		if loc == nil || !loc.cell {
			continue
		}
		t := b.env.typ(obj.Type())
		c := b.newCell(obj.Name(), t)
		b.assign1(deref(c, t), deref(loc.v, t))
		b.set(loc.v, ref(c))
	}
}
