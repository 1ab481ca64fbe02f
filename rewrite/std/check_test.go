package std

import (
	"context"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rtgen/rewrite/load"
)

// closure loads the packages and all that they import, overlays merged, and type-checks them.
func closure(t *testing.T, paths ...string) *load.Program {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	for _, p := range paths {
		b.WriteString("\t_ \"" + p + "\"\n")
	}
	b.WriteString(")\n\nfunc main() {}\n")
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	prog, err := load.Load(context.Background(), &load.Config{Args: []string{file}, Dir: dir, Std: Std{}})
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// unhooked are the body-less functions that are known to have nothing that stands in for them: programs
// that use them are refused.
var unhooked = []string{
	"runtime/debug.WriteHeapDump", // the dump is of Go's own heap
}

// TestEveryBodylessFunctionIsBound is the promise that a missing hook is found at build time: in the closure of
// all that the issue lists, every function without a body has one.
func TestEveryBodylessFunctionIsBound(t *testing.T) {
	prog := closure(t, "fmt", "encoding/json", "net/http", "os/exec", "os/signal", "testing", "go/types", "go/build", "hash/maphash", "runtime/pprof", "runtime/trace",
		"runtime/metrics", "runtime/debug", "time/tzdata", "testing/synctest", "encoding/xml", "text/template", "math/big", "crypto/sha3", "iter", "unique", "weak")
	var links Links
	for _, s := range prog.Sources {
		links.Add(s.Path, s.Files)
	}
	n := 0
	for _, s := range prog.Sources {
		if !s.Standard {
			continue
		}
		for _, f := range s.Files {
			for _, d := range f.Decls {
				fd, ok := d.(*ast.FuncDecl)
				if !ok || fd.Body != nil {
					continue
				}
				obj := s.Info.Defs[fd.Name].(*types.Func)
				b, err := links.Bind(prog.Fset, obj)
				name := s.Path + "." + fd.Name.Name
				switch {
				case slices.Contains(unhooked, name):
					if err == nil {
						t.Errorf("%s is hooked now: take it off the list", name)
					}
				case err != nil:
					t.Error(err)
				case b.Hook == nil && prog.Lookup(b.Path) == nil:
					t.Errorf("%s: bound to %s.%s, which is not loaded", name, b.Path, b.Name)
				default:
					n++
				}
			}
		}
	}
	t.Logf("%d packages, %d functions bound", len(prog.Sources), n)
	fields(t, prog)
	here(t, prog)
}

// here holds the manifest's functions that a package calls in another way against what the package calls.
func here(t *testing.T, prog *load.Program) {
	for path, p := range manifest {
		for name, h := range p.here {
			calls := false
			for _, obj := range prog.Lookup(path).Info.Uses {
				if fn, ok := obj.(*types.Func); ok && hereName(fn) == name {
					calls = true
				}
			}
			if !calls {
				t.Errorf("line %d: %s does not call %s", h.Line, path, name)
			}
		}
	}
}

// fields holds the manifest's fields of runtime functions against the structs of the loaded packages.
func fields(t *testing.T, prog *load.Program) {
	for path, p := range manifest {
		for name := range p.calls {
			owner, field, _ := strings.Cut(name, ".")
			s := prog.Lookup(path)
			if s == nil || s.Types.Scope().Lookup(owner) == nil {
				t.Errorf("there is no %s.%s", path, owner)
				continue
			}
			obj, index, _ := types.LookupFieldOrMethod(s.Types.Scope().Lookup(owner).Type(), true, s.Types, field)
			v, ok := obj.(*types.Var)
			if !ok || len(index) != 1 {
				t.Errorf("%s.%s has no field %s", path, owner, field)
				continue
			}
			if _, ok := v.Type().Underlying().(*types.Signature); !ok {
				t.Errorf("%s.%s is a %s", path, name, v.Type())
			}
		}
	}
}
