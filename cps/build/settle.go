package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file keeps gc's evaluation order. Calls, receives and type assertions happen where
// they stand. Everything else that a statement evaluates — loads, map lookups, boxing,
// concatenation — happens after all its calls. Loads come late by themselves, since
// expressions are trees; operations that need a statement of their own wait as late nodes
// until the tree is settled.

// late is an operation that has been met but not yet emitted.
type late struct {
	ir.Typed
	run func() ir.Expr // settles its operands, emits, and returns the result
}

func (b *fn) late(t types.Type, run func() ir.Expr) ir.Expr {
	return &late{ir.Typed{T: t}, run}
}

// settle emits what e still waits for and returns a tree without late nodes.
func (b *fn) settle(e ir.Expr) ir.Expr {
	if e == nil || !hasLate(e) {
		return e
	}
	return rewrite(e, func(x ir.Expr) ir.Expr {
		if l, ok := x.(*late); ok {
			return l.run()
		}
		return nil
	})
}

func (b *fn) settleAll(es []ir.Expr) []ir.Expr {
	for i, e := range es {
		es[i] = b.settle(e)
	}
	return es
}

func hasLate(e ir.Expr) bool {
	found := false
	rewrite(e, func(x ir.Expr) ir.Expr {
		if _, ok := x.(*late); ok {
			found = true
		}
		if found {
			return x
		}
		return nil
	})
	return found
}

// rewrite rebuilds e with nodes replaced by what f returns; where f returns nil, the
// node's operands are rewritten. Nodes without changes are shared.
func rewrite(e ir.Expr, f func(ir.Expr) ir.Expr) ir.Expr {
	if e == nil {
		return nil
	}
	if r := f(e); r != nil {
		return r
	}
	do := func(x ir.Expr) ir.Expr {
		if x == nil {
			return nil
		}
		return rewrite(x, f)
	}
	list := func(xs []ir.Expr) ([]ir.Expr, bool) {
		changed := false
		out := make([]ir.Expr, len(xs))
		for i, x := range xs {
			out[i] = do(x)
			changed = changed || out[i] != x
		}
		if !changed {
			return xs, false
		}
		return out, true
	}
	switch e := e.(type) {
	case *ir.Unary:
		if x := do(e.X); x != e.X {
			return &ir.Unary{Op: e.Op, X: x, Typed: e.Typed}
		}
	case *ir.Binary:
		x, y := do(e.X), do(e.Y)
		if x != e.X || y != e.Y {
			return &ir.Binary{Op: e.Op, X: x, Y: y, Typed: e.Typed}
		}
	case *ir.Conv:
		if x := do(e.X); x != e.X {
			return &ir.Conv{X: x, Typed: e.Typed}
		}
	case *ir.Field:
		if x := do(e.X); x != e.X {
			return &ir.Field{X: x, Index: e.Index, Typed: e.Typed}
		}
	case *ir.Index:
		x, i := do(e.X), do(e.I)
		if x != e.X || i != e.I {
			return &ir.Index{X: x, I: i, Typed: e.Typed}
		}
	case *ir.Slice:
		x, lo, hi, max := do(e.X), do(e.Lo), do(e.Hi), do(e.Max)
		if x != e.X || lo != e.Lo || hi != e.Hi || max != e.Max {
			return &ir.Slice{X: x, Lo: lo, Hi: hi, Max: max, Typed: e.Typed}
		}
	case *ir.Deref:
		if x := do(e.X); x != e.X {
			return &ir.Deref{X: x, Typed: e.Typed}
		}
	case *ir.Addr:
		if x := do(e.X); x != e.X {
			return &ir.Addr{X: x, Typed: e.Typed}
		}
	case *ir.Composite:
		if xs, ok := list(e.Elems); ok {
			return &ir.Composite{Keys: e.Keys, Elems: xs, Typed: e.Typed}
		}
	case *ir.Builtin:
		if xs, ok := list(e.Args); ok {
			return &ir.Builtin{Name: e.Name, Args: xs, Typed: e.Typed}
		}
	case *ir.Ptr:
		if x := do(e.X); x != e.X {
			return &ir.Ptr{X: x, Typed: e.Typed}
		}
	}
	return e
}

// pinned evaluates x, the value of e, where it stands, if a call follows in the statement. gc
// does so for slicing and for len, cap, min, max, real, imag, complex, new,
// make and the conversions of strings to slices.
func (b *fn) pinned(e ast.Expr, x ir.Expr) ir.Expr {
	if x == nil || !b.pins(e) {
		return x
	}
	return b.copied(x)
}

// pins reports whether a call follows e in the statement at hand.
func (b *fn) pins(e ast.Expr) bool { return e.End() <= b.lastCall }

// findLastCall returns the position of the last call or receive of a statement, or what else may panic in a statement of
// its own (assertions, and maps for their keys), not counting nested statements and function literals.
func (b *fn) findLastCall(s ast.Stmt) token.Pos {
	var header ast.Node = s
	switch s := s.(type) {
	case *ast.BlockStmt, *ast.LabeledStmt:
		return token.NoPos
	case *ast.IfStmt:
		header = s.Cond
	case *ast.ForStmt:
		if s.Cond == nil {
			return token.NoPos
		}
		header = s.Cond
	case *ast.RangeStmt:
		header = s.X
	}
	return b.lastCallIn(header)
}

func (b *fn) lastCallIn(header ast.Node) token.Pos {
	last, risk := token.NoPos, token.NoPos // risk: where the first operand ends that may panic
	values := header.Pos()                 // where they begin; where they are stored is found out last in any case
	if a, ok := header.(*ast.AssignStmt); ok {
		values = a.TokPos
	}
	ast.Inspect(header, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if risk.IsValid() && e.Pos() >= risk && b.panicsInPlace(e) {
				last = max(last, e.End())
			} else if e.Pos() >= values && b.panicsLate(e) && (!risk.IsValid() || e.End() < risk) {
				risk = e.End()
			}
		}
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return false
		case *ast.CallExpr:
			if tv := b.info.Types[n.Fun]; !tv.IsType() && !tv.IsBuiltin() {
				last = max(last, n.Lparen)
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				last = max(last, n.OpPos)
			}
		case *ast.TypeAssertExpr:
			last = max(last, n.Lparen)
		case *ast.IndexExpr:
			if tv := b.info.Types[n.X]; tv.IsValue() && isMap(b.typeOf(n.X)) {
				last = max(last, n.Lbrack)
			}
		}
		return true
	})
	return last
}

// panicsInPlace reports whether e slices or makes, which gc does where they stand, before operands to their left that
// panic late.
func (b *fn) panicsInPlace(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SliceExpr:
		return true
	case *ast.CallExpr:
		return b.info.Types[e.Fun].IsBuiltin() && b.builtinID(e) == "make"
	}
	return false
}

// panicsLate reports whether e itself, not an operand of it, may panic after all calls of its statement.
func (b *fn) panicsLate(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		switch e.Op {
		case token.QUO, token.REM, token.SHL, token.SHR:
			return b.info.Types[e.Y].Value == nil
		}
	case *ast.IndexExpr, *ast.StarExpr:
		return b.info.Types[e].IsValue()
	case *ast.SelectorExpr:
		if sel := b.info.Selections[e]; sel != nil && sel.Kind() == types.FieldVal {
			_, ptr := sel.Recv().Underlying().(*types.Pointer)
			return ptr || sel.Indirect()
		}
	}
	return false
}
