package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers expressions that are not calls.

// expr lowers e: what must happen in place is emitted, the rest is returned as a tree.
func (b *fn) expr(e ast.Expr) ir.Expr {
	tv := b.info.Types[e]
	if tv.Value != nil {
		t := b.env.typ(tv.Type)
		if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
			t = types.Default(t)
		}
		if isInterface(t) { // a constant converted in place, as in generic code
			return b.box(&ir.Const{Val: tv.Value, Typed: ir.Typed{T: constType(tv.Value)}}, t)
		}
		return &ir.Const{Val: tv.Value, Typed: ir.Typed{T: t}}
	}
	if tv.IsNil() {
		return zero(b.env.typ(tv.Type))
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return b.expr(e.X)
	case *ast.Ident:
		return b.ident(e)
	case *ast.FuncLit:
		return b.funcLit(e)
	case *ast.CompositeLit:
		return b.composite(e, b.typeOf(e))
	case *ast.SelectorExpr:
		return b.selector(e)
	case *ast.IndexExpr:
		return b.index(e)
	case *ast.IndexListExpr:
		return b.funcValue(e)
	case *ast.SliceExpr:
		return b.pinned(e, b.slice(e))
	case *ast.TypeAssertExpr:
		v, _ := b.typeAssert(e, false)
		return v
	case *ast.CallExpr:
		rs := b.call(e)
		if len(rs) == 0 {
			return nil
		}
		return rs[0]
	case *ast.StarExpr:
		x := &ir.Deref{X: b.through(e.X), Typed: ir.Typed{T: b.typeOf(e), Line: b.line(e.Star)}}
		switch k := b.madeUp(e); k {
		case never:
		case aFunc:
			b.f.Makes = append(b.f.Makes, x.T)
		default:
			return b.inside(x, k)
		}
		return x
	case *ast.UnaryExpr:
		return b.unary(e)
	case *ast.BinaryExpr:
		return b.binary(e)
	}
	panic(b.pos.String() + ": build: unexpected expression")
}

func constType(v constant.Value) types.Type {
	switch v.Kind() {
	case constant.Bool:
		return typBool
	case constant.String:
		return typString
	case constant.Float:
		return types.Typ[types.Float64]
	case constant.Complex:
		return types.Typ[types.Complex128]
	}
	return typInt
}

// value lowers e, converts it to t and leaves it unsettled.
func (b *fn) value(e ast.Expr, t types.Type) ir.Expr { return b.convert(b.expr(e), t) }

// now lowers and settles e.
func (b *fn) now(e ast.Expr) ir.Expr { return b.settle(b.expr(e)) }

func intConst(n int64, t types.Type) ir.Expr {
	return &ir.Const{Val: constant.MakeInt64(n), Typed: ir.Typed{T: t}}
}

func boolConst(v bool) ir.Expr {
	return &ir.Const{Val: constant.MakeBool(v), Typed: ir.Typed{T: typBool}}
}

func (b *fn) ident(e *ast.Ident) ir.Expr {
	obj := b.info.Uses[e]
	if obj == nil {
		obj = b.info.Defs[e]
	}
	switch obj := obj.(type) {
	case *types.Var:
		if isPackageLevel(obj) {
			return b.p.global(obj)
		}
		if k := b.readApart(obj); k != never && !b.writes {
			return b.inside(b.variable(obj), k)
		}
		return b.variable(obj)
	case *types.Func:
		return b.funcValue(e)
	}
	panic(b.pos.String() + ": build: unexpected identifier " + e.Name)
}

// funcObj returns the declared function that fun names, with its type arguments.
func (b *fn) funcObj(fun ast.Expr) (*types.Func, []types.Type) {
	var id *ast.Ident
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		if b.info.Selections[f] != nil {
			return nil, nil
		}
		id = f.Sel
	case *ast.IndexExpr:
		return b.funcObj(f.X)
	case *ast.IndexListExpr:
		return b.funcObj(f.X)
	}
	if id == nil {
		return nil, nil
	}
	obj, ok := b.info.Uses[id].(*types.Func)
	if !ok {
		return nil, nil
	}
	var targs []types.Type
	if inst, ok := b.info.Instances[id]; ok {
		for i := range inst.TypeArgs.Len() {
			targs = append(targs, b.env.typ(inst.TypeArgs.At(i)))
		}
	}
	return obj, targs
}

func (b *fn) funcValue(e ast.Expr) ir.Expr {
	obj, targs := b.funcObj(e)
	r := b.p.ref(obj, targs)
	if v := b.p.linkOf(r); v != nil {
		return &ir.GlobalRef{Obj: v, Typed: ir.Typed{T: v.Type()}}
	}
	return &ir.FuncRef{Ref: r, Typed: ir.Typed{T: b.typeOf(e)}}
}

