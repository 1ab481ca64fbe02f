package build

import (
	"go/types"

	"rtgen/cps/ir"
)

// This file makes every conversion explicit, implicit ones included.

var (
	typString = types.Typ[types.String]
	typInt    = types.Typ[types.Int]
	typBool   = types.Typ[types.Bool]
	typPtr    = types.Typ[types.UnsafePointer]
	typAny    = types.Universe.Lookup("any").Type().Underlying()
	typBytes  = types.NewSlice(types.Typ[types.Uint8])
	typRunes  = types.NewSlice(types.Typ[types.Int32])
)

func isInterface(t types.Type) bool {
	_, ok := t.Underlying().(*types.Interface)
	return ok
}

func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()
	}
	return 0
}

func isString(t types.Type) bool { return basicInfo(t)&types.IsString != 0 }

func isUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

func isElem(t types.Type, kind types.BasicKind) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == kind
}

// convert is the implicit conversion of x to t on assignment, passing or returning.
func (b *fn) convert(x ir.Expr, t types.Type) ir.Expr {
	xt := x.Type()
	if types.Identical(xt, t) {
		return x
	}
	if bt, ok := xt.(*types.Basic); ok && bt.Kind() == types.UntypedNil {
		return zero(t)
	}
	if c, ok := x.(*ir.Const); ok && !isInterface(t) {
		return &ir.Const{Val: c.Val, Typed: ir.Typed{T: t}}
	}
	if isInterface(t) && !isInterface(xt) {
		return b.box(x, t)
	}
	return &ir.Conv{X: x, Typed: ir.Typed{T: t}}
}

// box converts a concrete value to an interface.
func (b *fn) box(x ir.Expr, iface types.Type) ir.Expr {
	t := x.Type()
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
		x = b.convert(x, t)
	}
	_, static := x.(*ir.Const)
	x = b.placed(x, t)
	if static || b.p.direct(t) || b.p.sizes.Sizeof(t) == 0 || b.p.sizes.Sizeof(t) == 1 && basicInfo(t) != 0 {
		return &ir.Conv{X: x, Typed: ir.Typed{T: iface}}
	}
	return b.late(iface, func() ir.Expr {
		return b.prim1(iface, "Box", []types.Type{iface, t}, layout(t),
			&ir.IfaceProto{Of: t, Typed: ir.Typed{T: iface}}, b.atom(x))
	})
}

// placed is x, of type t, copied where it stands if gc needs its address and it has none.
func (b *fn) placed(x ir.Expr, t types.Type) ir.Expr {
	if _, static := x.(*ir.Const); static || addressable(x) || !b.byAddress(t) {
		return x
	}
	return b.atom(x)
}

// addressable reports whether x has an address; it is read when all calls of the statement are done.
func addressable(x ir.Expr) bool {
	switch x := x.(type) {
	case *ir.VarRef, *ir.GlobalRef, *ir.FuncRef, *ir.NoescapeAddr, *ir.Deref:
		return true
	case *ir.Field:
		_, pointer := x.X.Type().Underlying().(*types.Pointer)
		return pointer || addressable(x.X)
	case *ir.Index:
		if _, array := x.X.Type().Underlying().(*types.Array); array {
			return addressable(x.X)
		}
		return !isString(x.X.Type())
	}
	return false
}

// byAddress reports whether gc makes an interface of a value of t through the value's address, for which it copies
// what has none where it stands: literals, sums, even pointers.
func (b *fn) byAddress(t types.Type) bool {
	for {
		switch u := t.Underlying().(type) {
		case *types.Struct:
			if u.NumFields() == 1 {
				t = u.Field(0).Type()
				continue
			}
		case *types.Array:
			if u.Len() == 1 {
				t = u.Elem()
				continue
			}
		}
		break
	}
	if _, ok := t.Underlying().(*types.Slice); ok || isString(t) {
		return false
	}
	n := b.p.sizes.Sizeof(t)
	return !((n == 2 || n == 4 || n == 8) && b.p.sizes.Alignof(t) == n && pointerWords(t) == 0)
}

// direct reports whether an interface holds a value of t in its data word: one word that is a pointer.
func (p *program) direct(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() == types.UnsafePointer
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Struct:
		if p.sizes.Sizeof(t) != 8 {
			return false
		}
		for i := range t.NumFields() {
			if p.direct(t.Field(i).Type()) {
				return true
			}
		}
	case *types.Array:
		return t.Len() == 1 && p.direct(t.Elem())
	}
	return false
}

// conversion is the explicit conversion T(x) of a value that is not constant.
func (b *fn) conversion(x ir.Expr, t types.Type) ir.Expr {
	xt := x.Type()
	switch {
	case isNilConst(x):
		return zero(t)
	case types.Identical(xt, t):
		return x
	case isInterface(t):
		return b.convert(x, t)
	case isString(t):
		switch {
		case isString(xt):
		case basicInfo(xt)&types.IsInteger != 0:
			it := types.Typ[types.Int64]
			return b.late(t, func() ir.Expr {
				x := b.settle(x)
				if basicInfo(xt)&types.IsUnsigned != 0 { // keep large values out of range
					x = builtin("min", types.Typ[types.Uint64], b.plain(x, types.Typ[types.Uint64]), intConst(1<<32, types.Typ[types.Uint64]))
				}
				return b.plain(b.prim1(typString, "IntToString", nil, b.plain(x, it)), t)
			})
		case isElem(xt, types.Uint8):
			return b.alloced(x, typBytes, typString, t, "BytesToString")
		case isElem(xt, types.Int32):
			return b.alloced(x, typRunes, typString, t, "RunesToString")
		}
	case isString(xt) && isElem(t, types.Uint8):
		return b.alloced(x, typString, typBytes, t, "StringToBytes")
	case isString(xt) && isElem(t, types.Int32):
		return b.alloced(x, typString, typRunes, t, "StringToRunes")
	case basicInfo(xt)&types.IsInteger != 0 && isUnsafePointer(t):
		// unsafe.Pointer(f()): from the call on the collector must see the pointer.
		if v, ok := x.(*ir.VarRef); ok && b.temps[v.V] {
			return ref(b.tempFor(&ir.Conv{X: x, Typed: ir.Typed{T: t}}))
		}
	}
	return &ir.Conv{X: x, Typed: ir.Typed{T: t}}
}

// alloced is a conversion by a primitive from type arg to type res, seen as t.
func (b *fn) alloced(x ir.Expr, arg, res, t types.Type, prim string) ir.Expr {
	return b.late(t, func() ir.Expr {
		return b.plain(b.prim1(res, prim, nil, b.atom(b.plain(x, arg))), t)
	})
}

// plain is a conversion that never needs a statement.
func (b *fn) plain(x ir.Expr, t types.Type) ir.Expr {
	if types.Identical(x.Type(), t) {
		return x
	}
	return &ir.Conv{X: x, Typed: ir.Typed{T: t}}
}
