// Package build lowers type-checked syntax to IR.
//
//	for k, v := range m { sum += f(v) }
//
// becomes
//
//	it = New[maps.Iter]()
//	call (*maps.Iter).Init(it, maptype, m)
//	loop {
//	    call (*maps.Iter).Next(it); k' = call (*maps.Iter).Key(it); if k' == nil { break }
//	    k = *k'; v' = call (*maps.Iter).Elem(it); v = *v'
//	    t1 = call f(v)
//	    sum += t1
//	}
//
// Lowering fixes everything that later passes must not have to know about Go: evaluation
// order, implicit conversions, embedding, variables that need a heap cell, generics
// (every instance has a body of its own), closures, range loops, and switches.
// What it may rely on: the packages type-check. What callers may rely on: ir.Verify.
package build

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"sort"
	"sync"

	"rtgen/cps/ir"
)

// Std answers what the builder must know about the standard library's replacement.
type Std interface {
	// Hook returns what stands in for a body-less function; linknames to guest functions
	// are resolved to (pkgpath, name). The error names the function and its position.
	Hook(fn *types.Func) (*ir.Hook, error)
	// Linkname returns the guest function that a body-less fn pulls in by linkname, if any.
	Linkname(fn *types.Func) (pkgpath, name string, ok bool)
	// Here returns the hook that calls from package pkgpath go to instead of fn, which is another package's; nil: they go to fn.
	Here(pkgpath string, fn *types.Func) *ir.Hook
	// Symbol returns the symbol that a linkname directive gives a package-level variable, "" if none does.
	Symbol(v *types.Var) string
	// Caller names the primitive that calls the func values in a field of a struct type, "" for most: those
	// functions are the runtime's, reach no safepoint and keep no argument.
	Caller(pkgpath, owner, field string) string
}

// program is the state of one lowering.
type program struct {
	fset    *token.FileSet
	std     Std
	sources []*Source
	byPath  map[string]*Source
	byTypes map[*types.Package]*Source

	standard map[string]bool // folders of std's packages
	ctxt     *types.Context
	sizes    types.Sizes

	units    []*unit // by source
	unitOf   map[*types.Package]*unit
	together bool // units are at work: see unit.note

	mu    sync.Mutex // over the next two
	refs  map[*types.Func][]*known
	links map[*ir.Ref]*types.Var // body-less functions that are called through a variable

	decls      map[*types.Func]*funcDecl
	vars       map[*types.Var]*linkedVar
	spares     spares
	globals    map[*types.Var]*ir.Global
	envs       map[*ir.Ref]*env
	todo       []*ir.Ref // instances whose bodies are still to be built
	pkgs       map[string]*ir.Package
	owners     map[*types.TypeName]*ir.Ref // local types cloned for an instance
	errs       []error
	instOf     map[*ir.Func]*ir.Ref // closures and bodies of instances → the instance
	deps       map[*types.Package]map[*types.Package]bool
	below      map[*types.Package]bool // what package runtime imports
	mapsPkg    *types.Package
	home       map[*ir.Ref]*ir.Package
	instSet    map[string][]*types.Package // packages that an instance package is above of
	localTypes []localType
	instFuns   []*ir.Func
}

type funcDecl struct {
	src  *Source
	decl *ast.FuncDecl
}

