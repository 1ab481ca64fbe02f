package passes

import (
	"fmt"
	"go/types"
	"sort"

	"rtgen/cps/ir"
)

// This file finds the call sites and what is live at each.

// effect is what a node does with variables: it reads uses, then writes defs; parts are
// written only in part, so their old value counts too.
type effect struct {
	uses, defs, parts []*ir.Var
}

// EachVar calls f for every variable that e reads, those whose address it takes included.
func EachVar(e ir.Expr, f func(v *ir.Var, address bool)) {
	switch e := e.(type) {
	case nil:
	case *ir.VarRef:
		f(e.V, false)
	case *ir.NoescapeAddr:
		f(e.V, true)
	case *ir.Unary:
		EachVar(e.X, f)
	case *ir.Binary:
		EachVar(e.X, f)
		EachVar(e.Y, f)
	case *ir.Conv:
		EachVar(e.X, f)
	case *ir.Field:
		EachVar(e.X, f)
	case *ir.Index:
		EachVar(e.X, f)
		EachVar(e.I, f)
	case *ir.Slice:
		EachVar(e.X, f)
		EachVar(e.Lo, f)
		EachVar(e.Hi, f)
		EachVar(e.Max, f)
	case *ir.Deref:
		EachVar(e.X, f)
	case *ir.Addr:
		EachVar(e.X, f)
	case *ir.Ptr:
		EachVar(e.X, f)
	case *ir.StaticAddr:
		EachVar(e.X, f)
	case *ir.Composite:
		for _, x := range e.Elems {
			EachVar(x, f)
		}
	case *ir.Builtin:
		if e.Name == "DeferHead" { // names the list, which has a slot of its own
			return
		}
		for _, x := range e.Args {
			EachVar(x, f)
		}
	}
}

// Place returns what d, a target or an operand, is all or part of: x itself or, if it is reached through it, what x leads to.
//
//	v.f[2] of arrays → v     p.f[2] → p, through
func Place(d ir.Expr) (x ir.Expr, through bool) {
	for {
		switch e := d.(type) {
		case *ir.Field:
			if _, pointer := e.X.Type().Underlying().(*types.Pointer); pointer {
				return e.X, true
			}
			d = e.X
		case *ir.Index:
			if _, array := e.X.Type().Underlying().(*types.Array); !array {
				return e.X, true
			}
			d = e.X
		case *ir.Deref:
			return e.X, true
		default:
			return d, false
		}
	}
}

// Root returns the variable that an assignment to dst changes in part, if any: v.f = x, v[i] = x.
func Root(dst ir.Expr) *ir.Var {
	if x, through := Place(dst); !through {
		return variable(x)
	}
	return nil
}

// variable is the variable that x is, or nil.
func variable(x ir.Expr) *ir.Var {
	if x, ok := x.(*ir.VarRef); ok {
		return x.V
	}
	return nil
}

func effectOf(s ir.Stmt) (x effect) {
	use := func(e ir.Expr) {
		EachVar(e, func(v *ir.Var, address bool) {
			x.uses = append(x.uses, v)
			if address {
				x.parts = append(x.parts, v)
			}
		})
	}
	def := func(v *ir.Var) {
		if v != nil {
			x.defs = append(x.defs, v)
		}
	}
	switch s := s.(type) {
	case *ir.Assign:
		for _, e := range s.Src {
			use(e)
		}
		for _, d := range s.Dst {
			if d == nil {
				continue
			}
			if v, ok := d.(*ir.VarRef); ok {
				if s.Op != 0 {
					x.uses = append(x.uses, v.V)
				}
				def(v.V)
				continue
			}
			use(d)
			if v := Root(d); v != nil {
				x.parts = append(x.parts, v)
			}
		}
	case *ir.Call:
		for _, e := range s.Args {
			use(e)
		}
		for _, v := range s.Dst {
			def(v)
		}
	case *ir.MakeClosure:
		for _, e := range s.Captured {
			use(e)
		}
		def(s.Dst)
	case *ir.TypeAssert:
		use(s.X)
		def(s.Dst)
		def(s.Ok)
	case *ir.Go:
		x.uses = append(x.uses, s.Fn)
	case *ir.Defer:
		x.uses = append(x.uses, s.Fn)
	case *ir.Recover:
		def(s.Dst)
	case *ir.Select:
		for _, c := range s.Cases {
			use(c.Chan)
			use(c.Send)
			// Not definitions for certain: only one case's are. The others keep their values.
			for _, v := range []*ir.Var{c.Dst, c.Ok} {
				if v != nil {
					x.parts = append(x.parts, v)
				}
			}
		}
		def(s.Index)
	}
	return x
}

