package passes

import (
	"fmt"
	"go/types"

	"rtgen/cps/ir"
)

// This file gives variables their slots and saved fields. Two variables may share a slot unless
// one is stored while the other's stored value is still wanted.

func assignSlots(p *Plan, _ Colours) error {
	if !p.Frame {
		return nil
	}
	meets := make([]set, len(p.vars)) // nil for variables that are never stored
	row := func(v *ir.Var) set {
		if meets[v.ID] == nil {
			meets[v.ID] = newSet(len(p.vars))
		}
		return meets[v.ID]
	}
	meet := func(list []*ir.Var, out set) {
		for _, v := range list {
			r := row(v)
			out.each(func(i int) {
				if i != v.ID {
					r.add(i)
					row(p.vars[i]).add(v.ID)
				}
			})
		}
	}
	entry := p.wanted(func(s ir.Stmt, x effect, out set) {
		meet(p.stored(x, out), out)
		if site := p.SiteOf[s]; site != nil && len(site.Spill) > 0 {
			held := out.copy()
			for _, v := range x.defs {
				held.del(v.ID)
			}
			for _, v := range site.Live {
				held.add(v.ID)
			}
			meet(site.Spill, held)
		}
	})
	meet(p.Entry, entry)

	first := 0
	if p.Fn.Defers != nil {
		first = 1 // the list of deferred calls
	}
	p.NSlots = first
	for _, v := range p.vars {
		r := meets[v.ID]
		if r == nil {
			continue
		}
		taken := map[int]bool{}
		r.each(func(i int) {
			for _, s := range p.Slots[p.vars[i]] {
				taken[s] = true
			}
		})
		slots := []int{}
		for s := first; int64(len(slots)) < NumWords(v.Type); s++ {
			if !taken[s] {
				slots = append(slots, s)
			}
		}
		p.Slots[v] = slots
		if n := len(slots); n > 0 {
			p.NSlots = max(p.NSlots, slots[n-1]+1)
		}
	}
	p.saveFields()
	return nil
}

// saveFields chooses the fields that keep values of suspended frames. Values that suspend
// together need fields of their own; others of equal type share.
func (p *Plan) saveFields() {
	together := map[*ir.Var]map[*ir.Var]bool{}
	var order []*ir.Var
	for _, s := range p.Sites {
		if s.Class != ir.Resumable {
			continue
		}
		for _, v := range s.After {
			if !NeedsField(v) {
				continue
			}
			if together[v] == nil {
				together[v] = map[*ir.Var]bool{}
				order = append(order, v)
			}
			for _, u := range s.After {
				together[v][u] = true
			}
		}
	}
	for _, v := range order {
		found := -1
	fields:
		for i, f := range p.Fields {
			if !types.Identical(f.Type, v.Type) {
				continue
			}
			for _, u := range f.Vars {
				if together[v][u] {
					continue fields
				}
			}
			found = i
			break
		}
		if found < 0 {
			found = len(p.Fields)
			p.Fields = append(p.Fields, &Field{Type: v.Type})
		}
		p.Fields[found].Vars = append(p.Fields[found].Vars, v)
		p.Saved[v] = found
	}
}

// NeedsField reports whether a suspended frame keeps v in a field: it is more than one pointer,
// which its slot holds, and more than nothing.
func NeedsField(v *ir.Var) bool { return !IsOnePointer(v.Type) && Sizes.Sizeof(v.Type) > 0 }

// verifySlots replays every path with the names of the variables that slots hold: at each site each
// live variable must be found in its own slots.
func verifySlots(p *Plan) error {
	if !p.Frame {
		return nil
	}
	type content map[int]*ir.Var // a slot that may hold either of two variables is absent
	ins := make([]content, len(p.Graph.Blocks))
	store := func(c content, list []*ir.Var) {
		for _, v := range list {
			for _, s := range p.Slots[v] {
				c[s] = v
			}
		}
	}
	start := content{}
	store(start, p.Entry)
	ins[0] = start
	flow := func(b *Block, check bool) (content, error) {
		c := content{}
		for s, v := range ins[b.ID] {
			c[s] = v
		}
		for _, s := range b.Nodes {
			if site := p.SiteOf[s]; site != nil {
				store(c, site.Spill)
			}
			if site := p.SiteOf[s]; site != nil && check {
				for _, v := range site.Live {
					for _, slot := range p.Slots[v] {
						if c[slot] != v {
							return nil, fmt.Errorf("%s: slots: %s: b%d: slot %d does not hold %s at site %d", s.Position(), p.Fn.Name, b.ID, slot, v.Name, site.Index)
						}
					}
				}
			}
			store(c, p.Stores[s])
		}
		return c, nil
	}
	for changed := true; changed; {
		changed = false
		for _, b := range p.Graph.Blocks {
			if ins[b.ID] == nil {
				continue
			}
			out, _ := flow(b, false)
			for _, s := range b.Succs {
				if ins[s.ID] == nil {
					ins[s.ID] = content{}
					for k, v := range out {
						ins[s.ID][k] = v
					}
					changed = true
					continue
				}
				for k, v := range ins[s.ID] {
					if out[k] != v {
						delete(ins[s.ID], k)
						changed = true
					}
				}
			}
		}
	}
	for _, b := range p.Graph.Blocks {
		if ins[b.ID] != nil {
			if _, err := flow(b, true); err != nil {
				return err
			}
		}
	}
	return nil
}
