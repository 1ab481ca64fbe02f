package build

import (
	"go/ast"
	"go/constant"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers composite literals.

// composite lowers a literal of type t (or &t, where the & is elided in a nested literal).
func (b *fn) composite(e *ast.CompositeLit, t types.Type) ir.Expr {
	switch u := t.Underlying().(type) {
	case *types.Pointer: // elided &T{…}
		return b.addressOf(e, t)
	case *types.Struct:
		return b.structLit(e, t, u)
	case *types.Array:
		keys, elems, _ := b.elements(e, u.Elem())
		return &ir.Composite{Keys: keys, Elems: elems, Typed: ir.Typed{T: t}}
	case *types.Slice:
		keys, elems, n := b.elements(e, u.Elem())
		if n == 0 {
			return b.sliceOf(nil, nil, 0, t)
		}
		return b.sliceOf(elems, keys, n, t)
	case *types.Map:
		return b.mapLit(e, t, u)
	}
	panic(b.pos.String() + ": build: composite literal of " + t.String())
}

func (b *fn) structLit(e *ast.CompositeLit, t types.Type, u *types.Struct) ir.Expr {
	if len(e.Elts) == 0 {
		return zero(t)
	}
	elems := make([]ir.Expr, u.NumFields())
	for i, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			i = fieldIndex(u, kv.Key.(*ast.Ident).Name, b.src.Types)
			x = kv.Value
		}
		ft := types.Unalias(u.Field(i).Type())
		elems[i] = b.element(x, ft)
	}
	for i := range elems {
		if elems[i] == nil {
			elems[i] = zero(types.Unalias(u.Field(i).Type()))
		}
	}
	return &ir.Composite{Elems: elems, Typed: ir.Typed{T: t}}
}

func fieldIndex(u *types.Struct, name string, pkg *types.Package) int {
	for i := range u.NumFields() {
		f := u.Field(i)
		if f.Name() == name && (f.Exported() || f.Pkg() == pkg || f.Pkg() == nil || f.Pkg().Path() == pkg.Path()) {
			return i
		}
	}
	panic("build: no field " + name)
}

// element lowers one element, whose type may be elided.
func (b *fn) element(x ast.Expr, t types.Type) ir.Expr {
	t = types.Unalias(t)
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		return b.composite(lit, t)
	}
	return b.value(x, t)
}

// elements lowers an array's or slice's elements; keys is nil if they are 0, 1, 2 …
func (b *fn) elements(e *ast.CompositeLit, et types.Type) (keys []int, elems []ir.Expr, n int64) {
	keyed := false
	next := 0
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			k, _ := constant.Int64Val(constant.ToInt(b.info.Types[kv.Key].Value))
			if int(k) != next {
				keyed = true
			}
			next = int(k)
			x = kv.Value
		}
		keys = append(keys, next)
		elems = append(elems, b.element(x, et))
		next++
		n = max(n, int64(next))
	}
	if !keyed {
		keys = nil
	}
	return keys, elems, n
}
