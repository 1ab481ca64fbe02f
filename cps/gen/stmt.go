package gen

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file prints the direct form: structured statements as they stand in the source.

// scope is a statement that break or continue may name.
type scope struct {
	label     string
	loop      bool
	block     bool   // no Go statement: leaving it is a goto
	goLabel   string // Go label of the loop or switch, or of the place behind the block
	postAt    string // label before the post statements, for loops whose post is no simple statement
	broken    bool   // goLabel is used
	continued bool   // postAt is used
}

// label returns a Go label not yet in use.
func (g *fn) label(want string) string {
	if want == "" {
		want = "L"
	}
	n := want
	for i := 1; g.labels[n]; i++ {
		n = fmt.Sprintf("%s_%d", want, i)
	}
	g.labels[n] = true
	return n
}

// sub prints into a buffer of its own.
func (g *fn) sub(f func()) []byte {
	saved := g.b
	g.b = &bytes.Buffer{}
	f()
	out := g.b.Bytes()
	g.b = saved
	return out
}

func (g *fn) within(s *scope, list []ir.Stmt) {
	g.scopes = append(g.scopes, s)
	g.list(list)
	g.scopes = g.scopes[:len(g.scopes)-1]
}

func (g *fn) list(list []ir.Stmt) {
	for i := 0; i < len(list); i++ {
		s := list[i]
		if _, ok := s.(*ir.TypeAssert); ok && g.typeSwitch(list, i) {
			i++
			continue
		}
		if _, ok := s.(*ir.Unreachable); ok && i > 0 {
			if c, ok := list[i-1].(*ir.Call); ok && c.Callee.Prim != nil && c.Callee.Prim.NoReturn {
				g.leave()
				continue
			}
		}
		if i+1 < len(list) && (g.fold(s, list[i+1]) || g.localCopy(s, list[i+1])) {
			i++
			continue
		}
		g.stmt(s)
	}
}

// leave prints a return that is never reached; the host does not know which calls do not return.
func (g *fn) leave() { g.pf("return") }

// inHeader prints e for a statement's header.
func (g *fn) inHeader(e ir.Expr) string {
	g.header = true
	s := g.expr(e)
	g.header = false
	return s
}

func (g *fn) stmt(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.If:
		g.at(s)
		g.ifStmt(s)
	case *ir.Loop:
		g.loop(s)
	case *ir.Block:
		x := &scope{label: s.Label, block: true, goLabel: g.label(s.Label)}
		body := g.sub(func() { g.within(x, s.Body) })
		g.b.Write(body)
		if x.broken {
			g.pf("%s:;", x.goLabel) // it may end a block
		}
	case *ir.Switch:
		g.switchStmt(s)
	case *ir.Break:
		g.at(s)
		g.breakStmt(s.Label)
	case *ir.Continue:
		g.at(s)
		g.continueStmt(s.Label)
	case *ir.Goto:
		g.at(s)
		g.pf("goto %s", s.Label)
	case *ir.Label:
		if g.gotos[s.Name] {
			g.pf("%s:;", s.Name)
		}
	case *ir.Return:
		g.at(s)
		if g.f.Defers != nil {
			g.pf("done = true")
		}
		if len(s.Vals) == 0 {
			g.pf("return")
			return
		}
		g.pf("return %s", g.exprsAs(s.Vals, func(i int) types.Type { return g.f.Results[i].Type }))
	case *ir.Unreachable:
		g.leave()
	default:
		g.node(s, -1)
	}
}

func (g *fn) ifStmt(s *ir.If) {
	g.pf("if %s {", g.inHeader(s.Cond))
	g.list(s.Then)
	for len(s.Else) == 1 {
		e, ok := s.Else[0].(*ir.If)
		if !ok {
			break
		}
		g.pf("} else if %s {", g.inHeader(e.Cond))
		g.list(e.Then)
		s = e
	}
	if len(s.Else) > 0 {
		g.pf("} else {")
		g.list(s.Else)
	}
	g.pf("}")
}

