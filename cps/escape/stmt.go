package escape

import (
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file reads the statements of a batch.

// define counts the definitions of variables, and finds allocations and the places where closures are made.
func (b *batch) define(f *ir.Func) {
	def1 := func(v *ir.Var) *def {
		if v == nil {
			return nil
		}
		d := b.defs[v]
		if d == nil {
			d = &def{}
			b.defs[v] = d
		}
		d.n++
		return d
	}
	for _, v := range params(f) {
		def1(v)
	}
	if f.Defers != nil {
		for _, v := range f.Results {
			def1(v)
		}
	}
	ir.Walk(f.Body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Assign:
			for i, d := range s.Dst {
				if v, ok := d.(*ir.VarRef); ok && (passes.HasPointers(v.V.Type) || isUintptr(v.V.Type)) {
					def1(v.V).from = s.Src[i]
				}
			}
		case *ir.Call:
			for _, v := range s.Dst {
				def1(v)
			}
			if t, ok := object(s); ok && b.room(f, t) {
				b.site(f, s, s.Dst[0], t)
			}
		case *ir.MakeClosure:
			def1(s.Dst)
			b.closures[s.Func] = append(b.closures[s.Func], s)
			if t, ok := closure(s); ok && b.room(f, t) {
				b.site(f, s, s.Dst, t)
			}
		case *ir.TypeAssert:
			def1(s.Dst)
		case *ir.Recover:
			def1(s.Dst)
		case *ir.Select:
			for _, c := range s.Cases {
				def1(c.Dst)
			}
		}
	}, func(e ir.Expr) {
		passes.EachVar(e, func(v *ir.Var, address bool) {
			if address {
				def1(v)
			}
		})
	})
}

// room reports whether f's frame may hold one more object.
func (b *batch) room(f *ir.Func, t types.Type) bool {
	n := b.size[f] + passes.Sizes.Sizeof(t)
	if n > maxFrame {
		return false
	}
	b.size[f] = n
	return true
}

func (b *batch) site(f *ir.Func, s ir.Stmt, dst *ir.Var, t types.Type) {
	x := &site{fn: f, stmt: s, dst: dst, typ: t, node: b.node()}
	b.nodes[x.node].site = x
	b.sites = append(b.sites, x)
	b.siteOf[s] = x
	b.defs[dst].site = x
}

// function adds the edges of f.
func (b *batch) function(f *ir.Func) {
	outs := b.outs[f]
	for i, v := range f.Results {
		b.edge(outs[i], b.varNode(v), 0)
		if i < len(f.Cells) && f.Cells[i] != nil {
			b.edge(outs[i], b.varNode(f.Cells[i]), 1)
		}
	}
	ir.Walk(f.Body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Assign:
			for _, e := range s.Src {
				if c, ok := e.(*ir.Composite); ok { // operands of a variadic call, perhaps
					b.numbers(f, c.Elems)
				}
			}
			for i, d := range s.Dst {
				switch {
				case d == nil:
				case isUintptr(d.Type()):
					b.hide(d.Type(), func() { b.arithmetic(f, b.target(f, d), s.Src[i], 0) })
				case passes.HasPointers(d.Type()) && !inside(d, s.Src[i]):
					b.flow(f, b.target(f, d), s.Src[i], 0)
				}
			}
		case *ir.Call:
			b.call(f, s)
		case *ir.MakeClosure: // the closure reads what it captured in captured, others by way of the object
			content := b.allocated(s)
			for i, e := range s.Captured {
				b.flow(f, b.captured[s.Func][i], e, 0)
				b.flow(f, content, e, 0)
			}
		case *ir.TypeAssert:
			if s.Dst == nil {
				return
			}
			w := int8(1)
			if isInterface(s.To) || passes.Sizes.Sizeof(s.To) == 8 { // may be the word itself
				w = 0
			}
			b.flow(f, b.varNode(s.Dst), s.X, w)
		case *ir.Go:
			b.edge(heap, b.varNode(s.Fn), 0)
		case *ir.Defer:
			b.edge(b.list(f), b.varNode(s.Fn), 0)
		case *ir.Select:
			for _, c := range s.Cases {
				b.flow(f, heap, c.Send, 0)
			}
		case *ir.Return:
			for i, e := range s.Vals {
				if isUintptr(e.Type()) {
					b.hide(e.Type(), func() { b.arithmetic(f, outs[i], e, 0) })
					continue
				}
				b.flow(f, outs[i], e, 0)
			}
		}
	}, nil)
}

// list is the node of f's list of deferred calls.
func (b *batch) list(f *ir.Func) int {
	n, ok := b.defers[f]
	if !ok {
		if passes.Deferrals(f) != nil {
			n = b.node()
			b.nodes[n].defers = f
		}
		b.defers[f] = n
	}
	return n
}

// numbers lets out what operands of type uintptr are made from: a callee may take one for an address
// (//go:uintptrescapes), and what the host keeps on its stack moves.
func (b *batch) numbers(f *ir.Func, list []ir.Expr) {
	for _, e := range list {
		if e == nil || !isUintptr(e.Type()) {
			continue
		}
		if v, ok := e.(*ir.VarRef); ok {
			if d := b.defs[v.V]; d != nil && d.n == 1 && d.from != nil {
				e = d.from
			}
		}
		b.arithmetic(f, heap, e, 0)
	}
}