// ClassOf is the class of a call's callee.
func ClassOf(c *ir.Call, col Colours) (ir.Class, error) {
	if c.Local != nil && !c.Allocates() {
		return ir.Verbatim, nil
	}
	switch c.Callee.Kind {
	case ir.Static:
		switch r := c.Callee.Ref; {
		case r.Func != nil:
			return r.Func.Class, nil
		case r.Hook != nil:
			return r.Hook.Class, nil
		default:
			return 0, fmt.Errorf("%s: live: %s has neither body nor hook", c.Pos, r.Obj.FullName())
		}
	case ir.Closure:
		return c.Callee.Func.Class, nil
	case ir.Iface:
		return col.Iface(c.Callee.Method, c.Args[0].Type()), nil
	case ir.Value:
		sig, ok := c.Args[0].Type().Underlying().(*types.Signature)
		if !ok {
			return 0, fmt.Errorf("%s: live: call of a %s", c.Pos, c.Args[0].Type())
		}
		return col.Value(sig), nil
	}
	return c.Callee.Prim.Class, nil
}

// IsHost reports whether the callee is host code: it has no frame to keep its arguments in.
func IsHost(c *ir.Call) bool {
	return c.Callee.Kind == ir.Primitive || c.Callee.Kind == ir.Static && c.Callee.Ref.Func == nil
}

func (p *Plan) siteClass(s ir.Stmt, col Colours) (ir.Class, bool, error) {
	if p.DeferralOf[s] != nil {
		return 0, false, nil // the frame has room for it
	}
	return siteClass(p.Fn, s, col)
}

// siteClass is the class of what s, in f, calls, and whether it is a site at all.
func siteClass(f *ir.Func, s ir.Stmt, col Colours) (ir.Class, bool, error) {
	switch s := s.(type) {
	case *ir.Call:
		c, err := ClassOf(s, col)
		return c, c != ir.Verbatim, err
	case *ir.MakeClosure:
		return ir.Direct, s.Local == nil, nil
	case *ir.Go, *ir.Defer:
		return ir.Direct, true, nil
	case *ir.RunDefers:
		return max(ir.Direct, col.Defers(f)), true, nil
	case *ir.Select:
		if s.HasDefault {
			return ir.Direct, true, nil
		}
		return ir.Resumable, true, nil
	case *ir.Poll:
		return f.Class, f.Class != ir.Verbatim, nil
	}
	return 0, false, nil
}

// cold reports whether s calls rarely: polls, panics, growing slices, and what is tried first.
func cold(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.Poll:
		return true
	case *ir.Call:
		return Tries(s) || s.Callee.Kind == ir.Primitive && (s.Callee.Prim.NoReturn || s.Callee.Prim.Name == "Grow")
	}
	return false
}

// liveness solves the backward problem of which variables are needed later and calls visit for
// every node with what is live behind it.
func (p *Plan) liveness(extra set, visit func(s ir.Stmt, x effect, out set)) {
	g, n := p.Graph, len(p.vars)
	ins := make([]set, len(g.Blocks))
	for i := range ins {
		ins[i] = newSet(n)
	}
	back := func(i int, live set, visit func(ir.Stmt, effect, set)) {
		b := g.Blocks[i]
		for _, s := range b.Succs {
			live.union(ins[s.ID])
		}
		use := func(e ir.Expr) {
			EachVar(e, func(v *ir.Var, _ bool) { live.add(v.ID) })
		}
		use(b.Term.Cond)
		if b.Term.Ret != nil {
			for _, e := range b.Term.Ret.Vals {
				use(e)
			}
		}
		live.union(extra)
		for k := len(b.Nodes) - 1; k >= 0; k-- {
			x := p.effects[i][k]
			if visit != nil {
				visit(b.Nodes[k], x, live)
			}
			for _, v := range x.defs {
				live.del(v.ID)
			}
			for _, v := range x.parts {
				live.add(v.ID)
			}
			for _, v := range x.uses {
				live.add(v.ID)
			}
			live.union(extra)
		}
	}
	for changed := true; changed; {
		changed = false
		for i := len(g.Blocks) - 1; i >= 0; i-- {
			live := newSet(n)
			back(i, live, nil)
			if ins[i].union(live) {
				changed = true
			}
		}
	}
	for i := range g.Blocks {
		back(i, newSet(n), visit)
	}
}

