package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers range over functions.
//
//	for k, v := range f { S }
//
// becomes
//
//	state = ready
//	f(func(k K, v V) bool {
//	    if state != ready { panic }
//	    state = panicked; S; state = ready; return true
//	})
//	if state == panicked { panic }; state = exhausted
//	// then, if S was left by return, goto, or a break or continue of an outer statement, that
//
// A way out of S stores a number, makes state done and returns false.

// The states, numbered as internal/abi's RF_ constants.
const (
	rangeDone = iota
	rangeReady
	rangePanicked
	rangeExhausted
	rangeMissingPanic
)

type exitKind int

const (
	exitBreak exitKind = iota
	exitContinue
	exitGoto
	exitReturn
)

// exit is one way out of a range body that its outer function has to complete.
type exit struct {
	kind  exitKind
	label *types.Label
	bare  bool // return without operands
}

// rangeBody is what the fn of a range body knows of the loop around it.
type rangeBody struct {
	outer *fn
	stmt  *ast.RangeStmt
	label *types.Label
	state *types.Var
	next  *types.Var
	exits []exit
}

// carrier holds results, and the deferred calls' anchor, on their way out of range bodies.
type carrier struct {
	results []*types.Var
	anchor  *types.Var
}

func (b *fn) root() *fn {
	for b.rangeFn != nil {
		b = b.rangeFn.outer
	}
	return b
}

// cellVar makes a variable of the tool's own that closures capture by reference.
func (b *fn) cellVar(name string, t types.Type) *types.Var {
	obj := types.NewVar(token.NoPos, b.src.Types, name, t)
	b.vars[obj] = &local{b.newCell(name, t), true}
	return obj
}

func (b *fn) rangeFunc(s *ast.RangeStmt, sig *types.Signature, label *types.Label) {
	f := ref(b.tempFor(b.settle(b.expr(s.X))))
	root := b.root()
	if b.rangeFn == nil {
		saved := b.carry
		b.carry = b.newCarrier(s)
		defer func() { b.carry = saved }()
	}
	rb := &rangeBody{outer: b, stmt: s, label: label, state: b.cellVar("state", typInt)}
	alloc := len(*b.out)
	rb.next = b.cellVar("exit", typInt)
	state := b.variable(rb.state)
	b.assign1(state, intConst(rangeReady, typInt))

	yield := types.Unalias(sig.Params().At(0).Type())
	ysig := yield.Underlying().(*types.Signature)
	*root.nrange++
	lf := &ir.Func{Pkg: b.f.Pkg, Parent: b.f, Sig: ysig, Name: root.f.Name + "-range" + itoa(*root.nrange),
		Pos: b.p.position(s.Pos()), End: b.p.position(s.End())}
	c := b.child(lf)
	c.out = &lf.Body
	c.rangeFn = rb
	c.rangeBodyOf(s, ysig)
	b.adopt(c)
	if len(rb.exits) == 0 { // nobody needs the cell for their number
		*b.out = append((*b.out)[:alloc], (*b.out)[alloc+1:]...)
	}
	lit := b.makeClosure(lf, b.capturedBy(c), yield)
	b.pos = b.p.position(s.Pos())
	b.emitCall(ir.Callee{Kind: ir.Value}, []ir.Expr{f, b.atom(lit)}, false, nil)
	b.emit(&ir.If{Cond: binary(token.EQL, state, intConst(rangePanicked, typInt), typBool), At: b.at(), Then: b.into(func() {
		b.prim(nil, "PanicRange", nil, intConst(rangeMissingPanic, typInt))
	})})
	b.assign1(state, intConst(rangeExhausted, typInt))
	for i, ex := range rb.exits {
		b.emit(&ir.If{Cond: binary(token.EQL, b.variable(rb.next), intConst(int64(i+1), typInt), typBool), At: b.at(), Then: b.into(func() {
			b.complete(ex)
		})})
	}
}

func (b *fn) newCarrier(s *ast.RangeStmt) *carrier {
	c := &carrier{}
	returns, defers := false, false
	ast.Inspect(s.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			returns = returns || len(n.Results) > 0
		case *ast.DeferStmt:
			defers = true
		}
		return true
	})
	if returns {
		for _, r := range b.f.Results {
			c.results = append(c.results, b.cellVar("ret", r.Type))
		}
	}
	if defers {
		sig := types.NewSignatureType(nil, nil, nil, nil, nil, false)
		nop := b.thunk("", sig, nil, func(t *fn, _, _ []ir.Expr) { t.emit(&ir.Return{At: t.at()}) })
		b.emit(&ir.Defer{Fn: b.tempFor(nop), At: b.at()})
		c.anchor = types.NewVar(token.NoPos, b.src.Types, "anchor", typPtr)
		v := b.newVar("anchor", typPtr)
		b.set(v, builtin("DeferHead", typPtr, ref(b.f.Defers)))
		b.vars[c.anchor] = &local{v, false}
	}
	return c
}

