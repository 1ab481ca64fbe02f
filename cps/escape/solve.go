package escape

import "rtgen/cps/ir"

// This file solves the graph of a batch.

func (a *analysis) batch(funcs []*ir.Func) {
	b := &batch{
		analysis: a, funcs: funcs, in: map[*ir.Func]bool{}, vars: map[*ir.Var]int{}, outs: map[*ir.Func][]int{},
		captured: map[*ir.Func][]int{}, defers: map[*ir.Func]int{}, siteOf: map[ir.Stmt]*site{}, defs: map[*ir.Var]*def{}, closures: map[*ir.Func][]*ir.MakeClosure{}, loops: map[*ir.Func]map[ir.Stmt]bool{}, size: map[*ir.Func]int64{},
	}
	size := 1
	for _, f := range funcs {
		size += len(f.Vars) + len(f.Params) + 2*len(f.Results) + len(f.Captures) + 1
	}
	b.nodes = make([]node, 0, size)
	b.node() // the heap
	for _, f := range funcs {
		b.in[f] = true
		for range f.Results {
			b.outs[f] = append(b.outs[f], b.node())
		}
		for range f.Captures {
			b.captured[f] = append(b.captured[f], b.node())
		}
	}
	for _, f := range funcs {
		b.define(f)
	}
	for _, f := range funcs {
		b.function(f)
	}
	for b.solve(); b.returned() || b.outlived() || b.reused(); b.solve() {
	}
	for _, x := range b.sites {
		if !x.escapes {
			x.mark()
		}
	}
}

// solve finds what reaches the heap and results.
func (b *batch) solve() {
	dist := b.reach(heap, false)
	for _, f := range b.funcs {
		s := b.summaries[f]
		*s = summary{heap: b.leaks(f, dist)}
		for _, out := range b.outs[f] {
			plain := b.leaks(f, b.reach(out, false))
			held := plain
			if b.hides {
				held = b.leaks(f, b.reach(out, true))
			}
			s.outs, s.held = append(s.outs, plain), append(s.held, held)
		}
	}
}

// leaks lists the distances of f's parameters.
func (b *batch) leaks(f *ir.Func, dist []int8) leaks {
	if dist == nil {
		return nil
	}
	ps := params(f)
	list := make(leaks, len(ps))
	for i, v := range ps {
		list[i] = never
		if n, ok := b.vars[v]; ok {
			list[i] = max(dist[n], 0)
		}
	}
	return list
}

// reach finds after how few loads what each node leads to arrives at root, over hidden edges too if hidden is set. If it
// is not, objects whose address does escape. The result is nil if nothing arrives.
func (b *batch) reach(root int, hidden bool) []int8 {
	if len(b.nodes[root].from)+len(b.nodes[root].hidden) == 0 {
		return nil
	}
	dist := make([]int8, len(b.nodes))
	for i := range dist {
		dist[i] = never
	}
	dist[root] = 0
	work := []int{root}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		d := max(dist[n], 0)
		edges := b.nodes[n].from
		if hidden {
			edges = append(edges[:len(edges):len(edges)], b.nodes[n].hidden...)
		}
		for _, e := range edges {
			to := min(d+e.w, 20) // deeper than any program looks
			if to >= dist[e.node] {
				continue
			}
			dist[e.node] = to
			work = append(work, e.node)
			if x := b.nodes[e.node].site; x != nil && to < 0 && !hidden {
				x.escapes = true
			}
		}
	}
	return dist
}

// returned lets out what the objects lead to that a result leads to: they are on the heap.
func (b *batch) returned() bool {
	changed := false
	for _, x := range b.sites {
		if x.escapes && !x.out {
			b.escape(x)
			changed = true
		}
	}
	return changed
}

// escape lets out x, whose address reached nothing that outlives it.
func (b *batch) escape(x *site) {
	x.escapes, x.out = true, true
	b.edge(heap, x.node, -1)
}

// outlived lets out objects whose address reaches an object of a function that runs longer: one that made the closure,
// at some remove, in which they are.
func (b *batch) outlived() bool {
	b.link()
	changed := false
	for _, x := range b.sites {
		if x.escapes {
			continue
		}
		x.holders, x.numbers, x.defers = x.holders[:0], false, false
		ok := true
		b.spread(x, func(n *node) {
			switch {
			case n.site != nil && n.site.fn != x.fn && !within(n.site.fn, x.fn):
				ok = false
			case n.defers == x.fn:
				x.defers = true
			case n.defers != nil && !within(n.defers, x.fn):
				ok = false
			case n.v != nil && n.v != x.dst:
				x.holders = append(x.holders, n.v)
			}
		})
		if !ok {
			b.escape(x)
			changed = true
		}
		x.holders = append(x.holders, x.dst)
	}
	return changed
}

// within reports whether f is a closure in g, at some remove.
func within(f, g *ir.Func) bool {
	for f = f.Parent; f != nil; f = f.Parent {
		if f == g {
			return true
		}
	}
	return false
}

// link makes the forward edges.
func (b *batch) link() {
	for i := range b.nodes {
		b.nodes[i].to = b.nodes[i].to[:0]
	}
	for i := range b.nodes {
		for _, edges := range [][]edge{b.nodes[i].from, b.nodes[i].hidden} {
			for _, e := range edges {
				b.nodes[e.node].to = append(b.nodes[e.node].to, edge{i, e.w, e.number})
			}
		}
	}
}

// depth bounds the chains of loads that spread tells apart.
const depth = 4

// spread visits the nodes from which x can be reached by loads.
func (b *batch) spread(x *site, visit func(*node)) {
	type at struct{ node, loads int }
	seen := map[at]bool{}
	var work []at
	told := map[int]bool{}
	push := func(a at) {
		if !seen[a] {
			seen[a] = true
			work = append(work, a)
			if !told[a.node] {
				told[a.node] = true
				visit(&b.nodes[a.node])
			}
		}
	}
	for _, e := range b.nodes[x.node].to {
		if e.w < 0 {
			x.numbers = x.numbers || e.number
			push(at{e.node, 0})
		}
	}
	for len(work) > 0 {
		a := work[len(work)-1]
		work = work[:len(work)-1]
		for _, e := range b.nodes[a.node].to {
			l := a.loads - int(e.w)
			if a.loads == depth && e.w > 0 {
				l = a.loads
			}
			if l < 0 {
				continue
			}
			x.numbers = x.numbers || e.number
			push(at{e.node, min(l, depth)})
		}
	}
}
