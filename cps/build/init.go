package build

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"strconv"

	"rtgen/cps/ir"
)

// This file lowers package initialisation. Initialisers that gc lays out at compile time stay
// static; the others become, in initialisation order, assignments in the package's Init,
// which then calls the init functions.

func itoa(n int) string { return strconv.Itoa(n) }

// declareGlobals finds the package's variables.
func (u *unit) declareGlobals() {
	s := u.src
	for _, f := range s.Files {
		for _, d := range f.Decls {
			gd, ok := d.(*ast.GenDecl)
			if !ok || gd.Tok != token.VAR {
				continue
			}
			for _, spec := range gd.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					obj, ok := s.Info.Defs[id].(*types.Var)
					if !ok || id.Name == "_" {
						continue
					}
					if u.vars[obj] != nil && u.vars[obj].is != obj {
						continue
					}
					g := &ir.Global{Obj: obj, Pos: u.position(id.Pos())}
					if sym := u.std.Symbol(obj); linkerSymbols[sym] {
						g.Symbol = sym
					}
					u.globals[obj] = g
					u.own = append(u.own, g)
					if x := u.spares.of[obj]; x != nil {
						u.own = append(u.own, &ir.Global{Obj: x.needed, Pos: g.Pos})
					}
				}
			}
		}
	}
}

// buildInit lowers the initialisers and init functions.
func (u *unit) buildInit() {
	s, p := u.src, u.program
	b := u.newFunc(&env{prog: p}, nil)
	b.f.Pkg = u.pkg
	b.f.Name = displayPath(s) + ".init"
	b.f.Host = "ƦInit"
	b.f.Sig = types.NewSignatureType(nil, nil, nil, nil, nil, false)
	b.out = &b.f.Body
	b.use = &usages{info: s.Info, vars: map[*types.Var]*usage{}}

	u.note(func() { u.pkg.Globals = append(u.pkg.Globals, u.own...) })
	for _, e := range s.Embeds {
		b.embed(p.globals[e.Var], e)
	}
	for _, in := range s.Info.InitOrder {
		b.pos = u.position(in.Rhs.Pos())
		b.use = analyse(s.Info, b.fileVersion(in.Rhs.Pos()), in.Rhs)
		if len(in.Lhs) == 1 {
			t := types.Unalias(in.Lhs[0].Type())
			if g := p.laidOut(in.Lhs[0], b.info.Types[in.Rhs].Value != nil); g != nil {
				if x, ok := b.static(in.Rhs, t); ok {
					g.Init = x
					continue
				}
			}
			if x := p.spares.of[in.Lhs[0]]; x != nil {
				needed := &ir.GlobalRef{Obj: x.needed, Typed: ir.Typed{T: typBool}}
				b.emit(&ir.If{Cond: needed, At: b.at(), Then: b.into(func() { b.assign1(u.global(x.v), b.settle(b.value(in.Rhs, t))) })})
				continue
			}
			x := b.settle(b.value(in.Rhs, t))
			if in.Lhs[0].Name() == "_" {
				b.discard(x)
				continue
			}
			b.assign1(u.global(in.Lhs[0]), x)
			continue
		}
		vals := b.multi(in.Rhs, func(i int) types.Type { return types.Unalias(in.Lhs[i].Type()) })
		for i, v := range in.Lhs {
			if v.Name() == "_" {
				continue
			}
			b.assign1(u.global(v), vals[i])
		}
	}
	n := 0
	var inits []*ir.Func
	for _, f := range s.Files {
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Recv != nil || d.Name.Name != "init" || d.Body == nil {
				continue
			}
			c := u.newFunc(&env{prog: p}, nil)
			c.f.Pkg = u.pkg
			c.f.Name = fmt.Sprintf("%s.init.%d", displayPath(s), n)
			c.f.Host = "ʀinit" + itoa(n)
			c.f.Sig = b.f.Sig
			c.f.Pos, c.f.End = u.position(d.Pos()), u.position(d.End())
			c.use = analyse(s.Info, c.fileVersion(d.Pos()), d)
			c.out = &c.f.Body
			c.function(d.Type, d.Body)
			n++
			inits = append(inits, c.all()...)
			b.pos = c.f.Pos
			b.emit(&ir.Call{Callee: ir.Callee{Kind: ir.Closure, Func: c.f}, At: b.at()})
		}
	}
	u.add(b.closure...)
	u.add(inits...)
	if len(b.f.Body) > 0 {
		b.emit(&ir.Return{At: b.at()})
		b.f.Pos = b.pos
		u.pkg.Init = b.f
		u.add(b.f)
	}
}

