package build

import (
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers functions without a body that are linked to one of another signature. Programs declare what they
// link to with types of their own, of the same size:
//
//	//go:linkname mapiternext reflect.mapiternext     func mapiternext(it *hiter) {
//	func mapiternext(it *hiter)                   →       reflect.mapiternext((*reflect.mapIter)(unsafe.Pointer(it)))
//	                                                  }

// sameTypes reports whether two functions take and return the same.
func sameTypes(f, g *types.Signature) bool {
	return types.Identical(f.Params(), g.Params()) && types.Identical(f.Results(), g.Results())
}

// shim gives r, which has no body, one that calls t. within says that r's package may mention what t's does.
func (p *program) shim(r, t *ir.Ref, within bool) {
	fn := r.Obj
	f, g := fn.Signature(), t.Obj.Signature()
	for _, list := range []*types.Tuple{g.Params(), g.Results()} {
		for i := range list.Len() {
			if described(list.At(i).Type()) && !p.byTypes[fn.Pkg()].Standard {
				p.errorf(fn.Pos(), "function %s is linked to %s, which has type descriptors of another form here", fn.FullName(), t.Obj.FullName())
				return
			}
		}
	}
	silent := g.Results().Len() == 0 // gc's callers of such a function would find anything in their result
	if !within || !p.sameSizes(f.Params(), g.Params()) || !silent && !p.sameSizes(f.Results(), g.Results()) {
		p.errorf(fn.Pos(), "function %s is linked to %s, which has another signature", fn.FullName(), t.Obj.FullName())
		return
	}
	u := p.unitOf[fn.Pkg()]
	b := u.newFunc(&env{prog: p}, r)
	b.f.Sig, b.f.Name, b.f.Host, b.f.Wrapper = f, p.funcName(r), fn.Name(), true
	b.pos = u.position(fn.Pos())
	b.f.Pos, b.f.End = b.pos, b.pos
	b.out = &b.f.Body
	var args []ir.Expr
	for i := range f.Params().Len() {
		v := b.paramVar("p", types.Unalias(f.Params().At(i).Type()))
		b.f.Params = append(b.f.Params, v)
		args = append(args, b.recast(ref(v), g.Params().At(i).Type()))
	}
	var results []types.Type
	for i := range f.Results().Len() {
		b.f.Results = append(b.f.Results, b.paramVar("r", types.Unalias(f.Results().At(i).Type())))
		b.f.Cells = append(b.f.Cells, nil)
	}
	for i := range g.Results().Len() {
		results = append(results, types.Unalias(g.Results().At(i).Type()))
	}
	vals := b.emitCall(ir.Callee{Kind: ir.Static, Ref: t}, args, g.Variadic(), results)
	for i, x := range vals {
		vals[i] = b.recast(x, f.Results().At(i).Type())
	}
	for i := len(vals); i < f.Results().Len(); i++ {
		vals = append(vals, zero(types.Unalias(f.Results().At(i).Type())))
	}
	b.emit(&ir.Return{Vals: vals, At: b.at()})
	u.add(b.all()...)
}

// described reports whether values of type t are type descriptors, as reflect has them.
func described(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && (n.Obj().Pkg().Path() == "internal/abi" || n.Obj().Pkg().Path() == "reflect" && n.Obj().Name() == "rtype")
}

func (p *program) sameSizes(f, g *types.Tuple) bool {
	if f.Len() != g.Len() {
		return false
	}
	for i := range f.Len() {
		if p.sizes.Sizeof(f.At(i).Type()) != p.sizes.Sizeof(g.At(i).Type()) {
			return false
		}
	}
	return true
}

// recast is x, bit by bit, as a value of type t.
func (b *fn) recast(x ir.Expr, t types.Type) ir.Expr {
	t = types.Unalias(t)
	switch {
	case types.Identical(x.Type(), t):
		return x
	case isPointer(x.Type()) && isPointer(t):
		return &ir.Conv{X: &ir.Conv{X: x, Typed: ir.Typed{T: typPtr}}, Typed: ir.Typed{T: t}}
	}
	v := b.temp(types.NewPointer(x.Type()))
	b.alloc(v, x.Type())
	b.assign1(deref(v, x.Type()), x)
	p := &ir.Conv{X: &ir.Conv{X: ref(v), Typed: ir.Typed{T: typPtr}}, Typed: ir.Typed{T: types.NewPointer(t)}}
	return b.copied(&ir.Deref{X: p, Typed: ir.Typed{T: t}})
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok || isUnsafePointer(t)
}
