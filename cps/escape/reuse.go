package escape

import (
	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file finds allocations that may be made anew while something still leads to the last one.
//
//	for … { p = New(); last = p }     last is live where p is allocated: on the heap
//	for … { p = New(); use(p) }       each round may use the same memory

// reused lets out such objects. It reports whether there were any.
func (b *batch) reused() bool {
	changed := false
	for _, f := range b.funcs {
		again := map[ir.Stmt]*site{}
		for _, x := range b.sites {
			switch {
			case x.fn != f || x.escapes || !b.repeats(x):
			case x.defers:
				b.escape(x)
				changed = true
			default:
				again[x.stmt] = x
			}
		}
		if len(again) == 0 {
			continue
		}
		passes.LiveBefore(f, func(s ir.Stmt, live func(*ir.Var) bool) {
			x := again[s]
			if x == nil {
				return
			}
			for _, v := range x.holders {
				if live(v) {
					b.escape(x)
					changed = true
					return
				}
			}
		})
	}
	return changed
}

// repeats reports whether x may be allocated more than once in a call.
func (b *batch) repeats(x *site) bool {
	loops, ok := b.loops[x.fn]
	if !ok {
		loops = map[ir.Stmt]bool{}
		jumps, labels := false, map[string]bool{}
		ir.Walk(x.fn.Body, func(s ir.Stmt) {
			switch s := s.(type) {
			case *ir.Label:
				labels[s.Name] = true
			case *ir.Goto:
				jumps = jumps || labels[s.Label] // backwards
			case *ir.Loop:
				for _, l := range ir.Bodies(s) {
					ir.Walk(l, func(s ir.Stmt) { loops[s] = true }, nil)
				}
			}
		}, nil)
		if jumps {
			ir.Walk(x.fn.Body, func(s ir.Stmt) { loops[s] = true }, nil)
		}
		b.loops[x.fn] = loops
	}
	return loops[x.stmt]
}

// mark gives x's memory to its function.
func (x *site) mark() {
	ir.SetLocal(x.stmt, &ir.Object{Type: x.typ, Holders: x.holders, Numbers: x.numbers, Deferred: x.defers})
}
