package sched

// This file is coroutines, on which iter.Pull is built: two goroutines of which one runs at a
// time, and a switch from one to the other that bypasses the queues.

import (
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
)

// Coro is the guest's *iter.coro. It lives in the guest's heap.
type Coro struct {
	g  uintptr // *G of the side that does not run
	fn func(w *abi.W, sp abi.SP, c *Coro)
}

var coroLayout = abi.Layout{Size: unsafe.Sizeof(Coro{}), Period: unsafe.Sizeof(Coro{}), Mask: word(unsafe.Offsetof(Coro{}.fn))}

// NewCoro makes a coroutine that will call fn at the first switch.
func NewCoro(w *abi.W, sp abi.SP, fn func(w *abi.W, sp abi.SP, c *Coro)) *Coro {
	c := (*Coro)(gc.New(w, sp, &coroLayout))
	p := of(w)
	g := p.newG()
	storeRel64(&p.started, p.started+1)
	g.flags = flagFresh | flagCoro
	g.setFunc(coroStart)
	g.Buf[1] = uintptr(unsafe.Pointer(c)) // a root: c lives until the goroutine ends
	g.Reason = ReasonCoroutine
	g.site, g.by = 0, 0
	if b := Self(w).bubble(); b != nil {
		b.start(g, false)
	}
	StoreRel(&g.state, parked)
	c.fn, c.g = fn, gWord(g)
	return c
}

// coroFrame is the frame of coroStart, whose body is host code.
type coroFrame struct{ c, site uintptr }

var (
	coroFn   = abi.Func{Name: "runtime.corostart", Flags: abi.FuncWrapper, Size: unsafe.Sizeof(coroFrame{})}
	coroSite = abi.Site{Fn: &coroFn, Live: 1}
)

func coroStart(w *abi.W, sp abi.SP) {
	c := abi.Ptr[Coro](Self(w).Buf[1])
	f := abi.Ptr[coroFrame](sp)
	f.c, f.site = uintptr(unsafe.Pointer(c)), uintptr(unsafe.Pointer(&coroSite))
	c.fn(w, sp+unsafe.Sizeof(coroFrame{}), c)
	if w.Unwind != abi.Running {
		w.Capture(sp, &coroFn, coroResume)
		return
	}
	coroExit(w, c)
}

func coroResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	c := abi.Ptr[Coro]((*coroFrame)(h.Body()).c)
	w.Return(h)
	coroExit(w, c)
}

// coroExit lets the other side go on; this one ends when it returns.
func coroExit(w *abi.W, c *Coro) {
	g := wordG(c.g)
	c.g = 0
	Ready(w, g)
}

// coroGone is called when coroutine g ends by Goexit. c is the Coro of its coroStart if that was
// captured; if not, g never parked, and its Buf is as NewCoro left it.
func coroGone(w *abi.W, g *G, c uintptr) {
	if c == 0 {
		c = g.Buf[1]
	}
	coroExit(w, abi.Ptr[Coro](c))
}

// CoroSwitch runs c's other side, and returns when that one switches back. Resumable.
func CoroSwitch(w *abi.W, sp abi.SP, c *Coro) {
	g, next := Self(w), wordG(c.g)
	if next == nil {
		fatal("coroswitch on exited coro")
	}
	c.g = gWord(g)
	g.Park(w, ReasonCoroutine)
	Ready(w, next)
}