// inside reports whether an assignment only moves a value inside of what one variable points to:
//
//	b.buf = b.buf[n:]
func inside(dst, src ir.Expr) bool {
	d := loadedFrom(dst)
	return d != nil && d == loadedFrom(src)
}

// loadedFrom is the variable that points to the memory which e is a part, or a slice of a part, of.
func loadedFrom(e ir.Expr) *ir.Var {
	for {
		switch x := e.(type) {
		case *ir.Slice:
			if isPointer(x.X.Type()) {
				return nil
			}
			e = x.X
		case *ir.Field:
			if !isPointer(x.X.Type()) {
				e = x.X
				continue
			}
			if v, ok := x.X.(*ir.VarRef); ok {
				return v.V
			}
			return nil
		default:
			return nil
		}
	}
}

func (b *batch) call(f *ir.Func, c *ir.Call) {
	escape := func(args []ir.Expr) {
		for _, e := range args {
			b.flow(f, heap, e, 0)
		}
	}
	b.numbers(f, c.Args)
	switch c.Callee.Kind {
	case ir.Static:
		r := c.Callee.Ref
		switch {
		case r.Func != nil:
			b.known(f, c, r.Func, c.Args)
		case r.Hook == nil || !r.Hook.Noescape:
			escape(c.Args)
		}
	case ir.Closure:
		args := c.Args
		if c.Callee.Func.Env != nil {
			args = args[1:]
		}
		b.known(f, c, c.Callee.Func, args)
	case ir.Iface:
		escape(c.Args)
	case ir.Value: // what the closure captured is let out by the closure itself, or by what it returns
		escape(c.Args[1:])
	case ir.Primitive:
		b.primitive(f, c)
	}
}

// known adds the edges of a call of g.
func (b *batch) known(f *ir.Func, c *ir.Call, g *ir.Func, args []ir.Expr) {
	dst := func(i int) int {
		if i >= len(c.Dst) || c.Dst[i] == nil || !passes.HasPointers(c.Dst[i].Type) && !isUintptr(c.Dst[i].Type) {
			return -1
		}
		return b.varNode(c.Dst[i])
	}
	if b.in[g] {
		for i, v := range params(g) {
			b.flow(f, b.varNode(v), args[i], 0)
		}
		for i, out := range b.outs[g] {
			if n := dst(i); n >= 0 {
				b.edge(n, out, 0)
			}
		}
		return
	}
	sum := b.summaries[g]
	if sum == nil {
		panic("escape: " + g.Name + " has no summary")
	}
	for i, e := range args {
		if w := sum.heap.of(i); w != never {
			b.flow(f, heap, e, w)
		}
		for j := range sum.outs {
			n := dst(j)
			if n < 0 {
				continue
			}
			if w := sum.outs[j].of(i); w != never {
				b.flow(f, n, e, w)
			}
			if w := sum.held[j].of(i); w < sum.outs[j].of(i) {
				b.hide(c.Dst[j].Type, func() { b.flow(f, n, e, w) })
			}
		}
	}
}

// allocated adds the edge from what s allocates to its variable, and returns the object's node.
func (b *batch) allocated(s ir.Stmt) int {
	x := b.siteOf[s]
	if x == nil {
		return heap
	}
	b.edge(b.varNode(x.dst), x.node, -1)
	return x.node
}

func (b *batch) primitive(f *ir.Func, c *ir.Call) {
	dst := -1
	if len(c.Dst) > 0 && c.Dst[0] != nil {
		dst = b.varNode(c.Dst[0])
	}
	to := func(dst int, e ir.Expr, w int8) {
		if dst >= 0 {
			b.flow(f, dst, e, w)
		}
	}
	name := c.Callee.Prim.Name
	switch name {
	case "New", "MakeSlice", "Box":
		if content := b.allocated(c); name == "Box" {
			b.flow(f, content, c.Args[2], 0)
		}
	case "BytesToString", "StringToBytes":
		b.allocated(c)
	case "Grow": // the elements are copied to the heap
		to(dst, c.Args[1], 0)
		to(heap, c.Args[1], 1)
	case "Concat2", "Concat3", "ConcatN": // may be one of the operands
		b.allocated(c)
		for _, e := range c.Args {
			w := int8(0)
			if _, ok := e.Type().Underlying().(*types.Slice); ok {
				w = 1
			}
			to(dst, e, w)
		}
	case "Copy":
		to(heap, c.Args[1], 1)
	case "RunesToString", "StringToRunes", "CopyString", "ClearSlice", "DecodeRune", "CallHasher", "CallEqual",
		"MapLen", "ChanLen", "ChanCap", "Close", "TryRecv", "Recv", "IntToString",
		"PrintString", "PrintPointer", "PrintEface", "PrintIface", "PrintSlice":
	default:
		for _, e := range c.Args {
			to(heap, e, 0)
		}
	}
}

func isInterface(t types.Type) bool { return types.IsInterface(t) }
