// Package names spells guest objects in host Go. It is the one place that knows how names
// change on the way out:
//
//	guest                                       host
//	package encoding/json                       rtgen/g/encoding/json
//	package crypto/internal/fips140             rtgen/g/crypto/internal_/fips140
//	package main (example.com/prog)             rtgen/g/main_/example.com/prog, clause main_
//	func Marshal, type Decoder                  Marshal, Decoder
//	func compact, type scanner, var fieldCache  Ʀcompact, Ʀscanner, ƦfieldCache
//	type T declared in a function               ƦTː1
//	List[int], Sort[[]string]                   ƦListː1b2f03aa, ƦSortː99c0e1d2
//	field or method n                           Ʀn_pkg
//	map[K]V, chan T, func(A) R, error           abi.Map[K, V], abi.Chan[T], func(*abi.W, abi.SP, A) R, abi.Error
//
// Every unexported package-level name becomes exported, because instances of generics,
// linknames and hoisted variables mention them from other packages. The same goes for unexported
// fields and methods: "type Setting godebug.Setting" spells another package's fields, and so do
// generic instances, inferred types, and code that takes a struct apart for its pointers.
//
// Package reflectmeta turns the spelling back at run time.
package names

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/tools/go/types/typeutil"

	"rtgen/cps/build"
	"rtgen/cps/ir"
)

const (
	// Exported is put in front of names that must become exported.
	Exported = "Ʀ"
	// Private is put in front of names that rtgen makes for one package.
	Private = "ʀ"
	// Cutoff starts the part of a name that only makes it unique.
	Cutoff = "ː"
)

// Program is what spelling needs to know of the whole program. It is read-only after New.
type Program struct {
	home    typeutil.Map            // *types.Named → *ir.Package that declares it, where that is not its own
	locals  map[*types.TypeName]int // types declared in functions, numbered per package
	byTypes map[*types.Package]*ir.Package
	owners  map[*types.TypeName]*ir.Ref // of types declared in generic functions
	vargen  map[token.Pos]int           // gc's numbers for types declared in functions, per package in source order
}

// New collects what spelling depends on, and gives every function its Host. pkgs are the builder's result.
func New(sources []*build.Source, pkgs []*ir.Package) *Program {
	p := &Program{locals: map[*types.TypeName]int{}, byTypes: map[*types.Package]*ir.Package{}, owners: map[*types.TypeName]*ir.Ref{}, vargen: map[token.Pos]int{}}
	for _, pkg := range pkgs {
		if pkg.Types != nil {
			p.byTypes[pkg.Types] = pkg
		}
		n := 0
		for _, d := range pkg.Decls {
			if packageLevel(d.Type.Obj()) && d.Type.TypeArgs().Len() == 0 {
				continue
			}
			p.home.Set(d.Type, pkg)
			if d.Type.TypeArgs().Len() == 0 {
				n++
				p.locals[d.Type.Obj()] = n
			}
			if d.Owner != nil {
				p.owners[d.Type.Obj()] = d.Owner
			}
		}
	}
	for _, s := range sources {
		p.number(s)
	}
	for _, pkg := range pkgs {
		p.hosts(pkg)
	}
	return p
}

// number gives the types that are declared in s's functions the numbers that gc gives them.
func (p *Program) number(s *build.Source) {
	n := 0
	for _, f := range s.Files {
		ast.Inspect(f, func(node ast.Node) bool {
			if ts, ok := node.(*ast.TypeSpec); ok && !ts.Assign.IsValid() {
				if o := s.Info.Defs[ts.Name]; o != nil && !packageLevel(o) {
					n++
					p.vargen[o.Pos()] = n
				}
			}
			return true
		})
	}
}

func packageLevel(o types.Object) bool {
	return o.Pkg() == nil || o.Parent() == o.Pkg().Scope()
}

// Path is the host import path of a package.
func (p *Program) Path(pkg *ir.Package) string {
	elems := strings.Split(pkg.Path, "/")
	for i, e := range elems {
		if e == "internal" || e == "vendor" {
			elems[i] = e + "_"
		}
	}
	prefix := "rtgen/g/"
	if pkg.Name == "main" {
		prefix += "main_/"
	}
	return prefix + strings.Join(elems, "/")
}

func clause(pkg *ir.Package) string {
	if pkg.Name == "main" {
		return "main_"
	}
	return pkg.Name
}

// packageOf is the output package that declares t.
func (p *Program) packageOf(t *types.Named) *ir.Package {
	if h, ok := p.home.At(t).(*ir.Package); ok {
		return h
	}
	return p.byTypes[t.Obj().Pkg()]
}

// declared is the identifier that a named type has in its package.
func (p *Program) declared(t *types.Named) string {
	name := t.Obj().Name()
	if t.TypeArgs().Len() > 0 {
		return open(name) + Cutoff + hash(p.id(t))
	}
	if n := p.locals[t.Obj()]; n > 0 {
		return open(name) + Cutoff + fmt.Sprint(n)
	}
	return spell(name)
}

