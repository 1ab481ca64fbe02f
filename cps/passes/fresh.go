package passes

import (
	"fmt"

	"rtgen/cps/ir"
)

// This file finds stores into objects that are surely young, so that they need no barrier:
//
//	t = call rt.New[T](…)
//	*t = T{a, b}             blank: the object holds nothing yet
//	t.next = p               young: no site stands between
//	call g()
//	t.next = q               may be old by now
//
// What lies in the frame is never old: a captured frame is young too.

// Freshness is what is known of the object that a store goes to.
type Freshness uint8

const (
	_     Freshness = iota
	Young           // no collection takes it for live without looking at it
	Blank           // … and it is all zeros
)

func findFresh(p *Plan, _ Colours) error {
	p.Fresh = map[*ir.Assign]Freshness{}
	framed := p.framed()
	for _, b := range p.Graph.Blocks {
		now := map[*ir.Var]Freshness{}
		of := func(v *ir.Var) Freshness {
			if now[v] == 0 && framed[v] {
				return Young
			}
			return now[v]
		}
		for k, s := range b.Nodes {
			if p.SiteOf[s] != nil {
				clear(now)
			}
			x := p.effects[b.ID][k]
			var to *ir.Var // what s makes lead to a fresh object
			var is Freshness
			switch s := s.(type) {
			case *ir.Call:
				if makes(s) {
					to, is = s.Dst[0], Blank
				}
			case *ir.Assign:
				if len(s.Dst) != 1 || s.Op != 0 {
					break
				}
				if v, ok := s.Dst[0].(*ir.VarRef); ok {
					if from, ok := s.Src[0].(*ir.VarRef); ok && of(from.V) != 0 {
						to, is = v.V, Young
					}
				} else if v := pointerOf(s.Dst[0]); v != nil && of(v) != 0 {
					p.Fresh[s] = of(v)
					if mentions(s.Src[0], v) {
						p.Fresh[s] = Young
					}
				}
			}
			for _, v := range x.uses {
				if now[v] == Blank {
					now[v] = Young
				}
			}
			for _, vs := range [][]*ir.Var{x.defs, x.parts} {
				for _, v := range vs {
					delete(now, v)
				}
			}
			if to != nil {
				now[to] = is
			}
		}
	}
	return nil
}

// framed returns the variables that have one definition, and by it lead into the frame.
func (p *Plan) framed() map[*ir.Var]bool {
	defs := map[*ir.Var]int{}
	for _, vs := range [][]*ir.Var{p.Fn.Params, p.Fn.Results} {
		for _, v := range vs {
			defs[v]++
		}
	}
	made := map[*ir.Var]bool{}
	for i, b := range p.Graph.Blocks {
		for k, s := range b.Nodes {
			x := p.effects[i][k]
			for _, vs := range [][]*ir.Var{x.defs, x.parts} {
				for _, v := range vs {
					defs[v]++
				}
			}
			if c, ok := s.(*ir.Call); ok && ir.LocalOf(s) != nil && makes(c) {
				made[c.Dst[0]] = true
			}
		}
	}
	for v := range made {
		if defs[v] != 1 {
			delete(made, v)
		}
	}
	return made
}

// makes reports whether s makes an object of zeros.
func makes(s *ir.Call) bool {
	return s.Callee.Kind == ir.Primitive && (s.Callee.Prim.Name == "New" || s.Callee.Prim.Name == "MakeSlice")
}

// pointerOf is the variable that leads to d, if d is all or part of what a variable points to.
func pointerOf(d ir.Expr) *ir.Var {
	if x, through := Place(d); through {
		return variable(x)
	}
	return nil
}

func mentions(e ir.Expr, v *ir.Var) bool {
	found := false
	EachVar(e, func(x *ir.Var, _ bool) { found = found || x == v })
	return found
}

// verifyFresh: behind the last site before a store that needs no barrier stands what made an object, unless it is in the frame.
func verifyFresh(p *Plan) error {
	framed := p.framed()
	for _, b := range p.Graph.Blocks {
		made := 0
		for _, s := range b.Nodes {
			if p.SiteOf[s] != nil {
				made = 0
			}
			switch s := s.(type) {
			case *ir.Call:
				if makes(s) {
					made++
				}
			case *ir.Assign:
				if from, ok := s.Src[0].(*ir.VarRef); ok && framed[from.V] {
					made++
				}
				if p.Fresh[s] != 0 && made == 0 && !framed[pointerOf(s.Dst[0])] {
					return fmt.Errorf("fresh: %s: %s has no object of its own", p.Fn.Name, ir.StmtText(s))
				}
			}
		}
	}
	return nil
}
