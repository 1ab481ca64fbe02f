package colour

// This file builds the graph from the IR and propagates classes from callees to callers.

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"rtgen/cps/ir"
)

// solver is the graph while it grows. Nodes whose class was raised wait in work.
type solver struct {
	c    *Colours
	work []*node
}

// raise makes n at least class, because of the statement at pos.
func (s *solver) raise(n *node, class ir.Class, callee *node, pos token.Position, reason string) {
	if n.class >= class {
		return
	}
	n.class, n.callee, n.pos, n.reason = class, callee, pos, reason
	s.work = append(s.work, n)
}

// edge says that from calls to.
func (s *solver) edge(from, to *node, pos token.Position) {
	to.callers = append(to.callers, caller{from, pos})
	if to.class > from.class {
		s.raise(from, to.class, to, pos, "")
	}
}

// solve propagates until nothing changes. A node is raised at most twice, so that each edge
// is looked at three times at most. Breadth first: explanations are among the shortest.
func (s *solver) solve() {
	for i := 0; i < len(s.work); i++ {
		n := s.work[i]
		for _, c := range n.callers {
			s.raise(c.n, n.class, n, c.pos, "")
		}
	}
	s.work = s.work[:0]
}

// method makes n reachable by interface calls, if it is a method.
func (s *solver) method(ref *ir.Ref, sig *types.Signature, n *node) {
	if ref == nil || ref.Obj.Signature().Recv() == nil {
		return
	}
	s.edge(s.iface(ref.Obj, sig), n, token.Position{})
}

func (s *solver) iface(m *types.Func, sig *types.Signature) *node {
	key := methodKey(m)
	sigs := s.c.ifaces[key]
	if sigs == nil {
		sigs = new(typeutil.Map)
		s.c.ifaces[key] = sigs
	}
	b := bare(sig)
	n, _ := sigs.At(b).(*node)
	if n == nil {
		n = &node{name: fmt.Sprintf("interface method %s%s", m.Name(), types.TypeString(b, nil)[len("func"):])}
		sigs.Set(b, n)
	}
	return n
}

// value is the node of all func values of that signature.
func (s *solver) value(t types.Type) *node {
	sig := bare(t.Underlying().(*types.Signature))
	n, _ := s.c.values.At(sig).(*node)
	if n == nil {
		n = &node{name: "a value of type " + types.TypeString(sig, nil)}
		s.c.values.Set(sig, n)
	}
	return n
}

func (s *solver) hook(h *ir.Hook) *node {
	n := s.c.hooks[h]
	if n == nil {
		n = &node{name: h.Fn.FullName()}
		s.c.hooks[h] = n
		s.raise(n, h.Class, nil, token.Position{}, "is the hook "+h.Target)
	}
	return n
}

func (s *solver) prim(p *ir.Prim) *node {
	n := s.c.prims[p]
	if n == nil {
		n = &node{name: "rt." + p.Name}
		s.c.prims[p] = n
		s.raise(n, p.Class, nil, token.Position{}, "is a primitive")
	}
	return n
}

func (s *solver) ref(r *ir.Ref) *node {
	switch {
	case r.Func != nil:
		return s.c.funcNode(r.Func)
	case r.Hook != nil:
		return s.hook(r.Hook)
	}
	return nil
}

// deferred is the node of f's RunDefers.
func (s *solver) deferred(f *ir.Func) *node {
	n := s.c.defers[f]
	if n == nil {
		n = &node{name: "a deferred call of " + f.Name}
		s.c.defers[f] = n
	}
	return n
}

// function adds f's statements to the graph.
func (s *solver) function(f *ir.Func) {
	n := s.c.funcNode(f)
	b := &body{solver: s, f: f, n: n, thunks: thunks(f), skip: map[*ir.FuncRef]bool{}}
	if f.Defers != nil {
		s.raise(n, ir.Direct, nil, f.Pos, "defers")
		s.edge(n, s.deferred(f), f.Pos) // a panic runs the list, also where no return does
	}
	for _, t := range f.Makes {
		s.raise(s.value(t), ir.Resumable, nil, f.Pos, "may be made by unsafe in "+f.Name)
	}
	if f.Recovers {
		s.raise(n, ir.Direct, nil, f.Pos, "calls recover")
	}
	walk(f.Body, b.stmt, b.expr)
}

