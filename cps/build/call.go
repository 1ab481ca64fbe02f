package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"rtgen/cps/ir"
)

// This file lowers calls.

// call lowers a call where it stands and returns its results.
func (b *fn) call(e *ast.CallExpr) []ir.Expr {
	tv := b.info.Types[ast.Unparen(e.Fun)]
	if b.views[e] {
		return []ir.Expr{b.view(e)}
	}
	if tv.IsType() {
		b.outside(e)
		x, t := b.expr(e.Args[0]), b.typeOf(e.Fun)
		if _, ok := t.Underlying().(*types.Slice); ok && isString(x.Type()) {
			return []ir.Expr{b.pinned(e, b.conversion(x, t))}
		}
		if c, ok := x.(*ir.Const); ok && c.Val != nil && basicInfo(t)&types.IsNumeric != 0 { // T(1) in an instance: see number
			return []ir.Expr{ref(b.tempFor(b.convert(c, t)))}
		}
		return []ir.Expr{b.conversion(x, t)}
	}
	if tv.IsBuiltin() {
		if r := b.builtinCall(e); r != nil {
			return []ir.Expr{r}
		}
		return nil
	}
	callee, args, spread, alive := b.callee(e, false)
	args = b.settleAll(args)
	defer b.moved(e.Lparen)()
	rs := b.emitCall(callee, args, spread, b.results0(e))
	b.keepAlive(alive)
	return rs
}

// moved sets the position of what is emitted next; the function it returns sets it back.
func (b *fn) moved(pos token.Pos) func() {
	old := b.pos
	b.pos = b.p.position(pos)
	return func() { b.pos = old }
}

// results0 lists the call's result types.
func (b *fn) results0(e *ast.CallExpr) []types.Type {
	sig := b.typeOf(e.Fun).Underlying().(*types.Signature)
	ts := make([]types.Type, sig.Results().Len())
	for i := range ts {
		ts[i] = types.Unalias(sig.Results().At(i).Type())
	}
	return ts
}

// emitCall emits a call of settled arguments.
func (b *fn) emitCall(callee ir.Callee, args []ir.Expr, spread bool, results []types.Type) []ir.Expr {
	if v := b.p.linkOf(callee.Ref); v != nil {
		callee = ir.Callee{Kind: ir.Value}
		args = append([]ir.Expr{&ir.GlobalRef{Obj: v, Typed: ir.Typed{T: v.Type()}}}, args...)
	}
	if callee.Kind == ir.Static {
		callee.Ref = b.p.instead(callee.Ref)
	}
	// While a hook waits, or the collector runs in it, its arguments are looked for in variables.
	if callee.Kind == ir.Static && callee.Ref.Hook != nil && (callee.Ref.Hook.Class != ir.Verbatim || slices.ContainsFunc(args, hasLate)) {
		for i, a := range args {
			args[i] = b.atom(a)
		}
	}
	dst := make([]*ir.Var, len(results))
	out := make([]ir.Expr, len(results))
	for i, t := range results {
		dst[i] = b.temp(t)
		out[i] = ref(dst[i])
	}
	b.emit(&ir.Call{Dst: dst, Callee: callee, Args: args, Spread: spread, At: b.at()})
	return out
}

// instead returns what u calls instead of r: r itself, but for a few functions of other packages.
func (u *unit) instead(r *ir.Ref) *ir.Ref {
	if r.Obj.Pkg() == u.src.Types {
		return r
	}
	to, known := u.here[r.Obj]
	if !known {
		if h := u.std.Here(u.src.Path, r.Obj); h != nil {
			to = &ir.Ref{Obj: r.Obj, Hook: h}
		}
		u.here[r.Obj] = to
	}
	if to == nil {
		return r
	}
	return to
}

