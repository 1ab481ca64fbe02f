package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers the builtin functions.

func builtinName(e *ast.CallExpr) string {
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return "unsafe." + f.Sel.Name
	}
	return ""
}

// builtinCall lowers the arguments and the call; nil if it has no result.
func (b *fn) builtinCall(e *ast.CallExpr) ir.Expr {
	switch name := b.builtinID(e); name {
	case "new":
		return b.pinned(e, b.newCall(e))
	case "make":
		x := b.makeCall(e)
		if b.pins(e) {
			return b.settle(x) // a temporary of its own
		}
		return x
	case "len", "cap":
		x := b.expr(e.Args[0])
		return b.pinned(e, b.length(name, x))
	case "unsafe.Sizeof", "unsafe.Alignof":
		t := b.typeOf(e.Args[0])
		n := b.p.sizes.Sizeof(t)
		if name == "unsafe.Alignof" {
			n = b.p.sizes.Alignof(t)
		}
		return b.number(n, b.typeOf(e))
	case "unsafe.Offsetof":
		se := ast.Unparen(e.Args[0]).(*ast.SelectorExpr)
		x, _, index := b.selection(se)
		return b.number(b.offset(x, index), b.typeOf(e))
	}
	var args []ir.Expr
	if len(e.Args) == 1 {
		if tuple, ok := b.info.TypeOf(e.Args[0]).(*types.Tuple); ok {
			if tuple.Len() > 1 {
				args = b.call(ast.Unparen(e.Args[0]).(*ast.CallExpr))
			}
		}
	}
	if args == nil {
		if more := b.madeSlice(e); more != nil {
			s := b.convert(b.expr(e.Args[0]), b.typeOf(e))
			return b.extend(s, b.plain(b.indexValue(more.Args[1]), typInt))
		}
		appends := b.builtinID(e) == "append" && !e.Ellipsis.IsValid()
		for i, a := range e.Args {
			x := b.expr(a)
			if appends && i > 0 && !isNilConst(x) { // converted where it stands
				x = b.convert(x, types.Unalias(b.typeOf(e).Underlying().(*types.Slice).Elem()))
			}
			args = append(args, x)
		}
	}
	return b.builtinValues(e, args)
}

// madeSlice returns the call of make if e is append(s, make([]T, n)...), which makes no slice.
func (b *fn) madeSlice(e *ast.CallExpr) *ast.CallExpr {
	if b.builtinID(e) != "append" || !e.Ellipsis.IsValid() {
		return nil
	}
	c, ok := ast.Unparen(e.Args[1]).(*ast.CallExpr)
	if !ok || len(c.Args) != 2 || !b.info.Types[c.Fun].IsBuiltin() || b.builtinID(c) != "make" {
		return nil
	}
	return c
}

// extend lowers append(s, make([]T, n)...).
func (b *fn) extend(s0, n0 ir.Expr) ir.Expr {
	t := s0.Type()
	el := types.Unalias(t.Underlying().(*types.Slice).Elem())
	ut := types.NewSlice(el)
	both := b.settleAll([]ir.Expr{s0, n0})
	s, n := b.tempFor(both[0]), b.tempFor(both[1])
	b.emit(&ir.If{Cond: binary(token.LSS, ref(n), intConst(0, typInt), typBool), At: b.at(), Then: b.into(func() {
		b.prim1(ut, "MakeSlice", []types.Type{el}, layout(el), ref(n), ref(n)) // panics
	})})
	length := b.tempFor(builtin("len", typInt, ref(s)))
	b.grow(s, length, ref(n), nil)
	b.set(s, &ir.Slice{X: ref(s), Hi: binary(token.ADD, ref(length), ref(n), typInt), Typed: ir.Typed{T: t}})
	b.clearCall(&ir.Slice{X: ref(s), Lo: ref(length), Typed: ir.Typed{T: t}})
	return ref(s)
}

