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
// Some values are their first site's to store: see first.go.

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
	for i := range ins {
		ins[i] = newSet(n)
	}
	back := func(i int, w set, visit func(ir.Stmt, effect, set)) {
		b := g.Blocks[i]
		for _, s := range b.Succs {
			w.union(ins[s.ID])
		}
		w.union(always)
		for k := len(b.Nodes) - 1; k >= 0; k-- {
			s, x := b.Nodes[k], p.effects[i][k]
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
		for k, s := range b.Nodes {
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
			x := p.effects[b.ID][k]
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
