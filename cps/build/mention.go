package build

import (
	"go/types"

	"rtgen/cps/ir"
)

// This file walks IR for the instances that it mentions.

// close adds what the mentioned instances mention themselves. The methods of a mentioned type
// belong to its declaration.
func (m *mentions) close(bodies map[*ir.Ref][]*ir.Func) {
	for len(m.todo) > 0 {
		r := m.todo[len(m.todo)-1]
		m.todo = m.todo[:len(m.todo)-1]
		for _, f := range bodies[r] {
			m.function(f)
		}
	}
}

func (m *mentions) ref(r *ir.Ref) {
	if r == nil || len(r.TArgs) == 0 || m.refs[r] {
		return
	}
	m.refs[r] = true
	m.todo = append(m.todo, r)
}

func (m *mentions) function(f *ir.Func) {
	m.typ(f.Sig)
	for _, list := range [][]*ir.Var{f.Params, f.Results, f.Vars} {
		for _, v := range list {
			m.typ(v.Type)
		}
	}
	if f.Recv != nil {
		m.typ(f.Recv.Type)
	}
	for _, c := range f.Captures {
		m.typ(c.Type)
	}
	ir.Walk(f.Body, func(s ir.Stmt) {
		switch s := s.(type) {
		case *ir.Call:
			m.ref(s.Callee.Ref)
			for _, t := range s.Callee.TArgs {
				m.typ(t)
			}
		case *ir.TypeAssert:
			m.typ(s.To)
		case *ir.Select:
			for _, c := range s.Cases {
				m.typ(c.Elem)
			}
		}
	}, m.expr)
}

func (m *mentions) expr(e ir.Expr) {
	if e == nil {
		return
	}
	ir.WalkExpr(e, func(e ir.Expr) {
		switch e := e.(type) {
		case *ir.FuncRef:
			m.ref(e.Ref)
		case *ir.LayoutRef:
			m.typ(e.Of)
			return
		case *ir.MapTypeRef:
			m.typ(e.Of)
		case *ir.TypeProto:
			m.typ(e.Of)
		case *ir.IfaceProto:
			m.typ(e.Of)
		}
		m.typ(e.Type())
	})
}

// typ records instantiated types and types cloned for an instance.
func (m *mentions) typ(t types.Type) {
	if t == nil {
		return
	}
	t = types.Unalias(t)
	n, ok := t.(*types.Named)
	if !ok {
		if m.seen[t] {
			return
		}
		if m.seen == nil {
			m.seen = map[types.Type]bool{}
		}
		m.seen[t] = true
		children(t, m.typ)
		return
	}
	if m.seenNamed[n] {
		return
	}
	if m.seenNamed == nil {
		m.seenNamed = map[*types.Named]bool{}
	}
	m.seenNamed[n] = true
	owner := m.u.owners[n.Obj()]
	if n.TypeArgs().Len() == 0 && owner == nil {
		if n.Obj().Pkg() == nil || n.Obj().Parent() == n.Obj().Pkg().Scope() {
			return // declared in its package, which looks after its parts
		}
		m.typ(n.Underlying())
		return
	}
	if m.types.At(n) != nil {
		return
	}
	m.types.Set(n, true)
	for i := range n.TypeArgs().Len() {
		m.typ(n.TypeArgs().At(i))
	}
	m.typ(n.Underlying())
	var targs []types.Type
	for i := range n.TypeArgs().Len() {
		targs = append(targs, types.Unalias(n.TypeArgs().At(i)))
	}
	for i := range n.NumMethods() {
		m.ref(m.u.ref(n.Method(i), targs))
	}
}