func (g *fn) loop(s *ir.Loop) {
	x := &scope{label: s.Label, loop: true, goLabel: g.label(s.Label)}
	cond, post := "", ""
	g.at(s)
	if s.Cond != nil {
		cond = g.inHeader(s.Cond)
	}
	if len(s.Post) > 0 {
		post = g.simplePost(s.Post)
		if post == "" {
			x.postAt = g.label(s.Label + "_post")
		}
	}
	line, file := g.line, g.file
	g.line++ // the header's own line
	body := g.sub(func() {
		g.within(x, s.Body)
		if x.postAt != "" {
			if x.continued {
				g.pf("%s:", x.postAt)
			}
			g.list(s.Post)
		}
	})
	if x.broken {
		fmt.Fprintf(g.b, "%s:\n", x.goLabel)
		if s.Pos.Line > 0 && file != "" {
			fmt.Fprintf(g.b, "//line :%d:1\n", line)
		}
	}
	saved := g.line
	switch {
	case post != "":
		g.pf("for ; %s; %s {", cond, post)
	case cond != "":
		g.pf("for %s {", cond)
	default:
		g.pf("for {")
	}
	g.line = saved
	g.b.Write(body)
	g.pf("}")
}

// simplePost prints a loop's post statement for the header; "" if it must go into the body.
func (g *fn) simplePost(list []ir.Stmt) string {
	if len(list) != 1 {
		return ""
	}
	a, ok := list[0].(*ir.Assign)
	if !ok || len(a.Dst) != 1 || a.Dst[0] == nil || g.plan.Stores[a] != nil || barrier(a.Dst[0], a.Src[0]) {
		return ""
	}
	if _, konst := a.Src[0].(*ir.Const); konst && a.Op == 0 {
		return ""
	}
	g.header = true
	defer func() { g.header = false }()
	return g.assign(a)
}

func (g *fn) switchStmt(s *ir.Switch) {
	x := &scope{label: s.Label, goLabel: g.label(s.Label)}
	g.at(s)
	file, line := g.file, g.line
	tag := g.inHeader(s.Tag)
	g.line++
	body := g.sub(func() {
		for _, c := range s.Cases {
			g.pf("case %s:", g.exprsAs(c.Vals, func(int) types.Type { return s.Tag.Type() }))
			n := g.b.Len()
			g.within(x, c.Body)
			if bytes.HasSuffix(g.b.Bytes()[n:], []byte(":\n")) {
				g.pf(";") // a label in front of a case needs a statement, unlike one in front of a brace
			}
		}
		if len(s.Default) > 0 {
			g.pf("default:")
			g.within(x, s.Default)
		}
	})
	if x.broken {
		fmt.Fprintf(g.b, "%s:\n", x.goLabel)
		if s.Pos.Line > 0 && file != "" {
			fmt.Fprintf(g.b, "//line :%d:1\n", line)
		}
	}
	saved := g.line
	g.pf("switch %s {", tag)
	g.line = saved
	g.b.Write(body)
	g.pf("}")
}

func (g *fn) breakStmt(label string) {
	inner := true
	for i := len(g.scopes) - 1; i >= 0; i-- {
		x := g.scopes[i]
		if x.label == label {
			switch {
			case x.block:
				x.broken = true
				g.pf("goto %s", x.goLabel)
			case inner:
				g.pf("break")
			default:
				x.broken = true
				g.pf("break %s", x.goLabel)
			}
			return
		}
		inner = inner && x.block
	}
	g.fail("break to unknown label %q", label)
}

