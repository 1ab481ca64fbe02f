package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers range loops over everything but maps and functions.

func (b *fn) rangeStmt(s *ast.RangeStmt, label *types.Label) {
	t := b.typeOf(s.X)
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
	}
	b.rangeLabel = label
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			b.rangeString(s)
		} else {
			b.rangeInt(s)
		}
	case *types.Slice:
		b.rangeSlice(s, b.viewedBytes(s.X))
	case *types.Array:
		b.rangeArray(s, u)
	case *types.Pointer:
		b.rangeArrayPtr(s, u.Elem().Underlying().(*types.Array))
	case *types.Map:
		b.rangeMap(s, u)
	case *types.Chan:
		b.rangeChan(s, u)
	case *types.Signature:
		b.rangeFunc(s, u, label)
	default:
		panic(b.pos.String() + ": build: range over " + t.String())
	}
}

// loop emits a Loop around body; s gives position and label.
func (b *fn) loop(s *ast.RangeStmt, cond ir.Expr, body func(t *target), post func()) {
	t := &target{label: b.rangeLabel, cont: b.newLabel("loop")}
	t.brk = t.cont
	at := b.at()
	b.targets = append(b.targets, t)
	list := b.into(func() {
		if post == nil || !b.shortRange(s) {
			b.emit(&ir.Poll{At: at})
		}
		body(t)
	})
	var postList []ir.Stmt
	if post != nil {
		postList = b.into(post)
	}
	b.targets = b.targets[:len(b.targets)-1]
	b.emit(&ir.Loop{Label: t.cont, Cond: cond, Body: list, Post: postList, At: at})
}

// rangeVar assigns or defines one iteration variable.
func (b *fn) rangeVar(s *ast.RangeStmt, l ast.Expr, v ir.Expr) {
	if isBlank(l) {
		return
	}
	if s.Tok == token.DEFINE {
		if obj := b.info.Defs[l.(*ast.Ident)]; obj != nil {
			v = b.settle(b.convert(v, b.env.typ(obj.Type())))
			b.declare(obj, v)
			return
		}
	}
	p := b.place(l)
	if p.t != nil {
		v = b.convert(v, p.t)
	}
	p.lv = b.settle(p.lv)
	b.store(p, b.settle(v))
}

// rangeVars assigns or defines both iteration variables; as one assignment if they are not
// defined here: for i, a[i] = range s stores at the index of the round before.
func (b *fn) rangeVars(s *ast.RangeStmt, k, v ir.Expr) {
	if s.Tok != token.ASSIGN || isBlank(s.Key) || isBlank(s.Value) {
		b.iterVar(s, s.Key, k)
		b.iterVar(s, s.Value, v)
		return
	}
	b.storeAll([]place{b.place(s.Key), b.place(s.Value)}, []ir.Expr{k, v})
}

// sharedVars declares the loop variables of a file older than Go 1.22 once, in front of the loop.
func (b *fn) sharedVars(s *ast.RangeStmt) {
	if s.Tok != token.DEFINE || b.use.perIteration {
		return
	}
	for _, l := range []ast.Expr{s.Key, s.Value} {
		if isBlank(l) {
			continue
		}
		if obj := b.info.Defs[l.(*ast.Ident)]; obj != nil {
			b.declare(obj, nil)
		}
	}
}

// iterVar is rangeVar for loops whose variables may be shared between iterations.
func (b *fn) iterVar(s *ast.RangeStmt, l ast.Expr, v ir.Expr) {
	if !isBlank(l) && s.Tok == token.DEFINE && !b.use.perIteration {
		if obj, ok := b.info.Defs[l.(*ast.Ident)].(*types.Var); ok {
			b.assign1(b.variable(obj), b.settle(b.convert(v, b.env.typ(obj.Type()))))
			return
		}
	}
	b.rangeVar(s, l, v)
}

// counted emits for i = 0; i < n; i++ { body(i) }.
func (b *fn) counted(s *ast.RangeStmt, n ir.Expr, t types.Type, body func(i ir.Expr)) {
	b.sharedVars(s)
	i := b.newVar("i", t)
	b.set(i, intConst(0, t))
	b.loop(s, binary(token.LSS, ref(i), n, typBool), func(*target) { body(ref(i)) }, func() {
		b.emit(&ir.Assign{Dst: []ir.Expr{ref(i)}, Src: []ir.Expr{intConst(1, t)}, Op: token.ADD, At: b.at()})
	})
}

