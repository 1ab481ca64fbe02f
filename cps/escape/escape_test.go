package escape_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"testing"

	"rtgen/cps/build"
	"rtgen/cps/escape"
	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

type noHooks struct{}

func (noHooks) Hook(fn *types.Func) (*ir.Hook, error) {
	return nil, fmt.Errorf("%s has no body", fn.FullName())
}
func (noHooks) Linkname(*types.Func) (string, string, bool) { return "", "", false }

// TestLines compares, line by line, where the allocations of testdata/lines.go lie with the comments there:
// "frame", "heap", or both if there is more than one.
func TestLines(t *testing.T) {
	src, err := os.ReadFile("testdata/lines.go")
	if err != nil {
		t.Fatal(err)
	}
	got := map[int][]string{}
	for _, p := range analyse(t, src) {
		for _, f := range p.Funcs {
			ir.Walk(f.Body, func(s ir.Stmt) {
				where := "heap"
				if ir.LocalOf(s) != nil {
					where = "frame"
				}
				switch s := s.(type) {
				case *ir.Call:
					if s.Callee.Kind != ir.Primitive {
						return
					}
					switch s.Callee.Prim.Name {
					case "New", "MakeSlice", "Box":
					default:
						return
					}
				case *ir.MakeClosure:
					if s.Func.Env == nil {
						return
					}
				default:
					return
				}
				line := s.Position().Line
				got[line] = append(got[line], where)
			}, nil)
		}
	}
	n := 0
	for i, line := range strings.Split(string(src), "\n") {
		_, want, _ := strings.Cut(line, "// ")
		if !strings.HasPrefix(want, "frame") && !strings.HasPrefix(want, "heap") {
			want = ""
		}
		if g := strings.Join(got[i+1], " "); g != want {
			t.Errorf("line %d: %s: got %q, want %q", i+1, strings.TrimSpace(line), g, want)
		}
		n += len(got[i+1])
	}
	if n == 0 {
		t.Error("nothing is allocated")
	}
}

func analyse(t *testing.T, src []byte) []*ir.Package {
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
	escape.Program(pkgs)
	return pkgs
}
