package ir

import (
	"fmt"
	"go/types"
)

// This file checks what every pass may take for granted about a function's body.

// Verify reports the first thing wrong with f:
//
//   - a variable is listed once, and what statements mention is listed;
//   - break, continue and goto name something they can reach;
//   - tuples have equal lengths; conditions are booleans;
//   - pointers that host code gets, and that a collection might free meanwhile, are variables or constants;
//   - a function that defers has a place for each result, and only such a function has a list to run.
func Verify(f *Func) error {
	v := &verifier{f: f, known: map[*Var]bool{}, labels: map[string]bool{}}
	v.vars()
	Walk(f.Body, func(s Stmt) {
		if l, ok := s.(*Label); ok {
			if v.labels[l.Name] {
				v.fail(s, "label %s is declared twice", l.Name)
			}
			v.labels[l.Name] = true
		}
	}, nil)
	v.list(f.Body, nil)
	return v.err
}

type verifier struct {
	f      *Func
	known  map[*Var]bool
	labels map[string]bool
	err    error
}

// place is a statement that breaks and continues may name.
type place struct {
	label string
	loop  bool
}

func (v *verifier) fail(s Stmt, format string, args ...any) {
	if v.err != nil {
		return
	}
	at := v.f.Pos
	if s != nil {
		at = s.Position()
	}
	v.err = fmt.Errorf("%s: build: %s: %s", at, v.f.Name, fmt.Sprintf(format, args...))
}

func (v *verifier) vars() {
	f := v.f
	names := map[string]bool{}
	add := func(x *Var) {
		switch {
		case x == nil:
		case v.known[x]:
			v.fail(nil, "variable %s is listed twice", x.Name)
		case names[x.Name]:
			v.fail(nil, "two variables are called %s", x.Name)
		case x.Type == nil:
			v.fail(nil, "variable %s has no type", x.Name)
		default:
			v.known[x], names[x.Name] = true, true
		}
	}
	add(f.Env)
	add(f.Recv)
	for _, list := range [][]*Var{f.Params, f.Results, f.Vars} {
		for _, x := range list {
			add(x)
		}
	}
	if f.Defers != nil {
		v.known[f.Defers] = true
		if len(f.Cells) != 0 && len(f.Cells) != len(f.Results) {
			v.fail(nil, "%d cells for %d results", len(f.Cells), len(f.Results))
		}
	}
	if f.Env == nil && len(f.Captures) > 0 {
		v.fail(nil, "captures without an environment")
	}
}

func (v *verifier) use(s Stmt, x *Var) {
	if x != nil && !v.known[x] {
		v.fail(s, "variable %s is not listed", x.Name)
	}
}

func (v *verifier) expr(s Stmt, e Expr) {
	WalkExpr(e, func(e Expr) {
		switch e := e.(type) {
		case *VarRef:
			v.use(s, e.V)
		case *NoescapeAddr:
			v.use(s, e.V)
		case *StaticAddr:
			v.fail(s, "a static address outside of an initialiser")
		}
		if e.Type() == nil {
			v.fail(s, "%s has no type", ExprText(e))
		}
	})
}

func (v *verifier) boolean(s Stmt, e Expr) {
	if e == nil || e.Type() == nil {
		return
	}
	if b, ok := e.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 {
		v.fail(s, "condition %s is of type %s", ExprText(e), e.Type())
	}
}

func (v *verifier) list(list []Stmt, in []place) {
	for _, s := range list {
		v.stmt(s, in)
	}
}

func (v *verifier) stmt(s Stmt, in []place) {
	for _, e := range Operands(s) {
		v.expr(s, e)
	}
	switch s := s.(type) {
	case *Assign:
		if len(s.Dst) != len(s.Src) || len(s.Dst) == 0 || s.Op != 0 && len(s.Dst) != 1 {
			v.fail(s, "%d values for %d destinations", len(s.Src), len(s.Dst))
		}
	case *Call:
		v.call(s)
	case *MakeClosure:
		v.use(s, s.Dst)
		if len(s.Captured) != len(s.Func.Captures) {
			v.fail(s, "%d values for the %d captures of %s", len(s.Captured), len(s.Func.Captures), s.Func.Name)
		}
	case *TypeAssert:
		v.use(s, s.Dst)
		v.use(s, s.Ok)
		if !types.IsInterface(s.X.Type()) {
			v.fail(s, "assertion on %s", s.X.Type())
		}
	case *If:
		v.boolean(s, s.Cond)
		v.list(s.Then, in)
		v.list(s.Else, in)
	case *Loop:
		v.boolean(s, s.Cond)
		v.list(s.Body, append(in[:len(in):len(in)], place{s.Label, true}))
		v.list(s.Post, in)
	case *Block:
		v.list(s.Body, append(in[:len(in):len(in)], place{s.Label, false}))
	case *Switch:
		in = append(in[:len(in):len(in)], place{s.Label, false})
		for _, c := range s.Cases {
			v.list(c.Body, in)
		}
		v.list(s.Default, in)
	case *Break:
		v.target(s, s.Label, in, false)
	case *Continue:
		v.target(s, s.Label, in, true)
	case *Goto:
		if !v.labels[s.Label] {
			v.fail(s, "goto %s leads nowhere", s.Label)
		}
	case *Return:
		if len(s.Vals) != len(v.f.Results) {
			v.fail(s, "%d values for %d results", len(s.Vals), len(v.f.Results))
		}
	case *Go:
		v.use(s, s.Fn)
	case *Defer:
		v.use(s, s.Fn)
		if v.f.Defers == nil {
			v.fail(s, "defer in a function without a list")
		}
	case *RunDefers:
		if v.f.Defers == nil {
			v.fail(s, "deferred calls in a function without a list")
		}
	case *Recover:
		v.use(s, s.Dst)
	case *Select:
		v.use(s, s.Index)
		for _, c := range s.Cases {
			v.use(s, c.Dst)
			v.use(s, c.Ok)
		}
	}
}

func (v *verifier) target(s Stmt, label string, in []place, loop bool) {
	for _, p := range in {
		if p.label == label && (p.loop || !loop) {
			return
		}
	}
	v.fail(s, "nothing around this statement is labelled %q", label)
}

func (v *verifier) call(s *Call) {
	for _, x := range s.Dst {
		v.use(s, x)
	}
	host := s.Callee.Kind == Primitive && s.Callee.Prim.Class != Verbatim
	if r := s.Callee.Ref; s.Callee.Kind == Static && r.Func == nil && r.Hook != nil {
		host = r.Hook.Class != Verbatim
	}
	for _, e := range s.Args {
		if host && pointerful(e.Type()) && !atom(e) {
			v.fail(s, "%s gets %s, which nothing keeps alive", calleeText(&s.Callee), ExprText(e))
		}
	}
}

// atom reports whether e is a variable, or something that no collection frees.
func atom(e Expr) bool {
	switch e := e.(type) {
	case *VarRef, *NoescapeAddr, *Const, *LayoutRef, *MapTypeRef, *TypeProto, *IfaceProto, *FuncRef:
		return true
	case *Conv:
		return atom(e.X)
	case *Ptr:
		return atom(e.X)
	}
	return false
}

func pointerful(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Map, *types.Chan, *types.Slice, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Info()&types.IsString != 0
	case *types.Struct:
		for i := range u.NumFields() {
			if pointerful(u.Field(i).Type()) {
				return true
			}
		}
	case *types.Array:
		return u.Len() > 0 && pointerful(u.Elem())
	}
	return false
}
