package build

import (
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file substitutes type arguments for type parameters.

// env maps the type parameters in scope of one instance to concrete types. Types
// declared inside a generic function are cloned once per instance.
type env struct {
	prog    *program
	ref     *ir.Ref
	tparams map[*types.TypeParam]types.Type
	locals  map[*types.Named]*types.Named
}

// typ returns t with everything substituted and aliases resolved.
func (e *env) typ(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if len(e.tparams) == 0 {
		return types.Unalias(t)
	}
	return e.subst(t)
}

func (e *env) subst(t types.Type) types.Type {
	switch t := t.(type) {
	case *types.Alias:
		return e.subst(types.Unalias(t))
	case *types.TypeParam:
		if c, ok := e.tparams[t]; ok {
			return c
		}
		return t
	case *types.Pointer:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewPointer(el)
		}
	case *types.Slice:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewSlice(el)
		}
	case *types.Array:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewArray(el, t.Len())
		}
	case *types.Chan:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewChan(t.Dir(), el)
		}
	case *types.Map:
		k, v := e.subst(t.Key()), e.subst(t.Elem())
		if k != t.Key() || v != t.Elem() {
			return types.NewMap(k, v)
		}
	case *types.Struct:
		fields := make([]*types.Var, t.NumFields())
		tags := make([]string, t.NumFields())
		changed := false
		for i := range fields {
			f := t.Field(i)
			ft := e.subst(f.Type())
			tags[i] = t.Tag(i)
			if ft != f.Type() {
				changed = true
				f = types.NewField(f.Pos(), f.Pkg(), f.Name(), ft, f.Embedded())
			}
			fields[i] = f
		}
		if changed {
			return types.NewStruct(fields, tags)
		}
	case *types.Tuple:
		vars := make([]*types.Var, t.Len())
		changed := false
		for i := range vars {
			v := t.At(i)
			vt := e.subst(v.Type())
			if vt != v.Type() {
				changed = true
				v = types.NewVar(v.Pos(), v.Pkg(), v.Name(), vt)
			}
			vars[i] = v
		}
		if changed {
			return types.NewTuple(vars...)
		}
	case *types.Signature:
		params, results := e.tuple(t.Params()), e.tuple(t.Results())
		if params != t.Params() || results != t.Results() || t.Recv() != nil || t.TypeParams().Len() > 0 {
			return types.NewSignatureType(nil, nil, nil, params, results, t.Variadic())
		}
	case *types.Interface:
		return e.iface(t)
	case *types.Union:
		terms := make([]*types.Term, t.Len())
		for i := range terms {
			terms[i] = types.NewTerm(t.Term(i).Tilde(), e.subst(t.Term(i).Type()))
		}
		return types.NewUnion(terms)
	case *types.Named:
		return e.named(t)
	}
	return t
}

func (e *env) tuple(t *types.Tuple) *types.Tuple {
	if t == nil {
		return nil
	}
	return e.subst(t).(*types.Tuple)
}

func (e *env) iface(t *types.Interface) types.Type {
	changed := false
	methods := make([]*types.Func, t.NumExplicitMethods())
	for i := range methods {
		m := t.ExplicitMethod(i)
		sig := m.Signature()
		params, results := e.tuple(sig.Params()), e.tuple(sig.Results())
		if params != sig.Params() || results != sig.Results() {
			changed = true
			m = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), types.NewSignatureType(nil, nil, nil, params, results, sig.Variadic()))
		}
		methods[i] = m
	}
	embeds := make([]types.Type, t.NumEmbeddeds())
	for i := range embeds {
		embeds[i] = e.subst(t.EmbeddedType(i))
		changed = changed || embeds[i] != t.EmbeddedType(i)
	}
	if !changed {
		return t
	}
	for i, m := range methods { // methods of a new interface must be its own
		sig := m.Signature()
		methods[i] = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()))
	}
	return types.NewInterfaceType(methods, embeds).Complete()
}

func (e *env) named(t *types.Named) types.Type {
	if n := t.TypeArgs().Len(); n > 0 {
		targs := make([]types.Type, n)
		origin := e.local(t.Origin())
		changed := origin != t.Origin()
		for i := range targs {
			targs[i] = e.subst(t.TypeArgs().At(i))
			changed = changed || targs[i] != t.TypeArgs().At(i)
		}
		if !changed {
			return t
		}
		inst, err := types.Instantiate(e.prog.ctxt, origin, targs, false)
		if err != nil {
			panic(err)
		}
		return inst
	}
	return e.local(t)
}

// local returns this instance's clone of t if t is declared in its function, else t. t is no instance of a generic type,
// but it may be one.
func (e *env) local(t *types.Named) *types.Named {
	obj := t.Obj()
	if e.ref == nil || obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() || !e.contains(obj.Pos()) {
		return t
	}
	if c := e.locals[t]; c != nil {
		return c
	}
	tn := types.NewTypeName(obj.Pos(), obj.Pkg(), obj.Name(), nil)
	c := types.NewNamed(tn, nil, nil)
	if e.locals == nil {
		e.locals = map[*types.Named]*types.Named{}
	}
	e.locals[t] = c
	e.prog.owners[tn] = e.ref
	if n := t.TypeParams().Len(); n > 0 {
		tparams := make([]*types.TypeParam, n)
		for i := range tparams {
			old := t.TypeParams().At(i)
			tparams[i] = types.NewTypeParam(types.NewTypeName(old.Obj().Pos(), obj.Pkg(), old.Obj().Name(), nil), old.Constraint())
			e.tparams[old] = tparams[i]
		}
		c.SetTypeParams(tparams)
	}
	c.SetUnderlying(e.subst(t.Underlying()))
	return c
}

// contains reports whether pos lies in the body of the instance's function.
func (e *env) contains(pos token.Pos) bool {
	d := e.prog.decls[e.ref.Obj]
	return d != nil && d.decl.Pos() <= pos && pos < d.decl.End()
}

// signature substitutes in t and drops its receiver.
func (e *env) signature(t types.Type) *types.Signature {
	return e.typ(t).Underlying().(*types.Signature)
}
