package main

// This file makes a package of those of the runtime's tests that need nothing but public API.

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// runtime.txt says which files, and what is left out of them.
//
//go:embed runtime.txt
var runtimeTxt string

// runtimeTests writes the package to dir and returns what to build.
func runtimeTests(dir string) (string, []string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", nil, err
	}
	write := func(name, text string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666) }
	if err := write("go.mod", "module runtime_test\n\ngo 1.26\n"); err != nil {
		return "", nil, err
	}
	if err := write("env_test.go", testenv); err != nil {
		return "", nil, err
	}
	for line := range strings.Lines(runtimeTxt) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		text, err := without(filepath.Join(runtime.GOROOT(), "src/runtime", f[0]), f[1:])
		if err != nil {
			return "", nil, err
		}
		// The tests of module runtime_test are package runtime_test_test, which traces show.
		text = strings.ReplaceAll(text, "runtime_test.", "runtime_test_test.")
		if err := write(f[0], text); err != nil {
			return "", nil, err
		}
	}
	return dir, []string{"."}, nil
}

// testenv stands for the package of that name, which only the standard library may import, and
// for what the files need of others.
const testenv = `package runtime_test

import "testing"

var testenv env

type env struct{}

func (env) SkipFlaky(t testing.TB, issue int) { t.Skip("flaky, issue ", issue) }
func (env) OptimizationOff() bool             { return false }

// stackGrowthRecursive uses about a kilobyte of stack n times.
func stackGrowthRecursive(n int) {
	var pad [128]uint64
	if n > 0 && pad[n%128] == 0 {
		stackGrowthRecursive(n - 1)
	}
}
`

// without returns a file without some of its functions, and without what it then imports for nothing.
func without(name string, funcs []string) (string, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
	if err != nil {
		return "", err
	}
	left := slices.Clone(funcs)
	var gone []ast.Decl
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || !slices.Contains(funcs, fd.Name.Name) {
			return false
		}
		left = slices.DeleteFunc(left, func(s string) bool { return s == fd.Name.Name })
		gone = append(gone, d)
		return true
	})
	if len(left) > 0 {
		return "", fmt.Errorf("runtime.txt: %s has no function %s", filepath.Base(name), left[0])
	}
	f.Comments = slices.DeleteFunc(f.Comments, func(c *ast.CommentGroup) bool {
		return slices.ContainsFunc(gone, func(d ast.Decl) bool {
			doc := d.(*ast.FuncDecl).Doc
			return c == doc || d.Pos() <= c.Pos() && c.End() <= d.End()
		})
	})
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		g.Specs = slices.DeleteFunc(g.Specs, func(s ast.Spec) bool {
			spec := s.(*ast.ImportSpec)
			p, _ := strconv.Unquote(spec.Path.Value)
			return spec.Name == nil && (!used[path.Base(p)] || p == "internal/testenv")
		})
	}
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && len(g.Specs) == 0
	})
	var b strings.Builder
	if err := format.Node(&b, fset, f); err != nil {
		return "", err
	}
	return b.String(), nil
}