// selection finds field or method name of x, which may be of a type parameter's type
// argument and so unknown to types.Info.
func (b *fn) selection(e *ast.SelectorExpr) (x types.Type, obj types.Object, index []int) {
	sel := b.info.Selections[e]
	x = b.env.typ(sel.Recv())
	if len(b.env.tparams) == 0 {
		return x, sel.Obj(), sel.Index()
	}
	obj, index, _ = types.LookupFieldOrMethod(x, true, sel.Obj().Pkg(), sel.Obj().Name())
	if obj == nil {
		panic(b.pos.String() + ": build: no " + sel.Obj().Name() + " in " + x.String())
	}
	return x, obj, index
}

func (b *fn) selector(e *ast.SelectorExpr) ir.Expr {
	sel := b.info.Selections[e]
	if sel == nil { // pkg.Name
		switch obj := b.info.Uses[e.Sel].(type) {
		case *types.Var:
			return b.p.global(obj)
		case *types.Func:
			return b.funcValue(e)
		}
		panic(b.pos.String() + ": build: unexpected selector")
	}
	switch sel.Kind() {
	case types.FieldVal:
		_, _, index := b.selection(e)
		x := b.path(b.descriptor(b.through(e.X)), index)
		if f, ok := x.(*ir.Field); ok {
			f.Line = b.line(e.X.End())
		}
		return x
	case types.MethodVal:
		return b.methodValue(e)
	}
	return b.methodExpr(e)
}

// path selects x's field by an index path through embedded fields.
func (b *fn) path(x ir.Expr, index []int) ir.Expr {
	for _, i := range index {
		t := x.Type().Underlying()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem().Underlying()
		}
		f := t.(*types.Struct).Field(i)
		x = &ir.Field{X: x, Index: i, Typed: ir.Typed{T: types.Unalias(f.Type())}}
	}
	return x
}

func (b *fn) index(e *ast.IndexExpr) ir.Expr {
	if tv := b.info.Types[e.X]; tv.IsValue() {
		if _, ok := tv.Type.(*types.Signature); !ok {
			t := b.typeOf(e.X)
			if m, ok := t.Underlying().(*types.Map); ok {
				b.viewKey(e.Index, m.Key())
				if quiet(b.info, e.Index) && b.copies(e.Index) && isString(m.Key()) { // the key is only read, and now
					v, _ := b.mapGet(b.expr(e.X), b.viewed(e.Index), m, false)
					return v
				}
				x, k := b.expr(e.X), b.value(e.Index, m.Key())
				return b.late(m.Elem(), func() ir.Expr { v, _ := b.mapGet(x, k, m, false); return v })
			}
			x := b.through(e.X)
			return &ir.Index{X: x, I: b.indexValue(e.Index), Typed: ir.Typed{T: b.typeOf(e), Line: b.line(e.Lbrack)}}
		}
	}
	return b.funcValue(e)
}

// indexValue lowers an index; untyped constants become int.
func (b *fn) indexValue(e ast.Expr) ir.Expr {
	x := b.expr(e)
	if c, ok := x.(*ir.Const); ok && c.Val != nil {
		return &ir.Const{Val: constant.ToInt(c.Val), Typed: ir.Typed{T: typInt}}
	}
	return x
}

func (b *fn) slice(e *ast.SliceExpr) ir.Expr {
	x := b.expr(e.X)
	if _, ok := x.Type().Underlying().(*types.Array); ok {
		x = &ir.Addr{X: x, Typed: ir.Typed{T: types.NewPointer(x.Type())}}
		if d, ok := x.(*ir.Addr).X.(*ir.Deref); ok {
			x = d.X
		}
	}
	// gc copies what is more than a name before it evaluates the next operand.
	opt := func(e ast.Expr) ir.Expr {
		if e == nil {
			return nil
		}
		x := b.indexValue(e)
		if _, ok := ast.Unparen(e).(*ast.Ident); ok {
			return x
		}
		return b.copied(x)
	}
	lo, hi, max := opt(e.Low), opt(e.High), opt(e.Max)
	t := b.typeOf(e)
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = typString
	}
	return &ir.Slice{X: x, Lo: lo, Hi: hi, Max: max, Typed: ir.Typed{T: t, Line: b.line(e.Lbrack)}}
}

// typeAssert lowers x.(T) where it stands. Without commaOk a failure panics.
func (b *fn) typeAssert(e *ast.TypeAssertExpr, commaOk bool) (v, ok ir.Expr) {
	x := b.atom(b.expr(e.X))
	defer b.moved(e.X.End())()
	t := b.typeOf(e.Type)
	dst, okv := b.temp(t), b.temp(typBool)
	b.emit(&ir.TypeAssert{Dst: dst, Ok: okv, X: x, To: t, At: b.at()})
	if !commaOk {
		b.assertOk(okv, x, t)
	}
	return ref(dst), ref(okv)
}