func (g *fn) continueStmt(label string) {
	inner := true
	for i := len(g.scopes) - 1; i >= 0; i-- {
		x := g.scopes[i]
		if x.loop && x.label == label {
			switch {
			case x.postAt != "":
				x.continued = true
				g.pf("goto %s", x.postAt)
			case inner:
				g.pf("continue")
			default:
				x.broken = true
				g.pf("continue %s", x.goLabel)
			}
			return
		}
		inner = inner && !x.loop
	}
	g.fail("continue of unknown label %q", label)
}

// ---- statements without branches; state is that of the statement's site in the state machine ----

// hidden is the hidden arguments of a call.
func (g *fn) hidden() string {
	switch {
	case g.static || !g.f.Hidden():
		return "nil, 0" // a verbatim callee uses neither
	case g.plan.Frame && !g.machine && !g.bare:
		return "w, sp+" + g.unsafe() + ".Sizeof(*fr)"
	}
	return "w, sp"
}

// site notes which call is under way.
func (g *fn) site(s *passes.Site) {
	if s != nil {
		for _, v := range s.Spill {
			g.store(v)
		}
		g.pf("fr.site = %s", g.uptr(fmt.Sprintf("&ʀsites_%s[%d]", g.sym, s.Index)))
	}
}

// stores prints the slot stores behind s.
func (g *fn) stores(s ir.Stmt) {
	if g.bare {
		return
	}
	for _, v := range g.plan.Stores[s] {
		g.store(v)
	}
}

// unwind prints what happens when the call of a site suspended.
func (g *fn) unwind(s *passes.Site) {
	if s == nil || s.Class != ir.Resumable {
		return
	}
	g.pf("if w.Unwind != 0 {")
	g.suspend(s)
	if g.f.Defers != nil {
		// The host open-codes the handler only in functions with few returns.
		g.unwound = true
		g.pf("goto unwound\n}")
		return
	}
	g.pf("return\n}")
}

// unwoundReturn prints the one return of a deferring function whose frame has been captured.
func (g *fn) unwoundReturn() {
	if g.unwound {
		g.pf("unwound:\ndone = true\nreturn")
		g.unwound = false
	}
}

// suspend prints the capture of the frame at s.
func (g *fn) suspend(s *passes.Site) {
	var saved []*ir.Var
	for _, v := range s.After {
		if _, ok := g.plan.Saved[v]; ok {
			saved = append(saved, v)
		}
	}
	fr := "fr"
	if !g.machine {
		c := fmt.Sprintf("w.Capture(sp, &ʀfn_%s, ʀresume_%s)", g.sym, g.sym)
		if len(saved) == 0 {
			g.pf("%s", c)
			return
		}
		fr = "c"
		g.pf("c := (*ʀframe_%s)(%s)", g.sym, c)
	}
	for _, v := range saved {
		g.pf("%s.v%d = %s", fr, g.plan.Saved[v], g.read(v))
	}
	if g.machine {
		g.pf("w.Recapture(h)")
	}
}

func (g *fn) poll(s *ir.Poll) {
	site := g.plan.SiteOf[s]
	if site == nil || site.Class == ir.Verbatim {
		return
	}
	g.pf("if w.Poll != 0 {")
	g.site(site)
	if site.Class == ir.Resumable {
		g.pf("%s.PollYield(%s)", g.rt(), g.hidden())
	} else {
		g.pf("%s.Poll(%s)", g.rt(), g.hidden())
	}
	g.unwind(site)
	g.pf("}")
}

