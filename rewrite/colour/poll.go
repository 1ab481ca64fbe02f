package colour

import (
	"go/token"
	"slices"

	"rtgen/cps/ir"
)

// This file adds the polls that only the call graph shows to be needed, so that nothing runs for long without one:
//
//	func fib(n int) int { …; return fib(n-1) + fib(n-2) }     polls before it calls: it is on a cycle of calls
//	func (l *list) show() { …; l.next.show() }                does not, unless it would be verbatim: memory bounds it
//	for _, s := range list { sum += s.total() }               polls in each round, if total loops itself
//	for i, x := range v { sum += weight(x) * w[i] }           does not, if weight only computes
//	for _, c := range s { if c > '~' { return slow(s) } }     does not: slow runs once

// polls adds them, and raises the classes of the functions that get one. Classes so far are those without.
func (s *solver) polls(funcs []*ir.Func) {
	slow := slowNodes{}
	for _, f := range funcs {
		walk(f.Body, func(st ir.Stmt) {
			if l, ok := st.(*ir.Loop); ok && !polled(l) {
				slow.add(s.c.funcNode(f))
			}
		}, nil)
	}
	s.cycles(funcs, slow)
	for _, f := range funcs {
		b := &body{solver: s, f: f, n: s.c.funcNode(f)}
		walk(f.Body, func(st ir.Stmt) {
			if l, ok := st.(*ir.Loop); ok && !polled(l) && (b.calls(l, l.Body, slow) || b.calls(l, l.Post, slow)) {
				l.Body = b.poll(l.Body, l.Pos)
			}
		}, nil)
	}
}

// poll puts a poll in front of a list of b's statements.
func (b *body) poll(list []ir.Stmt, pos token.Position) []ir.Stmt {
	p := &ir.Poll{At: ir.At{Pos: pos}}
	b.stmt(p)
	return append([]ir.Stmt{p}, list...)
}

func polled(l *ir.Loop) bool {
	if len(l.Body) == 0 {
		return false
	}
	_, ok := l.Body[0].(*ir.Poll)
	return ok
}

// slowNodes are the nodes that may run for long without a poll: they loop, even if it is a few rounds or one for each element,
// or recurse as deep as memory allows, or call what does.
type slowNodes map[*node]bool

func (slow slowNodes) add(n *node) {
	if slow[n] {
		return
	}
	slow[n] = true
	for _, c := range n.callers {
		slow.add(c.n)
	}
}

// calls reports whether the rounds of l call one of these in list, a part of l. What stands on a way out of l runs once.
func (b *body) calls(l *ir.Loop, list []ir.Stmt, these slowNodes) bool {
	if leaves(list, l) {
		return false
	}
	for _, st := range list {
		found := false
		switch st := st.(type) {
		case *ir.Call:
			n := b.callee(st)
			found = n != nil && these[n]
		case *ir.If:
			found = b.calls(l, st.Then, these) || b.calls(l, st.Else, these)
		case *ir.Loop:
			found = b.calls(l, st.Body, these) || b.calls(l, st.Post, these)
		case *ir.Block:
			found = b.calls(l, st.Body, these)
		case *ir.Switch:
			found = b.calls(l, st.Default, these)
			for _, c := range st.Cases {
				found = found || b.calls(l, c.Body, these)
			}
		}
		if found {
			return true
		}
	}
	return false
}

// leaves reports whether list, a part of l, ends in leaving l, and jumps nowhere else.
func leaves(list []ir.Stmt, l *ir.Loop) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ir.Return, *ir.Unreachable:
	case *ir.Break:
		if last.Label != l.Label {
			return false
		}
	default:
		return false
	}
	only := true
	walk(list, func(st ir.Stmt) {
		switch st := st.(type) {
		case *ir.Continue, *ir.Goto, *ir.Label:
			only = false
		case *ir.Break:
			only = only && st.Label == l.Label
		}
	}, nil)
	return only
}

// cycles has functions that break all cycles of the call graph poll before their first call, but where the recursion is
// linear. A cycle with a dynamic call in it is broken where that call stands, so that what one package looks like does not
// depend on the order of the others.
func (s *solver) cycles(funcs []*ir.Func, slow slowNodes) {
	byNode := map[*node]*ir.Func{}
	for _, f := range funcs {
		byNode[s.c.funcNode(f)] = f
	}
	members, component := components(funcs, s.c)
	linear := s.linear(byNode, members, component, slow)
	recursive := map[*node]bool{}
	// mark has the functions poll that n stands for. A wrapper leaves it to those that call it: it has to be absent from the
	// stack when what it wraps recovers.
	var mark func(n *node)
	mark = func(n *node) {
		if recursive[n] || linear[component[n]] {
			return
		}
		recursive[n] = true
		if f := byNode[n]; f != nil && !f.Wrapper {
			return
		}
		for _, c := range n.callers {
			if component[c.n] == component[n] {
				mark(c.n)
			}
		}
	}
	state := map[*node]int{} // of the search among static calls: 1 on the path, 2 done
	var visit func(n *node)
	visit = func(n *node) {
		state[n] = 1
		for _, c := range n.callers {
			switch {
			case component[c.n] != component[n] || byNode[c.n] == nil:
			case state[c.n] == 0:
				visit(c.n)
			case state[c.n] == 1:
				mark(c.n)
			}
		}
		state[n] = 2
	}
	for _, f := range funcs {
		if n := s.c.funcNode(f); state[n] == 0 {
			visit(n)
		}
	}
	for n := range component {
		if byNode[n] == nil {
			mark(n)
		}
	}
	for _, f := range funcs {
		if n := s.c.funcNode(f); recursive[n] && !f.Wrapper {
			b := &body{solver: s, f: f, n: n}
			i := b.prologue()
			f.Body = append(f.Body[:i:i], b.poll(f.Body[i:], f.Pos)...)
		}
	}
}

// prologue counts the statements at the top of a function that neither call nor jump past others.
func (b *body) prologue() int {
	for i, s := range b.f.Body {
		ends := false
		walk([]ir.Stmt{s}, func(s ir.Stmt) {
			switch s := s.(type) {
			case *ir.Call:
				ends = ends || b.callee(s) != nil
			case *ir.RunDefers, *ir.Goto, *ir.Label:
				ends = true
			}
		}, nil)
		if ends {
			return i
		}
	}
	return 0
}

// components finds the strongly connected components of the graph, by Tarjan's algorithm along the edges from callees to
// callers: those that call others come first. They have numbers from 1.
func components(funcs []*ir.Func, c *Colours) (members [][]*node, component map[*node]int) {
	component = map[*node]int{}
	low, index := map[*node]int{}, map[*node]int{}
	var stack []*node
	members = [][]*node{nil}
	var visit func(n *node)
	visit = func(n *node) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack = append(stack, n)
		for _, c := range n.callers {
			if index[c.n] == 0 {
				visit(c.n)
				low[n] = min(low[n], low[c.n])
			} else if component[c.n] == 0 {
				low[n] = min(low[n], index[c.n])
			}
		}
		if low[n] != index[n] {
			return
		}
		from := len(stack)
		for component[n] == 0 {
			from--
			component[stack[from]] = len(members)
		}
		members = append(members, slices.Clone(stack[from:]))
		stack = stack[:from]
	}
	for _, f := range funcs {
		if n := c.funcNode(f); index[n] == 0 {
			visit(n)
		}
	}
	return members, component
}
