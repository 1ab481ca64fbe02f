package std

import (
	"go/ast"
	"go/token"
	"strings"
)

// This file finds the names that //go:linkname directives give variables.

// Symbol returns the symbol that a directive of package path gives its variable name, "" if none does.
func (l *Links) Symbol(path, name string) string { return l.vars[path+"."+name] }

// addVars notes the directives among the words of a package that are about its variables.
func (l *Links) addVars(path string, files []*ast.File, directives [][]string) {
	if len(directives) == 0 {
		return
	}
	declared := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			d, ok := d.(*ast.GenDecl)
			if !ok || d.Tok != token.VAR {
				continue
			}
			for _, s := range d.Specs {
				for _, id := range s.(*ast.ValueSpec).Names {
					declared[id.Name] = true
				}
			}
		}
	}
	for _, w := range directives {
		if declared[w[0]] {
			l.vars[path+"."+w[0]] = w[1]
		}
	}
}

// directives lists the words behind each directive of f that names a symbol.
func directives(f *ast.File, directive string) (out [][]string) {
	for _, cg := range f.Comments {
		for _, c := range cg.List {
			if rest, ok := strings.CutPrefix(c.Text, directive); ok {
				if w := strings.Fields(rest); len(w) == 2 {
					out = append(out, w)
				}
			}
		}
	}
	return out
}
