package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/par"
)

// This file finds maps that a program does without: package-level variables whose initialiser is a map literal without
// effects, and which nothing that may run speaks of. The host's linker leaves out the same initialisers.
//
//	package unicode                              ːneeded_Categories is set by the main package of a program that
//	var Categories = map[string]*RangeTable{…}   imports regexp/syntax; in others, the map stays nil:
//	                                             if ːneeded_Categories { Categories = map[string]*RangeTable{…} }
//
// What comes out for a package does not depend on the program that way.

// spare is such a variable, or a function that may never run, or all the rest.
type spare struct {
	v      *types.Var
	needed *types.Var // set by the main package, if v is needed

	from, to token.Pos // of the literal, or the declaration
	mentions []*spare  // there
	found    bool
}

// spares are the functions and the map variables that a program may do without.
type spares struct {
	of   map[types.Object]*spare
	list []*spare // those of variables, in order of the sources
}

// findSpares finds the variables.
func (p *program) findSpares() {
	p.spares.of = map[types.Object]*spare{}
	for _, s := range p.sources {
		if len(s.Assembly) > 0 {
			continue // it may speak of anything here
		}
		for _, in := range s.Info.InitOrder {
			lit, ok := ast.Unparen(in.Rhs).(*ast.CompositeLit)
			if !ok || len(in.Lhs) != 1 || len(lit.Elts) == 0 || !isMap(s.Info.TypeOf(lit)) || !pure(s.Info, lit) {
				continue
			}
			v := in.Lhs[0]
			if v.Name() == "_" || p.vars[v] != nil {
				continue
			}
			x := &spare{v: v, from: lit.Pos(), to: lit.End()}
			x.needed = types.NewVar(v.Pos(), v.Pkg(), "ːneeded_"+v.Name(), typBool)
			p.spares.of[v] = x
			p.spares.list = append(p.spares.list, x)
		}
	}
}

// needSpares has the main package, which is the last, set what is needed.
func (p *program) needSpares() {
	always := &spare{}
	within := map[*Source][]*spare{} // by place
	for _, x := range p.spares.list {
		s := p.byTypes[x.v.Pkg()]
		within[s] = append(within[s], x)
	}
	for fn, d := range p.decls {
		if d.decl.Body == nil {
			if t := p.linkTarget(fn); t != nil { // somebody may call it
				always.mentions = append(always.mentions, p.spareFunc(t))
			}
		} else if x := p.spareFunc(fn); x != nil {
			x.from, x.to = d.decl.Pos(), d.decl.End()
			within[d.src] = append(within[d.src], x)
		}
	}
	for s, list := range within {
		sort.Slice(list, func(i, j int) bool { return list[i].from < list[j].from })
		for name := range linknames(s.Files) {
			if fn, ok := s.Types.Scope().Lookup(name).(*types.Func); ok {
				always.mentions = append(always.mentions, p.spareFunc(fn))
			}
		}
	}
	type mention struct{ by, of *spare }
	found := make([][]mention, len(p.sources))
	par.Each(len(p.sources), func(i int) {
		s := p.sources[i]
		for id, obj := range s.Info.Uses {
			if fn, ok := obj.(*types.Func); ok {
				obj = fn.Origin()
			}
			x := p.spares.of[obj]
			if x == nil {
				continue
			}
			by := around(within[s], id.Pos())
			if by == nil {
				by = always
			}
			found[i] = append(found[i], mention{by, x})
		}
	})
	for _, list := range found {
		for _, m := range list {
			m.by.mentions = append(m.by.mentions, m.of)
		}
	}
	todo := []*spare{always}
	for len(todo) > 0 {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if x != nil && !x.found {
			x.found = true
			todo = append(todo, x.mentions...)
		}
	}
	main := p.units[len(p.units)-1].pkg
	for _, x := range p.spares.list {
		if x.found {
			main.Links = append(main.Links, &ir.Link{Var: x.needed, Value: boolConst(true)})
		}
	}
}

// spareFunc is fn as a function that need not run, or nil if it may: methods through interfaces, init functions and main
// anyway, what assembly calls, and what lowering calls for a statement, which is the runtime's.
func (p *program) spareFunc(fn *types.Func) *spare {
	d := p.decls[fn]
	if d == nil || d.decl.Recv != nil || len(d.src.Assembly) > 0 || fn.Name() == "init" || fn.Name() == "main" || fn.Name() == "_" ||
		d.src.Standard && (strings.HasPrefix(d.src.Path, "runtime") || strings.HasPrefix(d.src.Path, "internal/")) {
		return nil
	}
	x := p.spares.of[fn]
	if x == nil {
		x = &spare{}
		p.spares.of[fn] = x
	}
	return x
}

// linknames are the names in the directives by which others may get at functions of these files.
func linknames(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if w := strings.Fields(c.Text); len(w) > 1 && (w[0] == "//go:linkname" || w[0] == "//rtgen:link") {
					names[w[1]] = true
				}
			}
		}
	}
	return names
}

// around returns the one of list, which is in order, that pos is in.
func around(list []*spare, pos token.Pos) *spare {
	i := sort.Search(len(list), func(i int) bool { return list[i].to > pos })
	if i < len(list) && list[i].from <= pos {
		return list[i]
	}
	return nil
}

// pure reports whether e, an initialiser, does nothing but give a value: it neither calls nor panics.
func pure(info *types.Info, e ast.Expr) bool {
	e = ast.Unparen(e)
	tv := info.Types[e]
	if tv.Value != nil || tv.IsNil() || tv.IsType() {
		return true
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.FuncLit:
		return true
	case *ast.SelectorExpr:
		return info.Selections[e] == nil // of a package
	case *ast.UnaryExpr:
		return e.Op == token.AND && pure(info, e.X)
	case *ast.CompositeLit:
		t := tv.Type.Underlying()
		if p, ok := t.(*types.Pointer); ok { // &T{…}, of which only the braces are written
			t = p.Elem()
		}
		keys := isMap(t)
		for _, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				if keys && (!hashes(info.TypeOf(kv.Key)) || !pure(info, kv.Key)) {
					return false
				}
				x = kv.Value
			}
			if !pure(info, x) {
				return false
			}
		}
		return true
	}
	return false
}

// hashes reports whether hashing a value of type t never panics, as far as one sees at once.
func hashes(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Basic, *types.Pointer, *types.Chan:
		return true
	}
	return false
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}