// node prints one statement. In the state machine the label of the site's state is put where a
// resumed frame continues.
func (g *fn) node(s ir.Stmt, state int) {
	resumeHere := func() {
		if state >= 0 {
			g.pf("s%d:", state)
		}
	}
	switch s := s.(type) {
	case *ir.Assign:
		g.at(s)
		drop := ""
		if _, ok := s.Dst[0].(*ir.VarRef); ok && len(s.Dst) == 1 && s.Op == 0 {
			if _, konst := s.Src[0].(*ir.Const); konst {
				drop = string(markDrop)
			}
		}
		g.assignment(s, drop)
		g.stores(s)
	case *ir.Call:
		if s.Local != nil && !s.Allocates() {
			g.local(s)
			return
		}
		site := g.plan.SiteOf[s]
		if site != nil && passes.Tries(s) && !g.machine && !g.bare {
			g.try(s, site)
			g.stores(s)
			return
		}
		g.site(site)
		g.at(s)
		g.call(s)
		g.unwind(site)
		resumeHere()
		if !(s.Callee.Prim != nil && s.Callee.Prim.NoReturn) {
			g.stores(s)
		}
	case *ir.MakeClosure:
		g.makeClosure(s)
	case *ir.TypeAssert:
		g.at(s)
		x := g.operand(s.X, precPrimary)
		if i, ok := s.X.Type().Underlying().(*types.Interface); ok && !types.AssertableTo(i, s.To) {
			x = "any(" + x + ")" // in an instance of a generic: the compiler refuses what cannot be
		}
		g.pf("%s, %s = %s.(%s)", g.set(s.Dst), g.set(s.Ok), x, g.names.Type(s.To))
		g.stores(s)
	case *ir.Go:
		g.site(g.plan.SiteOf[s])
		g.at(s)
		g.pf("%s.Go(%s, %s, fr.site)", g.rt(), g.hidden(), g.read(s.Fn))
	case *ir.Defer:
		if d := g.plan.DeferralOf[s]; d != nil {
			g.push(d)
			return
		}
		g.site(g.plan.SiteOf[s])
		g.at(s)
		g.pf("fr.defers = %s", g.uptr(fmt.Sprintf("%s.PushDefer(%s, (*%s.Defer)(%s.Pointer(fr.defers)), %s)",
			g.rt(), g.hidden(), g.abi(), g.unsafe(), g.read(s.Fn))))
	case *ir.RunDefers:
		site := g.plan.SiteOf[s]
		resumeHere()
		if len(g.plan.Deferrals) > 0 && !g.machine {
			g.runDeferrals(s, site)
			return
		}
		g.pf("for fr.defers != 0 {")
		g.pf("d := (*%s.Defer)(%s.Pointer(fr.defers))", g.abi(), g.unsafe())
		g.pf("fr.defers = %s", g.uptr("d.Link"))
		g.site(site)
		g.at(s)
		g.pf("d.Fn(%s)", g.hidden())
		g.unwind(site)
		g.pf("}")
	case *ir.Recover:
		g.at(s)
		if g.machine {
			g.pf("%s = %s.RecoverFrame(w, h)", g.set(s.Dst), g.rt())
		} else if g.f.Hidden() {
			g.pf("%s = %s.Recover(w, sp)", g.set(s.Dst), g.rt())
		} else {
			g.fail("recover in a verbatim function")
		}
		g.stores(s)
	case *ir.Select:
		g.selectStmt(s, state)
		g.stores(s)
	case *ir.Poll:
		g.poll(s)
		resumeHere()
	default:
		g.fail("unknown statement %T", s)
	}
}

// target prints the destination of an assignment.
func (g *fn) target(e ir.Expr) string {
	if e == nil {
		return "_"
	}
	if v, ok := e.(*ir.VarRef); ok {
		return g.set(v.V)
	}
	return g.operand(e, precUnary)
}

