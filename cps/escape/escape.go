// Package escape finds out which allocations do not outlive the call that makes them, so that
// they may lie in its frame.
//
//	p := rt.New[T](layout T)        p := &object 0 of the frame
//	f(p); return p.n            →   f(p); return p.n
//
// It looks at the whole program, callees first, and at once at what does not call one another. Within a batch
// of functions that call one another, or are closures in one another, values flow along weighted edges:
// weight n > 0 says that what the source leads to after n loads arrives, -1 that its address does.
//
//	p = New()    p ←(-1) object         x = *p   x ←(1) p
//	q = p        q ←(0) p               *p = x   heap ←(0) x; object ←(0) x if p is never anything else
//
// As in stock's compiler, an address that went through a uintptr variable escapes nowhere; but who has
// it counts as a holder of the object.
//
// An allocation escapes when its address reaches the heap, a result, or something that lives longer.
// What a function does with its parameters is kept as its summary: after how many loads what they
// lead to reaches the heap, and each result. Calls through interfaces and func values let their
// arguments escape; so do go statements, defer statements whose nodes are on the heap, sends, and body-less functions
// that do not say //go:noescape.
//
// Callers may rely on: an Object's memory is reached, between its allocation and the end of the call,
// only through variables in Holders, and when it is allocated anew nothing that is still wanted leads
// to the old contents.
package escape

import (
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/par"
	"rtgen/cps/passes"
)

// Largest objects in frames, in bytes. Contents with pointers are named word by word at each site. A frame
// must not reach over the guard behind the shadow stack.
const (
	maxPlain    = 8 << 10
	maxPointers = 512
	maxFrame    = 32 << 10
)

// Program marks the allocations of pkgs that do not escape: it sets Call.Local.
func Program(pkgs []*ir.Package) {
	a := &analysis{summaries: map[*ir.Func]*summary{}}
	var all []*ir.Func
	for _, p := range pkgs {
		all = append(all, p.Funcs...)
		if p.Init != nil {
			all = append(all, p.Init)
		}
	}
	for _, f := range all {
		a.summaries[f] = &summary{}
	}
	for _, level := range batches(all) {
		par.Each(len(level), func(i int) { a.batch(level[i]) })
	}
}

// analysis is what is known about functions looked at so far.
type analysis struct {
	summaries map[*ir.Func]*summary // each is written by its function's batch
}

// never is the number of loads after which nothing arrives.
const never = 100

// summary says after how many loads what the parameters lead to is let out.
type summary struct {
	heap leaks
	outs []leaks // by result
	held []leaks // the same, by way of a uintptr as well
}

// leaks has the number of loads for each parameter, the receiver first; it is nil if all are never.
type leaks []int8

func (l leaks) of(i int) int8 {
	if l == nil {
		return never
	}
	return l[i]
}

// params lists f's receiver and parameters as calls pass them.
func params(f *ir.Func) []*ir.Var {
	if f.Recv == nil {
		return f.Params
	}
	return append([]*ir.Var{f.Recv}, f.Params...)
}

// object is what the call of a primitive would allocate, and whether a frame can hold it.
func object(c *ir.Call) (types.Type, bool) {
	if c.Callee.Kind != ir.Primitive || len(c.Dst) != 1 || c.Dst[0] == nil {
		return nil, false
	}
	var t types.Type
	switch c.Callee.Prim.Name {
	case "New":
		t = c.Callee.TArgs[0]
	case "MakeSlice":
		n, ok := constInt(c.Args[2])
		l, ok1 := constInt(c.Args[1])
		if !ok || !ok1 || l < 0 || l > n || n > maxPlain {
			return nil, false
		}
		t = types.NewArray(c.Callee.TArgs[0], n)
	case "Box":
		t = c.Callee.TArgs[1]
	case "BytesToString", "StringToBytes", "Concat2", "Concat3", "ConcatN":
		t = types.NewArray(types.Typ[types.Byte], ir.BufferSize)
	default:
		return nil, false
	}
	size, limit := passes.Sizes.Sizeof(t), int64(maxPlain)
	if passes.HasPointers(t) {
		limit = maxPointers
	}
	return t, size > 0 && size <= limit
}

// closure is the object of a func value.
func closure(s *ir.MakeClosure) (types.Type, bool) {
	if s.Dst == nil || s.Func.Env == nil {
		return nil, false
	}
	t := ir.ClosureType(s.Func)
	return t, passes.Sizes.Sizeof(t) <= maxPointers
}
