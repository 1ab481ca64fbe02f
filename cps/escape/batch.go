package escape

import (
	"rtgen/cps/ir"
)

// This file splits the program into batches: the strongly connected components of static calls, where a
// closure and the function that makes it count as calling each other. Callees' batches come first.

func batches(all []*ir.Func) [][]*ir.Func {
	t := &tarjan{index: make(map[*ir.Func]int, len(all)), inner: map[*ir.Func][]*ir.Func{}}
	for _, f := range all {
		if f.Parent != nil {
			t.inner[f.Parent] = append(t.inner[f.Parent], f)
		}
	}
	for _, f := range all {
		if t.index[f] == 0 {
			t.visit(f)
		}
	}
	return t.out
}

// tarjan finds components by Tarjan's algorithm.
type tarjan struct {
	index map[*ir.Func]int // order of visits, from 1; -1 once in a component
	next  int
	stack []*ir.Func
	inner map[*ir.Func][]*ir.Func // closures of a function
	out   [][]*ir.Func
}

// visit returns the least index that f reaches.
func (t *tarjan) visit(f *ir.Func) int {
	t.next++
	mine := t.next
	t.index[f] = mine
	low := mine
	base := len(t.stack)
	t.stack = append(t.stack, f)
	to := func(g *ir.Func) {
		switch i := t.index[g]; {
		case i == 0:
			low = min(low, t.visit(g))
		case i > 0:
			low = min(low, i)
		}
	}
	if f.Parent != nil {
		to(f.Parent)
	}
	for _, g := range t.inner[f] {
		to(g)
	}
	ir.Walk(f.Body, func(s ir.Stmt) {
		if g := callee(s); g != nil {
			to(g)
		}
	}, nil)
	if low == mine {
		comp := append([]*ir.Func(nil), t.stack[base:]...)
		t.stack = t.stack[:base]
		for _, g := range comp {
			t.index[g] = -1
		}
		t.out = append(t.out, comp)
	}
	return low
}

// callee is the function that s calls, if that is known.
func callee(s ir.Stmt) *ir.Func {
	c, ok := s.(*ir.Call)
	if !ok {
		return nil
	}
	switch c.Callee.Kind {
	case ir.Static:
		return c.Callee.Ref.Func
	case ir.Closure:
		return c.Callee.Func
	}
	return nil
}
