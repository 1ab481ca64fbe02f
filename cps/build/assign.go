package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers assignments and short variable declarations.

func isBlank(e ast.Expr) bool {
	if e == nil {
		return true
	}
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

var opOf = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND,
	token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR, token.SHL_ASSIGN: token.SHL,
	token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

func (b *fn) assign(s *ast.AssignStmt) {
	switch s.Tok {
	case token.DEFINE:
		b.define(s.Lhs, s.Rhs, nil)
	case token.ASSIGN:
		if len(s.Lhs) == 1 {
			b.assignOne(s.Lhs[0], s.Rhs[0])
			return
		}
		b.assignMany(s.Lhs, s.Rhs)
	default:
		op := opOf[s.Tok]
		t := b.typeOf(s.Lhs[0])
		b.opAssign(s.Lhs[0], op, func() ir.Expr {
			y := b.expr(s.Rhs[0])
			if op != token.SHL && op != token.SHR {
				y = b.convert(y, t)
			}
			return y
		})
	}
}

// place is where an assignment goes: an lvalue, a map element, or nowhere.
type place struct {
	lv   ir.Expr // nil for blank and map elements
	m, k ir.Expr // map and key
	mt   *types.Map
	t    types.Type // nil for blank: the value keeps its own type
}

// place lowers the operands of a left-hand side; its calls happen now.
func (b *fn) place(e ast.Expr) place {
	if isBlank(e) {
		return place{}
	}
	if ix, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
		if m, ok := b.typeOf(ix.X).Underlying().(*types.Map); ok {
			return place{m: b.expr(ix.X), k: b.value(ix.Index, types.Unalias(m.Key())), mt: m, t: types.Unalias(m.Elem())}
		}
	}
	lv := b.written(e)
	return place{lv: lv, t: lv.Type()}
}

// written is expr for what is written to, or has its address taken.
func (b *fn) written(e ast.Expr) ir.Expr {
	writes := b.writes
	b.writes = true
	x := b.expr(e)
	b.writes = writes
	return x
}

// store puts the settled v in its place.
func (b *fn) store(p place, v ir.Expr) {
	switch {
	case p.mt != nil:
		v = b.copied(v)
		b.assign1(b.mapSlot(p.m, p.k, p.mt), v)
	case p.lv != nil:
		b.assign1(p.lv, v)
	default:
		b.discard(v)
	}
}

// valueFor lowers the right-hand side for p.
func (b *fn) valueFor(p place, e ast.Expr) ir.Expr {
	x := b.expr(e)
	if p.t != nil {
		return b.convert(x, p.t)
	}
	if isNilConst(x) {
		return zero(typAny)
	}
	return x
}

func (b *fn) assignOne(lhs, rhs ast.Expr) {
	p := b.place(lhs)
	if b.appendsTo(lhs, rhs, p.lv) {
		b.settle(b.valueFor(p, rhs))
		return
	}
	v := b.valueFor(p, rhs)
	if p.mt != nil { // m[k] = append(m[k], …) evaluates m and k once, before the value
		p.m, p.k = b.settle(p.m), b.settle(p.k)
		b.store(p, b.settle(v))
		return
	}
	p.lv = b.settle(p.lv)
	v = b.settle(v)
	b.store(p, v)
}

// assignMany lowers a tuple assignment: operands of index expressions and indirections on
// the left first, then the values, then the stores from left to right.
func (b *fn) assignMany(lhs, rhs []ast.Expr) {
	places := make([]place, len(lhs))
	for i, l := range lhs {
		places[i] = b.place(l)
	}
	var vals []ir.Expr
	if len(rhs) == 1 {
		vals = b.multi(rhs[0], func(i int) types.Type { return places[i].t })
	} else {
		for i, r := range rhs {
			vals = append(vals, b.valueFor(places[i], r))
		}
	}
	b.storeAll(places, vals)
}

// storeAll stores values of one statement: all operands of the places are evaluated before the
// first store.
func (b *fn) storeAll(places []place, vals []ir.Expr) {
	simple := true
	for i := range places {
		p := &places[i]
		if p.mt != nil {
			simple = false
			p.m, p.k = b.copied(p.m), b.copied(p.k)
			continue
		}
		p.lv = b.settle(p.lv)
		if p.lv != nil && p.t != nil && i < len(vals) && !types.Identical(vals[i].Type(), p.t) {
			vals[i] = b.convert(vals[i], p.t)
		}
	}
	vals = b.settleAll(vals)
	if simple {
		dst := make([]ir.Expr, len(places))
		for i, p := range places {
			dst[i] = p.lv
		}
		b.emit(&ir.Assign{Dst: dst, Src: vals, At: b.at()})
		return
	}
	for i := range places {
		places[i].lv = b.frozen(places[i].lv)
	}
	for i, v := range vals {
		vals[i] = b.copied(v)
	}
	for i, p := range places {
		b.store(p, vals[i])
	}
}