// callee lowers what is called and the arguments, without calling and unsettled; later says that a go or defer
// statement calls. The call must keep alive what alive points to.
func (b *fn) callee(e *ast.CallExpr, later bool) (c ir.Callee, args []ir.Expr, spread bool, alive []ir.Expr) {
	sig := b.typeOf(e.Fun).Underlying().(*types.Signature)
	fun := ast.Unparen(e.Fun)
	if obj, targs := b.funcObj(fun); obj != nil {
		args, spread, alive = b.args(e, sig, obj)
		return ir.Callee{Kind: ir.Static, Ref: b.p.ref(obj, targs)}, args, spread, alive
	}
	if se, ok := fun.(*ast.SelectorExpr); ok {
		if sel := b.info.Selections[se]; sel != nil && sel.Kind() == types.MethodVal {
			c, recv := b.method(se)
			var obj *types.Func
			if c.Kind == ir.Static {
				obj = c.Ref.Obj
			}
			args, spread, alive = b.args(e, sig, obj)
			return c, append([]ir.Expr{recv}, args...), spread, alive
		}
		if sel := b.info.Selections[se]; sel != nil && sel.Kind() == types.MethodExpr {
			args, spread, _ = b.args(e, sig, nil)
			if c, recv, ok := b.methodExprCall(se, args, later); ok {
				args[0] = recv
				return c, args, spread, nil
			}
		}
	}
	f := b.expr(fun)
	args, spread, _ = b.args(e, sig, nil)
	if name := b.caller(fun); name != "" {
		return ir.Callee{Kind: ir.Primitive, Prim: ir.P(name)}, append([]ir.Expr{f}, args...), false, nil
	}
	return ir.Callee{Kind: ir.Value}, append([]ir.Expr{f}, args...), spread, nil
}

// caller names the primitive that calls what fun selects, if it is a field for functions of the runtime.
func (b *fn) caller(fun ast.Expr) string {
	se, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	sel := b.info.Selections[se]
	if sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 {
		return ""
	}
	t := types.Unalias(sel.Recv())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return b.p.std.Caller(n.Obj().Pkg().Path(), n.Obj().Name(), sel.Obj().Name())
}

// args lowers the arguments for obj (nil if unknown) and converts them to the parameters' types. Variadic ones are packed.
func (b *fn) args(e *ast.CallExpr, sig *types.Signature, obj *types.Func) (args []ir.Expr, spread bool, alive []ir.Expr) {
	n := sig.Params().Len()
	packed := sig.Variadic() && !e.Ellipsis.IsValid()
	param := func(i int) types.Type { // of argument i
		if packed && i >= n-1 {
			return types.Unalias(sig.Params().At(n - 1).Type().Underlying().(*types.Slice).Elem())
		}
		return types.Unalias(sig.Params().At(i).Type())
	}
	if len(e.Args) == 1 {
		if tuple, ok := b.info.TypeOf(e.Args[0]).(*types.Tuple); ok && tuple.Len() > 1 {
			args = b.call(ast.Unparen(e.Args[0]).(*ast.CallExpr))
			for i := range args {
				args[i] = b.convert(args[i], param(i))
			}
		}
	}
	if args == nil {
		for i, a := range e.Args {
			args = append(args, b.value(a, param(i)))
		}
	}
	if b.p.keepsAlive(obj) {
		alive = b.pointers(args)
	}
	if !packed {
		return args, sig.Variadic(), alive
	}
	last := types.Unalias(sig.Params().At(n - 1).Type())
	if len(args) == n-1 {
		return append(args, zero(last)), true, alive
	}
	elems := append([]ir.Expr(nil), args[n-1:]...)
	return append(args[:n-1:n-1], b.sliceOf(elems, nil, int64(len(elems)), last)), true, alive
}

// keepsAlive reports whether callers of obj must keep alive the variables whose addresses they pass as uintptrs: for
// functions without a body, as those that make system calls, and for those that say so.
func (p *program) keepsAlive(obj *types.Func) bool {
	if obj == nil {
		return false
	}
	d := p.decls[obj.Origin()]
	return d != nil && (d.decl.Body == nil || hasPragma(d.decl.Doc, "go:uintptrescapes") || hasPragma(d.decl.Doc, "go:uintptrkeepalive"))
}

