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
	"path/filepath"
	"sort"
	"strings"

	"rtgen/cps/ir"
)

// Std answers what the builder must know about the standard library's replacement.
type Std interface {
	// Hook returns what stands in for a body-less function; linknames to guest functions
	// are resolved to (pkgpath, name). The error names the function and its position.
	Hook(fn *types.Func) (*ir.Hook, error)
	// Linkname returns the guest function that a body-less fn pulls in by linkname, if any.
	Linkname(fn *types.Func) (pkgpath, name string, ok bool)
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

	decls      map[*types.Func]*funcDecl
	refs       map[*types.Func][]*ir.Ref
	links      map[*ir.Ref]*types.Var // body-less functions that are called through a variable
	vars       map[*types.Var]*linkedVar
	apart      map[*Source]map[*types.Var]bool // variables that are taken apart: see words.go
	globals    map[*types.Var]*ir.Global
	envs       map[*ir.Ref]*env
	todo       []*ir.Ref // instances whose bodies are still to be built
	pkgs       map[string]*ir.Package
	owners     map[*types.TypeName]*ir.Ref // local types cloned for an instance
	locals     map[*types.TypeName]bool    // types declared in functions
	errs       []error
	instOf     map[*ir.Func]*ir.Ref // closures and bodies of instances → the instance
	deps       map[*types.Package]map[*types.Package]bool
	below      map[*types.Package]bool // what package runtime imports
	mapsPkg    *types.Package
	home       map[*ir.Ref]*ir.Package
	instSet    map[string][]*types.Package // packages that an instance package is above of
	mentioned  []*mentions                 // what each source mentions itself
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
		refs:     map[*types.Func][]*ir.Ref{},
		links:    map[*ir.Ref]*types.Var{},
		apart:    map[*Source]map[*types.Var]bool{},
		globals:  map[*types.Var]*ir.Global{},
		envs:     map[*ir.Ref]*env{},
		pkgs:     map[string]*ir.Package{},
		owners:   map[*types.TypeName]*ir.Ref{},
		locals:   map[*types.TypeName]bool{},
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
	p.linkVars()
	for _, s := range sources {
		p.buildPackage(s)
	}
	p.complete()
	out := p.place()
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return out, nil
}

func (p *program) errorf(pos token.Pos, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s: rtgen: %s", p.fset.Position(pos), fmt.Sprintf(format, args...)))
}

// buildPackage lowers a package's own functions, variables and initialisers.
func (p *program) buildPackage(s *Source) {
	pkg := p.newPackage(s)
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
					if h, err := p.std.Hook(fn); err == nil && h.Target == "" {
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
			r := p.ref(fn, nil)
			b := p.newFunc(s, &env{prog: p}, r)
			b.buildDecl(d)
			pkg.Funcs = append(pkg.Funcs, b.all()...)
		}
	}
	p.buildInit(s, pkg)
	p.declareTypes(s, pkg)
}

// buildInstance lowers one instance of a generic function or method.
func (p *program) buildInstance(r *ir.Ref) []*ir.Func {
	d := p.decls[r.Obj]
	if d == nil || d.decl.Body == nil {
		p.errorf(r.Obj.Pos(), "no body for generic function %s", r.Obj.FullName())
		return nil
	}
	e := p.envs[r]
	b := p.newFunc(d.src, e, r)
	b.buildDecl(d.decl)
	fs := b.all()
	for _, f := range fs {
		p.instOf[f] = r
	}
	p.instFuns = append(p.instFuns, fs...)
	return fs
}

// ref returns the canonical Ref of fn (an origin) with the given type arguments and makes
// sure that its body will be built.
func (p *program) ref(fn *types.Func, targs []types.Type) *ir.Ref {
	fn = fn.Origin()
	for _, r := range p.refs[fn] {
		if identicalLists(r.TArgs, targs) {
			return r
		}
	}
	r := &ir.Ref{Obj: fn, TArgs: targs}
	p.refs[fn] = append(p.refs[fn], r)
	d := p.decls[fn]
	if d != nil && d.decl.Body == nil {
		if t := p.linked(fn); t != nil {
			within := t.Obj.Pkg() == fn.Pkg() || p.imports(fn.Pkg())[t.Obj.Pkg()]
			if !sameTypes(fn.Signature(), t.Obj.Signature()) {
				p.shim(r, t, within)
				return r
			}
			if within {
				p.refs[fn][len(p.refs[fn])-1] = t
				return t
			}
			p.link(r, t)
			return r
		}
		h, err := p.std.Hook(fn)
		if err != nil {
			p.errs = append(p.errs, err)
			h = &ir.Hook{Fn: fn}
		}
		r.Hook = h
		return r
	}
	if len(targs) > 0 {
		sig := fn.Signature()
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
	return r
}

// linked returns the guest function that the body-less fn is linked to, or nil.
func (p *program) linked(fn *types.Func) *ir.Ref {
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
	return p.ref(target, nil)
}

// link binds r to t, which r's package cannot import.
func (p *program) link(r, t *ir.Ref) {
	fn := r.Obj
	v := types.NewVar(fn.Pos(), fn.Pkg(), "link_"+fn.Name(), fn.Signature())
	p.links[r] = v
	lower, up := p.newPackage(p.byTypes[fn.Pkg()]), p.newPackage(p.byTypes[t.Obj.Pkg()])
	lower.Globals = append(lower.Globals, &ir.Global{Obj: v, Pos: p.position(fn.Pos())})
	up.Links = append(up.Links, &ir.Link{Var: v, Fn: &ir.FuncRef{Ref: t, Typed: ir.Typed{T: fn.Signature()}}})
}

// newPackage returns s's output package, making it at the first call.
func (p *program) newPackage(s *Source) *ir.Package {
	pkg := p.pkgs[s.Path]
	if pkg == nil {
		pkg = &ir.Package{Path: s.Path, Name: s.Name, Types: s.Types}
		p.pkgs[s.Path] = pkg
	}
	return pkg
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

// position converts to what IR statements carry, honouring //line comments as the compiler does: it takes relative names
// as they are written, where go/token puts the file's folder before them, and has "??" for an empty one. Those of std's
// overlays speak for the folder's files.
func (p *program) position(pos token.Pos) token.Position {
	at := p.fset.Position(pos)
	if !pos.IsValid() {
		return at
	}
	if real := p.fset.File(pos).Name(); at.Filename != real {
		dir, _ := filepath.Split(real)
		if at.Filename == "" {
			at.Filename = "??"
		} else if name, ok := strings.CutPrefix(at.Filename, dir); ok && !p.standard[filepath.Clean(dir)] {
			at.Filename = name
		}
	}
	return at
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