// assign prints an assignment as one simple statement.
func (g *fn) assign(s *ir.Assign) string {
	if s.Op != 0 {
		d := g.operand(s.Dst[0], precUnary)
		if v, ok := s.Dst[0].(*ir.VarRef); ok {
			d = g.read(v.V)
		}
		if c, ok := s.Src[0].(*ir.Const); ok && c.Val != nil && c.Val.ExactString() == "1" {
			if s.Op == token.ADD {
				return d + "++"
			}
			if s.Op == token.SUB {
				return d + "--"
			}
		}
		x := g.exprAs(s.Src[0], s.Dst[0].Type())
		if s.Op == token.SHL || s.Op == token.SHR {
			x, _ = g.index(s.Src[0])
		}
		return d + " " + s.Op.String() + "= " + x
	}
	var dst, src []string
	for i, d := range s.Dst {
		dst = append(dst, g.target(d))
		var t types.Type
		if d != nil {
			t = d.Type()
			if _, ok := d.(*ir.VarRef); ok && len(s.Dst) > 1 {
				t = nil // it may become _
			}
		}
		src = append(src, g.exprAs(s.Src[i], t))
	}
	return strings.Join(dst, ", ") + " = " + strings.Join(src, ", ")
}

// call prints a call and the assignment of its results.
func (g *fn) call(s *ir.Call) {
	if s.Callee.Kind == ir.Static && s.Callee.Ref.Func == nil {
		g.hookCall(s)
		return
	}
	g.callGuest(s)
}

func (g *fn) callGuest(s *ir.Call) {
	text := g.callText(s)
	any := false
	var dst []string
	for _, v := range s.Dst {
		any = any || v != nil
		dst = append(dst, g.set(v))
	}
	if !any {
		g.pf("%s", text)
		return
	}
	g.pf("%s = %s", strings.Join(dst, ", "), text)
}

func (g *fn) callText(s *ir.Call) string {
	c := &s.Callee
	var callee string
	var args []string
	rest := s.Args
	var ptype func(i int) types.Type
	ptypes := func(vars []*ir.Var) func(int) types.Type {
		return func(i int) types.Type {
			if i < len(vars) {
				return vars[i].Type
			}
			return nil
		}
	}
	tuple := func(sig *types.Signature) func(int) types.Type {
		return func(i int) types.Type {
			if i < sig.Params().Len() {
				return sig.Params().At(i).Type()
			}
			return nil
		}
	}
	hidden := true
	switch c.Kind {
	case ir.Static:
		f := c.Ref.Func
		if f == nil { // assembly
			hidden, callee, ptype = false, g.names.Func(c.Ref), tuple(c.Ref.Obj.Signature())
			break
		}
		hidden = f.Hidden()
		ptype = ptypes(f.Params)
		if f.Recv != nil {
			callee = g.operand(rest[0], precPrimary) + "." + g.names.Method(c.Ref.Obj)
			rest = rest[1:]
		} else {
			callee = g.names.Func(c.Ref)
		}
	case ir.Closure:
		callee = g.host(c.Func)
		ptype = ptypes(c.Func.Params)
		if c.Func.Env != nil {
			args = append(args, fmt.Sprintf("(*ʀenv_%s)(%s.Pointer(%s))", g.id(c.Func), g.unsafe(), g.expr(rest[0])))
			rest = rest[1:]
		}
	case ir.Iface:
		callee = g.operand(rest[0], precPrimary) + "." + g.names.Method(c.Method)
		ptype = tuple(c.Method.Signature())
		rest = rest[1:]
	case ir.Value:
		callee = g.operand(rest[0], precPrimary)
		if sig, ok := rest[0].Type().Underlying().(*types.Signature); ok {
			ptype = tuple(sig)
		}
		rest = rest[1:]
	case ir.Primitive:
		callee = g.rt() + "." + c.Prim.Name
		if n := c.Prim.Name; (n == "Send" || n == "Recv") && passes.Sizes.Sizeof(c.TArgs[0]) == 8 {
			callee += "8" // the value travels in a register
		}
		if c.Prim.Name == "Copy" && passes.HasPointers(c.TArgs[0]) {
			callee = g.rt() + ".CopyPointers"
		}
		if len(c.TArgs) > 0 {
			var ts []string
			for _, t := range c.TArgs {
				ts = append(ts, g.names.Type(t))
			}
			callee += "[" + strings.Join(ts, ", ") + "]"
		}
		hidden = c.Prim.Class != ir.Verbatim
		if s.Local != nil {
			callee += "In"
			args = append(args, "&"+g.object(s))
		}
		ptype = func(int) types.Type { return nil }
	}
	if ptype == nil {
		ptype = func(int) types.Type { return nil }
	}
	if hidden {
		args = append([]string{g.hidden()}, args...)
	}
	for i, e := range rest {
		args = append(args, g.exprAs(e, ptype(i)))
	}
	dots := ""
	if s.Spread {
		dots = "..."
	}
	return callee + "(" + strings.Join(args, ", ") + dots + ")"
}