// grow gives s, of that length, room for n more elements. If it moves, it is stored in self as well.
func (b *fn) grow(s, length *ir.Var, n, self ir.Expr) {
	el := types.Unalias(s.Type.Underlying().(*types.Slice).Elem())
	ut := types.NewSlice(el)
	room := binary(token.SUB, builtin("cap", typInt, ref(s)), ref(length), typInt)
	b.emit(&ir.If{Cond: binary(token.LSS, room, n, typBool), At: b.at(), Then: b.into(func() {
		g := b.prim1(ut, "Grow", []types.Type{el}, layout(el), b.atom(b.plain(ref(s), ut)), n)
		b.set(s, b.plain(g, s.Type))
		if self != nil {
			b.assign1(self, ref(s))
		}
	})})
}

// builtinID is the builtin's own name, also where it was imported or shadowed by dot imports.
func (b *fn) builtinID(e *ast.CallExpr) string {
	var id *ast.Ident
	switch f := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	}
	if obj, ok := b.info.Uses[id].(*types.Builtin); ok {
		switch n := obj.Name(); n {
		case "Add", "Slice", "SliceData", "String", "StringData", "Sizeof", "Alignof", "Offsetof":
			return "unsafe." + n
		default:
			return n
		}
	}
	return builtinName(e)
}

func (b *fn) offset(t types.Type, index []int) int64 {
	var off int64
	for _, i := range index {
		st := t.Underlying()
		if p, ok := st.(*types.Pointer); ok {
			st = p.Elem().Underlying()
			off = 0
		}
		s := st.(*types.Struct)
		fields := make([]*types.Var, s.NumFields())
		for j := range fields {
			fields[j] = s.Field(j)
		}
		off += b.p.sizes.Offsetsof(fields)[i]
		t = s.Field(i).Type()
	}
	return off
}

// builtinValues lowers a builtin whose arguments are lowered already.
func (b *fn) builtinValues(e *ast.CallExpr, args []ir.Expr) ir.Expr {
	t := b.typeOf(e)
	name := b.builtinID(e)
	switch name {
	case "append":
		return b.appendCall(e, args, t)
	case "copy":
		return b.copyCall(args)
	case "clear":
		b.clearCall(b.settle(args[0]))
		return nil
	case "close":
		b.prim(nil, "Close", nil, b.atom(ptr(args[0])))
		return nil
	case "delete":
		m := args[0].Type().Underlying().(*types.Map)
		b.mapDelete(args[0], b.convert(args[1], m.Key()), m)
		return nil
	case "panic":
		v := b.atom(b.convert(args[0], typAny))
		b.prim(nil, "Panic", nil, v)
		return nil
	case "print", "println":
		b.print(name == "println", b.settleAll(args))
		return nil
	case "recover":
		v := b.temp(typAny)
		b.f.Recovers = true
		b.emit(&ir.Recover{Dst: v, At: b.at()})
		return ref(v)
	case "complex":
		ft := types.Typ[types.Float64]
		if bt := t.Underlying().(*types.Basic); bt.Kind() == types.Complex64 {
			ft = types.Typ[types.Float32]
		}
		for i := range args {
			if !types.Identical(args[i].Type().Underlying(), ft) {
				args[i] = b.convert(args[i], ft)
			}
		}
		return b.pinned(e, builtin(name, t, args...))
	case "real", "imag":
		return b.pinned(e, builtin(name, t, args[0]))
	case "min", "max":
		for i := range args {
			args[i] = b.convert(args[i], t)
		}
		return b.pinned(e, builtin(name, t, args...))
	case "len", "cap":
		return b.pinned(e, b.length(name, args[0]))
	}
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
	}
	return builtin(name, t, args...)
}

func (b *fn) length(name string, x ir.Expr) ir.Expr {
	t := x.Type().Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	switch t := t.(type) {
	case *types.Map:
		return builtin("MapLen", typInt, ptr(x))
	case *types.Chan:
		if name == "len" {
			return builtin("ChanLen", typInt, ptr(x))
		}
		return builtin("ChanCap", typInt, ptr(x))
	case *types.Array: // not constant because evaluating x has effects, or by a type parameter
		b.discard(x)
		return b.number(t.Len(), typInt)
	}
	return builtin(name, typInt, x)
}

