package gen

import (
	"bytes"
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
// The host inlines the first half. A function of the form `…; if cond { slow way }` is cut at the if. What is cut, and where:
// passes.Cut.

// cutForm prints the two halves as two functions.
func (g *fn) cutForm(h *passes.Halves) {
	f := g.f
	g.machine, g.file, g.line = false, "", 0
	g.labels, g.gotos = map[string]bool{}, map[string]bool{}
	short := func(end string) func() {
		return func() {
			g.file, g.line, g.stmtLine = "", 0, 0
			if h.If == nil {
				g.list(h.Fast)
				return
			}
			var cond string
			if call := g.tested(h); call == nil {
				g.list(h.Fast)
				g.at(h.If)
				cond = g.inHeader(h.If.Cond)
			} else {
				last := len(h.Fast) - 1
				g.list(h.Fast[:last])
				text := string(g.sub(func() { g.list(h.Fast[last:]) })) // a directive, perhaps, and an assignment
				cond = g.inHeader(h.If.Cond)
				if before, value, ok := strings.Cut(text, g.set(call.Dst[0])+" = "); ok {
					text, cond = before, strings.Replace(cond, g.read(call.Dst[0]), strings.TrimSuffix(value, "\n"), 1)
				}
				g.b.WriteString(text)
			}
			if h.Not {
				cond = "!(" + cond + ")"
			}
			g.pf(end, cond)
		}
	}
	g.bare = true
	fast := g.sub(short("if %s {"))
	var try []byte
	if f.Try {
		try = g.sub(short("return %s"))
	}
	g.bare = false
	g.file, g.line = "", 0
	rest := g.sub(func() {
		g.list(h.Slow)
		if len(f.Results) > 0 && !ir.EndsInReturn(h.Slow) {
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

	hidden := "w *" + g.abi() + ".W, sp " + g.abi() + ".SP"
	slow := "ʀslow_" + g.sym
	call := slow + "(" + strings.Join(append([]string{"w", "sp"}, args...), ", ") + ")"
	heading := "func " + slow + "(" + strings.Join(append([]string{hidden}, params...), ", ") + ")" + g.results() + " {\n"
	half := func(name, result string) string { // of a method
		return "func (" + params[0] + ") " + g.host(f) + name + "(" + strings.Join(append([]string{hidden}, params[1:]...), ", ") + ")" + result + " {\n"
	}
	if f.Try {
		call = args[0] + "." + g.host(f) + slowName + "(" + strings.Join(append([]string{"w", "sp"}, args[1:]...), ", ") + ")"
		heading = half(slowName, "")
		g.function(half(tryName, " bool"), try, declared, byName)
	}
	fast = append(fast, g.sub(func() {
		if len(f.Results) > 0 {
			call = "return " + call
		}
		g.pf("%s", call)
		if h.If != nil {
			g.pf("}")
		}
	})...)
	g.function(g.heading(), fast, declaredBut(declared, carried), byName)
	entry := g.sub(func() {
		g.enterFrame()
		for _, v := range carried {
			if len(g.plan.Slots[v]) > 0 {
				g.store(v)
			}
		}
	})
	g.function("//go:noinline\n"+heading, append(entry, rest...), declared, byName)
}

// function prints a function whose body is to be settled.
func (g *fn) function(heading string, body []byte, declared map[string]bool, byName map[string]*ir.Var) {
	g.b.WriteString(heading)
	body, vars := settle(body, declared)
	g.declare(g.b, vars, byName)
	g.b.Write(body)
	g.pf("}\n")
}

// What a half's name ends in, where callers may try the first one.
const tryName, slowName = "ʀtry", "ʀslow"

// try prints a call whose callee's first half mostly does: what the frame must hold is stored for the second one only, behind
// whatever locked instruction is in the first.
func (g *fn) try(s *ir.Call, site *passes.Site) {
	g.at(s)
	recv, named := "ʀx", "ʀx := "+g.expr(s.Args[0])+"; "
	if v, ok := s.Args[0].(*ir.VarRef); ok {
		recv, named = g.read(v.V), ""
	}
	params := s.Callee.Ref.Func.Params
	args := []string{g.hidden()}
	for i, e := range s.Args[1:] {
		args = append(args, g.exprAs(e, params[i].Type))
	}
	method, list := recv+"."+g.names.Method(s.Callee.Ref.Obj), strings.Join(args, ", ")
	g.pf("if %s%s(%s) {", named, method+tryName, list)
	g.site(site)
	g.at(s)
	g.pf("%s(%s)", method+slowName, list)
	g.unwind(site)
	g.pf("}")
}

// tested is the call whose result is all that the condition asks for, and is asked for nowhere else: printed where it is
// tested it costs the inliner less.
func (g *fn) tested(h *passes.Halves) *ir.Call {
	if len(h.Fast) == 0 {
		return nil
	}
	c, ok := h.Fast[len(h.Fast)-1].(*ir.Call)
	if !ok || len(c.Dst) != 1 || c.Dst[0] == nil {
		return nil
	}
	inCond, inAll := 0, 0
	passes.EachVar(h.If.Cond, func(v *ir.Var, _ bool) {
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
