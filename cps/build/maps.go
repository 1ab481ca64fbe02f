package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers map operations to calls of internal/runtime/maps, which is rewritten
// with the program. As the compiler does, it picks the function by the key's type.

// mapKind is the suffix of the specialised functions for a key and element type.
func (b *fn) mapKind(m *types.Map) (suffix string, keyType types.Type) {
	const maxElem = 128
	if b.p.sizes.Sizeof(m.Elem()) > maxElem {
		return "", nil
	}
	switch u := m.Key().Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Kind() == types.String:
			return "_faststr", typString
		case u.Info()&types.IsInteger != 0 && b.p.sizes.Sizeof(u) == 8:
			return "_fast64", types.Typ[types.Uint64]
		case u.Info()&types.IsInteger != 0 && b.p.sizes.Sizeof(u) == 4:
			return "_fast32", types.Typ[types.Uint32]
		}
	}
	return "", nil
}

func (b *fn) mapFunc(name string) *ir.Ref {
	fn, ok := b.p.mapsPkg.Scope().Lookup(name).(*types.Func)
	if !ok {
		panic("build: internal/runtime/maps has no " + name)
	}
	return b.p.ref(fn, nil)
}

// mapCall calls a function of internal/runtime/maps. A key passed by address counts as live.
func (b *fn) mapCall(name string, args ...ir.Expr) []ir.Expr {
	r := b.mapFunc(name)
	sig := r.Obj.Signature()
	for i := range args {
		args[i] = b.plain(args[i], types.Unalias(sig.Params().At(i).Type()))
	}
	ts := make([]types.Type, sig.Results().Len())
	for i := range ts {
		ts[i] = types.Unalias(sig.Results().At(i).Type())
	}
	return b.emitCall(ir.Callee{Kind: ir.Static, Ref: r}, args, false, ts)
}

func (b *fn) mapType(m types.Type) ir.Expr {
	t := b.mapFunc("runtime_mapaccess1").Obj.Signature().Params().At(0).Type()
	return &ir.MapTypeRef{Of: m, T: t}
}

// mapKey prepares the key: by value for the specialised functions, else the address of a local.
func (b *fn) mapKey(k ir.Expr, m *types.Map, kt types.Type) ir.Expr {
	if kt != nil {
		return b.atomConv(k, kt)
	}
	v := b.temp(m.Key())
	b.set(v, b.settle(k))
	return &ir.NoescapeAddr{V: v, Typed: ir.Typed{T: typPtr}}
}

func (b *fn) atomConv(k ir.Expr, t types.Type) ir.Expr {
	k = b.settle(k)
	if c, ok := k.(*ir.Const); ok && c.Val != nil {
		if basicInfo(c.T)&types.IsUnsigned == 0 && basicInfo(t)&types.IsUnsigned != 0 {
			return ref(b.tempFor(b.plain(ref(b.tempFor(c)), t)))
		}
		return b.convert(c, t)
	}
	return ref(b.tempFor(b.plain(k, t)))
}

// elemAt is *(*E)(p).
func elemAt(p ir.Expr, t types.Type) ir.Expr {
	t = types.Unalias(t)
	pt := types.NewPointer(t)
	return &ir.Deref{X: &ir.Conv{X: p, Typed: ir.Typed{T: pt}}, Typed: ir.Typed{T: t}}
}

func (b *fn) mapGet(x, k ir.Expr, m *types.Map, commaOk bool) (v, ok ir.Expr) {
	suffix, kt := b.mapKind(m)
	x = b.settle(x)
	key := b.mapKey(k, m, kt)
	name := "runtime_mapaccess1"
	if commaOk {
		name = "runtime_mapaccess2"
	}
	rs := b.mapCall(name+suffix, b.mapType(x.Type()), ptr(x), key)
	v = ref(b.tempFor(elemAt(rs[0], m.Elem())))
	if commaOk {
		return v, rs[1]
	}
	return v, nil
}

// mapSlot finds or makes the element for a key and returns it as an lvalue, to be assigned at once.
func (b *fn) mapSlot(x, k ir.Expr, m *types.Map) ir.Expr {
	suffix, kt := b.mapKind(m)
	x = b.settle(x)
	key := b.mapKey(k, m, kt)
	rs := b.mapCall("runtime_mapassign"+suffix, b.mapType(x.Type()), ptr(x), key)
	return elemAt(rs[0], m.Elem())
}