func (b *fn) assertOk(ok *ir.Var, x ir.Expr, to types.Type) {
	fail := b.into(func() {
		b.prim(nil, "PanicAssert", nil, &ir.Conv{X: x, Typed: ir.Typed{T: typAny}}, proto(to), proto(x.Type()))
	})
	b.emit(&ir.If{Cond: &ir.Unary{Op: token.NOT, X: ref(ok), Typed: ir.Typed{T: typBool}}, Then: fail, At: b.at()})
}

func (b *fn) unary(e *ast.UnaryExpr) ir.Expr {
	switch e.Op {
	case token.AND:
		return b.addressOf(e.X, b.typeOf(e))
	case token.ARROW:
		v, _ := b.receive(e)
		return v
	}
	return &ir.Unary{Op: e.Op, X: b.expr(e.X), Typed: ir.Typed{T: b.typeOf(e)}}
}

func (b *fn) addressOf(x ast.Expr, t types.Type) ir.Expr {
	if lit, ok := ast.Unparen(x).(*ast.CompositeLit); ok {
		et := t.Underlying().(*types.Pointer).Elem()
		c := b.composite(lit, et)
		return b.late(t, func() ir.Expr {
			c := b.settle(c)
			v := b.temp(t)
			if k, ok := c.(*ir.Const); !ok || k.Val != nil {
				c = b.holdPointers(c)
				b.alloc(v, et)
				b.assign1(deref(v, et), c)
			} else {
				b.alloc(v, et)
			}
			return ref(v)
		})
	}
	place := b.written(x)
	if _, ok := ast.Unparen(x).(*ast.StarExpr); ok { // &*p panics if p is nil
		return &ir.Addr{X: place, Typed: ir.Typed{T: t}}
	}
	return addr(place, t)
}

// holdPointers makes a settled composite safe to store after an allocation: its loads happen
// now, in order, as gc's do.
func (b *fn) holdPointers(e ir.Expr) ir.Expr {
	c, ok := e.(*ir.Composite)
	if !ok {
		return b.atom(e)
	}
	elems := make([]ir.Expr, len(c.Elems))
	for i, x := range c.Elems {
		elems[i] = b.holdPointers(x)
	}
	return &ir.Composite{Keys: c.Keys, Elems: elems, Typed: c.Typed}
}

// addr is &x, of type t.
func addr(x ir.Expr, t types.Type) ir.Expr {
	if d, ok := x.(*ir.Deref); ok {
		if !types.Identical(d.X.Type(), t) { // a defined pointer type
			return &ir.Conv{X: d.X, Typed: ir.Typed{T: t}}
		}
		return d.X
	}
	return &ir.Addr{X: x, Typed: ir.Typed{T: t}}
}

func (b *fn) binary(e *ast.BinaryExpr) ir.Expr {
	t := b.typeOf(e)
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
	}
	switch e.Op {
	case token.LAND, token.LOR:
		return b.shortCircuit(e, t)
	case token.SHL, token.SHR:
		x, y := b.expr(e.X), b.expr(e.Y)
		return binary(e.Op, b.convert(x, t), y, t)
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return b.compare(e, t)
	case token.ADD:
		if isString(t) {
			return b.concat(e, t)
		}
	}
	x, y := b.value(e.X, t), b.value(e.Y, t)
	op := &ir.Binary{Op: e.Op, X: x, Y: y, Typed: ir.Typed{T: t}}
	if e.Op == token.QUO || e.Op == token.REM {
		op.Line = b.line(e.OpPos)
	}
	return op
}

func (b *fn) shortCircuit(e *ast.BinaryExpr, t types.Type) ir.Expr {
	x := b.expr(e.X)
	var y ir.Expr
	right := b.into(func() { y = b.now(e.Y) })
	if len(right) == 0 && !hasLate(x) {
		return binary(e.Op, x, y, t)
	}
	if len(right) == 0 {
		return binary(e.Op, b.settle(x), y, t)
	}
	v := b.temp(t)
	b.set(v, b.plain(b.settle(x), t))
	cond := ir.Expr(ref(v))
	if e.Op == token.LOR {
		cond = &ir.Unary{Op: token.NOT, X: cond, Typed: ir.Typed{T: t}}
	}
	right = append(right, &ir.Assign{Dst: []ir.Expr{ref(v)}, Src: []ir.Expr{b.plain(y, t)}, At: b.at()})
	b.emit(&ir.If{Cond: cond, Then: right, At: b.at()})
	return ref(v)
}

