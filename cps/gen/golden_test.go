package gen_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"rtgen/cps/build"
	"rtgen/cps/build/buildtest"
	"rtgen/cps/escape"
	"rtgen/cps/gen"
	"rtgen/cps/ir"
	"rtgen/cps/names"
	"rtgen/cps/passes"
	"rtgen/rewrite/colour"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden takes the program in.go of each testdata/*.txtar through all passes and compares what
// stands behind each pass with the section of its name: build, colour (the classes, and which functions poll), the passes of
// passes.Table, and gen, which must type-check against the runtime whether it is compared or not. -update
// rewrites the sections that are there.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(ar.Files) < 2 || ar.Files[0].Name != "in.go" {
				t.Fatal("want the section in.go, and those of passes")
			}
			stages := throughPasses(t, ar.Files[0].Data)
			got := &txtar.Archive{Comment: ar.Comment, Files: ar.Files[:1:1]}
			for _, f := range ar.Files[1:] {
				text, ok := stages[f.Name]
				if !ok {
					t.Fatalf("no pass %q", f.Name)
				}
				seen[f.Name] = true
				got.Files = append(got.Files, txtar.File{Name: f.Name, Data: text})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := txtar.Format(ar)
			if have := txtar.Format(got); !bytes.Equal(have, want) {
				t.Errorf("%s; run with -update and look at the change", firstDifference(string(have), string(want)))
			}
		})
	}
	for _, pass := range append([]string{"build", "colour", "gen"}, passNames()...) {
		if !seen[pass] {
			t.Errorf("no golden for pass %s", pass)
		}
	}
}

func passNames() (names []string) {
	for _, p := range passes.Table {
		names = append(names, p.Name)
	}
	return names
}

// throughPasses returns what stands behind each pass, all functions of the program in a row.
func throughPasses(t *testing.T, src []byte) map[string][]byte {
	t.Helper()
	pkg, n, lowered, c := lower(t, src)
	var classes bytes.Buffer
	for _, f := range pkg.Funcs {
		fmt.Fprintf(&classes, "%s: %s", f.Name, f.Class)
		polls := false
		ir.Walk(f.Body, func(s ir.Stmt) {
			_, ok := s.(*ir.Poll)
			polls = polls || ok
		}, nil)
		if polls {
			classes.WriteString(", polls")
		}
		classes.WriteByte('\n')
	}
	out, err := gen.Package(pkg, n.For(pkg), c, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	check(t, out)
	stages := map[string][]byte{"build": lowered, "colour": classes.Bytes(), "gen": out}
	for _, f := range pkg.Funcs {
		plan, err := passes.Run(f, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, pass := range passNames() {
			text, err := plan.Dump(pass)
			if err != nil {
				t.Fatal(err)
			}
			stages[pass] = append(stages[pass], text+"\n"...)
		}
	}
	return stages
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			old := "nothing"
			if i < len(w) {
				old = w[i]
			}
			return fmt.Sprintf("line %d: got\n%s\nwant\n%s", i+1, g[i], old)
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

// lower builds and colours a program of one file without imports; text is its IR before the
// colours are known.
func lower(t *testing.T, src []byte) (pkg *ir.Package, n *names.Program, text []byte, c *colour.Colours) {
	t.Helper()
	pkg, source := buildtest.Package(t, src)
	for _, f := range pkg.Funcs {
		if err := ir.Verify(f); err != nil {
			t.Fatal(err)
		}
		text = append(text, ir.Print(f)+"\n"...)
	}
	pkgs := []*ir.Package{pkg}
	escape.Program(pkgs)
	return pkg, names.New([]*build.Source{source}, pkgs), text, colour.Program(pkgs)
}

// The runtime is type-checked from source, once.
var runtime = sync.OnceValue(func() types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "source", nil)
})

func check(t *testing.T, src []byte) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "out.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: runtime(), Sizes: passes.Sizes, GoVersion: "go1.26"}
	if _, err := conf.Check("rtgen/g/p", fset, []*ast.File{f}, nil); err != nil {
		t.Errorf("the output does not type-check: %v\n%s", err, src)
	}
}
