package passes

import (
	"fmt"

	"rtgen/cps/ir"
)

// This file decides which definitions store to slots.
//
// A variable is wanted at a point if some path from there reaches a site where it is live
// before it is defined anew. A definition is stored when its variable is wanted behind it, so
// a value is stored once, and a value that no safepoint sees is never stored. Cold sites want
// nothing: they store what is live themselves, so that a loop need not store for its poll.
//
// Where some way from a definition meets no site, and the first site to see the value is the first one whatever way leads there,
// that site stores it, and not the definition.
//
//	func (p *pool) get() *T {                      fr.s0 = p                            is not here
//		if n := len(p.free); n > 0 { return … }
//		p.grow()                                   fr.s0 = p; fr.site = …; p.grow()     but here
//		return p.last() }                          fr.site = …; p.last()

// wanted solves that problem and calls visit with what is wanted behind each node. The result is
// what is wanted at entry.
func (p *Plan) wanted(visit func(s ir.Stmt, x effect, out set)) set {
	g, n := p.Graph, len(p.vars)
	always := newSet(n)
	for _, v := range p.Always {
		if HasPointers(v.Type) {
			always.add(v.ID)
		}
	}
	ins := make([]set, len(g.Blocks))
	effects := make([][]effect, len(g.Blocks))
	for i, b := range g.Blocks {
		ins[i] = newSet(n)
		for _, s := range b.Nodes {
			effects[i] = append(effects[i], effectOf(s))
		}
	}
	back := func(i int, w set, visit func(ir.Stmt, effect, set)) {
		b := g.Blocks[i]
		for _, s := range b.Succs {
			w.union(ins[s.ID])
		}
		w.union(always)
		for k := len(b.Nodes) - 1; k >= 0; k-- {
			s, x := b.Nodes[k], effects[i][k]
			if visit != nil {
				visit(s, x, w)
			}
			for _, v := range x.defs {
				w.del(v.ID)
			}
			if site := p.SiteOf[s]; site != nil && !site.Cold {
				for _, v := range site.Live {
					if site.first.has(v.ID) {
						w.del(v.ID)
					} else {
						w.add(v.ID)
					}
				}
			}
			w.union(always)
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(g.Blocks) - 1; i >= 0; i-- {
			w := newSet(n)
			back(i, w, nil)
			if ins[i].union(w) {
				changed = true
			}
		}
	}
	if visit != nil {
		for i := range g.Blocks {
			back(i, newSet(n), visit)
		}
	}
	return ins[0]
}

// stored lists the variables of x's definitions that are wanted behind it.
func (p *Plan) stored(x effect, out set) []*ir.Var {
	var list []*ir.Var
	seen := map[*ir.Var]bool{}
	for _, vs := range [][]*ir.Var{x.defs, x.parts} {
		for _, v := range vs {
			if out.has(v.ID) && !seen[v] {
				seen[v] = true
				list = append(list, v)
			}
		}
	}
	return list
}

// spilled lists what a site with effect x must store: what it is the first to see; and if it is cold, what is live there, but
// for what is wanted behind it and not defined by it, which is in its slot already.
func (p *Plan) spilled(site *Site, x effect, out set) []*ir.Var {
	w := out.copy()
	for _, v := range x.defs {
		w.del(v.ID)
	}
	var list []*ir.Var
	for _, v := range site.Live {
		if site.first.has(v.ID) || site.Cold && !w.has(v.ID) {
			list = append(list, v)
		}
	}
	return list
}

// findFirst fills in Site.first. It solves the forward problem of which variables have, on some way here, a value that no site
// has seen, and which have one that a site has. A variable that comes to a site in both ways is its definitions' to store.
// Neither this nor what follows counts cold sites.
func (p *Plan) findFirst() {
	type seen struct{ fresh, old set }
	n := len(p.vars)
	ins := make([]seen, len(p.Graph.Blocks))
	for i := range ins {
		ins[i] = seen{newSet(n), newSet(n)}
	}
	for _, v := range p.vars {
		ins[0].fresh.add(v.ID)
	}
	spared := p.spared() // if the definition does not store it
	flow := func(b *Block, visit func(site *Site, now seen)) seen {
		now := seen{ins[b.ID].fresh.copy(), ins[b.ID].old.copy()}
		for _, s := range b.Nodes {
			if site := p.SiteOf[s]; site != nil && !site.Cold {
				if visit != nil {
					visit(site, now)
				}
				for _, v := range site.Live {
					now.fresh.del(v.ID)
					now.old.add(v.ID)
				}
			}
			x := effectOf(s)
			for _, vs := range [][]*ir.Var{x.defs, x.parts} {
				for _, v := range vs {
					now.fresh.add(v.ID)
					now.old.del(v.ID)
				}
			}
		}
		return now
	}
	for changed := true; changed; {
		changed = false
		for _, b := range p.Graph.Blocks {
			now := flow(b, nil)
			for _, s := range b.Succs {
				fresh, old := ins[s.ID].fresh.union(now.fresh), ins[s.ID].old.union(now.old)
				changed = changed || fresh || old
			}
		}
	}
	each := func(visit func(site *Site, now seen)) {
		for _, b := range p.Graph.Blocks {
			flow(b, visit)
		}
	}
	each(func(site *Site, now seen) {
		for _, v := range site.Live {
			if now.fresh.has(v.ID) && now.old.has(v.ID) {
				spared.del(v.ID)
			}
		}
	})
	each(func(site *Site, now seen) {
		site.first = newSet(n)
		for _, v := range site.Live {
			if now.fresh.has(v.ID) && spared.has(v.ID) {
				site.first.add(v.ID)
			}
		}
	})
}

// spared returns the variables that have a definition from which some way, not into a panic, leads to no site where
// they are live.
func (p *Plan) spared() set {
	n := len(p.vars)
	all, out := newSet(n), newSet(n)
	for i := range p.vars {
		all.add(i)
	}
	ins := make([]set, len(p.Graph.Blocks)) // what is seen on every way from here
	for i := range ins {
		ins[i] = all.copy()
	}
	back := func(b *Block, def func(v *ir.Var, sure bool)) set {
		sure := all.copy()
		if b.Term.Kind == Leave {
			sure = newSet(n)
		}
		for _, s := range b.Succs {
			sure.intersect(ins[s.ID])
		}
		for k := len(b.Nodes) - 1; k >= 0; k-- {
			x := effectOf(b.Nodes[k])
			for _, vs := range [][]*ir.Var{x.defs, x.parts} {
				for _, v := range vs {
					if def != nil {
						def(v, sure.has(v.ID))
					}
					sure.del(v.ID)
				}
			}
			if site := p.SiteOf[b.Nodes[k]]; site != nil && !site.Cold {
				for _, v := range site.Live {
					sure.add(v.ID)
				}
			}
		}
		return sure
	}
	for changed := true; changed; {
		changed = false
		for i := len(p.Graph.Blocks) - 1; i >= 0; i-- {
			if ins[i].intersect(back(p.Graph.Blocks[i], nil)) {
				changed = true
			}
		}
	}
	def := func(v *ir.Var, sure bool) {
		if !sure {
			out.add(v.ID)
		}
	}
	for _, b := range p.Graph.Blocks {
		back(b, def)
	}
	for _, v := range append([]*ir.Var{p.Fn.Env, p.Fn.Recv}, p.Fn.Params...) {
		if v != nil {
			def(v, ins[0].has(v.ID))
		}
	}
	for _, v := range p.Always {
		out.del(v.ID)
	}
	return out
}

func findRoots(p *Plan, _ Colours) error {
	if !p.Frame {
		return nil
	}
	p.findFirst()
	entry := p.wanted(func(s ir.Stmt, x effect, out set) {
		if list := p.stored(x, out); list != nil {
			p.Stores[s] = list
		}
		if site := p.SiteOf[s]; site != nil {
			site.Spill = p.spilled(site, x, out)
		}
	})
	entry.each(func(i int) { p.Entry = append(p.Entry, p.vars[i]) })
	return nil
}

// verifyRoots: on every path to a site, each of its live variables has been stored since it was
// last defined. This solves the forward problem, independently of wanted.
func verifyRoots(p *Plan) error {
	if !p.Frame {
		return nil
	}
	g, n := p.Graph, len(p.vars)
	stale := make([]set, len(g.Blocks)) // variables that some path brings here unstored
	for i := range stale {
		stale[i] = newSet(n)
	}
	for _, v := range p.vars {
		if HasPointers(v.Type) {
			stale[0].add(v.ID)
		}
	}
	for _, v := range p.Entry {
		stale[0].del(v.ID)
	}
	forward := func(b *Block, check bool) (set, error) {
		w := stale[b.ID].copy()
		for _, s := range b.Nodes {
			if site := p.SiteOf[s]; site != nil {
				for _, v := range site.Spill {
					w.del(v.ID)
				}
			}
			if site := p.SiteOf[s]; site != nil && check {
				for _, v := range site.Live {
					if w.has(v.ID) {
						return nil, fmt.Errorf("%s: roots: %s: b%d: %s is not in its slot at site %d", s.Position(), p.Fn.Name, b.ID, v.Name, site.Index)
					}
				}
			}
			x := effectOf(s)
			for _, vs := range [][]*ir.Var{x.defs, x.parts} {
				for _, v := range vs {
					if HasPointers(v.Type) {
						w.add(v.ID)
					}
				}
			}
			for _, v := range p.Stores[s] {
				w.del(v.ID)
			}
		}
		return w, nil
	}
	for changed := true; changed; {
		changed = false
		for _, b := range g.Blocks {
			w, _ := forward(b, false)
			for _, s := range b.Succs {
				if stale[s.ID].union(w) {
					changed = true
				}
			}
		}
	}
	for _, b := range g.Blocks {
		if b.ID > 0 && len(b.Preds) == 0 {
			continue // unreachable
		}
		if _, err := forward(b, true); err != nil {
			return err
		}
	}
	return nil
}