// static returns e as an initialiser that needs no code, if gc would lay it out statically.
func (b *fn) static(e ast.Expr, t types.Type) (ir.Expr, bool) {
	e = ast.Unparen(e)
	tv := b.info.Types[e]
	t = types.Unalias(t)
	if tv.Value != nil || tv.IsNil() {
		if isInterface(t) {
			x := b.expr(e)
			if isNilConst(x) || isInterface(x.Type()) {
				return zero(t), tv.IsNil()
			}
			if c, ok := x.(*ir.Const); ok && c.Val != nil {
				return &ir.Conv{X: x, Typed: ir.Typed{T: t}}, true
			}
			return nil, false
		}
		return b.value(e, t), true
	}
	if isInterface(t) && !isInterface(b.typeOf(e)) {
		xt := b.typeOf(e)
		x, ok := b.static(e, xt)
		if !ok || !b.p.direct(xt) {
			return nil, false
		}
		return &ir.Conv{X: x, Typed: ir.Typed{T: t}}, true
	}
	if xt := b.typeOf(e); !types.Identical(xt, t) {
		if !isPointer(t) {
			return nil, false
		}
		x, ok := b.static(e, xt)
		return &ir.Conv{X: x, Typed: ir.Typed{T: t}}, ok
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if obj, targs := b.funcObj(e); obj != nil {
			r := b.p.ref(obj, targs)
			if r.Hook != nil {
				return nil, false
			}
			return &ir.FuncRef{Ref: r, Typed: ir.Typed{T: t}}, true
		}
		if id, ok := e.(*ast.Ident); ok {
			if v, ok := b.info.Uses[id].(*types.Var); ok && b.p.fixed(v) {
				return b.ident(id), true
			}
		}
	case *ast.CompositeLit:
		return b.staticLit(e, t)
	case *ast.UnaryExpr:
		if e.Op != token.AND {
			return nil, false
		}
		switch x := ast.Unparen(e.X).(type) {
		case *ast.CompositeLit:
			if c, ok := b.staticLit(x, b.typeOf(x)); ok {
				return &ir.StaticAddr{X: c, Typed: ir.Typed{T: t}}, true
			}
		case *ast.Ident:
			if v, ok := b.info.Uses[x].(*types.Var); ok && isPackageLevel(v) {
				return &ir.Addr{X: b.ident(x), Typed: ir.Typed{T: t}}, true
			}
		}
	}
	return nil, false
}

func (b *fn) staticLit(e *ast.CompositeLit, t types.Type) (ir.Expr, bool) {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if c, ok := b.staticLit(e, types.Unalias(u.Elem())); ok {
			return &ir.StaticAddr{X: c, Typed: ir.Typed{T: t}}, true
		}
	case *types.Struct:
		elems := make([]ir.Expr, u.NumFields())
		for i, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				i = fieldIndex(u, kv.Key.(*ast.Ident).Name, b.src.Types)
				x = kv.Value
			}
			v, ok := b.staticElem(x, u.Field(i).Type())
			if !ok {
				return nil, false
			}
			elems[i] = v
		}
		for i := range elems {
			if elems[i] == nil {
				elems[i] = zero(types.Unalias(u.Field(i).Type()))
			}
		}
		return &ir.Composite{Elems: elems, Typed: ir.Typed{T: t}}, true
	case *types.Array:
		return b.staticElems(e, t, u.Elem())
	case *types.Slice:
		return b.staticElems(e, t, u.Elem())
	}
	return nil, false
}

func (b *fn) staticElem(x ast.Expr, t types.Type) (ir.Expr, bool) {
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		return b.staticLit(lit, types.Unalias(t))
	}
	return b.static(x, t)
}

func (b *fn) staticElems(e *ast.CompositeLit, t, et types.Type) (ir.Expr, bool) {
	c := &ir.Composite{Typed: ir.Typed{T: t}}
	keyed := false
	next := 0
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			k, _ := constant.Int64Val(constant.ToInt(b.info.Types[kv.Key].Value))
			keyed = keyed || int(k) != next
			next = int(k)
			x = kv.Value
		}
		v, ok := b.staticElem(x, et)
		if !ok {
			return nil, false
		}
		c.Keys = append(c.Keys, next)
		c.Elems = append(c.Elems, v)
		next++
	}
	if !keyed {
		c.Keys = nil
	}
	return c, true
}

// embed initialises a variable with //go:embed.
func (b *fn) embed(g *ir.Global, e *Embed) {
	str := func(s string, t types.Type) ir.Expr {
		return &ir.Const{Val: constant.MakeString(s), Typed: ir.Typed{T: t}}
	}
	read := func(f EmbedFile) string {
		data, err := os.ReadFile(f.Path)
		if err != nil {
			b.p.note(func() { b.p.errorf(g.Obj.Pos(), "%v", err) })
		}
		return string(data)
	}
	b.pos = g.Pos
	t := types.Unalias(g.Obj.Type())
	switch u := t.Underlying().(type) {
	case *types.Basic:
		g.Init = str(read(e.Files[0]), t)
	case *types.Slice:
		x := b.settle(b.conversion(str(read(e.Files[0]), typString), t))
		b.assign1(&ir.GlobalRef{Obj: g.Obj, Typed: ir.Typed{T: t}}, x)
	case *types.Struct: // embed.FS{files *[]file}; file{name, data string, hash [16]byte}
		st := types.Unalias(u.Field(0).Type().(*types.Pointer).Elem())
		ft := types.Unalias(st.Underlying().(*types.Slice).Elem())
		fs := ft.Underlying().(*types.Struct)
		list := &ir.Composite{Typed: ir.Typed{T: st}}
		for _, f := range embedTree(e.Files) {
			data := ""
			if f.Path != "" {
				data = read(f)
			}
			list.Elems = append(list.Elems, &ir.Composite{Elems: []ir.Expr{
				str(f.Name, typString), str(data, typString), zero(fs.Field(2).Type())}, Typed: ir.Typed{T: ft}})
		}
		g.Init = &ir.Composite{Elems: []ir.Expr{&ir.StaticAddr{X: list, Typed: ir.Typed{T: u.Field(0).Type()}}}, Typed: ir.Typed{T: t}}
	}
}
