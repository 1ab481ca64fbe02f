package load

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// stock is a standard library without overlays.
type stock struct{}

func (stock) Tags() []string  { return []string{"purego", "math_big_pure_go"} }
func (stock) Roots() []string { return []string{"runtime", "internal/runtime/maps"} }
func (stock) Merge(_ *token.FileSet, _ string, parse func() ([]*ast.File, error)) ([]*ast.File, error) {
	return parse()
}

// TestLoad runs the archives in testdata. The comment of each holds the arguments and what
// must come of them: "error: text", or "embed: var: files". $DIR is the program's folder.
func TestLoad(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) == 0 {
		t.Fatal("no test files")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for _, f := range ar.Files {
				name := filepath.Join(dir, f.Name)
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			cfg := &Config{Dir: dir, Std: stock{}}
			var want []string
			for _, line := range strings.Split(string(ar.Comment), "\n") {
				if args, ok := strings.CutPrefix(line, "args: "); ok {
					cfg.Args = strings.Fields(args)
				} else if strings.HasPrefix(line, "error: ") || strings.HasPrefix(line, "embed: ") || strings.HasPrefix(line, "package: ") {
					want = append(want, line)
				}
			}
			var got []string
			prog, err := Load(context.Background(), cfg)
			if err != nil {
				var text *Error
				var refused Refusals
				if !errors.As(err, &text) && !errors.As(err, &refused) {
					t.Errorf("error of type %T", err)
				}
				for _, line := range strings.Split(err.Error(), "\n") {
					got = append(got, "error: "+strings.ReplaceAll(line, dir, "$DIR"))
				}
			} else {
				for _, s := range prog.Sources {
					if !s.Standard {
						got = append(got, "package: "+s.Path+" "+s.GoVersion)
					}
					for _, e := range s.Embeds {
						line := "embed: " + e.Var.Name() + ":"
						for _, f := range e.Files {
							line += " " + f.Name
						}
						got = append(got, line)
					}
				}
			}
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

// TestInitOrder checks that each package stands behind its imports, and the runtime first.
func TestInitOrder(t *testing.T) {
	dir := t.TempDir()
	main := filepath.Join(dir, "x.go")
	if err := os.WriteFile(main, []byte("package main\nimport _ \"encoding/json\"\nfunc main() {}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	prog, err := Load(context.Background(), &Config{Args: []string{main}, Dir: dir, Std: stock{}})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, s := range prog.Sources {
		for _, imp := range s.Types.Imports() {
			if _, ok := at[imp.Path()]; !ok && imp.Path() != "unsafe" {
				t.Errorf("%s stands before %s, which it imports", s.Path, imp.Path())
			}
		}
		at[s.Types.Path()] = i
	}
	if at["runtime"] > at["errors"] {
		t.Error("runtime is initialised behind errors")
	}
	if last := prog.Sources[len(prog.Sources)-1]; last != prog.Main {
		t.Errorf("the last package is %s", last.Path)
	}
}