func (b *fn) newCall(e *ast.CallExpr) ir.Expr {
	t := b.typeOf(e)
	et := types.Unalias(t.Underlying().(*types.Pointer).Elem())
	var init ir.Expr
	if !b.info.Types[e.Args[0]].IsType() {
		init = b.value(e.Args[0], et)
	}
	return b.late(t, func() ir.Expr {
		var x ir.Expr
		if init != nil {
			x = b.holdPointers(b.settle(init))
		}
		v := b.temp(t)
		b.alloc(v, et)
		if x != nil {
			b.assign1(deref(v, et), x)
		}
		return ref(v)
	})
}

func (b *fn) makeCall(e *ast.CallExpr) ir.Expr {
	t := b.typeOf(e)
	var sizes []ir.Expr
	for _, a := range e.Args[1:] {
		x := b.indexValue(a)
		if !types.Identical(x.Type().Underlying(), typInt) {
			x = b.size(x)
		}
		sizes = append(sizes, b.plain(x, typInt))
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		if len(sizes) == 1 {
			sizes = append(sizes, sizes[0])
		}
		return b.late(t, func() ir.Expr {
			n := b.settle(sizes[0])
			if _, ok := n.(*ir.Const); !ok {
				n = ref(b.tempFor(n))
			}
			c := n
			if sizes[1] != sizes[0] {
				c = b.settle(sizes[1])
			}
			el := types.Unalias(u.Elem())
			return b.plain(b.prim1(types.NewSlice(el), "MakeSlice", []types.Type{el}, layout(el), n, c), t)
		})
	case *types.Map:
		hint := intConst(0, typInt)
		if len(sizes) > 0 {
			hint = sizes[0]
		}
		return b.late(t, func() ir.Expr { return b.mapMake(t, b.settle(hint)) })
	case *types.Chan:
		n := intConst(0, typInt)
		if len(sizes) > 0 {
			n = sizes[0]
		}
		el := types.Unalias(u.Elem())
		ct := types.NewChan(types.SendRecv, el)
		return b.late(t, func() ir.Expr {
			return b.plain(b.prim1(ct, "MakeChan", []types.Type{el}, layout(el), b.settle(n)), t)
		})
	}
	panic(b.pos.String() + ": build: make")
}

// size brings a size of any integer type into int; what does not fit becomes negative and so out of range.
func (b *fn) size(x ir.Expr) ir.Expr {
	if basicInfo(x.Type())&types.IsUnsigned != 0 && b.p.sizes.Sizeof(x.Type()) == 8 {
		u := types.Typ[types.Uint64]
		return builtin("min", u, b.plain(x, u), intConst(1<<62, u))
	}
	return x
}

// appendCall lowers append(s, elems...): grow if there is no room, then store in place.
func (b *fn) appendCall(e *ast.CallExpr, args []ir.Expr, t types.Type) ir.Expr {
	st := t.Underlying().(*types.Slice)
	el := types.Unalias(st.Elem())
	s0 := b.convert(args[0], t)
	if isNilConst(args[0]) {
		s0 = zero(t)
	}
	for i := 1; i < len(args); i++ {
		switch {
		case isNilConst(args[i]):
			args[i] = zero(t)
		case !e.Ellipsis.IsValid():
			args[i] = b.convert(args[i], el)
		}
	}
	all := b.settleAll(append([]ir.Expr{s0}, args[1:]...))
	s := b.tempFor(all[0])
	if len(all) == 1 {
		return ref(s)
	}
	rest := all[1:]
	n := ir.Expr(intConst(int64(len(rest)), typInt))
	spread := e.Ellipsis.IsValid()
	if spread {
		rest[0] = b.atom(rest[0])
		if c, ok := rest[0].(*ir.Const); ok && c.Val == nil {
			return ref(s)
		}
		n = ref(b.tempFor(builtin("len", typInt, rest[0])))
	} else {
		for i, x := range rest {
			rest[i] = b.holdPointers(x)
		}
	}
	length := b.tempFor(builtin("len", typInt, ref(s)))
	self := b.inPlace[e]
	b.grow(s, length, n, self)
	longer := func(x ir.Expr) ir.Expr {
		return &ir.Slice{X: x, Hi: binary(token.ADD, ref(length), n, typInt), Typed: ir.Typed{T: t}}
	}
	b.set(s, longer(ref(s)))
	if self != nil {
		b.assign1(self, longer(self))
	}
	if spread {
		dst := &ir.Slice{X: ref(s), Lo: ref(length), Typed: ir.Typed{T: t}}
		b.copyInto(dst, rest[0])
		return ref(s)
	}
	for i, x := range rest {
		at := ir.Expr(ref(length))
		if i > 0 {
			at = binary(token.ADD, at, intConst(int64(i), typInt), typInt)
		}
		b.assign1(&ir.Index{X: ref(s), I: at, Typed: ir.Typed{T: el}}, x)
	}
	return ref(s)
}