// compare lowers a comparison. Mixed comparisons of interface and concrete values are the
// host's own and allocate nothing.
func (b *fn) compare(e *ast.BinaryExpr, t types.Type) ir.Expr {
	if isString(b.typeOf(e.X)) && isString(b.typeOf(e.Y)) && quiet(b.info, e.X) && quiet(b.info, e.Y) {
		return b.compareValues(e.Op, b.viewed(e.X), b.viewed(e.Y), t)
	}
	xt, yt := b.typeOf(e.X), b.typeOf(e.Y)
	// What is compared through its address is copied where it stands, as for boxing.
	operand := func(e ast.Expr, other types.Type) ir.Expr {
		x := b.expr(e)
		switch x.Type().Underlying().(type) {
		case *types.Interface:
		case *types.Struct, *types.Array:
			x = b.placed(x, x.Type())
		default:
			if isInterface(other) {
				x = b.placed(x, x.Type())
			}
		}
		return x
	}
	x := operand(e.X, yt)
	y := operand(e.Y, xt)
	return b.compareValues(e.Op, x, y, t)
}

// quiet reports whether evaluating e changes nothing.
func quiet(info *types.Info, e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			ok = ok && info.Types[n.Fun].IsType()
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		}
		return ok
	})
	return ok
}

func isNilConst(x ir.Expr) bool {
	c, ok := x.(*ir.Const)
	if !ok || c.Val != nil {
		return false
	}
	bt, ok := c.T.(*types.Basic)
	return ok && bt.Kind() == types.UntypedNil
}

// isNilOf reports whether x is the nil of a slice, map or func type.
func isNilOf(x ir.Expr) bool {
	c, ok := x.(*ir.Const)
	if !ok || c.Val != nil {
		return false
	}
	switch c.T.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Signature:
		return true
	}
	return false
}

func (b *fn) compareValues(op token.Token, x, y ir.Expr, t types.Type) ir.Expr {
	xt, yt := x.Type(), y.Type()
	switch {
	case isNilConst(x):
		x, xt = zero(yt), yt
	case isNilConst(y):
		y, yt = zero(xt), xt
	}
	_, isChan := xt.Underlying().(*types.Chan)
	if _, ychan := yt.Underlying().(*types.Chan); isMap(xt) || isChan && ychan {
		return binary(op, ptr(x), ptr(y), t)
	}
	if isNilOf(x) && isNilOf(y) && (op == token.EQL || op == token.NEQ) { // which the host refuses for slices, maps and funcs
		return boolConst(op == token.EQL)
	}
	if !types.Identical(xt, yt) && !isInterface(xt) && !isInterface(yt) {
		if cx, ok := x.(*ir.Const); ok && cx.Val != nil {
			x = b.convert(x, yt)
		} else {
			y = b.convert(y, xt)
		}
	} else if isInterface(xt) != isInterface(yt) { // a nil constant needs its type said
		x, y = typedNil(x, yt), typedNil(y, xt)
	}
	return binary(op, x, y, t)
}

// typedNil converts x to the interface type it is compared with if it is a constant without value.
func typedNil(x ir.Expr, iface types.Type) ir.Expr {
	if c, ok := x.(*ir.Const); ok && c.Val == nil && isInterface(iface) && !isInterface(c.T) {
		return &ir.Conv{X: x, Typed: ir.Typed{T: iface}}
	}
	return x
}

// ptr is the one word inside a map or channel; nil stays nil.
func ptr(x ir.Expr) ir.Expr {
	if c, ok := x.(*ir.Const); ok && c.Val == nil {
		return zero(typPtr)
	}
	return &ir.Ptr{X: x, Typed: ir.Typed{T: typPtr}}
}

// concat flattens a + b + c into one allocation.
func (b *fn) concat(e *ast.BinaryExpr, t types.Type) ir.Expr {
	b.viewParts(e)
	var parts []ir.Expr
	var walk func(e ast.Expr)
	walk = func(e ast.Expr) {
		if b.info.Types[e].Value == nil {
			if x, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && x.Op == token.ADD {
				walk(x.X)
				walk(x.Y)
				return
			}
		}
		parts = append(parts, b.convert(b.value(e, t), typString))
	}
	walk(e)
	return b.late(t, func() ir.Expr { return b.plain(b.concatNow(parts), t) })
}

func (b *fn) concatNow(parts []ir.Expr) ir.Expr {
	for i, x := range parts {
		parts[i] = b.settle(x)
	}
	for i, x := range parts {
		parts[i] = b.atom(x)
	}
	name := "ConcatN"
	switch len(parts) {
	case 2:
		name = "Concat2"
	case 3:
		name = "Concat3"
	}
	return b.prim1(typString, name, nil, parts...)
}
