package build

import (
	"fmt"
	"go/ast"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers function literals, and go and defer statements, which become closures
// over their evaluated operands:
//
//	go f(x, g())    →    t1 = call g(); t2 = closure{f, x, t1}; go t2

func (b *fn) child(f *ir.Func) *fn {
	return &fn{p: b.p, src: b.src, info: b.info, env: b.env, f: f, parent: b, use: b.use,
		vars: map[types.Object]*local{}, captures: map[types.Object]int{}, used: map[string]int{},
		labels: map[types.Object]string{}, nlit: new(int), nrange: new(int), pos: b.pos}
}

// litName is gc's name for the next function literal.
func (b *fn) litName() string {
	*b.nlit++
	if b.parent != nil {
		return fmt.Sprintf("%s.%d", b.f.Name, *b.nlit)
	}
	return fmt.Sprintf("%s.func%d", b.f.Name, *b.nlit)
}

func (b *fn) funcLit(e *ast.FuncLit) ir.Expr {
	t := b.typeOf(e)
	f := &ir.Func{Pkg: b.f.Pkg, Parent: b.f, Sig: b.env.signature(t), Name: b.litName(),
		Pos: b.p.position(e.Pos()), End: b.p.position(e.End())}
	c := b.child(f)
	c.out = &f.Body
	c.function(e.Type, e.Body)
	b.adopt(c)
	return b.makeClosure(f, b.capturedBy(c), t)
}

// capturedBy lists, in order, what the child's environment is made of.
func (b *fn) capturedBy(c *fn) []ir.Expr {
	out := make([]ir.Expr, len(c.f.Captures))
	for obj, i := range c.captures {
		out[i], _ = b.raw(obj.(*types.Var))
	}
	return out
}

func (b *fn) goStmt(s *ast.GoStmt) {
	b.emit(&ir.Go{Fn: b.deferred(s.Call), At: b.at()})
}

func (b *fn) deferStmt(s *ast.DeferStmt) {
	v := b.deferred(s.Call)
	if b.rangeFn != nil {
		b.deferOuter(v)
		return
	}
	b.emit(&ir.Defer{Fn: v, At: b.at()})
}

// deferred evaluates the operands of a go or defer statement and returns a func() that makes the call.
func (b *fn) deferred(e *ast.CallExpr) *ir.Var {
	sig := types.NewSignatureType(nil, nil, nil, nil, nil, false)
	asVar := func(x ir.Expr) *ir.Var {
		if v, ok := x.(*ir.VarRef); ok {
			return v.V
		}
		return b.tempFor(x)
	}
	if lit, ok := ast.Unparen(e.Fun).(*ast.FuncLit); ok && len(e.Args) == 0 && lit.Type.Results.NumFields() == 0 {
		return asVar(b.funcLit(lit))
	}
	if tv := b.info.Types[ast.Unparen(e.Fun)]; tv.IsBuiltin() || tv.IsType() {
		return asVar(b.deferredBuiltin(e, sig))
	}
	callee, args, spread, alive := b.callee(e, true)
	args = b.settleAll(args)
	for i, a := range args {
		args[i] = b.copied(a)
	}
	if callee.Kind == ir.Iface {
		b.nilCheck(args[0])
	}
	results := b.results0(e)
	if callee.Kind == ir.Value && len(args) == 1 && len(results) == 0 {
		return asVar(b.plain(args[0], sig))
	}
	return asVar(b.thunk("", sig, append(args, alive...), func(t *fn, c, _ []ir.Expr) {
		t.emitCall(callee, c[:len(args)], spread, results)
		t.keepAlive(c[len(args):])
		t.emit(&ir.Return{At: t.at()})
	}))
}

// deferredBuiltin evaluates the arguments of a builtin now and calls it in the thunk.
func (b *fn) deferredBuiltin(e *ast.CallExpr, sig *types.Signature) ir.Expr {
	var args []ir.Expr
	for _, a := range e.Args {
		x := b.settle(b.expr(a))
		if isNilConst(x) {
			x = zero(typAny)
		}
		args = append(args, b.copied(x))
	}
	return b.thunk("", sig, args, func(t *fn, c, _ []ir.Expr) {
		if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok && id.Name == "recover" {
			t.prim(nil, "DeferredRecover", nil) // on behalf of this function, not of the thunk
		} else {
			t.builtinValues(e, c)
		}
		t.emit(&ir.Return{At: t.at()})
	})
}
