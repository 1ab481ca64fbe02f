package gen

import (
	"fmt"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file prints what a function that defers has besides its body.
//
// The list of deferred calls is the frame's first slot, fr.defers (a *abi.Defer), in both
// forms, so the runtime finds and shortens it by address; nothing else names it. All the
// function's results are in slots and saved values whenever a panic can reach it.
//
//	func f(w, sp, …) (r0 T) {                      // the direct form
//		fr := (*ʀframe_f)(unsafe.Pointer(sp))
//		fr.defers = 0
//		done := false
//		defer func() {
//			if done {
//				return
//			}
//			var r any
//			if !rt.Panicking(w) {
//				r = recover() // the host's error
//			}
//			if rt.Handle(w, sp+unsafe.Sizeof(*fr), &ʀsites_f[k], &fr.defers, r) { // State: abi.DeferState
//				return // the panic goes on
//			}
//			recover()
//			if w.Unwind != 0 { // a deferred call suspended
//				c := (*ʀframe_f)(w.Capture(sp, &ʀfn_f, ʀresume_f))
//				c.r0 = r0
//				return
//			}
//			r0 = *cell // Func.Cells, where the result has one
//		}()
//		…
//		// defer g()
//		fr.defers = uintptr(rt.PushDefer(w, sp+unsafe.Sizeof(*fr), unsafe.Pointer(fr.defers), thunk))
//		…
//		// return v: results are assigned first, then the list runs as ordinary calls
//		for fr.defers != 0 {
//			d := (*abi.Defer)(unsafe.Pointer(fr.defers))
//			fr.defers = uintptr(unsafe.Pointer(d.Link))
//			fr.site = …
//			d.Fn(w, sp+unsafe.Sizeof(*fr))
//			if w.Unwind != 0 { …capture…; done = true; return }
//		}
//		done = true
//		return r0
//	}
//
//
//	func ʀresume_f(w, sp, h) {                     // the state machine
//		fr := (*ʀframe_f)(h.Body())
//		done := false
//		defer func() {
//			if done {
//				return
//			}
//			rt.HandleFrame(w, sp, h, &ʀsites_f[k], &fr.defers, recover())
//			if w.Unwind != 0 {
//				fr.r0 = r0
//				w.Recapture(h)
//				return
//			}
//			…results to w.Ret…; w.Return(h)
//		}()
//		state := h.Site().State
//		if w.Raise != nil || state == abi.DeferState {
//			…r0 from fr, cells from their slots…
//			done = true
//			rt.HandleFrame(w, sp, h, &ʀsites_f[k], &fr.defers, nil)
//			…as above…
//			return
//		}
//		switch state { … }
//	}
//
// What Handle and HandleFrame do is told in package rtpanic.
//
// recover() is rt.Recover(w, sp) with the function's own sp, or rt.RecoverFrame(w, h). Functions
// marked Wrapper whose body is one call have no frame and pass sp on, so their callee looks
// called by the deferring function itself; other wrappers are frames with abi.FuncWrapper set.

// handler prints the direct form's handler.
func (g *fn) handler() {
	h := g.plan.Handler
	g.pf("done := false")
	g.pf("defer func() {")
	g.pf("if done {\nreturn\n}")
	g.pf("var r any\nif !%s.Panicking(w) {\nr = recover()\n}", g.rt())
	g.pf("if %s.Handle(%s, &ʀsites_%s[%d], &fr.defers, r) {\nreturn\n}", g.rt(), g.hidden(), g.sym, h.Index)
	g.pf("recover()")
	if g.f.Class == ir.Resumable {
		g.pf("if w.Unwind != 0 {")
		g.suspend(h)
		g.pf("return\n}")
	}
	for i, r := range g.f.Results {
		if c := g.cell(i); c != nil {
			g.pf("%s = %s", g.read(r), g.fromCell(i))
		}
	}
	g.pf("}()")
}

// A function none of whose defer statements runs twice keeps the list's nodes in its frame, and the closures that
// were made for them:
//
//	// defer mu.Unlock()
//	fr.d0.object.code, fr.d0.object.env = ʀcode_f_fm(), uintptr(unsafe.Pointer(&fr.d0.object.ʀenv_f_fm))
//	fr.d0.object.c_0 = &mu
//	fr.d0.fn = uintptr(unsafe.Pointer(&fr.d0.object))
//	fr.d0.link, fr.defers = fr.defers, uintptr(unsafe.Pointer(&fr.d0))
//	…
//	// the list on return, the last one first: what it calls is known, and perhaps inlined
//	if fr.defers == uintptr(unsafe.Pointer(&fr.d0)) {
//		fr.defers = fr.d0.link
//		fr.site = …
//		ʀf_fm(w, sp+unsafe.Sizeof(*fr), &fr.d0.object.ʀenv_f_fm)
//	}
//
// Everything else takes them for a list like any other; Capture corrects its addresses. Every site counts what the nodes
// hold of elsewhere as live, so it is cleared at entry.

// deferredClosure prints what d calls into the frame.
func (g *fn) deferredClosure(d *passes.Deferral) {
	f := d.Make.Func
	g.called[f] = true
	if f.Env == nil {
		return
	}
	id, at := g.id(f), fmt.Sprintf("fr.d%d.object", d.Index)
	g.at(d.Make)
	g.pf("%s.code, %s.env = ʀcode_%s(), %s", at, at, id, g.uptr("&"+at+".ʀenv_"+id))
	for i, e := range d.Make.Captured {
		g.pf("%s.%s = %s", at, f.Captures[i].Name, g.captured(e, f.Captures[i].Type))
	}
}

// push prints the defer statement.
func (g *fn) push(d *passes.Deferral) {
	at := fmt.Sprintf("fr.d%d", d.Index)
	switch {
	case d.Object() != nil:
		g.pf("%s.fn = %s", at, g.uptr("&"+at+".object"))
	case d.Make != nil:
		g.pf("%s.fn = %s.FuncWord(%s)", at, g.abi(), g.host(d.Make.Func))
	default:
		g.pf("%s.fn = %s.FuncWord(%s)", at, g.abi(), g.read(d.Defer.Fn))
	}
	g.pf("%s.link, fr.defers = fr.defers, %s", at, g.uptr("&"+at))
}

// runDeferrals prints, for the direct form, the calls of the list.
func (g *fn) runDeferrals(s *ir.RunDefers, site *passes.Site) {
	for i := len(g.plan.Deferrals) - 1; i >= 0; i-- {
		d := g.plan.Deferrals[i]
		at := fmt.Sprintf("fr.d%d", d.Index)
		g.pf("if fr.defers == %s {", g.uptr("&"+at))
		g.pf("fr.defers = %s.link", at)
		g.site(site)
		g.at(s)
		switch f := d.Func(); {
		case f == nil:
			g.pf("(*%s.Defer)(%s.Pointer(&%s)).Fn(%s)", g.abi(), g.unsafe(), at, g.hidden())
			g.unwind(site)
		default:
			env := ""
			if f.Env != nil {
				env = ", &" + at + ".object.ʀenv_" + g.id(f)
			}
			g.pf("%s(%s%s)", g.host(f), g.hidden(), env)
			if f.Class == ir.Resumable {
				g.unwind(site)
			}
		}
		g.pf("}")
	}
}

// cell is the variable that points to result i's heap cell, if it has one.
func (g *fn) cell(i int) *ir.Var {
	if i < len(g.f.Cells) {
		return g.f.Cells[i]
	}
	return nil
}

// fromCell reads result i through its cell's slot, so that the handler's closure need not
// capture the variable.
func (g *fn) fromCell(i int) string {
	s := g.plan.Slots[g.cell(i)]
	if len(s) != 1 {
		g.fail("result %d has no slot for its cell", i)
		return "nil"
	}
	return fmt.Sprintf("*(*%s)(%s.Pointer(fr.%s))", g.names.Type(g.f.Results[i].Type), g.unsafe(), g.slot(s[0]))
}

// machineHandler prints the state machine's handler, and what it does when it is resumed for a panic.
func (g *fn) machineHandler() {
	h := g.plan.Handler
	after := func() {
		g.pf("if w.Unwind != 0 {")
		g.suspend(h)
		g.pf("return\n}")
		g.giveBack(nil, func(i int) string {
			if g.cell(i) != nil {
				return g.fromCell(i)
			}
			return g.read(g.f.Results[i])
		})
		g.pf("w.Return(h)")
	}
	g.pf("done := false")
	g.pf("defer func() {")
	g.pf("if done {\nreturn\n}")
	g.pf("%s.HandleFrame(w, sp, h, &ʀsites_%s[%d], &fr.defers, recover())", g.rt(), g.sym, h.Index)
	after()
	g.pf("}()")
	g.pf("if w.Raise != nil || h.Site().State == %s.DeferState {", g.abi())
	g.restore(g.plan.Always)
	g.pf("done = true")
	g.pf("%s.HandleFrame(w, sp, h, &ʀsites_%s[%d], &fr.defers, nil)", g.rt(), g.sym, h.Index)
	after()
	g.pf("return\n}")
}
