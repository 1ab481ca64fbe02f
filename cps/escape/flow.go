package escape

import (
	"go/constant"
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file reads statements as edges.

// batch is the functions looked at together, and the graph of what flows between their variables.
type batch struct {
	*analysis
	funcs    []*ir.Func
	in       map[*ir.Func]bool
	nodes    []node
	vars     map[*ir.Var]int
	outs     map[*ir.Func][]int // nodes of results as callers see them
	captured map[*ir.Func][]int // nodes of what a closure captured
	defers   map[*ir.Func]int   // nodes of the lists of deferred calls
	sites    []*site
	siteOf   map[ir.Stmt]*site
	defs     map[*ir.Var]*def
	closures map[*ir.Func][]*ir.MakeClosure // where each is made
	size     map[*ir.Func]int64             // bytes of objects that may come to lie in its frame
	loops    map[*ir.Func]map[ir.Stmt]bool  // statements that may run more than once
	hiding   bool                           // edge adds to hidden
	number   bool                           // what it adds are integers
	hides    bool                           // some edge is hidden
}

// heap is the node of all memory that is not an object of the batch.
const heap = 0

type node struct {
	from   []edge
	hidden []edge // by way of a uintptr: nothing escapes there, but what arrives is held
	to     []edge // all of these, at their sources; made when wanted
	site   *site
	v      *ir.Var
	defers *ir.Func // it is that function's list of deferred calls
}

type edge struct {
	node   int // the other end
	w      int8
	number bool // what arrives is an integer
}

// site is an allocation.
type site struct {
	fn      *ir.Func
	stmt    ir.Stmt // Call or MakeClosure
	dst     *ir.Var
	typ     types.Type
	node    int
	escapes bool
	out     bool // there is an edge from it to the heap
	holders []*ir.Var
	numbers bool // some hold its address as an integer
	defers  bool // deferred calls of its function do
}

// def is the one definition of a variable, if it has just one.
type def struct {
	n    int
	site *site
	from ir.Expr
}

func (b *batch) node() int {
	b.nodes = append(b.nodes, node{})
	return len(b.nodes) - 1
}

func (b *batch) varNode(v *ir.Var) int {
	n, ok := b.vars[v]
	if !ok {
		n = b.node()
		b.nodes[n].v = v
		b.vars[v] = n
	}
	return n
}

func (b *batch) edge(dst, src int, w int8) {
	if dst == src && w >= 0 {
		return
	}
	n := &b.nodes[dst]
	if b.hiding {
		b.hides = true
		n.hidden = append(n.hidden, edge{src, w, b.number})
		return
	}
	n.from = append(n.from, edge{node: src, w: w})
}

// hide calls f, whose edges are hidden; they lead to a place of type t.
func (b *batch) hide(t types.Type, f func()) {
	hiding, number := b.hiding, b.number
	b.hiding, b.number = true, number || isUintptr(t)
	f()
	b.hiding, b.number = hiding, number
}

// flow says that what e leads to after w loads arrives at dst; -1 is e's address.
func (b *batch) flow(f *ir.Func, dst int, e ir.Expr, w int8) {
	if e == nil || w >= 0 && !passes.HasPointers(e.Type()) {
		return
	}
	switch e := e.(type) {
	case *ir.VarRef:
		b.edge(dst, b.varNode(e.V), w)
	case *ir.NoescapeAddr:
		b.edge(dst, b.varNode(e.V), w-1)
	case *ir.Unary, *ir.Binary, *ir.Const, *ir.GlobalRef, *ir.FuncRef, *ir.LayoutRef, *ir.MapTypeRef, *ir.TypeProto, *ir.IfaceProto, *ir.StaticAddr:
	case *ir.Conv:
		if isUintptr(e.X.Type()) {
			b.arithmetic(f, dst, e.X, w)
			return
		}
		b.flow(f, dst, e.X, w)
	case *ir.Field:
		if v, ok := e.X.(*ir.VarRef); ok && f.Env != nil && v.V == f.Env {
			b.edge(dst, b.captured[f][e.Index], w)
			return
		}
		if isPointer(e.X.Type()) {
			w++
		}
		b.flow(f, dst, e.X, w)
	case *ir.Index:
		if _, ok := e.X.Type().Underlying().(*types.Array); !ok {
			w++
		}
		b.flow(f, dst, e.X, w)
	case *ir.Slice:
		b.flow(f, dst, e.X, w)
	case *ir.Deref:
		b.flow(f, dst, e.X, w+1)
	case *ir.Addr:
		b.flow(f, dst, e.X, w-1)
	case *ir.Composite:
		for _, x := range e.Elems {
			b.flow(f, dst, x, w)
		}
	case *ir.Builtin:
		for _, x := range e.Args {
			b.flow(f, dst, x, w)
		}
	case *ir.Ptr:
		b.flow(f, dst, e.X, w)
	default:
		panic("escape: unknown expression")
	}
}

// arithmetic is flow for an unsafe.Pointer computed from e, a uintptr.
func (b *batch) arithmetic(f *ir.Func, dst int, e ir.Expr, w int8) {
	switch e := e.(type) {
	case *ir.VarRef:
		b.hide(types.Typ[types.UnsafePointer], func() { b.edge(dst, b.varNode(e.V), w) })
	case *ir.Conv:
		if isUintptr(e.X.Type()) {
			b.arithmetic(f, dst, e.X, w)
			return
		}
		b.flow(f, dst, e.X, w)
	case *ir.Unary:
		b.arithmetic(f, dst, e.X, w)
	case *ir.Binary:
		b.arithmetic(f, dst, e.X, w)
		b.arithmetic(f, dst, e.Y, w)
	}
}

// target is the node that an assignment to d stores to.
func (b *batch) target(f *ir.Func, d ir.Expr) int {
	for {
		switch x := d.(type) {
		case *ir.VarRef:
			return b.varNode(x.V)
		case *ir.Field:
			if isPointer(x.X.Type()) {
				return b.pointee(f, x.X)
			}
			d = x.X
		case *ir.Index:
			if _, ok := x.X.Type().Underlying().(*types.Array); !ok {
				return b.pointee(f, x.X)
			}
			d = x.X
		case *ir.Deref:
			return b.pointee(f, x.X)
		default:
			return heap
		}
	}
}

// pointee is the object that p points to if it never points to anything else, or the heap.
func (b *batch) pointee(f *ir.Func, p ir.Expr) int {
	if s := b.owned(f, p, 0); s != nil {
		return s.node
	}
	return heap
}

// owned is the allocation whose object, and no other, p points into.
func (b *batch) owned(f *ir.Func, p ir.Expr, depth int) *site {
	if depth > 8 {
		return nil
	}
	switch x := p.(type) {
	case *ir.VarRef:
		d := b.defs[x.V]
		if d == nil || d.n != 1 {
			return nil
		}
		if d.site != nil {
			return d.site
		}
		if d.from != nil {
			return b.owned(f, d.from, depth+1)
		}
	case *ir.Slice:
		return b.owned(f, x.X, depth+1)
	case *ir.Field:
		v, ok := x.X.(*ir.VarRef)
		if !ok || f.Env == nil || v.V != f.Env || len(b.closures[f]) != 1 {
			return nil
		}
		return b.owned(f.Parent, b.closures[f][0].Captured[x.Index], depth+1)
	}
	return nil
}

func isUintptr(t types.Type) bool {
	u, ok := t.Underlying().(*types.Basic)
	return ok && u.Kind() == types.Uintptr
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func constInt(e ir.Expr) (int64, bool) {
	c, ok := e.(*ir.Const)
	if !ok || c.Val == nil {
		return 0, ok // the zero value
	}
	return constant.Int64Val(constant.ToInt(c.Val))
}
