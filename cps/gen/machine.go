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

// This file prints the state machine, which continues a captured frame: the flow graph as labels
// and gotos, entered behind the call that suspended.
//
//	func ʀresume_fetch(w *abi.W, sp abi.SP, h *abi.Frame) {
//		var in abi.Chan[int]
//		…
//		fr := (*ʀframe_fetch)(h.Body())
//		switch fr.site - uintptr(unsafe.Pointer(&ʀsites_fetch)) {
//		case 0 * unsafe.Sizeof(abi.Site{}): // behind the send
//			in = *(*abi.Chan[int])(unsafe.Pointer(&fr.s0))
//			goto s0
//		case 1 * unsafe.Sizeof(abi.Site{}): // behind the receive: its results are at w.Ret
//			c := (*struct{ r0 int; r1 bool })(w.Ret)
//			v, ok = c.r0, c.r1
//			goto s1
//		}
//	s0:
//		fr.site = …
//		v, ok = rt.Recv[int](w, sp, in.P)
//		if w.Unwind != 0 {
//			w.Recapture(h)
//			return
//		}
//	s1:
//		{
//			c := (*struct{ r0 int; r1 bool })(w.Ret)
//			c.r0, c.r1 = v+1, ok
//		}
//		w.Return(h)
//	}
//
// The frame is h's body throughout, so what it calls gets the sp that it got.

// retSize is abi.RetSize: results up to here fit w.Ret as it is.
const retSize = 512

// blockPart is a block, or what is left of it behind its first suspending call.
type blockPart struct {
	b     *passes.Block
	from  int  // first node
	whole bool // else node from is printed without its call: only what is behind it
}

func (g *fn) machineForm() {
	f, p := g.f, g.plan
	saved := g.b
	g.b = &bytes.Buffer{}
	g.machine, g.file, g.line = true, "", 0

	parts := g.parts()
	named := map[*passes.Block]bool{} // blocks that some goto names
	texts := make([][]byte, len(parts))
	for i, part := range parts {
		var next *passes.Block
		if i+1 < len(parts) && parts[i+1].whole {
			next = parts[i+1].b
		}
		texts[i] = g.sub(func() { g.part(part, next, named) })
	}
	if f.Defers != nil {
		g.machineHandler()
	}
	g.pf("switch fr.site - uintptr(unsafe.Pointer(&ʀsites_%s)) {", g.sym)
	for _, s := range p.Sites {
		if s.State < 0 {
			continue
		}
		g.pf("case %d * unsafe.Sizeof(%s.Site{}): // state %d", s.Index, g.abi(), s.State)
		g.restore(s.After)
		g.completed(s.Stmt)
		g.pf("goto s%d", s.State)
	}
	g.pf("}")
	g.pf(`panic("rtgen: no such state")`)
	for i, part := range parts {
		if named[part.b] {
			g.pf("b%d:", part.b.ID)
		}
		g.b.Write(texts[i])
	}
	g.unwoundReturn()

	declared := map[string]bool{}
	body, names := settle(g.b.Bytes(), declared)
	g.b = saved
	g.pf("func ʀresume_%s(w *%s.W, sp %s.SP, h *%s.Frame) {", g.sym, g.abi(), g.abi(), g.abi())
	g.declare(g.b, names, g.byName())
	g.pf("fr := (*ʀframe_%s)(h.Body())", g.sym)
	if f.Defers == nil {
		g.pf("_ = fr")
	}
	g.b.Write(body)
	g.pf("}\n")
	g.machine = false
}

