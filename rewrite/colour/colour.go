// Package colour decides which functions may suspend.
//
//	func (b *Buffer) Len() int { return len(b.buf) - b.off }        verbatim
//	func New(n int) *Buffer    { return &Buffer{…} }                 direct: allocates
//	func pump(in chan T)       { for v := range in { use(v) } }      resumable: receives
//	func each(f func(T))       { … f(t) … }                          resumable if any func(T) whose
//	                                                                 value is taken anywhere is
//
// It is a reachability question over the call graph of the whole program, and the graph is
// sound but coarse. A static call has its callee. A call through an interface reaches every
// method of that name and signature (class hierarchy analysis; promoted methods bear the
// name and signature of what they promote, so embedding needs no case of its own). A call of
// a func value reaches every function of that signature whose value is taken. Both kinds of
// dynamic call are one node of the graph each, so its size is linear in the program's.
//
// Two refinements pay for themselves. The closure behind a go statement runs in another
// goroutine and colours nobody; the one behind a defer statement is called by its own
// function's RunDefers only. Without them, each func() in the program would be resumable as
// soon as one goroutine receives from a channel.
//
// Callers may rely on this: a function's class is at least that of all it calls, dynamic
// calls are at least direct since they pass (w, sp), and the result does not depend on the
// order of packages or functions.
package colour

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// Colours are the classes of a program's functions and dynamic calls. They are read-only
// once computed, so that packages may be emitted in parallel.
type Colours struct {
	funcs  map[*ir.Func]*node
	hooks  map[*ir.Hook]*node
	prims  map[*ir.Prim]*node
	ifaces map[string]*typeutil.Map // by method name, with package path if unexported; signature → *node
	values typeutil.Map             // signature → *node
	defers map[*ir.Func]*node       // the RunDefers of a function
}

// node is a function or a set of functions that one call may reach.
type node struct {
	class   ir.Class
	callers []caller
	name    string

	// Why class is what it is: the statement at pos, which reaches callee (nil: by itself,
	// for the stated reason). Only the step that last raised the class is kept.
	callee *node
	pos    token.Position
	reason string
}

type caller struct {
	n   *node
	pos token.Position
}

// Program colours all functions of pkgs: it sets their Class.
func Program(pkgs []*ir.Package) *Colours {
	c := &Colours{
		funcs:  map[*ir.Func]*node{},
		hooks:  map[*ir.Hook]*node{},
		prims:  map[*ir.Prim]*node{},
		ifaces: map[string]*typeutil.Map{},
		defers: map[*ir.Func]*node{},
	}
	s := &solver{c: c}
	for _, p := range pkgs {
		for _, f := range p.Funcs {
			s.method(f.Ref, f.Sig, c.funcNode(f))
		}
		for _, h := range p.Hooks {
			s.method(&ir.Ref{Obj: h.Fn}, h.Fn.Signature(), s.hook(h))
		}
	}
	var funcs []*ir.Func
	for _, p := range pkgs {
		for _, f := range p.Funcs {
			funcs = append(funcs, f)
			s.function(f)
		}
		if p.Init != nil {
			funcs = append(funcs, p.Init)
			s.function(p.Init)
		}
		for _, g := range p.Globals {
			s.initialiser(g.Init)
		}
		for _, l := range p.Links {
			s.initialiser(l.Value)
		}
	}
	s.solve()
	s.polls(funcs)
	s.solve()
	for f, n := range c.funcs {
		f.Class = n.class
	}
	for _, f := range funcs {
		f.Try = passes.MayTry(f, c)
	}
	return c
}

func (c *Colours) funcNode(f *ir.Func) *node {
	n := c.funcs[f]
	if n == nil {
		n = &node{name: f.Name}
		c.funcs[f] = n
	}
	return n
}

// Iface returns the class of calling method m through an interface of type recv.
func (c *Colours) Iface(m *types.Func, recv types.Type) ir.Class {
	if sigs := c.ifaces[methodKey(m)]; sigs != nil {
		if n, ok := sigs.At(bare(m.Signature())).(*node); ok {
			return max(n.class, ir.Direct)
		}
	}
	return ir.Direct
}

// Value returns the class of calling a func value of type sig.
func (c *Colours) Value(sig *types.Signature) ir.Class {
	if n, ok := c.values.At(bare(sig)).(*node); ok {
		return max(n.class, ir.Direct)
	}
	return ir.Direct
}

// Defers returns the class of running f's deferred calls.
func (c *Colours) Defers(f *ir.Func) ir.Class {
	if n := c.defers[f]; n != nil {
		return max(n.class, ir.Direct)
	}
	return ir.Direct
}

// Call returns the class of a call. args are its arguments: those of a Value call begin with
// the func value.
func (c *Colours) Call(callee *ir.Callee, args []ir.Expr) ir.Class {
	switch callee.Kind {
	case ir.Static:
		switch r := callee.Ref; {
		case r.Func != nil:
			return r.Func.Class
		case r.Hook != nil:
			return r.Hook.Class
		}
		return ir.Verbatim
	case ir.Closure:
		return callee.Func.Class
	case ir.Iface:
		return c.Iface(callee.Method, args[0].Type())
	case ir.Value:
		return c.Value(args[0].Type().Underlying().(*types.Signature))
	case ir.Primitive:
		return callee.Prim.Class
	}
	panic(fmt.Sprintf("colour: callee kind %d", callee.Kind))
}

// methodKey is what must agree, besides the signature, for a method to implement m.
func methodKey(m *types.Func) string {
	if m.Exported() || m.Pkg() == nil {
		return m.Name()
	}
	return m.Pkg().Path() + "." + m.Name()
}

// bare returns sig without its receiver, so that types.Identical compares what callers see.
func bare(sig *types.Signature) *types.Signature {
	if sig.Recv() == nil && sig.TypeParams() == nil {
		return sig
	}
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}

// Why explains f's class, one step a line, from f to a primitive or hook:
//
//	fmt.Fprintln       print.go:305: calls (io.Writer).Write
//	(io.Writer).Write  may be os.(*File).Write
//	…
func (c *Colours) Why(f *ir.Func) string {
	var b strings.Builder
	n := c.funcs[f]
	if n == nil {
		return ""
	}
	fmt.Fprintf(&b, "%s is %s\n", n.name, ClassName(n.class))
	for n != nil {
		switch {
		case n.callee != nil && n.pos.IsValid():
			fmt.Fprintf(&b, "%s\n\t%s: calls %s\n", n.name, n.pos, n.callee.name)
		case n.callee != nil:
			fmt.Fprintf(&b, "%s\n\tmay be %s\n", n.name, n.callee.name)
		case n.reason != "" && n.pos.IsValid():
			fmt.Fprintf(&b, "%s\n\t%s: %s\n", n.name, n.pos, n.reason)
		case n.reason != "":
			fmt.Fprintf(&b, "%s\n\t%s\n", n.name, n.reason)
		}
		n = n.callee
	}
	return b.String()
}

// ClassName spells a class as the documentation does.
func ClassName(c ir.Class) string { return [...]string{"verbatim", "direct", "resumable"}[c] }
