package std

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	guest "rtgen/rtlib/std"
)

// This file merges overlays into a parsed package of GOROOT and takes away the bodies of hooked functions.

// An overlay is the parsed guest source for one package.
type overlay struct {
	files   []*ast.File
	replace bool
	drop    []string
}

// Merge returns the files of package importPath as rtgen wants them type-checked. parse reads those that GOROOT
// and the build constraints give; it is not called for a package that is replaced whole. Overlay files have
// positions below "$RTGEN/rtlib/std/", but for those with line directives. The imports of the result may differ from GOROOT's: load by the result's.
func Merge(fset *token.FileSet, importPath string, parse func() ([]*ast.File, error)) ([]*ast.File, error) {
	parse = sync.OnceValues(parse)
	o, err := readOverlay(fset, importPath, parse)
	if err != nil {
		return nil, err
	}
	m := manifest[importPath]
	if o == nil && m == nil {
		return parse()
	}
	if o == nil {
		o = &overlay{}
	}
	var files []*ast.File
	if !o.replace {
		if files, err = parse(); err != nil {
			return nil, err
		}
		if m != nil {
			if files, err = m.choose(fset, files); err != nil {
				return nil, err
			}
		}
	}

	// What goes: everything that the overlay declares or drops, and dead functions.
	gone := map[string]bool{}
	for _, f := range o.files {
		for _, d := range f.Decls {
			for _, n := range declared(d) {
				if n != "init" && n != "_" {
					gone[n] = true
				}
			}
		}
	}
	used := map[string]bool{}
	dropped := map[string]bool{}
	for _, n := range o.drop {
		dropped[n] = true
	}
	if m != nil {
		for n := range m.dead {
			dropped[n] = true
		}
	}
	for _, f := range files {
		prune(f, func(name, recv string) bool {
			switch {
			case dropped[name]:
				used[name] = true
				return true
			case recv != "" && dropped[recv]:
				return true
			}
			return gone[name]
		})
	}
	for _, n := range o.drop {
		if !used[n] && !o.replace {
			return nil, fmt.Errorf("rtlib/std/%s: drops %s, which is not there", importPath, n)
		}
	}
	files = append(files, o.files...)
	if m != nil {
		for _, f := range files {
			unbody(f, m)
		}
	}
	for _, f := range files {
		pruneImports(f)
	}
	return files, nil
}

// choose leaves out files that the manifest drops and parses those that it adds.
func (m *pkg) choose(fset *token.FileSet, files []*ast.File) ([]*ast.File, error) {
	if len(m.without) == 0 && len(m.with) == 0 || len(files) == 0 {
		return files, nil
	}
	dir := filepath.Dir(fset.File(files[0].Package).Name())
	kept := files[:0:0]
	for _, f := range files {
		if !m.without[filepath.Base(fset.File(f.Package).Name())] {
			kept = append(kept, f)
		}
	}
	for _, n := range m.with {
		f, err := parser.ParseFile(fset, filepath.Join(dir, n), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		kept = append(kept, f)
	}
	return kept, nil
}

func hasReplace(src string) bool {
	head, _, _ := strings.Cut(src, "\npackage ")
	return strings.Contains("\n"+head+"\n", "\n//rtgen:replace\n")
}

// readOverlay reads the overlay of a package; files are GOROOT's. A file of the overlay named _test.go belongs to the
// package with its tests.
func readOverlay(fset *token.FileSet, importPath string, files func() ([]*ast.File, error)) (*overlay, error) {
	names, err := fs.Glob(guest.FS, importPath+"/*.go")
	if err != nil || len(names) == 0 {
		return nil, err
	}
	sort.Strings(names)
	o := &overlay{}
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			gorootFiles, err := files()
			if err != nil {
				return nil, err
			}
			if !hasTests(fset, gorootFiles) {
				continue
			}
		}
		src, err := guest.FS.ReadFile(n)
		if err != nil {
			return nil, err
		}
		place := "$RTGEN/rtlib/std/" + n
		if bytes.Contains(src, []byte("\n//line ")) { // it speaks for lines of GOROOT's files
			gorootFiles, err := files()
			if err != nil {
				return nil, err
			}
			if len(gorootFiles) > 0 {
				place = filepath.Join(filepath.Dir(fset.Position(gorootFiles[0].Package).Filename), path.Base(n))
			}
		}
		f, err := parser.ParseFile(fset, place, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if hasReplace(string(src)) {
			o.replace = true
		}
		for _, cg := range f.Comments {
			for _, c := range cg.List {
				if rest, ok := strings.CutPrefix(c.Text, "//rtgen:drop "); ok {
					o.drop = append(o.drop, strings.Fields(rest)...)
				}
			}
		}
		o.files = append(o.files, f)
	}
	return o, nil
}

