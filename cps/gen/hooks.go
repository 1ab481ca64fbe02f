package gen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"rtgen/cps/ir"
)

// This file prints calls of hooks: host functions that stand in for body-less guest functions.
//
//	runtime_notifyListWait(l, t)   →   go126.NotifyListWait(w, sp, unsafe.Pointer(l), t)
//
// A hook's parameters have the host's types, so arguments are converted where they differ: to
// unsafe.Pointer, or to the host type of the same shape. Results come back the same way.

// Hooks knows the signatures of the runtime's hooks.
type Hooks struct {
	funcs map[string]*hookSig // by target, "rtgen/rtlib/hooks/go126.TimeNow"
	pkgs  map[string]bool
}

type hookSig struct {
	params, results []hookType
	hidden          bool
}

// hookType is a type as the hook's file spells it.
type hookType struct {
	expr    ast.Expr
	imports map[string]string // of that file: name to path
	pkg     string            // import path of the hooks' package
}

// LoadHooks parses the packages of hooks, given by import path, that lie in fsys under the
// path's last elements: dir(importPath) names the folder.
func LoadHooks(fsys fs.FS, dirs map[string]string) (*Hooks, error) {
	h := &Hooks{funcs: map[string]*hookSig{}, pkgs: map[string]bool{}}
	for pkg, dir := range dirs {
		h.pkgs[pkg] = true
		files, err := fs.Glob(fsys, path.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			src, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			h.file(pkg, f)
		}
	}
	return h, nil
}

func (h *Hooks) file(pkg string, f *ast.File) {
	imports := map[string]string{}
	for _, i := range f.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		name := path.Base(p)
		if i.Name != nil {
			name = i.Name.Name
		}
		imports[name] = p
	}
	for _, d := range f.Decls {
		d, ok := d.(*ast.FuncDecl)
		if !ok || d.Recv != nil || !d.Name.IsExported() {
			continue
		}
		list := func(l *ast.FieldList) (ts []hookType) {
			if l == nil {
				return nil
			}
			for _, x := range l.List {
				for range max(1, len(x.Names)) {
					ts = append(ts, hookType{x.Type, imports, pkg})
				}
			}
			return ts
		}
		s := &hookSig{params: list(d.Type.Params), results: list(d.Type.Results)}
		if len(s.params) >= 2 && types.ExprString(s.params[0].expr) == "*abi.W" {
			s.hidden, s.params = true, s.params[2:]
		}
		h.funcs[pkg+"."+d.Name.Name] = s
	}
}

// spell prints a hook's type as seen from the package being emitted.
func (g *fn) spell(t hookType) string { return g.spellExpr(t.expr, t) }

func (g *fn) spellExpr(e ast.Expr, t hookType) string {
	switch e := e.(type) {
	case *ast.Ident:
		if types.Universe.Lookup(e.Name) != nil {
			return e.Name
		}
		return g.names.Import(t.pkg) + "." + e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return g.names.Import(t.imports[x.Name]) + "." + e.Sel.Name
		}
	case *ast.StarExpr:
		return "*" + g.spellExpr(e.X, t)
	case *ast.ParenExpr:
		return g.spellExpr(e.X, t)
	case *ast.Ellipsis:
		return "[]" + g.spellExpr(e.Elt, t)
	case *ast.ArrayType:
		n := ""
		if e.Len != nil {
			n = types.ExprString(e.Len)
		}
		return "[" + n + "]" + g.spellExpr(e.Elt, t)
	case *ast.FuncType:
		var in, out []string
		for _, f := range e.Params.List {
			for range max(1, len(f.Names)) {
				in = append(in, g.spellExpr(f.Type, t))
			}
		}
		if e.Results != nil {
			for _, f := range e.Results.List {
				for range max(1, len(f.Names)) {
					out = append(out, g.spellExpr(f.Type, t))
				}
			}
		}
		s := "func(" + strings.Join(in, ", ") + ")"
		if len(out) > 0 {
			s += " (" + strings.Join(out, ", ") + ")"
		}
		return s
	case *ast.IndexExpr:
		return g.spellExpr(e.X, t) + "[" + g.spellExpr(e.Index, t) + "]"
	}
	return types.ExprString(e)
}

