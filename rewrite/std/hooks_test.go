package std

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rtgen/cps/ir"
)

// hookFuncs are the exported functions of rtlib/hooks/go126, by name.
func hookFuncs(t *testing.T) map[string]*ast.FuncDecl {
	t.Helper()
	files, err := filepath.Glob("../../rtlib/hooks/go126/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no hooks: ", err)
	}
	funcs := map[string]*ast.FuncDecl{}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv == nil && fd.Name.IsExported() {
				funcs[fd.Name.Name] = fd
			}
		}
	}
	return funcs
}

// hidden reports whether a hook takes (w, sp).
func hidden(fd *ast.FuncDecl) bool {
	ps := fd.Type.Params.List
	return len(ps) > 0 && types.ExprString(ps[0].Type) == "*abi.W"
}

// TestHooksExist holds the manifest against the functions that it names: each is there, and takes the hidden arguments
// exactly if its class says so. Functions of the host's std are there too, and take neither interfaces nor
// anything with guest types in it.
func TestHooksExist(t *testing.T) {
	funcs := hookFuncs(t)
	used := map[string]bool{}
	host := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for path, p := range manifest {
		all := maps.Clone(p.hooks)
		maps.Copy(all, p.here)
		for name, h := range all {
			if h.Target == "" {
				continue // TestAssembly
			}
			pkg, fn := splitSymbol(h.Target)
			if pkg == HooksPath {
				used[fn] = true
				fd := funcs[fn]
				if fd == nil {
					t.Errorf("line %d: %s.%s: no hook %s", h.Line, path, name, fn)
				} else if hidden(fd) != (h.Class != ir.Verbatim) {
					t.Errorf("line %d: %s.%s: hook %s has the wrong class: hidden arguments %v", h.Line, path, name, fn, hidden(fd))
				}
				continue
			}
			if strings.HasPrefix(pkg, "rtgen/") {
				continue
			}
			ip, err := host.Import(pkg)
			if err != nil {
				t.Fatal(err)
			}
			f, ok := ip.Scope().Lookup(fn).(*types.Func)
			if !ok {
				t.Errorf("line %d: %s.%s: the host has no %s", h.Line, path, name, h.Target)
				continue
			}
			sig := f.Signature()
			for _, tu := range []*types.Tuple{sig.Params(), sig.Results()} {
				for i := range tu.Len() {
					if !closed(tu.At(i).Type()) {
						t.Errorf("line %d: %s.%s: %s is not closed: it has type %s", h.Line, path, name, h.Target, tu.At(i).Type())
					}
				}
			}
		}
	}
	for fn := range funcs {
		if !used[fn] {
			t.Errorf("hook %s stands in for nothing", fn)
		}
	}
}

// TestAssembly holds the manifest against GOROOT's assembly: the files define the functions, and include nothing that
// depends on the package's Go or on the runtime.
func TestAssembly(t *testing.T) {
	n := 0
	for path, p := range manifest {
		var all []byte
		for _, file := range Assembly(path) {
			src, err := os.ReadFile(filepath.Join(runtime.GOROOT(), "src", path, file))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(src, []byte("go_asm.h")) || bytes.Contains(src, []byte("NO_LOCAL_POINTERS")) || bytes.Contains(src, []byte("∕")) {
				t.Errorf("%s/%s does not stand alone", path, file)
			}
			all = append(all, src...)
		}
		for name, h := range p.hooks {
			if h.Target == "" {
				n++
				if !bytes.Contains(all, []byte("TEXT ·"+name+"(SB)")) {
					t.Errorf("line %d: no %s in the assembly of %s", h.Line, name, path)
				}
			}
		}
	}
	if n == 0 {
		t.Error("the manifest has no assembly")
	}
}

// closed reports whether host code may take or return t: no type of a package that is rewritten, nothing that
// has methods.
func closed(t types.Type) bool {
	switch t := t.(type) {
	case *types.Basic:
		return true
	case *types.Pointer:
		return closed(t.Elem())
	case *types.Slice:
		return closed(t.Elem())
	case *types.Array:
		return closed(t.Elem())
	}
	return false
}