// number gives every variable its ID, and finds the effects of the nodes.
func (p *Plan) number() {
	f := p.Fn
	add := func(v *ir.Var) {
		if v != nil {
			v.ID = len(p.vars)
			p.vars = append(p.vars, v)
		}
	}
	add(f.Env)
	add(f.Recv)
	for _, list := range [][]*ir.Var{f.Params, f.Results, f.Vars} {
		for _, v := range list {
			add(v)
		}
	}
	known := map[*ir.Var]bool{}
	for _, v := range p.vars {
		known[v] = true
	}
	seen := func(v *ir.Var) {
		if !known[v] {
			known[v] = true
			add(v)
		}
	}
	p.effects = make([][]effect, len(p.Graph.Blocks))
	for i, b := range p.Graph.Blocks {
		for _, s := range b.Nodes {
			x := effectOf(s)
			p.effects[i] = append(p.effects[i], x)
			for _, list := range [][]*ir.Var{x.uses, x.defs, x.parts} {
				for _, v := range list {
					seen(v)
				}
			}
		}
		EachVar(b.Term.Cond, func(v *ir.Var, _ bool) { seen(v) })
		if b.Term.Ret != nil {
			for _, e := range b.Term.Ret.Vals {
				EachVar(e, func(v *ir.Var, _ bool) { seen(v) })
			}
		}
	}
}

// always finds Always.
func (p *Plan) always() set {
	s := newSet(len(p.vars))
	if p.Fn.Defers == nil {
		return s
	}
	for i, v := range p.Fn.Results {
		if i < len(p.Fn.Cells) && p.Fn.Cells[i] != nil {
			v = p.Fn.Cells[i]
		}
		p.Always = append(p.Always, v)
		s.add(v.ID)
	}
	return s
}

// LiveBefore calls visit for every statement of f that calls or assigns, with the variables live before it.
func LiveBefore(f *ir.Func, visit func(s ir.Stmt, live func(*ir.Var) bool)) error {
	p := &Plan{Fn: f}
	if err := buildGraph(p, nil); err != nil {
		return err
	}
	p.number()
	p.liveness(p.always(), func(s ir.Stmt, x effect, out set) {
		in := out.copy()
		for _, v := range x.defs {
			in.del(v.ID)
		}
		for _, vs := range [][]*ir.Var{x.uses, x.parts} {
			for _, v := range vs {
				in.add(v.ID)
			}
		}
		visit(s, func(v *ir.Var) bool { return v.ID < len(p.vars) && p.vars[v.ID] == v && in.has(v.ID) })
	})
	return nil
}

func findSites(p *Plan, col Colours) error {
	p.number()
	if p.Fn.Class == ir.Verbatim || frameless(p.Fn) {
		return nil
	}
	p.deferrals()
	always := p.always()
	var err error
	sites := map[ir.Stmt]*Site{}
	p.liveness(always, func(s ir.Stmt, x effect, out set) {
		class, ok, e := p.siteClass(s, col)
		if e != nil && err == nil {
			err = e
		}
		if !ok || e != nil {
			return
		}
		if class > p.Fn.Class && err == nil {
			err = fmt.Errorf("%s: live: %s has class %d but calls class %d", s.Position(), p.Fn.Name, p.Fn.Class, class)
		}
		after := out.copy()
		for _, v := range x.defs {
			after.del(v.ID)
		}
		for _, v := range x.parts {
			if _, sel := s.(*ir.Select); !sel && class == ir.Resumable && err == nil {
				err = fmt.Errorf("%s: live: %s takes the address of %s for a call that may suspend", s.Position(), p.Fn.Name, v.Name)
			}
			if out.has(v.ID) {
				after.add(v.ID)
			}
		}
		after.union(always)
		live := after.copy()
		switch s := s.(type) {
		case *ir.Call:
			for _, e := range s.Args {
				EachVar(e, func(v *ir.Var, address bool) {
					if address || IsHost(s) {
						live.add(v.ID)
					}
				})
			}
		case *ir.MakeClosure, *ir.Go, *ir.Defer:
			for _, v := range x.uses {
				live.add(v.ID)
			}
		case *ir.Select:
			for _, v := range x.uses {
				live.add(v.ID)
			}
		}
		site := &Site{Stmt: s, Class: class, State: -1, Cold: cold(s)}
		after.each(func(i int) { site.After = append(site.After, p.vars[i]) })
		live.each(func(i int) {
			if HasPointers(p.vars[i].Type) {
				site.Live = append(site.Live, p.vars[i])
			}
		})
		sites[s] = site
	})
	if err != nil {
		return err
	}
	state := 0
	for _, b := range p.Graph.Blocks { // sites and states are numbered in the order of the graph
		for i, s := range b.Nodes {
			if site := sites[s]; site != nil {
				site.Index = len(p.Sites)
				if i == len(b.Nodes)-1 && waitsLast(s) && p.leaves(b) {
					site.Class = ir.Direct
				}
				if site.Class == ir.Resumable {
					site.State = state
					state++
				}
				p.Sites = append(p.Sites, site)
				p.SiteOf[s] = site
			}
		}
	}
	if p.Fn.Defers != nil {
		h := &Site{Index: len(p.Sites), State: -1, Class: p.Fn.Class, After: p.Always}
		for _, v := range p.Always {
			if HasPointers(v.Type) {
				h.Live = append(h.Live, v)
			}
		}
		p.Sites = append(p.Sites, h)
		p.Handler = h
	}
	p.Frame = len(p.Sites) > 0 || needsFrame(p.Fn)
	return nil
}