func hasTests(fset *token.FileSet, files []*ast.File) bool {
	return slices.ContainsFunc(files, func(f *ast.File) bool {
		return strings.HasSuffix(fset.Position(f.Package).Filename, "_test.go")
	})
}

// declared lists the names that a declaration declares, methods as "T.M".
func declared(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		n, _ := funcName(d)
		return []string{n}
	case *ast.GenDecl:
		var names []string
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					names = append(names, id.Name)
				}
			}
		}
		return names
	}
	return nil
}

// funcName is "F" for a function; for a method "T.M", and T.
func funcName(d *ast.FuncDecl) (name, recv string) {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name, ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
			continue
		case *ast.ParenExpr:
			t = x.X
			continue
		case *ast.IndexExpr:
			t = x.X
			continue
		case *ast.IndexListExpr:
			t = x.X
			continue
		case *ast.Ident:
			return x.Name + "." + d.Name.Name, x.Name
		}
		return d.Name.Name, ""
	}
}

// prune removes the declarations for which gone holds, with their comments. A constant of a group
// becomes _, so that iota goes on counting; so does a variable declared together with others.
func prune(f *ast.File, gone func(name, recv string) bool) {
	var cut []ast.Node
	decls := f.Decls[:0:0]
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if n, recv := funcName(d); gone(n, recv) {
				cut = append(cut, d)
				continue
			}
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				break
			}
			specs := d.Specs[:0:0]
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if gone(s.Name.Name, "") {
						cut = append(cut, s)
						continue
					}
				case *ast.ValueSpec:
					n := 0
					for _, id := range s.Names {
						if id.Name != "_" && gone(id.Name, "") {
							id.Name = "_"
							n++
						}
					}
					if n > 0 && n == len(s.Names) && d.Tok == token.VAR {
						cut = append(cut, s)
						continue
					}
				}
				specs = append(specs, s)
			}
			if len(specs) == 0 && len(d.Specs) > 0 {
				cut = append(cut, d)
				continue
			}
			d.Specs = specs
		}
		decls = append(decls, d)
	}
	f.Decls = decls
	if len(cut) == 0 {
		return
	}
	comments := f.Comments[:0:0]
	for _, cg := range f.Comments {
		keep := true
		for _, n := range cut {
			from := n.Pos()
			if doc := docOf(n); doc != nil {
				from = doc.Pos()
			}
			if cg.Pos() >= from && cg.End() <= n.End() {
				keep = false
			}
		}
		if keep {
			comments = append(comments, cg)
		}
	}
	f.Comments = comments
}

func docOf(n ast.Node) *ast.CommentGroup {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Doc
	case *ast.GenDecl:
		return n.Doc
	case *ast.TypeSpec:
		return n.Doc
	case *ast.ValueSpec:
		return n.Doc
	}
	return nil
}

// unbody takes away the bodies of hooked functions.
func unbody(f *ast.File, m *pkg) {
	for _, d := range f.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd.Body == nil {
			continue
		}
		if n, _ := funcName(fd); m.hooks[n] == nil {
			continue
		}
		comments := f.Comments[:0:0]
		for _, cg := range f.Comments {
			if cg.Pos() < fd.Body.Pos() || cg.End() > fd.Body.End() {
				comments = append(comments, cg)
			}
		}
		f.Comments = comments
		fd.Body = nil
	}
}

// pruneImports removes imports whose name is no longer mentioned; _ and . imports stay.
func pruneImports(f *ast.File) {
	mentioned := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				mentioned[id.Name] = true
			}
		}
		return true
	})
	keep := func(s *ast.ImportSpec) bool {
		if s.Name != nil {
			return s.Name.Name == "_" || s.Name.Name == "." || mentioned[s.Name.Name]
		}
		p, err := strconv.Unquote(s.Path.Value)
		return err != nil || mentioned[importName(p)]
	}
	imports := f.Imports[:0:0]
	for _, s := range f.Imports {
		if keep(s) {
			imports = append(imports, s)
		}
	}
	f.Imports = imports
	decls := f.Decls[:0:0]
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			specs := g.Specs[:0:0]
			for _, s := range g.Specs {
				if keep(s.(*ast.ImportSpec)) {
					specs = append(specs, s)
				}
			}
			if g.Specs = specs; len(specs) == 0 {
				continue
			}
		}
		decls = append(decls, d)
	}
	f.Decls = decls
}

// importName is the name of a std package, by its path: the last element that is not a version.
func importName(p string) string {
	base := path.Base(p)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(p))
	}
	return base
}