// hookCall prints a call that goes to a hook.
func (g *fn) hookCall(s *ir.Call) {
	h := s.Callee.Ref.Hook
	if h == nil {
		g.fail("%s: %s has neither body nor hook", s.Pos, s.Callee.Ref.Obj.FullName())
		return
	}
	if h.Target == "" {
		if s.Callee.Ref.Obj.Pkg() == g.pkg.Types {
			g.asm[s.Callee.Ref.Obj] = true
		}
		g.callGuest(s)
		return
	}
	dot := strings.LastIndex(h.Target, ".")
	callee := g.names.Import(h.Target[:dot]) + h.Target[dot:]
	var sig *hookSig
	if g.hooks != nil { // none for the host's own functions, which take the guest's types
		sig = g.hooks.funcs[h.Target]
		if sig == nil && g.hooks.pkgs[h.Target[:dot]] {
			g.fail("%s: no hook %s", s.Pos, h.Target)
			return
		}
	}
	var args []string
	if h.Class != ir.Verbatim {
		args = append(args, g.hidden())
	}
	if sig != nil && sig.hidden != (h.Class != ir.Verbatim) {
		g.fail("%s: hook %s has class %d but hidden arguments: %v", s.Pos, h.Target, h.Class, sig.hidden)
		return
	}
	if sig != nil && len(sig.params) != len(s.Args) {
		g.fail("%s: hook %s has %d parameters for %d arguments", s.Pos, h.Target, len(sig.params), len(s.Args))
		return
	}
	for i, e := range s.Args {
		if sig == nil {
			args = append(args, g.expr(e))
			continue
		}
		args = append(args, g.toHost(e, g.spell(sig.params[i])))
	}
	text := callee + "(" + strings.Join(args, ", ") + ")"
	any := false
	for _, v := range s.Dst {
		any = any || v != nil
	}
	if !any {
		g.pf("%s", text)
		return
	}
	var dst, tmp, val []string
	plain := true
	for i, v := range s.Dst {
		dst = append(dst, g.set(v))
		if v == nil {
			tmp = append(tmp, "_")
			continue
		}
		t := fmt.Sprintf("c%d", i)
		x := t
		if sig != nil && i < len(sig.results) {
			x = g.fromHost(t, v.Type, g.spell(sig.results[i]))
		}
		plain = plain && x == t
		tmp, val = append(tmp, t), append(val, x)
	}
	if plain {
		g.pf("%s = %s", strings.Join(dst, ", "), text)
		return
	}
	var only []string
	for i, v := range s.Dst {
		if v != nil {
			only = append(only, dst[i])
		}
	}
	g.pf("{")
	g.pf("%s := %s", strings.Join(tmp, ", "), text)
	g.pf("%s = %s", strings.Join(only, ", "), strings.Join(val, ", "))
	g.pf("}")
}

// toHost prints argument e for a hook's parameter of type host.
func (g *fn) toHost(e ir.Expr, host string) string {
	t := e.Type()
	if isNil(e) {
		return "nil"
	}
	if g.names.Type(t) == host {
		return g.exprAs(e, t)
	}
	x := g.expr(e)
	ptr := g.unsafe() + ".Pointer"
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		switch {
		case host == ptr:
			return ptr + "(" + x + ")"
		case host == "uintptr":
			return "uintptr(" + ptr + "(" + x + "))"
		default:
			return convType(host) + "(" + ptr + "(" + x + "))"
		}
	case *types.Chan, *types.Map:
		x = g.operand(e, precPrimary) + ".P"
		if host == "uintptr" {
			return "uintptr(" + x + ")"
		}
		return x
	case *types.Signature:
		if host == ptr {
			return ptr + "(" + g.abi() + ".FuncWord(" + x + "))"
		}
		return x
	case *types.Interface, *types.Slice:
		_ = u
		return x
	}
	return convType(host) + "(" + x + ")"
}

// fromHost prints result x, of type host, as guest type t.
func (g *fn) fromHost(x string, t types.Type, host string) string {
	guest := g.names.Type(t)
	if guest == host {
		return x
	}
	ptr := g.unsafe() + ".Pointer"
	switch t.Underlying().(type) {
	case *types.Pointer:
		if host == ptr {
			return convType(guest) + "(" + x + ")"
		}
		return convType(guest) + "(" + ptr + "(" + x + "))"
	case *types.Chan, *types.Map:
		return guest + "{P: " + ptr + "(" + x + ")}"
	case *types.Signature:
		if host == ptr {
			return "*(*" + guest + ")(" + ptr + "(&" + x + "))"
		}
		return x
	case *types.Interface, *types.Slice:
		return x
	}
	return convType(guest) + "(" + x + ")"
}
