package build

import (
	"crypto/sha256"
	"fmt"
	"go/types"
	"sort"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"rtgen/cps/ir"
)

// This file decides in which package every instance of a generic function or type lives.
//
// Let S be the packages of the generic and of its arguments, without those that another
// member imports. If S is one package that itself mentions the instance, directly or through
// the bodies of instances, it lives there. Otherwise it lives in the package inst/<hash of S>.
// Instances refer only to instances whose S lies below their own, so no import cycle can arise, and
// what std mentions itself does not depend on the program.

// localType is a type declared in a function.
type localType struct {
	obj *types.TypeName
	pkg *ir.Package
}

// mentions finds what a function refers to: Refs with type arguments and named types.
type mentions struct {
	u     *unit
	refs  map[*ir.Ref]bool
	types typeutil.Map
	todo  []*ir.Ref

	seen      map[types.Type]bool
	seenNamed map[*types.Named]bool
}

// declareTypes lists the package's own defined types.
func (u *unit) declareTypes() {
	scope := u.src.Types.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		if n, ok := tn.Type().(*types.Named); ok && n.TypeParams().Len() == 0 {
			u.pkg.Decls = append(u.pkg.Decls, &ir.TypeDecl{Type: n, Pos: u.position(tn.Pos())})
		}
	}
}

// complete builds instances until the methods of every mentioned type have bodies too.
func (p *program) complete() {
	for _, l := range p.localTypes {
		l.pkg.Decls = append(l.pkg.Decls, &ir.TypeDecl{Type: l.obj.Type().(*types.Named), Pos: p.position(l.obj.Pos())})
	}
	p.inUnits(func(u *unit) {
		u.mentioned = &mentions{u: u, refs: map[*ir.Ref]bool{}}
		u.mentioned.pkg(u.pkg)
	})
	m := &mentions{u: p.units[len(p.units)-1], refs: map[*ir.Ref]bool{}}
	for len(p.todo) > 0 {
		r := p.todo[len(p.todo)-1]
		p.todo = p.todo[:len(p.todo)-1]
		for _, f := range p.buildInstance(r) {
			m.function(f)
		}
	}
}

func (m *mentions) pkg(pkg *ir.Package) {
	for _, f := range pkg.Funcs {
		m.function(f)
	}
	for _, g := range pkg.Globals {
		m.typ(g.Obj.Type())
		m.expr(g.Init)
	}
	for _, d := range pkg.Decls {
		m.typ(d.Type.Underlying())
	}
}

func (p *program) place() []*ir.Package {
	p.home = map[*ir.Ref]*ir.Package{}
	bodies := map[*ir.Ref][]*ir.Func{}
	for _, f := range p.instFuns {
		bodies[p.instOf[f]] = append(bodies[p.instOf[f]], f)
	}
	var typeHome typeutil.Map
	all := &mentions{refs: map[*ir.Ref]bool{}}
	for _, u := range p.units {
		s, pkg, m := u.src, u.pkg, u.mentioned
		m.close(bodies)
		for r := range m.refs {
			if set := p.packagesOf(r.Obj.Pkg(), r.TArgs); len(set) == 1 && set[0] == s.Types {
				p.home[r] = pkg
			}
			all.refs[r] = true
		}
		m.types.Iterate(func(t types.Type, _ any) {
			n := t.(*types.Named)
			if set := p.packagesOfType(n); len(set) == 1 && set[0] == s.Types {
				typeHome.Set(n, pkg)
			}
			all.types.Set(t, true)
		})
	}
	inst := map[string]*ir.Package{}
	instFor := func(set []*types.Package) *ir.Package {
		var paths []string
		for _, q := range set {
			paths = append(paths, q.Path())
		}
		path := "inst/" + fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(paths, ","))))[:8]
		if inst[path] == nil {
			inst[path] = &ir.Package{Path: path, Name: "inst"}
			p.instSet[path] = set
		}
		return inst[path]
	}
	p.instSet = map[string][]*types.Package{}
	refs := make([]*ir.Ref, 0, len(bodies))
	for r := range bodies {
		refs = append(refs, r)
	}
	sort.Slice(refs, func(i, j int) bool { return refKey(refs[i]) < refKey(refs[j]) })
	for _, r := range refs {
		h := p.home[r]
		if h == nil {
			h = instFor(p.packagesOf(r.Obj.Pkg(), r.TArgs))
			p.home[r] = h
		}
		for _, f := range bodies[r] {
			f.Pkg = h
			h.Funcs = append(h.Funcs, f)
		}
	}
	var named []*types.Named
	all.types.Iterate(func(t types.Type, _ any) { named = append(named, t.(*types.Named)) })
	key := func(n *types.Named) string {
		k := typeKey(n)
		if owner := p.owners[n.Obj()]; owner != nil {
			k += "@" + refKey(owner)
		}
		return fmt.Sprint(k, "@", n.Obj().Pos())
	}
	sort.Slice(named, func(i, j int) bool { return key(named[i]) < key(named[j]) })
	for _, n := range named {
		var h *ir.Package
		if owner := p.owners[n.Obj()]; owner != nil && n.TypeArgs().Len() == 0 {
			h = p.home[owner]
		} else if v, ok := typeHome.At(n).(*ir.Package); ok {
			h = v
		} else {
			h = instFor(p.packagesOfType(n))
		}
		h.Decls = append(h.Decls, &ir.TypeDecl{Type: n, Owner: p.owners[n.Obj()], Pos: p.position(n.Obj().Pos())})
	}
	return p.ordered(inst)
}

