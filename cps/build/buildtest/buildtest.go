// Package buildtest lowers the source of a test.
package buildtest

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"rtgen/cps/build"
	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// noHooks is a standard library without body-less functions: the programs here import nothing, or unsafe.
type noHooks struct{}

func (noHooks) Hook(fn *types.Func) (*ir.Hook, error) {
	return nil, fmt.Errorf("%s has no body", fn.FullName())
}
func (noHooks) Here(string, *types.Func) *ir.Hook           { return nil }
func (noHooks) Symbol(*types.Var) string                    { return "" }
func (noHooks) Linkname(*types.Func) (string, string, bool) { return "", "", false }
func (noHooks) Caller(path, owner, field string) string     { return "" }

// Package lowers a package of one file, /in.go, that imports nothing but unsafe.
func Package(t *testing.T, src []byte) (*ir.Package, *build.Source) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "/in.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Importer: importer.Default(), Sizes: passes.Sizes, GoVersion: "go1.26"}
	tp, err := conf.Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	s := &build.Source{Path: "p", Name: f.Name.Name, GoVersion: "go1.26", Files: []*ast.File{f}, Types: tp, Info: info}
	pkgs, err := build.Program(fset, []*build.Source{s}, noHooks{})
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) != 1 {
		t.Fatalf("%d packages", len(pkgs))
	}
	return pkgs[0], s
}