// Program lowers every function of every source, and every instance that they mention. It
// returns packages in dependency order, instance packages among them. Errors are
// refusals with positions.
func Program(fset *token.FileSet, sources []*Source, std Std) ([]*ir.Package, error) {
	p := &program{
		fset: fset, std: std, sources: sources,
		byPath:  map[string]*Source{},
		byTypes: map[*types.Package]*Source{},

		standard: map[string]bool{},
		ctxt:     types.NewContext(),
		sizes:    types.SizesFor("gc", "amd64"),
		decls:    map[*types.Func]*funcDecl{},
		unitOf:   map[*types.Package]*unit{},
		refs:     map[*types.Func][]*known{},
		links:    map[*ir.Ref]*types.Var{},
		globals:  map[*types.Var]*ir.Global{},
		envs:     map[*ir.Ref]*env{},
		pkgs:     map[string]*ir.Package{},
		owners:   map[*types.TypeName]*ir.Ref{},
		instOf:   map[*ir.Func]*ir.Ref{},
		deps:     map[*types.Package]map[*types.Package]bool{},
		below:    map[*types.Package]bool{},
	}
	for _, s := range sources {
		p.byPath[s.Path] = s
		p.byTypes[s.Types] = s
		if s.Standard {
			p.standard[s.Dir] = true
		}
		for _, f := range s.Files {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok {
					if fn, ok := s.Info.Defs[d.Name].(*types.Func); ok {
						p.decls[fn] = &funcDecl{s, d}
					}
				}
			}
		}
	}
	if s := p.byPath["runtime"]; s != nil {
		reach(s.Types, p.below)
	}
	if s := p.byPath["internal/runtime/maps"]; s != nil {
		p.mapsPkg = s.Types
	}
	for _, s := range sources {
		u := p.newUnit(s)
		p.units = append(p.units, u)
		p.unitOf[s.Types] = u
		p.imports(s.Types) // from here on they are only read
	}
	p.linkVars()
	p.findSpares()
	for _, u := range p.units {
		u.declareGlobals()
	}
	p.inUnits((*unit).build)
	p.complete()
	p.needSpares()
	out := p.place()
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return out, nil
}

func (p *program) errorf(pos token.Pos, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s: rtgen: %s", p.fset.Position(pos), fmt.Sprintf(format, args...)))
}

// build lowers the package's own functions, variables and initialisers.
func (u *unit) build() {
	s, pkg := u.src, u.pkg
	blank := 0
	for _, f := range s.Files {
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			fn, _ := s.Info.Defs[d.Name].(*types.Func)
			if fn == nil {
				continue
			}
			if d.Body == nil {
				if len(s.Assembly) > 0 && d.Name.Name != "_" {
					if h, err := u.std.Hook(fn); err == nil && h.Target == "" {
						pkg.Assembly = append(pkg.Assembly, fn)
					}
				}
				continue
			}
			sig := fn.Signature()
			if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 {
				continue // built per instance
			}
			if d.Name.Name == "_" {
				blank++
				continue
			}
			if d.Recv == nil && d.Name.Name == "init" {
				continue // part of the initialiser
			}
			r := u.ref(fn, nil)
			b := u.newFunc(&env{prog: u.program}, r)
			b.buildDecl(d)
			u.add(b.all()...)
		}
	}
	u.buildInit()
	u.declareTypes()
}

// add puts functions into the package.
func (u *unit) add(fs ...*ir.Func) {
	u.note(func() { u.pkg.Funcs = append(u.pkg.Funcs, fs...) })
}

// buildInstance lowers one instance of a generic function or method.
func (p *program) buildInstance(r *ir.Ref) []*ir.Func {
	d := p.decls[r.Obj]
	if d == nil || d.decl.Body == nil {
		p.errorf(r.Obj.Pos(), "no body for generic function %s", r.Obj.FullName())
		return nil
	}
	e := p.envs[r]
	b := p.unitOf[d.src.Types].newFunc(e, r)
	b.buildDecl(d.decl)
	fs := b.all()
	for _, f := range fs {
		p.instOf[f] = r
	}
	p.instFuns = append(p.instFuns, fs...)
	return fs
}

// known is a function that any package may mention.
type known struct {
	ref   *ir.Ref
	first func(targs []types.Type) // what the first mention entails; nil if nothing or done
}

// wanted is called at a mention of k, once it is the turn of the package that has it.
func (k *known) wanted(targs []types.Type) {
	if f := k.first; f != nil {
		k.first = nil
		f(targs)
	}
}

// known finds fn, an origin, with these type arguments.
func (p *program) known(fn *types.Func, targs []types.Type) *known {
	for _, k := range p.refs[fn] {
		if identicalLists(k.ref.TArgs, targs) {
			return k
		}
	}
	k := &known{ref: &ir.Ref{Obj: fn, TArgs: targs}}
	p.refs[fn] = append(p.refs[fn], k)
	if d := p.decls[fn]; d != nil && d.decl.Body == nil {
		p.bodyless(k)
	} else if len(targs) > 0 {
		k.first = func(targs []types.Type) { p.instance(k.ref, targs) }
	}
	return k
}