// spell is the name of a package-level object.
func spell(name string) string {
	if isExported(name) {
		return name
	}
	return Exported + name
}

var symbol = regexp.MustCompile(`(^|[^\w∕.%~])·(\w+)((?:[+-]\w+)?\(SB\))`)

// Assembly spells the symbols in a package's assembly as its Go has them. Those that are local to the file, or
// another package's, have other forms and stay.
func Assembly(src []byte) []byte {
	return symbol.ReplaceAllFunc(src, func(s []byte) []byte {
		m := symbol.FindSubmatch(s)
		return []byte(string(m[1]) + "·" + spell(string(m[2])) + string(m[3]))
	})
}

func open(name string) string { return Exported + name }

func isExported(name string) bool {
	for _, r := range name {
		return unicode.IsUpper(r)
	}
	return false
}

func hash(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:8] }

// id identifies a type across the program: unlike its string, it tells local types apart.
func (p *Program) id(t types.Type) string {
	t = types.Unalias(t)
	var b strings.Builder
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil {
			return t.Obj().Name()
		}
		if t.TypeArgs().Len() > 0 {
			b.WriteString(t.Obj().Pkg().Path() + "." + t.Obj().Name())
			if n := p.vargen[t.Obj().Pos()]; n > 0 {
				fmt.Fprint(&b, Cutoff, n)
			}
			b.WriteByte('[')
			if owner := p.owners[t.Obj()]; owner != nil {
				for _, a := range owner.TArgs {
					b.WriteString(p.id(a) + ",")
				}
				b.WriteByte(';')
			}
			for i := range t.TypeArgs().Len() {
				b.WriteString(p.id(t.TypeArgs().At(i)) + ",")
			}
			b.WriteByte(']')
			return b.String()
		}
		if pkg := p.packageOf(t); pkg != nil {
			return pkg.Path + "." + p.declared(t)
		}
		return t.Obj().Pkg().Path() + "." + t.Obj().Name()
	case *types.Pointer:
		return "*" + p.id(t.Elem())
	case *types.Slice:
		return "[]" + p.id(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), p.id(t.Elem()))
	case *types.Map:
		return "map[" + p.id(t.Key()) + "]" + p.id(t.Elem())
	case *types.Chan:
		return fmt.Sprintf("chan%d(%s)", t.Dir(), p.id(t.Elem()))
	case *types.Tuple:
		for i := range t.Len() {
			b.WriteString(p.id(t.At(i).Type()) + ",")
		}
		return b.String()
	case *types.Signature:
		return fmt.Sprintf("func%v(%s)(%s)", t.Variadic(), p.id(t.Params()), p.id(t.Results()))
	case *types.Struct:
		b.WriteString("struct{")
		for i := range t.NumFields() {
			f := t.Field(i)
			fmt.Fprintf(&b, "%s %v %s %q;", qualified(f), f.Embedded(), p.id(f.Type()), t.Tag(i))
		}
		return b.String() + "}"
	case *types.Interface:
		b.WriteString("interface{")
		var ms []string
		for i := range t.NumMethods() {
			ms = append(ms, qualified(t.Method(i))+p.id(t.Method(i).Type()))
		}
		sort.Strings(ms)
		return b.String() + strings.Join(ms, ";") + "}"
	}
	return types.TypeString(t, nil)
}

func qualified(o types.Object) string {
	if o.Exported() || o.Pkg() == nil {
		return o.Name()
	}
	return o.Pkg().Path() + "." + o.Name()
}

// member is the name of a field or method.
func (p *Program) member(o types.Object) string {
	n := o.Name()
	if n == "_" || o.Pkg() == nil || o.Exported() {
		return n
	}
	return Exported + n + "_" + identifier(path.Base(o.Pkg().Path()))
}

func identifier(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, s)
}

// funcName is the identifier of a declared function in its package.
func (p *Program) funcName(r *ir.Ref) string {
	if len(r.TArgs) == 0 {
		return spell(r.Obj.Name())
	}
	ids := make([]string, len(r.TArgs))
	for i, t := range r.TArgs {
		ids[i] = p.id(t)
	}
	return open(r.Obj.Name()) + Cutoff + hash(r.Obj.FullName()+"["+strings.Join(ids, ",")+"]")
}

// TypeNames is the table of the names that cannot be read off the spelling of pkg's types: one line each,
// "hostpath.Name\tguest path\tguest text". Package reflectmeta reads it.
func (p *Program) TypeNames(pkg *ir.Package) string {
	var b strings.Builder
	for _, d := range pkg.Decls {
		t := d.Type
		if t.TypeArgs().Len() == 0 && d.Owner == nil && (pkg.Types != nil && t.Obj().Pkg() == pkg.Types) {
			continue
		}
		gp := t.Obj().Pkg()
		guest := gp.Path()
		if gp.Name() == "main" {
			guest = "main"
		}
		fmt.Fprintf(&b, "%s.%s\t%s\t%s.%s\n", p.Path(pkg), p.declared(t), guest, gp.Name(), p.pretty(t))
	}
	return b.String()
}
