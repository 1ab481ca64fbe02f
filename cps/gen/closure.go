package gen

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file prints closures and function values.
//
//	f := func(x int) int { return x + n }
//	→
//	type ʀenv_main_func1 struct{ n int }
//	type ʀclo_main_func1 struct { code, env uintptr; ʀenv_main_func1 }
//	func ʀmk_main_func1(env *ʀenv_main_func1) func(w *abi.W, sp abi.SP, x int) int {
//		return func(w *abi.W, sp abi.SP, x int) int { return x + env.n }
//	}
//	…
//	c := (*ʀclo_main_func1)(rt.NewClosure(w, sp, &ʀlay_0, ʀcode_main_func1()))
//	c.n = n
//	f = *(*func(*abi.W, abi.SP, int) int)(unsafe.Pointer(&c))
//
// The object is in our heap and looks like the host closure that ʀmk returns: its code reads env
// from the word behind the code pointer. The code word is found at first use, not when the
// program starts: a start-up reference would keep every closure's code in the binary.

func (g *fn) closureTypes() {
	f := g.f
	g.pf("type ʀenv_%s struct {", g.sym)
	for _, c := range f.Captures {
		g.pf("%s %s", c.Name, g.names.Type(c.Type))
	}
	g.pf("}\n")
	g.pf("type ʀclo_%s struct {\ncode, env uintptr\nʀenv_%s\n}\n", g.sym, g.sym)
	g.pf("var ʀcodeword_%s uintptr\n", g.sym)
	g.pf("func ʀcode_%s() uintptr {", g.sym)
	g.pf("if ʀcodeword_%s == 0 {", g.sym)
	g.pf("ʀcodeword_%s = %s.CodeOf(ʀmk_%s(nil))", g.sym, g.rt(), g.sym)
	g.pf("}\nreturn ʀcodeword_%s\n}\n", g.sym)
}

// closureLayout is the layout of f's closure objects.
func (g *printer) closureLayout(f *ir.Func) string {
	return g.layout(ir.ClosureType(f))
}

func (g *fn) makeClosure(s *ir.MakeClosure) {
	if d := g.plan.DeferralOf[s]; d != nil {
		g.deferredClosure(d)
		return
	}
	if s.Func.Env == nil {
		g.pf("%s = %s", g.set(s.Dst), g.host(s.Func))
		return
	}
	id := g.id(s.Func)
	site := g.plan.SiteOf[s]
	g.site(site)
	g.pf("{")
	g.at(s)
	if s.Local != nil {
		o := g.object(s)
		if passes.HasPointers(s.Local.Type) {
			g.clear(o, s)
		}
		g.pf("c := &%s", o)
		g.pf("c.code, c.env = ʀcode_%s(), %s", id, g.uptr("&c.ʀenv_"+id))
	} else {
		g.pf("c := (*ʀclo_%s)(%s.NewClosure(%s, &%s, ʀcode_%s()))", id, g.rt(), g.hidden(), g.closureLayout(s.Func), id)
	}
	for i, e := range s.Captured {
		g.pf("c.%s = %s", s.Func.Captures[i].Name, g.captured(e, s.Func.Captures[i].Type))
	}
	g.pf("%s = *(*%s)(%s.Pointer(&c))", g.set(s.Dst), g.names.Type(s.Dst.Type), g.unsafe())
	g.pf("}")
	g.stores(s)
}

func (g *fn) captured(e ir.Expr, t types.Type) string { return g.exprAs(e, t) }

// funcRef prints a function as a value.
func (g *fn) funcRef(e *ir.FuncRef) string {
	if e.Closure != nil {
		return g.host(e.Closure)
	}
	r := e.Ref
	if r.Func != nil && r.Func.Hidden() && r.Func.Recv == nil {
		return g.names.Func(r)
	}
	key := "func " + r.Obj.FullName()
	for _, t := range r.TArgs {
		key += " " + types.TypeString(t, nil)
	}
	if name, ok := g.wrappers[key]; ok {
		return name
	}
	// A wrapper with the hidden arguments: one call, passed through.
	sig, _ := e.T.Underlying().(*types.Signature)
	f := &ir.Func{
		Pkg: g.pkg, Name: r.Obj.FullName(), Host: g.fresh("ʀw_" + r.Obj.Name()), Sig: sig,
		Wrapper: true, Class: ir.Direct, Pos: token.Position{}, Results: nil,
	}
	c := &ir.Call{Callee: ir.Callee{Kind: ir.Static, Ref: r}, Spread: sig.Variadic()}
	if r.Func != nil {
		f.Class, f.Name = r.Func.Class, r.Func.Name
	} else if r.Hook != nil {
		f.Class = r.Hook.Class
	}
	for i := range sig.Params().Len() {
		v := &ir.Var{Name: fmt.Sprintf("p%d", i), Type: sig.Params().At(i).Type()}
		f.Params = append(f.Params, v)
		c.Args = append(c.Args, &ir.VarRef{V: v})
	}
	ret := &ir.Return{}
	for i := range sig.Results().Len() {
		t := sig.Results().At(i).Type()
		f.Results = append(f.Results, &ir.Var{Name: fmt.Sprintf("r%d", i), Type: t})
		v := &ir.Var{Name: fmt.Sprintf("t%d", i), Type: t}
		f.Vars = append(f.Vars, v)
		c.Dst = append(c.Dst, v)
		ret.Vals = append(ret.Vals, &ir.VarRef{V: v})
	}
	f.Body = []ir.Stmt{c, ret}
	g.wrappers[key] = f.Host
	g.pending = append(g.pending, f)
	return f.Host
}

// fresh makes a package-level name.
func (g *printer) fresh(s string) string {
	n := s
	for i := 1; g.unique[n]; i++ {
		n = fmt.Sprintf("%s_%d", s, i)
	}
	g.unique[n] = true
	return n
}

// structOf is the struct type that results of these types form in memory.
func (g *fn) structOf(ts []types.Type) (text string, size int64) {
	var fields []*types.Var
	var list []string
	for i, t := range ts {
		list = append(list, fmt.Sprintf("r%d %s", i, g.names.Type(t)))
		fields = append(fields, types.NewField(token.NoPos, nil, fmt.Sprintf("r%d", i), t, false))
	}
	return "struct{ " + strings.Join(list, "; ") + " }", passes.Sizes.Sizeof(types.NewStruct(fields, nil))
}