// instance has r's body built, with the type arguments as they were first mentioned: they may be written in several ways.
func (p *program) instance(r *ir.Ref, targs []types.Type) {
	r.TArgs = targs
	sig := r.Obj.Signature()
	tps := sig.TypeParams()
	if sig.Recv() != nil {
		tps = sig.RecvTypeParams()
	}
	e := &env{prog: p, ref: r, tparams: map[*types.TypeParam]types.Type{}}
	for i := range tps.Len() {
		e.tparams[tps.At(i)] = targs[i]
	}
	p.envs[r] = e
	p.todo = append(p.todo, r)
}

// bodyless finds what stands in for k, which has no body.
func (p *program) bodyless(k *known) {
	fn, r := k.ref.Obj, k.ref
	if t := p.linked(fn); t != nil {
		to := t.ref
		within := p.mayMention(fn.Pkg(), to.Obj.Pkg())
		then := func() {}
		switch {
		case !sameTypes(fn.Signature(), to.Obj.Signature()):
			then = func() { p.shim(r, to, within) }
		case within:
			k.ref = to
		default:
			v := types.NewVar(fn.Pos(), fn.Pkg(), "link_"+fn.Name(), fn.Signature())
			p.links[r] = v
			then = func() { p.link(v, fn, to) }
		}
		k.first = func([]types.Type) {
			t.wanted(nil)
			then()
		}
		return
	}
	h, err := p.std.Hook(fn)
	if err != nil {
		h = &ir.Hook{Fn: fn}
		k.first = func([]types.Type) { p.errs = append(p.errs, err) }
	}
	r.Hook = h
}

// linked returns the guest function that the body-less fn is linked to, or nil.
func (p *program) linked(fn *types.Func) *known {
	target := p.linkTarget(fn)
	if target == nil {
		return nil
	}
	return p.known(target, nil)
}

// linkTarget is that function as the program declares it.
func (p *program) linkTarget(fn *types.Func) *types.Func {
	pkg, name, ok := p.std.Linkname(fn)
	if !ok {
		return nil
	}
	s := p.byPath[pkg]
	if s == nil {
		return nil
	}
	target, ok := s.Types.Scope().Lookup(name).(*types.Func)
	if !ok || target == fn {
		return nil
	}
	return target
}

// mayMention reports whether what stands in for pkg may import q: std never imports the program.
func (p *program) mayMention(pkg, q *types.Package) bool {
	return pkg == q || p.imports(pkg)[q] || p.byTypes[q].Standard && !p.byTypes[pkg].Standard
}

// link has t called through v for fn, whose package cannot import t's.
func (p *program) link(v *types.Var, fn *types.Func, t *ir.Ref) {
	lower, up := p.unitOf[fn.Pkg()], p.unitOf[t.Obj.Pkg()]
	lower.pkg.Globals = append(lower.pkg.Globals, &ir.Global{Obj: v, Pos: p.position(fn.Pos())})
	up.pkg.Links = append(up.pkg.Links, &ir.Link{Var: v, Value: &ir.FuncRef{Ref: t, Typed: ir.Typed{T: fn.Signature()}}})
}

func identicalLists(a, b []types.Type) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !types.Identical(a[i], b[i]) {
			return false
		}
	}
	return true
}

// imports returns the transitive imports of pkg. What package runtime does not import imports it, said or not.
func (p *program) imports(pkg *types.Package) map[*types.Package]bool {
	if m := p.deps[pkg]; m != nil {
		return m
	}
	m := map[*types.Package]bool{}
	p.deps[pkg] = m
	add := func(q *types.Package) {
		m[q] = true
		maps.Copy(m, p.imports(q))
	}
	for _, q := range pkg.Imports() {
		add(q)
	}
	if rt := p.byPath["runtime"]; rt != nil && pkg != rt.Types && !p.below[pkg] {
		add(rt.Types)
	}
	return m
}

// reach adds to set what pkg imports, directly or not.
func reach(pkg *types.Package, set map[*types.Package]bool) {
	for _, q := range pkg.Imports() {
		if !set[q] {
			set[q] = true
			reach(q, set)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