// ordered returns all packages, dependencies first.
func (p *program) ordered(inst map[string]*ir.Package) []*ir.Package {
	var out []*ir.Package
	done := map[string]bool{}
	pos := map[*types.Package]int{}
	for i, s := range p.sources {
		pos[s.Types] = i
	}
	for _, s := range p.sources {
		out = append(out, p.pkgs[s.Path])
	}
	for _, path := range sortedKeys(inst) {
		if !done[path] {
			out = append(out, inst[path])
		}
	}
	return out
}

func typeKey(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Path() })
}

func refKey(r *ir.Ref) string {
	k := r.Obj.FullName()
	for _, t := range r.TArgs {
		k += "," + typeKey(t)
	}
	return k
}

// packagesOf is S for a generic of pkg with the given arguments.
func (p *program) packagesOf(pkg *types.Package, targs []types.Type) []*types.Package {
	set := map[*types.Package]bool{}
	if pkg != nil {
		set[pkg] = true
	}
	for _, t := range targs {
		p.collect(t, set, map[types.Type]bool{})
	}
	var out []*types.Package
	for q := range set {
		top := true
		for r := range set {
			if r != q && p.imports(r)[q] {
				top = false
			}
		}
		if top {
			out = append(out, q)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path() < out[j].Path() })
	return out
}

func (p *program) packagesOfType(n *types.Named) []*types.Package {
	pkg := n.Obj().Pkg()
	var targs []types.Type
	if owner := p.owners[n.Obj()]; owner != nil {
		pkg, targs = owner.Obj.Pkg(), append(targs, owner.TArgs...)
	}
	for i := range n.TypeArgs().Len() {
		targs = append(targs, n.TypeArgs().At(i))
	}
	return p.packagesOf(pkg, targs)
}

// collect adds the packages of the named types in t.
func (p *program) collect(t types.Type, set map[*types.Package]bool, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		if owner := p.owners[t.Obj()]; owner != nil {
			if owner.Obj.Pkg() != nil {
				set[owner.Obj.Pkg()] = true
			}
			for _, a := range owner.TArgs {
				p.collect(a, set, seen)
			}
		}
		if t.Obj().Pkg() != nil {
			set[t.Obj().Pkg()] = true
		}
		for i := range t.TypeArgs().Len() {
			p.collect(t.TypeArgs().At(i), set, seen)
		}
	default:
		children(t, func(c types.Type) { p.collect(c, set, seen) })
	}
}

// children calls f for the types that an unnamed type is made of.
func children(t types.Type, f func(types.Type)) {
	switch t := t.(type) {
	case *types.Pointer:
		f(t.Elem())
	case *types.Slice:
		f(t.Elem())
	case *types.Array:
		f(t.Elem())
	case *types.Chan:
		f(t.Elem())
	case *types.Map:
		f(t.Key())
		f(t.Elem())
	case *types.Struct:
		for i := range t.NumFields() {
			f(t.Field(i).Type())
		}
	case *types.Tuple:
		for i := range t.Len() {
			f(t.At(i).Type())
		}
	case *types.Signature:
		f(t.Params())
		f(t.Results())
	case *types.Interface:
		for i := range t.NumMethods() {
			f(t.Method(i).Type())
		}
	}
}