// pointers puts the p of every argument uintptr(p) into a variable and returns these.
func (b *fn) pointers(args []ir.Expr) []ir.Expr {
	var vars []ir.Expr
	for i, a := range args {
		if c, ok := a.(*ir.Conv); ok && isUnsafePointer(c.X.Type()) && basicInfo(c.T)&types.IsInteger != 0 {
			p := b.copied(c.X)
			args[i] = &ir.Conv{X: p, Typed: c.Typed}
			vars = append(vars, p)
		}
	}
	return vars
}

// keepAlive reads the variables behind a call that they must outlive.
func (b *fn) keepAlive(vars []ir.Expr) {
	for _, v := range vars {
		b.emit(&ir.Assign{Dst: []ir.Expr{nil}, Src: []ir.Expr{v}, At: b.at()})
	}
}

// sliceOf is a new slice with the given elements.
func (b *fn) sliceOf(elems []ir.Expr, keys []int, n int64, t types.Type) ir.Expr {
	at := types.NewArray(t.Underlying().(*types.Slice).Elem(), n)
	return b.late(t, func() ir.Expr {
		c := b.settle(&ir.Composite{Keys: keys, Elems: elems, Typed: ir.Typed{T: at}})
		if len(elems) > 0 {
			c = b.holdPointers(c)
		}
		a := b.temp(types.NewPointer(at))
		b.alloc(a, at)
		if len(elems) > 0 {
			b.assign1(deref(a, at), c)
		}
		return ref(b.tempFor(&ir.Slice{X: ref(a), Typed: ir.Typed{T: t}}))
	})
}

// method lowers the receiver of x.M and says what to call.
func (b *fn) method(e *ast.SelectorExpr) (ir.Callee, ir.Expr) {
	_, obj, index := b.selection(e)
	x := b.path(b.expr(e.X), index[:len(index)-1])
	if call, ok := ast.Unparen(e.X).(*ast.CallExpr); ok && b.info.Types[call.Fun].IsType() && isInterface(x.Type()) {
		x = b.pinned(e, x) // gc calls the method of what I(v) holds, and takes that out first
	}
	return b.methodOf(x, obj.(*types.Func))
}

// methodOf adjusts x to be the receiver of m.
func (b *fn) methodOf(x ir.Expr, m *types.Func) (ir.Callee, ir.Expr) {
	if isInterface(x.Type()) {
		return ir.Callee{Kind: ir.Iface, Method: m}, x
	}
	recv := m.Signature().Recv().Type()
	_, wantPtr := types.Unalias(recv).(*types.Pointer)
	xt := types.Unalias(x.Type())
	pt, isPtr := xt.(*types.Pointer)
	base := xt
	if isPtr {
		base = types.Unalias(pt.Elem())
	}
	switch {
	case wantPtr && !isPtr:
		x = addr(x, types.NewPointer(xt))
	case !wantPtr && isPtr:
		x = &ir.Deref{X: x, Typed: ir.Typed{T: base}}
	}
	var targs []types.Type
	if n, ok := base.(*types.Named); ok && n.TypeArgs().Len() > 0 {
		for i := range n.TypeArgs().Len() {
			targs = append(targs, types.Unalias(n.TypeArgs().At(i)))
		}
	}
	return ir.Callee{Kind: ir.Static, Ref: b.p.ref(m, targs)}, x
}

// wrapped reports whether (*T).M, called with pointer x, is a method that gc makes of T.M: it says that x is nil.
func (b *fn) wrapped(x ir.Expr, m *types.Func) bool {
	_, have := types.Unalias(x.Type()).(*types.Pointer)
	_, want := types.Unalias(m.Signature().Recv().Type()).(*types.Pointer)
	return have && !want && !isInterface(m.Signature().Recv().Type())
}

