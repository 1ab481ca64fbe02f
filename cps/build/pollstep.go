package build

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// This file decides whether counting ends. What is compared must come nearer in each round, and get there before the
// variable wraps:
//
//	for i := 0; i < len(s); i += 2       ends
//	for i := 0; i < len(s); i += d       does not, if d is 0
//	for i := 0; i < len(s); i--          does not, or after 2⁶³ rounds
//	for i := uint(9); i >= 0; i--        does not
//	for c := lo; c <= hi; c++            does not, if c is a byte and hi 255

// steps is by how much each round moves local integers; never by 0.
type steps map[*types.Var]int64

// stepped returns what a post statement moves by a constant: i++, i += 2, i, j = i+1, j-1. That is nothing if it does
// anything else.
func (b *fn) stepped(post ast.Stmt) steps {
	moved := steps{}
	move := func(l, d ast.Expr, op token.Token) {
		v := b.use.obj(l)
		if v == nil {
			return
		}
		t, ok := b.env.typ(v.Type()).Underlying().(*types.Basic)
		n, exact := int64(1), true
		if d != nil {
			c := b.info.Types[d].Value
			if !ok || t.Info()&types.IsInteger == 0 || c == nil {
				return
			}
			n, exact = constant.Int64Val(constant.ToInt(c))
		}
		if op == token.SUB {
			n = -n
		}
		if ok && exact && t.Info()&types.IsInteger != 0 && n != 0 && -fewRounds <= n && n <= fewRounds {
			moved[v] = n
		}
	}
	switch p := post.(type) {
	case *ast.IncDecStmt:
		op := token.ADD
		if p.Tok == token.DEC {
			op = token.SUB
		}
		move(p.X, nil, op)
	case *ast.AssignStmt:
		for i, l := range p.Lhs {
			switch p.Tok {
			case token.ADD_ASSIGN:
				move(l, p.Rhs[0], token.ADD)
			case token.SUB_ASSIGN:
				move(l, p.Rhs[0], token.SUB)
			case token.ASSIGN:
				if len(p.Rhs) != len(p.Lhs) {
					return nil
				}
				x, ok := ast.Unparen(p.Rhs[i]).(*ast.BinaryExpr)
				if !ok || x.Op != token.ADD && x.Op != token.SUB || b.use.obj(l) == nil || b.use.obj(l) != b.use.obj(x.X) {
					return nil
				}
				move(l, x.Y, x.Op)
			default:
				return nil
			}
		}
	}
	return moved
}

// runsOut reports whether steps alone make c false, or have it panic: body assigns nothing that c compares. If each round
// indexes by what moves, nothing wraps.
func (b *fn) runsOut(c *ast.BinaryExpr, moved steps, body *usages, indexes bool) bool {
	for n := range ast.Preorder(c) {
		if id, ok := n.(*ast.Ident); ok {
			if v := b.use.obj(id); v != nil && (body.assigns(v) || b.use.vars[v].cell()) {
				return false
			}
		}
	}
	small, large, strict := c.X, c.Y, false
	switch c.Op {
	case token.LSS:
		strict = true
	case token.LEQ:
	case token.GTR:
		small, large, strict = c.Y, c.X, true
	case token.GEQ:
		small, large = c.Y, c.X
	default:
		return false
	}
	if b.indexed(c, moved) {
		return true
	}
	up, ok1 := b.speed(small, moved)
	down, ok2 := b.speed(large, moved)
	if !ok1 || !ok2 || up <= down {
		return false
	}
	t, ok := b.typeOf(c.X).Underlying().(*types.Basic)
	if indexes || !ok {
		return indexes
	}
	// The variable that moves, the one limit that does not, and the first value that is behind it.
	v, limit, step := b.use.obj(small), large, up
	if up == 0 {
		v, limit, step = b.use.obj(large), small, down
	}
	one := moved[v] != 0 && (up == 0 || down == 0)
	if n := b.info.Types[limit].Value; n != nil && one {
		n = constant.ToInt(n)
		last := constant.BinaryOp(n, token.ADD, constant.MakeInt64(step))
		if strict && step > 0 {
			last = constant.BinaryOp(last, token.SUB, constant.MakeInt64(1))
		} else if strict {
			last = constant.BinaryOp(last, token.ADD, constant.MakeInt64(1))
		}
		return representable(last, t)
	}
	return strict && one && up-down == 1 || wide(t) && t.Info()&types.IsUnsigned == 0
}

// speed returns how much e grows in a round; ok is false if that is not known.
func (b *fn) speed(e ast.Expr, moved steps) (n int64, ok bool) {
	e = ast.Unparen(e)
	if v := b.use.obj(e); v != nil {
		return moved[v], true
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if e.Op == token.ADD || e.Op == token.SUB {
			x, ok1 := b.speed(e.X, moved)
			y, ok2 := b.speed(e.Y, moved)
			if e.Op == token.SUB {
				y = -y
			}
			return x + y, ok1 && ok2
		}
	case *ast.CallExpr:
		if b.info.Types[e.Fun].IsType() && wide(b.typeOf(e)) && wide(b.typeOf(e.Args[0])) {
			return b.speed(e.Args[0], moved)
		}
	}
	for n := range ast.Preorder(e) {
		if x, ok := n.(ast.Expr); ok && moved[b.use.obj(x)] != 0 {
			return 0, false
		}
	}
	return 0, true
}

// wide reports whether t is an integer of 64 bits.
func wide(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	switch b.Kind() {
	case types.Int, types.Int64, types.Uint, types.Uint64, types.Uintptr, types.UntypedInt:
		return true
	}
	return false
}

// representable reports whether integer type t has the value n.
func representable(n constant.Value, t *types.Basic) bool {
	if t.Info()&types.IsUnsigned != 0 && constant.Sign(n) < 0 {
		return false
	}
	bits := 64
	switch t.Kind() {
	case types.Int8, types.Uint8:
		bits = 8
	case types.Int16, types.Uint16:
		bits = 16
	case types.Int32, types.Uint32:
		bits = 32
	}
	if t.Info()&types.IsUnsigned == 0 {
		bits--
	}
	one := constant.MakeInt64(1)
	end := constant.Shift(one, token.SHL, uint(bits))
	return constant.Compare(n, token.LSS, end) && constant.Compare(n, token.GEQ, constant.UnaryOp(token.SUB, end, 0))
}