// body is one function whose statements are being read.
type body struct {
	*solver
	f      *ir.Func
	n      *node
	thunks map[*ir.Var]thunk
	skip   map[*ir.FuncRef]bool // on their way to a go or defer statement; statements come before their expressions
}

func (b *body) stmt(s ir.Stmt) {
	pos := s.Position()
	switch s := s.(type) {
	case *ir.Call:
		b.call(s)
	case *ir.MakeClosure:
		b.raise(b.n, ir.Direct, nil, pos, "makes a closure")
		b.taken(s.Dst, s.Func)
	case *ir.Assign:
		// A func value without captures on its way to a go or defer statement.
		for i, d := range s.Dst {
			v, ok := d.(*ir.VarRef)
			if !ok || len(s.Src) != len(s.Dst) {
				continue
			}
			if r, ok := s.Src[i].(*ir.FuncRef); ok && b.thunks[v.V] != escapes {
				b.skip[r] = true
				if r.Closure != nil {
					b.thunk(v.V, b.c.funcNode(r.Closure))
				} else if to := b.ref(r.Ref); to != nil {
					b.thunk(v.V, to)
				}
			}
		}
	case *ir.TypeAssert:
		// Functions that reflect makes have no source. The usual way to get hold of one is v.Interface().(func(…));
		// where one is called that this misses, it runs detached (see hooks/go126/reflect_call.go).
		if _, ok := s.To.Underlying().(*types.Signature); ok && b.f != nil && reflects(b.f.Pkg) {
			b.raise(b.value(s.To), ir.Resumable, nil, pos, "may be made by reflect")
		}
	case *ir.Poll:
		b.raise(b.n, ir.Direct, nil, pos, "polls")
	case *ir.Go:
		b.raise(b.n, ir.Direct, nil, pos, "starts a goroutine")
	case *ir.Defer:
		b.raise(b.n, ir.Direct, nil, pos, "defers")
		if b.thunks[s.Fn] == escapes {
			b.edgeDefers(b.value(s.Fn.Type), pos)
		}
	case *ir.RunDefers:
		b.raise(b.n, ir.Direct, nil, pos, "defers")
		b.edge(b.n, b.deferred(b.f), pos)
	case *ir.Recover:
		b.raise(b.n, ir.Direct, nil, pos, "calls recover")
	case *ir.Select:
		if s.HasDefault {
			b.raise(b.n, ir.Direct, nil, pos, "selects with a default")
		} else {
			b.raise(b.n, ir.Resumable, nil, pos, "selects")
		}
	}
}

// reflects reports whether a package imports reflect.
func reflects(p *ir.Package) bool {
	return p != nil && p.Types != nil && slices.ContainsFunc(p.Types.Imports(), func(q *types.Package) bool { return q.Path() == "reflect" })
}

func (b *body) call(s *ir.Call) {
	pos := s.Position()
	switch callee := &s.Callee; callee.Kind {
	case ir.Closure:
		b.raise(b.n, ir.Direct, nil, pos, "calls a closure")
	case ir.Iface:
		b.raise(b.n, ir.Direct, nil, pos, "calls a method of an interface")
	case ir.Value:
		b.raise(b.n, ir.Direct, nil, pos, "calls a func value")
	case ir.Primitive:
		if s.Local != nil && !s.Allocates() {
			if callee.Prim.Name == "Box" { // the host would not believe that its own variable does not escape
				b.raise(b.n, ir.Direct, nil, pos, "boxes a value in its frame")
			}
			return
		}
		b.edge(b.n, b.prim(callee.Prim), pos)
		if v := deferAfter(s); v != nil && b.thunks[v] == escapes {
			b.edgeDefers(b.value(v.Type), pos)
		}
	}
	if to := b.callee(s); to != nil {
		b.edge(b.n, to, pos)
	}
}

// callee is the node that a call reaches; nil for a primitive's.
func (b *body) callee(s *ir.Call) *node {
	switch callee := &s.Callee; callee.Kind {
	case ir.Static:
		return b.ref(callee.Ref)
	case ir.Closure:
		return b.c.funcNode(callee.Func)
	case ir.Iface:
		return b.iface(callee.Method, callee.Method.Signature())
	case ir.Value:
		return b.value(s.Args[0].Type())
	}
	return nil
}