// wrapCheck is x, found not to be nil.
func (b *fn) wrapCheck(x ir.Expr, m *types.Func) ir.Expr {
	x = b.atom(x)
	c, _ := b.methodOf(x, m)
	name := b.p.funcName(c.Ref)
	typ := name[:len(name)-len(m.Name())-1]
	typ = typ[strings.LastIndexByte(typ, '.')+1:]
	if strings.HasSuffix(typ, "]") { // an instance: T[...]
		typ = types.Unalias(types.Unalias(x.Type()).(*types.Pointer).Elem()).(*types.Named).Obj().Name() + "[...]"
	}
	str := func(s string) ir.Expr {
		return &ir.Const{Val: constant.MakeString(s), Typed: ir.Typed{T: typString}}
	}
	b.emit(&ir.If{Cond: binary(token.EQL, x, zero(x.Type()), typBool), Then: b.into(func() {
		b.prim(nil, "PanicWrap", nil, str(name), str(typ))
	}), At: b.at()})
	return x
}

// methodExprCall is T.M(x, …) called directly.
func (b *fn) methodExprCall(e *ast.SelectorExpr, args []ir.Expr, later bool) (ir.Callee, ir.Expr, bool) {
	_, obj, index := b.selection(e)
	x := args[0]
	for len(index) > 1 {
		x = b.path(x, index[:1])
		index = index[1:]
	}
	if !isInterface(x.Type()) {
		// A pointer receiver reached through a value needs an addressable operand: only a thunk has one.
		recv := obj.(*types.Func).Signature().Recv().Type()
		_, want := types.Unalias(recv).(*types.Pointer)
		_, have := types.Unalias(x.Type()).(*types.Pointer)
		if _, field := x.(*ir.Field); want && !have && !field {
			return ir.Callee{}, nil, false
		}
	}
	m := obj.(*types.Func)
	if x == args[0] && b.wrapped(x, m) {
		if later { // the pointer is found to be nil by then
			return ir.Callee{}, nil, false
		}
		p := x
		x = b.late(p.Type(), func() ir.Expr { return b.wrapCheck(b.settle(p), m) })
	}
	c, r := b.methodOf(x, m)
	return c, r, true
}

// methodValue is x.M as a func value: a closure over the receiver, which is read, and found nil,
// when all calls of the statement are done.
func (b *fn) methodValue(e *ast.SelectorExpr) ir.Expr {
	_, obj, index := b.selection(e)
	m := obj.(*types.Func)
	x := b.path(b.expr(e.X), index[:len(index)-1])
	sig := b.env.signature(b.info.TypeOf(e))
	return b.late(sig, func() ir.Expr {
		x := b.settle(x)
		var recv ir.Expr
		if isInterface(x.Type()) {
			recv = b.atom(x)
			b.nilCheck(recv)
		} else {
			_, x = b.methodOf(x, m)
			recv = b.copied(x)
		}
		name := b.p.methodName(m.Signature().Recv().Type(), m) + "-fm"
		return b.thunk(name, sig, []ir.Expr{recv}, func(t *fn, c []ir.Expr, params []ir.Expr) {
			callee, r := t.methodOf(c[0], m)
			t.retCall(callee, append([]ir.Expr{r}, params...), sig)
		})
	})
}

// nilCheck panics if the interface x is nil.
func (b *fn) nilCheck(x ir.Expr) {
	b.emit(&ir.If{Cond: binary(token.EQL, x, zero(x.Type()), typBool), Then: b.into(func() {
		b.emit(&ir.Assign{Dst: []ir.Expr{nil}, Src: []ir.Expr{&ir.Deref{X: zero(types.NewPointer(typInt)), Typed: ir.Typed{T: typInt}}}, At: b.at()})
	}), At: b.at()})
}

