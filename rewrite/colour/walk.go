package colour

import (
	"fmt"

	"rtgen/cps/ir"
)

// walk calls stmt for each statement of a body, enclosing ones first, and read for each
// expression in it that is evaluated: a variable that is only assigned to is not. read may be nil.
func walk(list []ir.Stmt, stmt func(ir.Stmt), read func(ir.Expr)) {
	w := walker{stmt, read}
	w.list(list)
}

type walker struct {
	stmt func(ir.Stmt)
	read func(ir.Expr)
}

func (w *walker) list(list []ir.Stmt) {
	for _, s := range list {
		w.one(s)
	}
}

func (w *walker) one(s ir.Stmt) {
	w.stmt(s)
	switch s := s.(type) {
	case *ir.Assign:
		for _, d := range s.Dst {
			if _, ok := d.(*ir.VarRef); !ok || s.Op != 0 {
				w.expr(d)
			}
		}
		w.exprs(s.Src)
	case *ir.Call:
		w.exprs(s.Args)
	case *ir.MakeClosure:
		w.exprs(s.Captured)
	case *ir.TypeAssert:
		w.expr(s.X)
	case *ir.If:
		w.expr(s.Cond)
		w.list(s.Then)
		w.list(s.Else)
	case *ir.Loop:
		w.expr(s.Cond)
		w.list(s.Body)
		w.list(s.Post)
	case *ir.Block:
		w.list(s.Body)
	case *ir.Switch:
		w.expr(s.Tag)
		for _, c := range s.Cases {
			w.exprs(c.Vals)
			w.list(c.Body)
		}
		w.list(s.Default)
	case *ir.Return:
		w.exprs(s.Vals)
	case *ir.Select:
		for _, c := range s.Cases {
			w.expr(c.Chan)
			w.expr(c.Send)
		}
	case *ir.Break, *ir.Continue, *ir.Goto, *ir.Label, *ir.Go, *ir.Defer, *ir.RunDefers, *ir.Recover, *ir.Poll, *ir.Unreachable:
	default:
		panic(fmt.Sprintf("colour: statement %T", s))
	}
}

func (w *walker) exprs(list []ir.Expr) {
	for _, e := range list {
		w.expr(e)
	}
}

func (w *walker) expr(e ir.Expr) {
	if e == nil || w.read == nil {
		return
	}
	w.read(e)
	switch e := e.(type) {
	case *ir.Unary:
		w.expr(e.X)
	case *ir.Binary:
		w.expr(e.X)
		w.expr(e.Y)
	case *ir.Conv:
		w.expr(e.X)
	case *ir.Field:
		w.expr(e.X)
	case *ir.Index:
		w.expr(e.X)
		w.expr(e.I)
	case *ir.Slice:
		w.expr(e.X)
		w.expr(e.Lo)
		w.expr(e.Hi)
		w.expr(e.Max)
	case *ir.Deref:
		w.expr(e.X)
	case *ir.Addr:
		w.expr(e.X)
	case *ir.Composite:
		w.exprs(e.Elems)
	case *ir.StaticAddr:
		w.expr(e.X)
	case *ir.Builtin:
		w.exprs(e.Args)
	case *ir.Ptr:
		w.expr(e.X)
	}
}