// selectStmt prints
//
//	{
//		var ʀv0, ʀv1 T = x, …
//		c := [...]rt.SelectCase{{C: a, V: unsafe.Pointer(&ʀv0), Send: true, Layout: …}, {C: b, V: …}}
//		ʀi, ʀok := rt.Select(w, sp, unsafe.Slice(abi.Noescape(&c[0]), 2), false)
//		…unwind…
//		index = ʀi
//		switch ʀi { case 1: v, ok = ʀv1, ʀok }
//	}
func (g *fn) selectStmt(s *ir.Select, state int) {
	site := g.plan.SiteOf[s]
	g.site(site)
	g.pf("{")
	var cases []string
	for i, c := range s.Cases {
		t := g.names.Type(c.Elem)
		v := "nil"
		send := ""
		if c.Send != nil {
			g.pf("var ʀv%d %s = %s", i, t, g.exprAs(c.Send, c.Elem))
			send = ", Send: true"
			v = fmt.Sprintf("%s.Pointer(%s.Noescape(&ʀv%d))", g.unsafe(), g.abi(), i)
		} else if c.Dst != nil {
			g.pf("var ʀv%d %s", i, t)
			v = fmt.Sprintf("%s.Pointer(%s.Noescape(&ʀv%d))", g.unsafe(), g.abi(), i)
		}
		cases = append(cases, fmt.Sprintf("{C: %s, V: %s%s, Layout: &%s}", g.expr(c.Chan), v, send, g.layout(c.Elem)))
	}
	list := "nil"
	if len(cases) > 0 {
		g.pf("c := [...]%s.SelectCase{", g.rt())
		for _, c := range cases {
			g.pf("%s,", c)
		}
		g.pf("}")
		list = fmt.Sprintf("%s.Slice(%s.Noescape(&c[0]), %d)", g.unsafe(), g.abi(), len(cases))
	}
	needOk := false
	for _, c := range s.Cases {
		needOk = needOk || c.Ok != nil
	}
	ok := "_"
	if needOk {
		ok = "ʀok"
	}
	g.at(s)
	g.pf("ʀi, %s := %s.Select(%s, %s, %v)", ok, g.rt(), g.hidden(), list, s.HasDefault)
	g.unwind(site)
	g.pf("%s = ʀi", g.set(s.Index))
	g.selected(s, "ʀi", func(i int, _ types.Type) string { return fmt.Sprintf("ʀv%d", i) }, "ʀok")
	g.pf("}")
	if state >= 0 {
		g.pf("s%d:", state)
	}
}

// selected hands the received value of the case that was chosen to its variables.
func (g *fn) selected(s *ir.Select, index string, value func(i int, t types.Type) string, ok string) {
	any := false
	for _, c := range s.Cases {
		any = any || c.Dst != nil || c.Ok != nil
	}
	g.pf("_ = %s", index)
	if !any {
		return
	}
	g.pf("switch %s {", index)
	for i, c := range s.Cases {
		if c.Dst == nil && c.Ok == nil {
			continue
		}
		g.pf("case %d:", i)
		if c.Dst != nil {
			g.pf("%s = %s", g.set(c.Dst), value(i, c.Elem))
		}
		if c.Ok != nil {
			g.pf("%s = %s", g.set(c.Ok), ok)
		}
	}
	g.pf("}")
}