// methodExpr is T.M as a func value.
func (b *fn) methodExpr(e *ast.SelectorExpr) ir.Expr {
	_, obj, index := b.selection(e)
	m := obj.(*types.Func)
	sig := b.env.signature(b.info.TypeOf(e))
	return b.thunk(b.p.methodName(b.typeOf(e.X), m), sig, nil, func(t *fn, _ []ir.Expr, params []ir.Expr) {
		x := t.path(params[0], index[:len(index)-1])
		if len(index) == 1 && t.wrapped(x, m) {
			x = t.wrapCheck(x, m)
		}
		callee, r := t.methodOf(x, m)
		t.retCall(callee, append([]ir.Expr{r}, params[1:]...), sig)
	})
}

// retCall calls and returns the results.
func (b *fn) retCall(c ir.Callee, args []ir.Expr, sig *types.Signature) {
	ts := make([]types.Type, sig.Results().Len())
	for i := range ts {
		ts[i] = types.Unalias(sig.Results().At(i).Type())
	}
	rs := b.emitCall(c, args, sig.Variadic(), ts)
	b.emit(&ir.Return{Vals: rs, At: b.at()})
}

// thunk makes a func value of signature sig over captured atoms; body lowers its code. It is
// transparent to recover and absent from tracebacks. It has the given name, or one after the function at hand.
func (b *fn) thunk(name string, sig *types.Signature, captured []ir.Expr, body func(t *fn, captured, params []ir.Expr)) ir.Expr {
	if name == "" {
		name = b.f.Name + "-fm"
	}
	f := &ir.Func{Pkg: b.f.Pkg, Parent: b.f, Sig: sig, Wrapper: true, Name: name, Pos: b.pos, End: b.pos}
	t := &fn{p: b.p, src: b.src, info: b.info, env: b.env, f: f, parent: b, use: b.use,
		vars: map[types.Object]*local{}, captures: map[types.Object]int{}, used: map[string]int{},
		labels: map[types.Object]string{}, nlit: new(int), nrange: new(int), pos: b.pos}
	t.out = &f.Body
	var params []ir.Expr
	for i := range sig.Params().Len() {
		v := t.paramVar("p", types.Unalias(sig.Params().At(i).Type()))
		f.Params = append(f.Params, v)
		params = append(params, ref(v))
	}
	for i := range sig.Results().Len() {
		f.Results = append(f.Results, t.paramVar("r", types.Unalias(sig.Results().At(i).Type())))
		f.Cells = append(f.Cells, nil)
	}
	var inner []ir.Expr
	for _, c := range captured {
		if k, ok := c.(*ir.Const); ok {
			inner = append(inner, k)
			continue
		}
		inner = append(inner, t.capture(types.NewVar(token.NoPos, nil, "c", c.Type()), "c", c.Type()))
	}
	var outer []ir.Expr
	for _, c := range captured {
		if _, ok := c.(*ir.Const); !ok {
			outer = append(outer, c)
		}
	}
	body(t, inner, params)
	b.adopt(t)
	return b.makeClosure(f, outer, sig)
}

// adopt takes over a finished child and its closures.
func (b *fn) adopt(t *fn) {
	if t.f.Env != nil {
		fields := make([]*types.Var, len(t.f.Captures))
		for i, c := range t.f.Captures {
			fields[i] = types.NewField(token.NoPos, b.src.Types, c.Name, c.Type, false)
		}
		t.f.Env.Type = types.NewPointer(types.NewStruct(fields, nil))
	}
	b.closure = append(b.closure, t.f)
	b.closure = append(b.closure, t.closure...)
}

// makeClosure is the func value of f over the captured expressions.
func (b *fn) makeClosure(f *ir.Func, captured []ir.Expr, t types.Type) ir.Expr {
	if f.Env == nil {
		return &ir.FuncRef{Closure: f, Typed: ir.Typed{T: t}}
	}
	for i, c := range captured {
		captured[i] = b.atom(c)
	}
	v := b.temp(t)
	b.emit(&ir.MakeClosure{Dst: v, Func: f, Captured: captured, At: b.at()})
	return ref(v)
}
