package std

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// This file finds what stands in for a function without a body.

// Links collects the //go:linkname directives of a program. Add every package before the first Bind.
type Links struct {
	Main string // import path of the program's main package, whose symbols begin with "main."

	pull     map[string]string // "pkg.local" → the symbol that it names
	push     map[string]string // symbol → "pkg.local" whose declaration has a body
	has      map[string]bool   // "pkg.name" of every function with a body
	noescape map[string]bool   // "pkg.name" of body-less functions declared //go:noescape
	vars     map[string]string // "pkg.name" of a variable → the symbol that it is
	outside  map[string]bool   // packages that are not std's
	instead  map[string]string // symbol → "pkg.local" that stands in for it where it is not std that asks

	asm map[string]map[string]error // by package and function: see AddAssembly
}

// Binding is what a body-less function is bound to: a hook, or a function of another guest package.
type Binding struct {
	Hook  *Hook
	Path  string // guest package, if Hook is nil
	Name  string // of its function; "T.M" or "(*T).M" for a method
	Owner string // package of the directive that binds, which may have to be linked in
}

// Add notes the directives and functions of one package, overlays merged.
func (l *Links) Add(path string, files []*ast.File) {
	if l.pull == nil {
		l.pull, l.push, l.has, l.noescape, l.vars = map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]string{}
	}
	bodies := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n, _ := funcName(fd)
			if fd.Body != nil {
				bodies[n] = true
				l.has[path+"."+n] = true
			} else if fd.Doc != nil && slices.ContainsFunc(fd.Doc.List, func(c *ast.Comment) bool { return c.Text == "//go:noescape" }) {
				l.noescape[path+"."+n] = true
			}
		}
	}
	var all [][]string
	for _, f := range files {
		all = append(all, directives(f, "//go:linkname ")...)
	}
	for _, w := range all {
		if bodies[w[0]] {
			l.push[w[1]] = path + "." + w[0]
		} else {
			l.pull[path+"."+w[0]] = w[1]
		}
	}
	l.addVars(path, files, all)
	for _, f := range files {
		for _, w := range directives(f, "//rtgen:link ") {
			if l.instead == nil {
				l.instead = map[string]string{}
			}
			l.instead[w[1]] = path + "." + w[0]
		}
	}
}

// Outside notes that package path is not part of std: what it links to may be another function than std would get. A
// directive of an overlay says so, beside a function that takes types as programs have them:
//
//	//rtgen:link link_unsafe_New reflect.unsafe_New
func (l *Links) Outside(path string) {
	if l.outside == nil {
		l.outside = map[string]bool{}
	}
	l.outside[path] = true
}

// Bind says what stands in for fn, which has no body. The error has fn's position and names it.
func (l *Links) Bind(fset *token.FileSet, fn *types.Func) (Binding, error) {
	path := fn.Pkg().Path()
	b, err := l.bind(path, fn.Name())
	if err == nil && b.Hook == &ownAssembly {
		if t := foreign(fn.Signature()); t != "" {
			err = fmt.Errorf("function %s is assembly and takes or returns a %s, which the rewritten program has in another form", fn.FullName(), t)
		}
	}
	if err != nil {
		return b, fmt.Errorf("%s: rtgen: %w", fset.Position(fn.Pos()), err)
	}
	return b, nil
}

func (l *Links) bind(path, name string) (Binding, error) {
	if h := lookup(path, name); h != nil {
		return Binding{Hook: h}, nil
	}
	self := path + "." + name
	sym := self
	if path == l.Main {
		sym = "main." + name
	}
	if by, ok := l.push[sym]; ok {
		p, n := splitSymbol(by)
		return Binding{Path: p, Name: n, Owner: p}, nil
	}
	if h, ok, err := l.assembly(path, name); ok {
		return Binding{Hook: h}, err
	}
	target, ok := l.pull[self]
	if !ok {
		return Binding{}, fmt.Errorf("function %s has no body, and no hook stands in for it", self)
	}
	if by, ok := l.instead[target]; ok && l.outside[path] {
		p, n := splitSymbol(by)
		return Binding{Path: p, Name: n, Owner: p}, nil
	}
	if by, ok := l.push[target]; ok && by != self {
		p, n := splitSymbol(by)
		return Binding{Path: p, Name: n, Owner: p}, nil
	}
	p, n := splitSymbol(target)
	if p == "main" {
		p = l.Main
	}
	if h := lookup(p, n); h != nil && h.Target != "" {
		return Binding{Hook: h}, nil
	} else if h != nil { // assembly, which only its own package declares
		return Binding{Path: p, Name: n, Owner: p}, nil
	}
	if l.has[p+"."+strings.NewReplacer("(*", "", ")", "").Replace(n)] {
		return Binding{Path: p, Name: n, Owner: p}, nil
	}
	return Binding{}, fmt.Errorf("function %s is linked to %s, which is unknown", self, target)
}

// Noescape reports whether body-less fn is declared //go:noescape.
func (l *Links) Noescape(fn *types.Func) bool { return l.noescape[fn.Pkg().Path()+"."+fn.Name()] }

// splitSymbol cuts "net/http.(*Transport).RoundTrip" behind the import path.
func splitSymbol(s string) (path, name string) {
	slash := strings.LastIndexByte(s, '/') + 1
	i := strings.IndexByte(s[slash:], '.')
	if i < 0 {
		return "", s
	}
	return s[:slash+i], s[slash+i+1:]
}