func (b *fn) mapDelete(x, k ir.Expr, m *types.Map) {
	x = b.settle(x)
	v := b.temp(m.Key())
	b.set(v, b.settle(k))
	b.mapCall("rtgen_mapdelete", b.mapType(x.Type()), ptr(x), &ir.NoescapeAddr{V: v, Typed: ir.Typed{T: typPtr}})
}

func (b *fn) mapClear(x ir.Expr, m *types.Map) {
	b.mapCall("rtgen_mapclear", b.mapType(x.Type()), ptr(x))
}

func (b *fn) mapMake(t types.Type, hint ir.Expr) ir.Expr {
	rs := b.mapCall("rtgen_makemap", b.mapType(t), hint)
	v := b.temp(t)
	b.set(v, &ir.Conv{X: b.plain(rs[0], typPtr), Typed: ir.Typed{T: t}})
	return ref(v)
}

// mapLit makes a map. As gc does, it stores the entries that are not static one at a time, where the literal stands.
func (b *fn) mapLit(e *ast.CompositeLit, t types.Type, u *types.Map) ir.Expr {
	kt, vt := types.Unalias(u.Key()), types.Unalias(u.Elem())
	n := intConst(int64(len(e.Elts)), typInt)
	var static, dynamic []*ast.KeyValueExpr
	for _, x := range e.Elts {
		if kv := x.(*ast.KeyValueExpr); b.isStatic(kv.Key) && b.isStatic(kv.Value) {
			static = append(static, kv)
		} else {
			dynamic = append(dynamic, kv)
		}
	}
	if len(dynamic) == 0 {
		return b.late(t, func() ir.Expr {
			m := b.mapMake(t, n)
			for _, kv := range static {
				b.store(place{m: m, k: b.element(kv.Key, kt), mt: u, t: vt}, b.settle(b.element(kv.Value, vt)))
			}
			return m
		})
	}
	m := b.mapMake(t, n)
	defer func(p token.Pos) { b.lastCall = p }(b.lastCall)
	for _, kv := range append(static, dynamic...) {
		b.lastCall = b.lastCallIn(kv)
		k := b.element(kv.Key, kt)
		b.store(place{m: m, k: k, mt: u, t: vt}, b.settle(b.element(kv.Value, vt)))
	}
	return m
}

// isStatic reports whether e is a constant, nil, or an array or a struct of such.
func (b *fn) isStatic(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		switch b.typeOf(e).Underlying().(type) {
		case *types.Array, *types.Struct:
		default:
			return false
		}
		for _, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				x = kv.Value
			}
			if !b.isStatic(x) {
				return false
			}
		}
		return true
	default:
		tv := b.info.Types[e]
		return tv.Value != nil || tv.IsNil()
	}
}

// rangeMap iterates with maps.Iter, which copes with growth and deletion as Go's maps do.
func (b *fn) rangeMap(s *ast.RangeStmt, m *types.Map) {
	it := b.p.mapsPkg.Scope().Lookup("Iter").Type()
	x := b.atom(b.expr(s.X))
	v := b.newCell("it", it)
	method := func(name string) *ir.Ref {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(it), false, b.p.mapsPkg, name)
		return b.p.ref(obj.(*types.Func), nil)
	}
	call := func(name string, ts []types.Type, args ...ir.Expr) []ir.Expr {
		return b.emitCall(ir.Callee{Kind: ir.Static, Ref: method(name)}, append([]ir.Expr{ref(v)}, args...), false, ts)
	}
	mp := method("Init").Obj.Signature().Params().At(1).Type()
	call("Init", nil, b.mapType(x.Type()), b.plain(ptr(x), types.Unalias(mp)))
	b.sharedVars(s)
	b.loop(s, nil, func(t *target) {
		call("Next", nil)
		k := call("Key", []types.Type{typPtr})[0]
		b.emit(&ir.If{Cond: binary(token.EQL, k, zero(typPtr), typBool), Then: []ir.Stmt{&ir.Break{Label: t.brk, At: b.at()}}, At: b.at()})
		t.brkUsed = true
		if isBlank(s.Value) {
			b.rangeVar(s, s.Key, elemAt(k, m.Key()))
		} else {
			e := call("Elem", []types.Type{typPtr})[0]
			b.rangeVars(s, elemAt(k, m.Key()), elemAt(e, m.Elem()))
		}
		b.block(s.Body.List)
	}, nil)
}