// frozen fixes which location lv denotes: its index and pointer operands are copied.
func (b *fn) frozen(lv ir.Expr) ir.Expr {
	switch x := lv.(type) {
	case *ir.Field:
		if _, ok := x.X.Type().Underlying().(*types.Pointer); ok {
			return &ir.Field{X: b.copied(x.X), Index: x.Index, Typed: x.Typed}
		}
		return &ir.Field{X: b.frozen(x.X), Index: x.Index, Typed: x.Typed}
	case *ir.Index:
		if _, ok := x.X.Type().Underlying().(*types.Array); ok {
			return &ir.Index{X: b.frozen(x.X), I: b.copied(x.I), Typed: x.Typed}
		}
		return &ir.Index{X: b.copied(x.X), I: b.copied(x.I), Typed: x.Typed}
	case *ir.Deref:
		return &ir.Deref{X: b.copied(x.X), Typed: x.Typed}
	}
	return lv
}

// multi lowers an expression with several values: a call, or a comma-ok form. typ gives the
// type that each value is assigned to, nil to keep its own.
func (b *fn) multi(e ast.Expr, typ func(i int) types.Type) []ir.Expr {
	var vals []ir.Expr
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		vals = b.call(x)
	case *ast.TypeAssertExpr:
		v, ok := b.typeAssert(x, true)
		vals = []ir.Expr{v, ok}
	case *ast.UnaryExpr:
		v, ok := b.receive(x)
		vals = []ir.Expr{v, ok}
	case *ast.IndexExpr:
		m := b.typeOf(x.X).Underlying().(*types.Map)
		mx := b.expr(x.X)
		b.viewKey(x.Index, m.Key())
		var k ir.Expr
		if quiet(b.info, x.Index) && isString(m.Key()) {
			k = b.plain(b.viewed(x.Index), types.Unalias(m.Key()))
		} else {
			k = b.value(x.Index, types.Unalias(m.Key()))
		}
		v, ok := b.mapGet(mx, k, m, true)
		vals = []ir.Expr{v, ok}
	default:
		panic(b.pos.String() + ": build: several values expected")
	}
	for i := range vals {
		if t := typ(i); t != nil {
			vals[i] = b.settle(b.convert(vals[i], t))
		}
	}
	return vals
}

// opAssign lowers x op= y.
func (b *fn) opAssign(lhs ast.Expr, op token.Token, rhs func() ir.Expr) {
	p := b.place(lhs)
	if p.mt == nil && p.lv == nil {
		b.discard(rhs())
		return
	}
	if p.mt != nil {
		y := rhs()
		m, k := b.copied(p.m), b.copied(p.k)
		if op != token.QUO && op != token.REM && !isString(p.t) {
			y = b.copied(y)
			b.emit(&ir.Assign{Dst: []ir.Expr{b.mapSlot(m, k, p.mt)}, Src: []ir.Expr{y}, Op: op, At: b.at()})
			return
		}
		// The lookup, the operation, which may panic or allocate, and only then the store.
		v, _ := b.mapGet(m, k, p.mt, false)
		b.store(place{m: m, k: k, mt: p.mt}, b.settle(b.operate(op, v, b.settle(y), p.t)))
		return
	}
	y := rhs()
	lv := b.settle(p.lv)
	y = b.settle(y)
	if op == token.ADD && isString(p.t) {
		lv = b.frozen(lv)
		b.assign1(lv, b.settle(b.operate(op, lv, y, p.t)))
		return
	}
	b.emit(&ir.Assign{Dst: []ir.Expr{lv}, Src: []ir.Expr{y}, Op: op, At: b.at()})
}

func (b *fn) operate(op token.Token, x, y ir.Expr, t types.Type) ir.Expr {
	if op == token.ADD && isString(t) {
		return b.plain(b.concatNow([]ir.Expr{b.plain(x, typString), b.plain(y, typString)}), t)
	}
	return binary(op, x, y, t)
}

// define lowers a := b and var a T = b. Variables that exist already are assigned.
func (b *fn) define(lhs, rhs []ast.Expr, t types.Type) {
	typ := func(i int) types.Type {
		if t != nil {
			return t
		}
		if isBlank(lhs[i]) {
			return nil
		}
		return b.typeOf(lhs[i])
	}
	if len(lhs) == 1 {
		var x ir.Expr
		if ty := typ(0); ty != nil {
			x = b.value(rhs[0], ty)
		} else {
			x = b.expr(rhs[0])
		}
		b.defineOne(lhs[0], b.settle(x))
		return
	}
	var vals []ir.Expr
	if len(rhs) == 1 {
		vals = b.multi(rhs[0], typ)
	} else {
		for i, r := range rhs {
			x := b.expr(r)
			if ty := typ(i); ty != nil {
				x = b.convert(x, ty)
			}
			vals = append(vals, x)
		}
		vals = b.settleAll(vals)
		for i, v := range vals {
			if isNilConst(v) {
				continue
			}
			vals[i] = b.copied(v)
		}
	}
	for i, l := range lhs {
		b.defineOne(l, vals[i])
	}
}

func (b *fn) defineOne(l ast.Expr, v ir.Expr) {
	if isBlank(l) {
		b.discard(v)
		return
	}
	if id, ok := l.(*ast.Ident); ok {
		if obj := b.info.Defs[id]; obj != nil {
			b.declare(obj, v)
			return
		}
	}
	b.assign1(b.expr(l), v)
}