func (b *fn) rangeInt(s *ast.RangeStmt) {
	t := b.typeOf(s.X)
	n := b.settle(b.expr(s.X))
	if bt, ok := t.(*types.Basic); ok && bt.Info()&types.IsUntyped != 0 {
		t = typInt
		if !isBlank(s.Key) {
			t = b.typeOf(s.Key)
		}
		n = b.convert(n, t)
	} else if _, ok := n.(*ir.Const); ok && !isBlank(s.Key) {
		t = b.typeOf(s.Key)
		n = b.convert(n, t)
	}
	if _, ok := n.(*ir.Const); !ok {
		n = ref(b.tempFor(n))
	}
	b.counted(s, n, t, func(i ir.Expr) {
		b.iterVar(s, s.Key, i)
		b.block(s.Body.List)
	})
}

func (b *fn) rangeSlice(s *ast.RangeStmt, x ir.Expr) {
	x = b.settle(x)
	xv := ref(b.tempFor(x))
	n := builtin("len", typInt, xv)
	el := types.Unalias(x.Type().Underlying().(*types.Slice).Elem())
	b.counted(s, n, typInt, func(i ir.Expr) {
		b.rangeVars(s, i, &ir.Index{X: xv, I: i, Typed: ir.Typed{T: el}})
		b.block(s.Body.List)
	})
}

func (b *fn) rangeArray(s *ast.RangeStmt, u *types.Array) {
	n := intConst(u.Len(), typInt)
	if isBlank(s.Value) {
		if calls(s.X) {
			b.discard(b.expr(s.X))
		}
		b.counted(s, n, typInt, func(i ir.Expr) {
			b.iterVar(s, s.Key, i)
			b.block(s.Body.List)
		})
		return
	}
	xv := ref(b.tempFor(b.settle(b.expr(s.X))))
	b.counted(s, n, typInt, func(i ir.Expr) {
		b.rangeVars(s, i, &ir.Index{X: xv, I: i, Typed: ir.Typed{T: types.Unalias(u.Elem())}})
		b.block(s.Body.List)
	})
}

// calls reports whether e has calls or receives, so that its length is not constant and it is evaluated.
func calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

func (b *fn) rangeArrayPtr(s *ast.RangeStmt, u *types.Array) {
	xv := ref(b.tempFor(b.settle(b.expr(s.X))))
	b.counted(s, intConst(u.Len(), typInt), typInt, func(i ir.Expr) {
		b.rangeVars(s, i, &ir.Index{X: xv, I: i, Typed: ir.Typed{T: types.Unalias(u.Elem())}})
		b.block(s.Body.List)
	})
}

// rangeString decodes ASCII in line.
func (b *fn) rangeString(s *ast.RangeStmt) {
	x := b.settle(b.plain(b.expr(s.X), typString))
	xv := ref(b.tempFor(x))
	b.sharedVars(s)
	i, next := b.newVar("i", typInt), b.newVar("next", typInt)
	r := b.newVar("rune1", types.Typ[types.Int32])
	b.set(i, intConst(0, typInt))
	b.loop(s, binary(token.LSS, ref(i), builtin("len", typInt, xv), typBool), func(*target) {
		b.set(r, b.plain(&ir.Index{X: xv, I: ref(i), Typed: ir.Typed{T: types.Typ[types.Uint8]}}, types.Typ[types.Int32]))
		b.set(next, binary(token.ADD, ref(i), intConst(1, typInt), typInt))
		b.emit(&ir.If{Cond: binary(token.GEQ, ref(r), intConst(0x80, types.Typ[types.Int32]), typBool), At: b.at(), Then: b.into(func() {
			b.prim([]*ir.Var{r, next}, "DecodeRune", nil, xv, ref(i))
		})})
		b.rangeVars(s, ref(i), ref(r))
		b.block(s.Body.List)
	}, func() { b.set(i, ref(next)) })
}

func (b *fn) rangeChan(s *ast.RangeStmt, u *types.Chan) {
	el := types.Unalias(u.Elem())
	c := b.atom(ptr(ref(b.tempFor(b.settle(b.expr(s.X))))))
	b.sharedVars(s)
	v, ok := b.temp(el), b.temp(typBool)
	b.loop(s, nil, func(t *target) {
		b.prim([]*ir.Var{v, ok}, "Recv", []types.Type{el}, c)
		t.brkUsed = true
		b.emit(&ir.If{Cond: &ir.Unary{Op: token.NOT, X: ref(ok), Typed: ir.Typed{T: typBool}}, Then: []ir.Stmt{&ir.Break{Label: t.brk, At: b.at()}}, At: b.at()})
		b.iterVar(s, s.Key, ref(v))
		b.block(s.Body.List)
	}, nil)
}