// taken says that f's value is stored in dst.
func (b *body) taken(dst *ir.Var, f *ir.Func) {
	to := b.c.funcNode(f)
	if b.thunks[dst] != escapes {
		b.thunk(dst, to)
		return
	}
	b.edge(b.value(f.Sig), to, token.Position{})
}

// thunk says that to is what v, which only go and defer statements use, may hold.
func (b *body) thunk(v *ir.Var, to *node) {
	if b.thunks[v] == toDefer {
		b.edgeDefers(to, token.Position{})
	}
}

// edgeDefers says that a defer statement of this function defers to. One in the body of a
// range-over-func loop, which is a closure, adds to the list of a function around it.
func (b *body) edgeDefers(to *node, pos token.Position) {
	for f := b.f; f != nil; f = f.Parent {
		b.edge(b.deferred(f), to, pos)
	}
}

// initialiser adds the func values in a static initialiser.
func (s *solver) initialiser(e ir.Expr) {
	b := &body{solver: s}
	(&walker{b.stmt, b.expr}).expr(e)
}

func (b *body) expr(e ir.Expr) {
	switch e := e.(type) {
	case *ir.FuncRef:
		if b.skip[e] {
			return
		}
		if e.Closure != nil {
			b.edge(b.value(e.Type()), b.c.funcNode(e.Closure), token.Position{})
		} else if to := b.ref(e.Ref); to != nil {
			b.edge(b.value(e.Type()), to, token.Position{})
		}
	}
}

// deferAfter returns the variable that holds the deferred call, if s is a call of the primitive
// that defers on behalf of a function further out.
func deferAfter(s *ir.Call) *ir.Var {
	if s.Callee.Kind != ir.Primitive || s.Callee.Prim.Name != "DeferAfter" {
		return nil
	}
	if v, ok := s.Args[len(s.Args)-1].(*ir.VarRef); ok {
		return v.V
	}
	return nil
}

// thunk says where a variable's func value goes.
type thunk uint8

const (
	escapes thunk = iota // anywhere; the zero value, for variables that are not in the map
	toGo                 // go statements only
	toDefer              // defer statements only
)

// thunks finds the variables of f that only a go or a defer statement reads, and that hold
// nothing but func values made for it.
func thunks(f *ir.Func) map[*ir.Var]thunk {
	some := false
	walk(f.Body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Go, *ir.Defer:
			some = true
		case *ir.Call:
			some = some || deferAfter(s) != nil
		}
	}, nil)
	if !some {
		return nil
	}
	out := map[*ir.Var]thunk{}
	reads := map[*ir.Var]int{}
	given := map[*ir.Var]bool{} // a func value that somebody else made: g in defer g()
	walk(f.Body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Assign:
			for i, d := range s.Dst {
				if v, ok := d.(*ir.VarRef); ok {
					made := false
					if len(s.Src) == len(s.Dst) {
						_, made = s.Src[i].(*ir.FuncRef)
					}
					given[v.V] = given[v.V] || !made
				}
			}
		case *ir.TypeAssert:
			given[s.Dst] = true
		case *ir.Select:
			for _, c := range s.Cases {
				given[c.Dst] = true
			}
		case *ir.Go:
			out[s.Fn] = toGo
		case *ir.Defer:
			out[s.Fn] = toDefer
		case *ir.Call:
			for _, v := range s.Dst {
				given[v] = true
			}
			// A defer statement in the body of a range-over-func loop.
			if v := deferAfter(s); v != nil {
				out[v] = toDefer
				reads[v]--
			}
		}
	}, func(e ir.Expr) {
		if v, ok := e.(*ir.VarRef); ok {
			reads[v.V]++
		}
	})
	// A variable that is read in an expression may be stored or called.
	for v := range out {
		if reads[v] > 0 || given[v] || v == nil {
			delete(out, v)
		}
	}
	for _, vs := range [][]*ir.Var{f.Params, f.Results} {
		for _, v := range vs {
			delete(out, v)
		}
	}
	return out
}