// needsFrame reports whether f makes objects that cannot be variables of the host.
func needsFrame(f *ir.Func) bool {
	found := false
	ir.Walk(f.Body, func(s ir.Stmt) {
		c, ok := s.(*ir.Call)
		found = found || ir.LocalOf(s) != nil && (!ok || c.Callee.Prim.Name == "Box")
	}, nil)
	return found
}

// Captured reports whether frames of the function are ever captured.
func (p *Plan) Captured() bool {
	for _, s := range p.Sites {
		if s.State >= 0 {
			return true
		}
	}
	return p.Fn.Class == ir.Resumable && p.Fn.Defers != nil
}

// waitsLast reports whether s calls a hook that waits, and that needs no caller to come back to if nothing follows.
func waitsLast(s ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	return ok && c.Callee.Kind == ir.Static && c.Callee.Ref.Hook != nil && c.Callee.Ref.Hook.Tail
}

// leaves reports whether the function does nothing behind b but return, without results.
func (p *Plan) leaves(b *Block) bool {
	for b.Term.Kind == Jump && len(b.Succs[0].Nodes) == 0 {
		b = b.Succs[0]
	}
	return b.Term.Kind == Leave && len(p.Fn.Results) == 0 && p.Fn.Defers == nil
}

// frameless reports whether f is a wrapper around one call, which passes sp on and returns at once
// when its callee suspends. Its callee then looks called by f's caller.
func frameless(f *ir.Func) bool { return TailCall(f) != nil }

// TailCall is the only call of a wrapper that does nothing else.
func TailCall(f *ir.Func) *ir.Call {
	if !f.Wrapper || f.Defers != nil || len(f.Body) == 0 || len(f.Body) > 2 {
		return nil
	}
	c, ok := f.Body[0].(*ir.Call)
	if !ok || len(c.Dst) != len(f.Results) || c.Callee.Kind == ir.Primitive {
		return nil
	}
	for _, e := range c.Args {
		addr := false
		EachVar(e, func(_ *ir.Var, a bool) { addr = addr || a })
		if addr {
			return nil
		}
	}
	if len(f.Body) == 1 {
		if len(f.Results) > 0 {
			return nil
		}
		return c
	}
	r, ok := f.Body[1].(*ir.Return)
	if !ok || len(r.Vals) != len(c.Dst) {
		return nil
	}
	for i, e := range r.Vals {
		v, ok := e.(*ir.VarRef)
		if !ok || v.V != c.Dst[i] {
			return nil
		}
	}
	return c
}

// verifySites: nothing that a site needs later is unknown to the function, and sites are in order.
func verifySites(p *Plan) error {
	for i, s := range p.Sites {
		if s.Index != i {
			return fmt.Errorf("live: %s: site %d is numbered %d", p.Fn.Name, i, s.Index)
		}
		if !sort.SliceIsSorted(s.After, func(a, b int) bool { return s.After[a].ID < s.After[b].ID }) && s != p.Handler {
			return fmt.Errorf("live: %s: site %d: variables out of order", p.Fn.Name, i)
		}
	}
	for _, v := range p.vars {
		if p.vars[v.ID] != v {
			return fmt.Errorf("live: %s: %s is declared twice", p.Fn.Name, v.Name)
		}
	}
	return nil
}