func (b *fn) copyCall(args []ir.Expr) ir.Expr {
	args = b.settleAll(args)
	return ref(b.copyInto(args[0], args[1]))
}

func (b *fn) copyInto(dst, src ir.Expr) *ir.Var {
	n := b.temp(typInt)
	el := types.Unalias(dst.Type().Underlying().(*types.Slice).Elem())
	ut := types.NewSlice(el)
	if isString(src.Type()) {
		b.prim([]*ir.Var{n}, "CopyString", nil, b.plain(dst, typBytes), b.plain(src, typString))
	} else {
		b.prim([]*ir.Var{n}, "Copy", []types.Type{el}, b.plain(dst, ut), b.plain(src, ut))
	}
	return n
}

func (b *fn) clearCall(x ir.Expr) {
	switch u := x.Type().Underlying().(type) {
	case *types.Map:
		b.mapClear(x, u)
	case *types.Slice:
		el := types.Unalias(u.Elem())
		b.prim(nil, "ClearSlice", []types.Type{el}, b.plain(x, types.NewSlice(el)))
	}
}

// print lowers print and println.
func (b *fn) print(ln bool, args []ir.Expr) {
	for i, x := range args {
		args[i] = b.copied(x) // what panics must do so before the lock is taken
	}
	b.prim(nil, "PrintLock", nil)
	for i, x := range args {
		if ln && i > 0 {
			b.prim(nil, "PrintSp", nil)
		}
		b.printValue(x)
	}
	if ln {
		b.prim(nil, "PrintNl", nil)
	}
	b.prim(nil, "PrintUnlock", nil)
}

func (b *fn) printValue(x ir.Expr) {
	t := x.Type()
	one := func(name string, as types.BasicKind) {
		b.prim(nil, name, nil, b.plain(x, types.Typ[as]))
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case u.Kind() == types.UntypedNil:
			b.prim(nil, "PrintPointer", nil, zero(typPtr))
		case u.Kind() == types.UnsafePointer:
			b.prim(nil, "PrintPointer", nil, b.plain(x, typPtr))
		case info&types.IsBoolean != 0:
			one("PrintBool", types.Bool)
		case info&types.IsUnsigned != 0:
			one("PrintUint", types.Uint64)
		case info&types.IsInteger != 0:
			one("PrintInt", types.Int64)
		case u.Kind() == types.Float32:
			one("PrintFloat32", types.Float32)
		case info&types.IsFloat != 0:
			one("PrintFloat", types.Float64)
		case u.Kind() == types.Complex64:
			one("PrintComplex64", types.Complex64)
		case info&types.IsComplex != 0:
			one("PrintComplex", types.Complex128)
		case info&types.IsString != 0:
			one("PrintString", types.String)
		}
	case *types.Interface:
		name := "PrintIface"
		if u.NumMethods() == 0 {
			name = "PrintEface"
		}
		b.prim(nil, name, nil, b.plain(x, typAny))
	case *types.Slice:
		p := b.plain(builtin("unsafe.SliceData", types.NewPointer(u.Elem()), x), typPtr)
		b.prim(nil, "PrintSlice", nil, p, builtin("len", typInt, x), builtin("cap", typInt, x))
	case *types.Map, *types.Chan:
		b.prim(nil, "PrintPointer", nil, ptr(x))
	case *types.Signature:
		b.prim(nil, "PrintPointer", nil, builtin("FuncPtr", typPtr, x))
	default:
		b.prim(nil, "PrintPointer", nil, b.plain(x, typPtr))
	}
}
