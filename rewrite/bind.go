package rewrite

// This file tells lowering what stands in for functions without a body.

import (
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sync/atomic"

	"rtgen/cps/ir"
	"rtgen/rewrite/asm"
	"rtgen/rewrite/load"
	"rtgen/rewrite/std"
)

// binder implements build.Std.
type binder struct {
	fset     *token.FileSet
	links    std.Links
	assembly map[string]*asm.Package // by import path, outside std

	locksThreads atomic.Bool // the program mentions runtime.LockOSThread
}

func newBinder(prog *load.Program) (*binder, error) {
	b := &binder{fset: prog.Fset, assembly: map[string]*asm.Package{}}
	for _, s := range prog.Sources {
		if s.Main {
			b.links.Main = s.Path
		}
		b.links.Add(s.Path, s.Files)
		if !s.Standard {
			b.links.Outside(s.Path)
		}
		if len(s.Assembly) == 0 {
			continue
		}
		var files []asm.File
		for _, name := range s.Assembly {
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			files = append(files, asm.File{Name: filepath.Base(name), Text: text})
		}
		p := asm.Read(files, func(name string) bool {
			_, ok := s.Types.Scope().Lookup(name).(*types.Var)
			return ok
		})
		if p.GoAsm {
			p.Files = append(p.Files, asm.File{Name: asm.GoAsmFile, Text: asm.Header(s.Types)})
		}
		b.assembly[s.Path] = p
		b.links.AddAssembly(s.Path, p.Funcs)
	}
	return b, nil
}

// Hook returns the hook of fn. The error is a refusal with fn's position.
func (b *binder) Hook(fn *types.Func) (*ir.Hook, error) {
	x, err := b.links.Bind(b.fset, fn)
	if err != nil {
		return nil, err
	}
	if x.Hook == nil {
		return nil, load.Refusals{{Pos: b.fset.Position(fn.Pos()), Reason: "function " + fn.FullName() + " is linked to " + x.Path + "." + x.Name + ", which is not part of the program"}}
	}
	if x.Hook.Target == std.HooksPath+".LockOSThread" {
		b.locksThreads.Store(true)
	}
	// What suspends is gone from the stack that its arguments may point to.
	noescape := b.links.Noescape(fn) && x.Hook.Class != ir.Resumable
	return &ir.Hook{Fn: fn, Target: x.Hook.Target, Class: x.Hook.Class, Noescape: noescape, Tail: x.Hook.Tail}, nil
}

// Caller returns the prim that calls what is in a field of the struct type path.owner.
func (b *binder) Caller(path, owner, field string) string { return std.Caller(path, owner, field) }

// Here returns the hook that package path calls instead of fn, nil for nearly all.
func (b *binder) Here(path string, fn *types.Func) *ir.Hook {
	h := std.Here(path, fn)
	if h == nil {
		return nil
	}
	return &ir.Hook{Fn: fn, Target: h.Target, Class: h.Class, Noescape: true}
}

// Symbol returns the symbol that a linkname directive gives a variable, "" if none does.
func (b *binder) Symbol(v *types.Var) string { return b.links.Symbol(v.Pkg().Path(), v.Name()) }

// Linkname returns the guest function that stands in for fn, if one does.
func (b *binder) Linkname(fn *types.Func) (pkgpath, name string, ok bool) {
	x, err := b.links.Bind(b.fset, fn)
	if err != nil || x.Hook != nil {
		return "", "", false
	}
	return x.Path, x.Name, true
}
