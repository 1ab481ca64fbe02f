package gen

import (
	"bytes"
	"go/constant"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file cuts a function in two where its author wrote it for the inliner: a short way that reaches
// no safepoint, and the rest, which has the frame.
//
//	func (m *Mutex) Lock() {                  func (m *Mutex) Lock(w, sp) {
//		if cas(&m.state, 0, 1) {                  if cas(&m.state, 0, 1) {
//			return                      →             return
//		}                                         }
//		m.lockSlow()                              ʀslow_Mutex_Lock(w, sp, m)
//	}                                         }
//
// The host inlines the first half. A function of the form `…; if cond { slow way }` is cut at the if.

// maxFast is how many statements the short way may have: more will not be inlined anyhow.
const maxFast = 8

// halves is a function that is cut.
type halves struct {
	fast []ir.Stmt
	cond ir.Expr // nil: what fast lets through goes the slow way
	not  bool    // the slow way is for when cond does not hold
	slow []ir.Stmt
}

// cut decides whether and where to cut g.f.
func (g *fn) cut() *halves {
	f := g.f
	if !g.plan.Frame || f.Defers != nil || f.Recovers || f.Env != nil || f.NoInline || f.Ref == nil || f.Sig == nil || f.Sig.Variadic() {
		return nil
	}
	for _, c := range f.Cells {
		if c != nil {
			return nil
		}
	}
	n := 0
	for n < len(f.Body) && !g.hasSite(f.Body[n]) {
		n++
	}
	if n == len(f.Body) {
		return nil
	}
	h := &halves{fast: live(f.Body[:n]), slow: f.Body[n:]}
	if s, ok := f.Body[n].(*ir.If); ok && len(s.Else) == 0 && len(f.Results) == 0 && empty(f.Body[n+1:]) {
		h.cond, h.slow = s.Cond, s.Then
	} else if !leaves(h.fast) {
		return nil
	} else if last := len(h.fast) - 1; len(f.Results) == 0 {
		if s, ok := h.fast[last].(*ir.If); ok && len(s.Else) == 0 && empty(s.Then) {
			h.fast, h.cond, h.not = h.fast[:last], s.Cond, true
		}
	}
	size, plain := 0, true
	ir.Walk(h.fast, func(s ir.Stmt) {
		size++
		plain = plain && ir.LocalOf(s) == nil
		switch s := s.(type) {
		case *ir.If, *ir.Return:
		case *ir.Assign:
			for _, d := range s.Dst {
				plain = plain && !g.isResult(passes.Root(d))
			}
		case *ir.Call:
			for _, v := range s.Dst {
				plain = plain && !g.isResult(v)
			}
		default:
			plain = false
		}
	}, nil)
	ir.Walk(f.Body, func(s ir.Stmt) {
		switch s.(type) {
		case *ir.Label, *ir.Goto:
			plain = false
		}
	}, func(e ir.Expr) {
		passes.EachVar(e, func(_ *ir.Var, address bool) { plain = plain && !address })
	})
	if size > maxFast || !plain {
		return nil
	}
	return h
}

// isResult reports whether v is a result. The second half has results of its own, so the first one may set none,
// nor a part of one.
func (g *fn) isResult(v *ir.Var) bool {
	for _, r := range g.f.Results {
		if v == r {
			return true
		}
	}
	return false
}

// hasSite reports whether s, or a statement in it, reaches a safepoint.
func (g *fn) hasSite(s ir.Stmt) bool {
	found := false
	ir.Walk([]ir.Stmt{s}, func(s ir.Stmt) { found = found || g.plan.SiteOf[s] != nil }, nil)
	return found
}

// never reports whether s is `if false { … }`.
func never(s ir.Stmt) bool {
	i, ok := s.(*ir.If)
	if !ok || len(i.Else) > 0 {
		return false
	}
	c, ok := i.Cond.(*ir.Const)
	return ok && c.Val != nil && c.Val.Kind() == constant.Bool && !constant.BoolVal(c.Val)
}

// live is list without what never runs.
func live(list []ir.Stmt) []ir.Stmt {
	var out []ir.Stmt
	for _, s := range list {
		if !never(s) {
			out = append(out, s)
		}
	}
	return out
}

// empty reports whether list does nothing.
func empty(list []ir.Stmt) bool {
	for _, s := range list {
		if r, ok := s.(*ir.Return); ok && len(r.Vals) == 0 || never(s) {
			continue
		}
		return false
	}
	return true
}

// leaves reports whether some way through list returns.
func leaves(list []ir.Stmt) bool {
	for _, s := range list {
		if i, ok := s.(*ir.If); ok && len(i.Else) == 0 && !never(s) && endsInReturn(i.Then) {
			return true
		}
	}
	return false
}

// cutForm prints the two halves as two functions.
func (g *fn) cutForm(h *halves) {
	f := g.f
	g.machine, g.file, g.line = false, "", 0
	g.labels, g.gotos = map[string]bool{}, map[string]bool{}
	g.bare = true
	fast := g.sub(func() {
		if h.cond == nil {
			g.list(h.fast)
			return
		}
		cond := g.inHeader(h.cond)
		if call := g.tested(h); call == nil {
			g.list(h.fast)
		} else {
			last := len(h.fast) - 1
			g.list(h.fast[:last])
			text := string(g.sub(func() { g.list(h.fast[last:]) })) // a directive, perhaps, and an assignment
			if before, value, ok := strings.Cut(text, g.set(call.Dst[0])+" = "); ok {
				text, cond = before, strings.Replace(cond, g.read(call.Dst[0]), strings.TrimSuffix(value, "\n"), 1)
			}
			g.b.WriteString(text)
		}
		if h.not {
			cond = "!(" + cond + ")"
		}
		g.pf("if %s {", cond)
	})
	g.bare = false
	g.file, g.line = "", 0
	rest := g.sub(func() {
		g.list(h.slow)
		if len(f.Results) > 0 && !endsInReturn(h.slow) {
			g.pf("return")
		}
	})

	// What the first half computes and the second one reads goes along as arguments.
	declared, byName := map[string]bool{}, g.byName()
	var args, params []string
	pass := func(v *ir.Var) {
		declared[v.Name] = true
		args = append(args, g.read(v))
		params = append(params, g.read(v)+" "+g.varType(v))
	}
	if f.Recv != nil {
		pass(f.Recv)
	}
	for _, v := range f.Params {
		pass(v)
	}
	for _, v := range f.Results {
		declared[v.Name] = true
	}
	var carried []*ir.Var
	used := marked(rest)
	for _, name := range names(fast) {
		if v := byName[name]; v != nil && !declared[name] && used[name] {
			carried = append(carried, v)
			pass(v)
		}
	}

	slow := "ʀslow_" + g.sym
	g.b.WriteString(g.heading())
	body, vars := settle(append(fast, g.sub(func() {
		ret := ""
		if len(f.Results) > 0 {
			ret = "return "
		}
		g.pf("%s%s(%s)", ret, slow, strings.Join(append([]string{"w", "sp"}, args...), ", "))
		if h.cond != nil {
			g.pf("}")
		}
	})...), declaredBut(declared, carried))
	g.declare(g.b, vars, byName)
	g.b.Write(body)
	g.pf("}\n")

	entry := g.sub(func() {
		g.enterFrame()
		for _, v := range carried {
			if len(g.plan.Slots[v]) > 0 {
				g.store(v)
			}
		}
	})
	params = append([]string{"w *" + g.abi() + ".W", "sp " + g.abi() + ".SP"}, params...)
	g.pf("//go:noinline\nfunc %s(%s)%s {", slow, strings.Join(params, ", "), g.results())
	body, vars = settle(append(entry, rest...), declared)
	g.declare(g.b, vars, byName)
	g.b.Write(body)
	g.pf("}\n")
}

// tested is the call whose result is all that h.cond asks for, and is asked for nowhere else: printed where it is
// tested it costs the inliner less.
func (g *fn) tested(h *halves) *ir.Call {
	if len(h.fast) == 0 {
		return nil
	}
	c, ok := h.fast[len(h.fast)-1].(*ir.Call)
	if !ok || len(c.Dst) != 1 || c.Dst[0] == nil {
		return nil
	}
	inCond, inAll := 0, 0
	passes.EachVar(h.cond, func(v *ir.Var, _ bool) {
		if v == c.Dst[0] {
			inCond++
		}
	})
	ir.Walk(g.f.Body, nil, func(e ir.Expr) {
		passes.EachVar(e, func(v *ir.Var, _ bool) {
			if v == c.Dst[0] {
				inAll++
			}
		})
	})
	if inCond != 1 || inAll != 1 {
		return nil
	}
	return c
}

// declaredBut is declared without the variables of list.
func declaredBut(declared map[string]bool, list []*ir.Var) map[string]bool {
	m := map[string]bool{}
	for n := range declared {
		m[n] = true
	}
	for _, v := range list {
		delete(m, v.Name)
	}
	return m
}

// names lists the variables that body mentions, in order of appearance.
func names(body []byte) []string {
	var list []string
	seen := map[string]bool{}
	for i := 0; i < len(body); i++ {
		if body[i] == markRead || body[i] == markSet {
			n := bytes.IndexByte(body[i:], markEnd)
			if name := string(body[i+1 : i+n]); !seen[name] {
				seen[name] = true
				list = append(list, name)
			}
			i += n
		}
	}
	return list
}

func marked(body []byte) map[string]bool {
	m := map[string]bool{}
	for _, n := range names(body) {
		m[n] = true
	}
	return m
}
