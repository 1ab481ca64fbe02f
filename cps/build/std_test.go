package build_test

import (
	"context"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rtgen/cps/build"
	"rtgen/cps/ir"
	"rtgen/rewrite/load"
	"rtgen/rewrite/std"
)

// hooks binds body-less functions as the driver does.
type hooks struct {
	t     *testing.T
	prog  *load.Program
	links std.Links
}

func (h *hooks) Hook(fn *types.Func) (*ir.Hook, error) {
	b, err := h.links.Bind(h.prog.Fset, fn)
	if err != nil || b.Hook == nil {
		return &ir.Hook{Fn: fn}, err
	}
	return &ir.Hook{Fn: fn, Class: b.Hook.Class}, nil
}

func (h *hooks) Linkname(fn *types.Func) (string, string, bool) {
	b, err := h.links.Bind(h.prog.Fset, fn)
	return b.Path, b.Name, err == nil && b.Hook == nil
}

func (h *hooks) Here(path string, fn *types.Func) *ir.Hook {
	if x := std.Here(path, fn); x != nil {
		return &ir.Hook{Fn: fn, Target: x.Target, Class: x.Class}
	}
	return nil
}

func (h *hooks) Symbol(v *types.Var) string { return h.links.Symbol(v.Pkg().Path(), v.Name()) }

func (h *hooks) Caller(path, owner, field string) string { return std.Caller(path, owner, field) }

// lower loads a program whose main package imports what src says, and lowers all of it.
func lower(t *testing.T, src string) []*ir.Package {
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	prog, err := load.Load(context.Background(), &load.Config{Args: []string{file}, Std: std.Std{}})
	if err != nil {
		t.Fatal(err)
	}
	h := &hooks{t: t, prog: prog}
	for _, s := range prog.Sources {
		h.links.Add(s.Path, s.Files)
	}
	loaded := time.Now()
	pkgs, err := build.Program(prog.Fset, prog.Sources, h)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range pkgs {
		n += len(p.Funcs)
	}
	t.Logf("%d packages, %d functions: load %v, lower %v", len(pkgs), n, loaded.Sub(start), time.Since(loaded))
	return pkgs
}

// TestStd lowers the packages that most programs reach. What one of them calls instead of another one's function, only it
// does, functions and methods.
func TestStd(t *testing.T) {
	pkgs := lower(t, `package main
		import ("fmt"; "encoding/json"; "net"; "os/exec"; "text/template"; "go/format"; "math/big"; "iter"; "maps"; "slices"; "testing"; "context"; "log"; "regexp"; "encoding/xml")
		var (_ = fmt.Println; _ = json.Marshal; _ = net.Dial; _ = exec.Command; _ = template.New; _ = format.Source
		_ = big.NewInt; _ iter.Seq[int]; _ = maps.Keys[map[int]int]; _ = slices.Sort[[]int]; _ testing.T; _ = context.Background; _ = log.Print; _ = regexp.Compile; _ = xml.Marshal)
		func main() {}`)
	calls := map[string]int{}
	for _, p := range pkgs {
		for _, f := range p.Funcs {
			ir.Walk(f.Body, func(s ir.Stmt) {
				if c, ok := s.(*ir.Call); ok && c.Callee.Kind == ir.Static && c.Callee.Ref.Obj.FullName() == "(*sync/atomic.Int32).Add" {
					calls[p.Path+" "+fmt.Sprint(c.Callee.Ref.Hook != nil)]++
				}
			}, nil)
		}
	}
	if calls["sync true"] == 0 || calls["sync false"] != 0 || calls["context true"] != 0 || calls["context false"] == 0 {
		t.Error("calls of atomic.Int32.Add, hooked or not: ", calls)
	}
}