// parts lists what can be reached behind suspending calls.
func (g *fn) parts() []blockPart {
	full := map[*passes.Block]bool{}
	var work []*passes.Block
	reach := func(b *passes.Block) {
		if !full[b] {
			full[b] = true
			work = append(work, b)
		}
	}
	first := map[*passes.Block]int{}
	for _, b := range g.plan.Graph.Blocks {
		for i, s := range b.Nodes {
			if site := g.plan.SiteOf[s]; site != nil && site.State >= 0 {
				first[b] = i
				for _, x := range b.Succs {
					reach(x)
				}
				break
			}
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, x := range b.Succs {
			reach(x)
		}
	}
	var list []blockPart
	for _, b := range g.plan.Graph.Blocks {
		if full[b] {
			list = append(list, blockPart{b, 0, true})
		} else if i, ok := first[b]; ok {
			list = append(list, blockPart{b, i, false})
		}
	}
	return list
}

// part prints a block; next is the one that follows it in the text.
func (g *fn) part(x blockPart, next *passes.Block, named map[*passes.Block]bool) {
	jump := func(to *passes.Block) {
		named[to] = true
		g.pf("goto b%d", to.ID)
	}
	for i, s := range x.b.Nodes[x.from:] {
		state := -1
		if site := g.plan.SiteOf[s]; site != nil {
			state = site.State
		}
		if i == 0 && !x.whole {
			if run, ok := s.(*ir.RunDefers); ok {
				g.node(run, state)
				continue
			}
			g.pf("s%d:", state)
			g.stores(s)
			continue
		}
		g.node(s, state)
	}
	t := &x.b.Term
	switch t.Kind {
	case passes.Jump:
		if x.b.Succs[0] != next {
			jump(x.b.Succs[0])
		}
	case passes.Branch:
		yes, no := x.b.Succs[0], x.b.Succs[1]
		g.at(&ir.If{Cond: t.Cond, At: ir.At{Pos: t.Pos}})
		if yes == next {
			g.pf("if %s {", g.inHeader(negated(t.Cond)))
			jump(no)
			g.pf("}")
			return
		}
		g.pf("if %s {", g.inHeader(t.Cond))
		jump(yes)
		g.pf("}")
		if no != next {
			jump(no)
		}
	case passes.Multi:
		g.at(&ir.Switch{Tag: t.Cond, At: ir.At{Pos: t.Pos}})
		g.pf("switch %s {", g.inHeader(t.Cond))
		for i, c := range t.Cases {
			g.pf("case %s:", g.exprsAs(c.Vals, func(int) types.Type { return t.Cond.Type() }))
			jump(x.b.Succs[i])
		}
		g.pf("}")
		if last := x.b.Succs[len(t.Cases)]; last != next {
			jump(last)
		}
	case passes.Leave:
		if len(t.Ret.Vals) > 0 {
			g.at(t.Ret)
			g.giveBack(t.Ret, func(i int) string { return g.exprAs(t.Ret.Vals[i], g.f.Results[i].Type) })
		}
		g.finish()
	case passes.Nowhere:
		g.pf("return")
	}
}

// negated is !e.
func negated(e ir.Expr) ir.Expr {
	switch x := e.(type) {
	case *ir.Unary:
		if x.Op == token.NOT {
			return x.X
		}
	case *ir.Binary:
		op := map[token.Token]token.Token{token.EQL: token.NEQ, token.NEQ: token.EQL}[x.Op]
		if b, ok := x.X.Type().Underlying().(*types.Basic); ok && b.Info()&(types.IsInteger|types.IsString) != 0 && op == 0 {
			op = map[token.Token]token.Token{token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR}[x.Op]
		}
		if op != 0 {
			return &ir.Binary{Op: op, X: x.X, Y: x.Y, Typed: x.Typed}
		}
	}
	return &ir.Unary{Op: token.NOT, X: e, Typed: ir.Typed{T: e.Type()}}
}

// giveBack stores the results at w.Ret, for return statement s if there is one.
func (g *fn) giveBack(s ir.Stmt, val func(i int) string) {
	f := g.f
	if len(f.Results) == 0 {
		return
	}
	var ts []types.Type
	var dst, src []string
	for i, v := range f.Results {
		ts = append(ts, v.Type)
		dst = append(dst, fmt.Sprintf("c.r%d", i))
		src = append(src, val(i))
	}
	text, size := g.structOf(ts)
	ret := "w.Ret"
	if size > retSize {
		ret = fmt.Sprintf("%s.RetArea(w, %d)", g.rt(), size)
	}
	g.pf("{")
	g.pf("c := (*%s)(%s)", text, ret)
	if s != nil {
		g.at(s)
	}
	g.pf("%s = %s", strings.Join(dst, ", "), strings.Join(src, ", "))
	g.pf("}")
}

// finish prints the end of the frame's life.
func (g *fn) finish() {
	if g.f.Defers != nil {
		g.pf("done = true")
	}
	g.pf("w.Return(h)")
	g.pf("return")
}

// restore reads variables back from the frame.
func (g *fn) restore(vars []*ir.Var) {
	for _, v := range vars {
		if i, ok := g.plan.Saved[v]; ok {
			g.pf("%s = fr.v%d", g.set(v), i)
			continue
		}
		if !passes.IsOnePointer(v.Type) {
			continue // zero size
		}
		s := g.plan.Slots[v]
		if len(s) != 1 {
			g.fail("%s has no slot to be restored from", v.Name)
			continue
		}
		g.pf("%s = %s", g.set(v), g.fromSlot(v, s[0]))
	}
}

// fromSlot reads a variable that is one pointer.
func (g *fn) fromSlot(v *ir.Var, slot int) string {
	field := "fr." + g.slot(slot)
	if v == g.f.Env {
		return fmt.Sprintf("(%s)(%s.Pointer(%s))", g.varType(v), g.unsafe(), field)
	}
	switch u := v.Type.Underlying().(type) {
	case *types.Pointer:
		return fmt.Sprintf("%s(%s.Pointer(%s))", convType(g.varType(v)), g.unsafe(), field)
	case *types.Basic:
		if u.Kind() == types.UnsafePointer && types.Unalias(v.Type) == types.Typ[types.UnsafePointer] {
			return fmt.Sprintf("%s.Pointer(%s)", g.unsafe(), field)
		}
	}
	return fmt.Sprintf("*(*%s)(%s.Pointer(&%s))", g.varType(v), g.unsafe(), field)
}

// completed reads the results of the call that was under way from w.Ret.
func (g *fn) completed(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.Call:
		any := false
		for _, v := range s.Dst {
			any = any || v != nil
		}
		if !any {
			return
		}
		ts := g.resultTypes(s)
		if len(ts) != len(s.Dst) {
			g.fail("%s: %d results for %d destinations", s.Pos, len(ts), len(s.Dst))
			return
		}
		text, _ := g.structOf(ts)
		g.pf("c := (*%s)(w.Ret)", text)
		g.pf("_ = c")
		for i, v := range s.Dst {
			if v != nil {
				g.pf("%s = c.r%d", g.set(v), i)
			}
		}
	case *ir.Select:
		g.pf("c := (*struct{ index int; ok bool })(w.Ret)")
		g.pf("%s = c.index", g.set(s.Index))
		g.selected(s, "c.index", func(_ int, t types.Type) string {
			return fmt.Sprintf("*(*%s)(%s.Add(w.Ret, 16))", g.names.Type(t), g.unsafe())
		}, "c.ok")
	}
}

// resultTypes lists the types of all results of a call.
func (g *fn) resultTypes(s *ir.Call) []types.Type {
	var ts []types.Type
	vars := func(list []*ir.Var) {
		for _, v := range list {
			ts = append(ts, v.Type)
		}
	}
	tuple := func(sig *types.Signature) {
		for i := range sig.Results().Len() {
			ts = append(ts, sig.Results().At(i).Type())
		}
	}
	c := &s.Callee
	switch c.Kind {
	case ir.Static:
		if c.Ref.Func != nil {
			vars(c.Ref.Func.Results)
		} else {
			tuple(c.Ref.Obj.Signature())
		}
	case ir.Closure:
		vars(c.Func.Results)
	case ir.Iface:
		tuple(c.Method.Signature())
	case ir.Value:
		tuple(s.Args[0].Type().Underlying().(*types.Signature))
	case ir.Primitive:
		if c.Prim.Name == "Recv" {
			return []types.Type{c.TArgs[0], types.Typ[types.Bool]}
		}
		for _, v := range s.Dst {
			if v == nil {
				g.fail("%s: results of %s are of unknown type", s.Pos, c.Prim.Name)
				return nil
			}
			ts = append(ts, v.Type)
		}
	}
	return ts
}
