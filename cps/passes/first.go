package passes

import "rtgen/cps/ir"

// This file finds the sites that store a value, instead of its definition: where some way from the definition meets no
// site, and the first site to see the value is the first one whatever way leads there.
//
//	func (p *pool) get() *T {                      fr.s0 = p                            is not here
//		if n := len(p.free); n > 0 { return … }
//		p.grow()                                   fr.s0 = p; fr.site = …; p.grow()     but here
//		return p.last() }                          fr.site = …; p.last()
//
// Cold sites store for themselves, and do not count.

// findFirst fills in Site.first. It solves the forward problem of which variables have, on some way here, a value that no site
// has seen, and which have one that a site has. A variable that comes to a site in both ways is its definitions' to store.
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
		for k, s := range b.Nodes {
			if site := p.SiteOf[s]; site != nil && !site.Cold {
				if visit != nil {
					visit(site, now)
				}
				for _, v := range site.Live {
					now.fresh.del(v.ID)
					now.old.add(v.ID)
				}
			}
			x := p.effects[b.ID][k]
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
			x := p.effects[b.ID][k]
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
