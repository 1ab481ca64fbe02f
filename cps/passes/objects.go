package passes

import (
	"fmt"
	"go/types"
	"slices"

	"rtgen/cps/ir"
)

// This file places allocations that do not escape behind slots and deferrals, and finds the sites that see them: those
// where a holder is live, or goes to the callee.

func placeObjects(p *Plan, _ Colours) error {
	if !p.Frame {
		p.NWords = p.NSlots
		return nil
	}
	p.layOut()
	for _, o := range p.Objects {
		steady := true
		for _, s := range p.Sites {
			if !p.sees(s, o) {
				continue
			}
			if s.Class == ir.Resumable {
				p.Moves = true
				steady = steady && !o.Numbers
			}
			if HasPointers(o.Type) {
				s.Objects = append(s.Objects, o)
			}
		}
		if !steady {
			p.unsteady = append(p.unsteady, o.Stmt)
		}
	}
	p.unallocated(func(s *Site, o *Object) { o.Zero = true })
	return nil
}

// layOut finds where everything in the frame is: slots, deferrals, objects, and saved fields if it can be captured.
func (p *Plan) layOut() {
	var fields []*types.Var
	add := func(t types.Type) { fields = append(fields, types.NewField(0, nil, "f", t, false)) }
	var links []int
	for range p.NSlots {
		add(types.Typ[types.Uintptr])
	}
	for _, d := range p.Deferrals {
		n, _ := d.Words()
		links = append(links, len(fields))
		if d.Object() != nil {
			links = append(links, len(fields)+1, len(fields)+3)
		}
		for range n {
			add(types.Typ[types.Uintptr])
		}
	}
	first := len(fields)
	ir.Walk(p.Fn.Body, func(s ir.Stmt) {
		if o := ir.LocalOf(s); o != nil && p.DeferralOf[s] == nil {
			p.Objects = append(p.Objects, &Object{Object: o, Stmt: s})
			add(o.Type)
		}
	}, nil)
	for _, f := range p.Fields { // there are none if no call may suspend
		add(f.Type)
	}
	p.NWords = first
	offs := Sizes.Offsetsof(fields)[first:]
	for i, o := range p.Objects {
		o.Off = offs[i]
		p.NWords = int((o.Off + Sizes.Sizeof(o.Type) + 7) / 8)
		if _, ok := o.Stmt.(*ir.MakeClosure); ok {
			links = append(links, int(o.Off/8)+1)
		}
	}
	if p.Fn.Class != ir.Resumable {
		return // never captured
	}
	for i, f := range p.Fields {
		EachWord(f.Type, func(off int64) { links = append(links, int((offs[len(p.Objects)+i]+off)/8)) })
	}
	p.Links, p.Moves = links, len(p.Deferrals) > 0
}

// sees reports whether o may be reached while s is under way, or behind it.
func (p *Plan) sees(s *Site, o *Object) bool {
	if o.Deferred { // what s calls may panic
		return true
	}
	for _, list := range [][]*ir.Var{s.Live, s.After} {
		for _, v := range list {
			if slices.Contains(o.Holders, v) {
				return true
			}
		}
	}
	if s.Stmt == nil {
		return false
	}
	for _, v := range effectOf(s.Stmt).uses {
		if slices.Contains(o.Holders, v) {
			return true
		}
	}
	return false
}

// unallocated calls f for each site and each object that the site sees but that some path to it does not allocate.
func (p *Plan) unallocated(f func(*Site, *Object)) {
	n := len(p.Objects)
	index := map[ir.Stmt]int{}
	for i, o := range p.Objects {
		index[o.Stmt] = i
	}
	missing := make([]set, len(p.Graph.Blocks))
	for i := range missing {
		missing[i] = newSet(n)
	}
	for i := range n {
		missing[0].add(i)
	}
	forward := func(b *Block, visit func(*Site, *Object)) set {
		w := missing[b.ID].copy()
		for _, s := range b.Nodes {
			if site := p.SiteOf[s]; site != nil && visit != nil {
				for _, o := range site.Objects {
					if w.has(index[o.Stmt]) {
						visit(site, o)
					}
				}
			}
			if i, ok := index[s]; ok {
				w.del(i)
			}
		}
		return w
	}
	for changed := true; changed; {
		changed = false
		for _, b := range p.Graph.Blocks {
			w := forward(b, nil)
			for _, s := range b.Succs {
				if missing[s.ID].union(w) {
					changed = true
				}
			}
		}
	}
	for _, b := range p.Graph.Blocks {
		forward(b, f)
	}
	if p.Handler != nil { // may be under way at any time
		for _, o := range p.Handler.Objects {
			f(p.Handler, o)
		}
	}
}

// verifyObjects: objects do not overlap, and none is seen before it is zeroed.
func verifyObjects(p *Plan) error {
	if len(p.Objects) == 0 {
		return nil
	}
	end := int64(p.NSlots) * 8
	for i, o := range p.Objects {
		if o.Off < end {
			return fmt.Errorf("objects: %s: object %d overlaps what is before it", p.Fn.Name, i)
		}
		end = o.Off + Sizes.Sizeof(o.Type)
	}
	if len(p.unsteady) > 0 {
		return nil // there will be another plan
	}
	var err error
	p.unallocated(func(s *Site, o *Object) {
		if !o.Zero && err == nil {
			err = fmt.Errorf("objects: %s: site %d sees the object at %d before it is allocated", p.Fn.Name, s.Index, o.Off)
		}
	})
	return err
}
