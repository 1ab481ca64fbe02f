package escape

import (
	"rtgen/cps/ir"
)

// This file splits the program into batches: the strongly connected components of static calls, where a
// closure and the function that makes it count as calling each other.

// batches returns the batches by level: one calls only what is in it and in batches of earlier levels.
func batches(all []*ir.Func) [][][]*ir.Func {
	t := &tarjan{index: make(map[*ir.Func]int, len(all)), level: make(map[*ir.Func]int, len(all)), inner: map[*ir.Func][]*ir.Func{}}
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
	level map[*ir.Func]int        // above the levels of all components that it has been seen to reach
	inner map[*ir.Func][]*ir.Func // closures of a function
	out   [][][]*ir.Func
}

// visit returns the least index that f reaches.
func (t *tarjan) visit(f *ir.Func) int {
	t.next++
	mine := t.next
	t.index[f] = mine
	low := mine
	base := len(t.stack)
	t.stack = append(t.stack, f)
	level := 0
	to := func(g *ir.Func) {
		if t.index[g] == 0 {
			low = min(low, t.visit(g))
		}
		if i := t.index[g]; i > 0 {
			low = min(low, i)
		} else {
			level = max(level, t.level[g]+1)
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
	t.level[f] = level
	if low == mine {
		comp := append([]*ir.Func(nil), t.stack[base:]...)
		t.stack = t.stack[:base]
		for _, g := range comp {
			level = max(level, t.level[g])
		}
		for _, g := range comp {
			t.index[g], t.level[g] = -1, level
		}
		for len(t.out) <= level {
			t.out = append(t.out, nil)
		}
		t.out[level] = append(t.out[level], comp)
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
