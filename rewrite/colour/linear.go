package colour

import (
	"slices"

	"rtgen/cps/ir"
)

// This file finds the recursion that is bounded as a walk over memory is:
//
//	func (l *link) sum() int { return l.next.sum() + 1 }                  linear: one call each, a frame each
//	func (t *tree) sum() int { return t.left.sum() + t.right.sum() }      not: 2ⁿ calls in n frames

// linear returns the components of the call graph, by number, in which each activation makes one more at most and does nothing
// slow. Its depth is bounded by the stack, and so is its time. One that would be verbatim is not among them: its overflow would be
// the host's.
func (s *solver) linear(byNode map[*node]*ir.Func, members [][]*node, component map[*node]int, slow slowNodes) []bool {
	linear := make([]bool, len(members))
	for c := len(members) - 1; c > 0; c-- { // callees first
		linear[c] = recursive(members[c]) && s.isLinear(members[c], byNode, component, slow)
		if linear[c] {
			for _, n := range members[c] {
				slow.add(n)
			}
		}
	}
	return linear
}

// recursive reports whether there is a cycle among the nodes of a component.
func recursive(members []*node) bool {
	return len(members) > 1 || slices.ContainsFunc(members[0].callers, func(c caller) bool { return c.n == members[0] })
}

func (s *solver) isLinear(members []*node, byNode map[*node]*ir.Func, component map[*node]int, slow slowNodes) bool {
	for _, n := range members {
		f := byNode[n]
		switch {
		case slow[n]:
			return false
		case f == nil:
			continue
		case n.class == ir.Verbatim, f.Defers != nil:
			return false
		}
		p := &paths{body: body{solver: s, f: f, n: n}, component: component, labels: map[string]bool{}}
		if through, ended, _ := p.list(f.Body); max(through, ended) > 1 || p.back {
			return false
		}
	}
	return true
}

// paths counts, along the ways through a function, the calls that stay in its component.
type paths struct {
	body
	component map[*node]int
	labels    map[string]bool // those seen
	back      bool            // there is a jump back
}

// list returns the most of them on ways through a list of statements and on ways that end in it, and whether all do. A jump forward
// is taken for none: that counts more.
func (p *paths) list(list []ir.Stmt) (through, ended int, ends bool) {
	for _, s := range list {
		t, e, end := p.stmt(s)
		ended = max(ended, through+e)
		if end {
			return 0, ended, true
		}
		through += t
	}
	return through, ended, false
}

func (p *paths) stmt(s ir.Stmt) (through, ended int, ends bool) {
	switch s := s.(type) {
	case *ir.Call:
		if n := p.callee(s); n != nil && p.component[n] == p.component[p.n] {
			through = 1
		}
	case *ir.Return, *ir.Unreachable:
		ends = true
	case *ir.Goto:
		p.back = p.back || p.labels[s.Label]
	case *ir.Label:
		p.labels[s.Name] = true
	case *ir.Block:
		through, ended, _ = p.list(s.Body)
	case *ir.Loop:
		t, e, _ := p.list(append(s.Body[:len(s.Body):len(s.Body)], s.Post...))
		through, ended = 2*t, 2*t+e
	case *ir.If, *ir.Switch:
		ends = true
		for _, l := range ir.Bodies(s) {
			t, e, end := p.list(l)
			through, ended, ends = max(through, t), max(ended, e), ends && end
		}
	}
	return through, ended, ends
}