// rangeBodyOf lowers the loop's body as a function of its own.
func (b *fn) rangeBodyOf(s *ast.RangeStmt, sig *types.Signature) {
	var params []ir.Expr
	for i := range sig.Params().Len() {
		v := b.paramVar("p", types.Unalias(sig.Params().At(i).Type()))
		b.f.Params = append(b.f.Params, v)
		params = append(params, ref(v))
	}
	b.f.Results = []*ir.Var{b.paramVar("r", typBool)}
	b.f.Cells = []*ir.Var{nil}
	state := b.variable(b.rangeFn.state)
	b.emit(&ir.If{Cond: binary(token.NEQ, state, intConst(rangeReady, typInt), typBool), At: b.at(), Then: b.into(func() {
		b.prim(nil, "PanicRange", nil, b.copied(state))
	})})
	b.assign1(state, intConst(rangePanicked, typInt))
	if isBlank(s.Value) {
		if !isBlank(s.Key) {
			b.rangeVar(s, s.Key, params[0])
		}
	} else {
		b.rangeVars(s, params[0], params[1])
	}
	b.block(s.Body.List)
	if !terminates(b.f.Body) {
		b.resumeLoop(rangeReady, true)
	}
}

// resumeLoop ends this call of the body.
func (b *fn) resumeLoop(state int64, more bool) {
	b.assign1(b.variable(b.rangeFn.state), intConst(state, typInt))
	b.emit(&ir.Return{Vals: []ir.Expr{boolConst(more)}, At: b.at()})
}

// leaveRange lowers a branch from a range body to something outside of it.
func (b *fn) leaveRange(kind exitKind, l *types.Label) {
	rb := b.rangeFn
	if kind != exitGoto && (l == nil || l == rb.label) {
		if kind == exitContinue {
			b.resumeLoop(rangeReady, true)
		} else {
			b.resumeLoop(rangeDone, false)
		}
		return
	}
	b.leave(exit{kind: kind, label: l})
}

func (b *fn) leave(ex exit) {
	rb := b.rangeFn
	n := -1
	for i, e := range rb.exits {
		if e == ex {
			n = i
		}
	}
	if n < 0 {
		n = len(rb.exits)
		rb.exits = append(rb.exits, ex)
	}
	b.assign1(b.variable(rb.next), intConst(int64(n+1), typInt))
	b.resumeLoop(rangeDone, false)
}

// ownLabel reports whether the label stands inside this range body.
func (b *fn) ownLabel(l *types.Label) bool {
	body := b.rangeFn.stmt.Body
	return body.Pos() <= l.Pos() && l.Pos() < body.End()
}

func (b *fn) returnFromRange(s *ast.ReturnStmt) {
	root := b.root()
	if len(s.Results) == 0 {
		b.leave(exit{kind: exitReturn, bare: true})
		return
	}
	vals := b.returnValues(s, root.f.Results)
	for i, v := range vals {
		vals[i] = b.copied(v)
	}
	for i, v := range vals {
		b.assign1(b.variable(root.carry.results[i]), v)
	}
	b.leave(exit{kind: exitReturn})
}

// complete continues, behind the loop, what a range body began.
func (b *fn) complete(ex exit) {
	switch ex.kind {
	case exitReturn:
		if b.rangeFn != nil {
			b.leave(ex)
			return
		}
		if ex.bare {
			b.ret(nil)
			return
		}
		var vals []ir.Expr
		for _, r := range b.carry.results {
			vals = append(vals, b.variable(r))
		}
		b.ret(vals)
	case exitGoto:
		if b.rangeFn != nil && !b.ownLabel(ex.label) {
			b.leave(ex)
			return
		}
		b.emit(&ir.Goto{Label: b.labelName(ex.label), At: b.at()})
	default:
		b.branchTo(ex.kind == exitContinue, ex.label)
	}
}

// deferOuter defers v in the function around the range loops: behind the anchor that it left in its list.
func (b *fn) deferOuter(v *ir.Var) {
	b.prim(nil, "DeferAfter", nil, b.copied(b.variable(b.root().carry.anchor)), ref(v))
}
