package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
)

// This file decides which local variables need a heap cell: those whose address is taken,
// and those that a closure captures and somebody assigns after the declaration. Captured
// variables that are never assigned again are captured by value.

// usage is what a function body does with one local variable.
type usage struct {
	home     ast.Node // innermost FuncLit (or range-over-func statement) that declares it; nil for the function itself
	captured bool
	addr     bool
	assigned bool
}

// assigns reports whether v is assigned to.
func (u *usages) assigns(v *types.Var) bool {
	x := u.vars[v]
	return x != nil && x.assigned
}

func (u *usage) cell() bool { return u != nil && (u.addr || u.captured && u.assigned) }

// usages is the result for one declaration, closures included.
type usages struct {
	info *types.Info
	vars map[*types.Var]*usage
	home ast.Node
	// perIteration reports whether loop variables are new in every iteration (Go 1.22 and later).
	perIteration bool
}

func analyse(info *types.Info, goVersion string, node ast.Node) *usages {
	u := &usages{info: info, vars: map[*types.Var]*usage{}}
	u.perIteration = goVersion == "" || version.Compare(goVersion, "go1.22") >= 0
	u.walk(node)
	return u
}

func (u *usages) use(v *types.Var) *usage {
	x := u.vars[v]
	if x == nil {
		x = &usage{home: u.home}
		u.vars[v] = x
	}
	return x
}

func (u *usages) obj(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	o := u.info.Uses[id] // as most are
	if o == nil {
		o = u.info.Defs[id]
	}
	v, _ := o.(*types.Var)
	if v == nil || v.IsField() || isPackageLevel(v) {
		return nil
	}
	return v
}

func isPackageLevel(o types.Object) bool {
	return o.Pkg() != nil && o.Parent() == o.Pkg().Scope()
}

// root returns the local variable that an addressable operand is part of.
func (u *usages) root(e ast.Expr) *types.Var {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			return u.obj(x)
		case *ast.SelectorExpr:
			sel := u.info.Selections[x]
			if sel == nil || sel.Kind() != types.FieldVal || sel.Indirect() {
				return nil
			}
			e = x.X
		case *ast.IndexExpr:
			if t := u.info.TypeOf(x.X); t == nil || !isArray(t) {
				return nil
			}
			e = x.X
		default:
			return nil
		}
	}
}

func isArray(t types.Type) bool {
	_, ok := under(t).(*types.Array)
	return ok
}

// under is the underlying type, or the core type of a type parameter.
func under(t types.Type) types.Type {
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		if c := coreType(tp); c != nil {
			return c
		}
	}
	return t.Underlying()
}

func coreType(tp *types.TypeParam) types.Type {
	var core types.Type
	iface := tp.Underlying().(*types.Interface)
	for i := range iface.NumEmbeddeds() {
		switch t := types.Unalias(iface.EmbeddedType(i)).(type) {
		case *types.Union:
			for j := range t.Len() {
				c := t.Term(j).Type().Underlying()
				if core != nil && !types.Identical(core, c) {
					return nil
				}
				core = c
			}
		default:
			if _, ok := t.Underlying().(*types.Interface); ok {
				continue
			}
			core = t.Underlying()
		}
	}
	return core
}

func (u *usages) assign(e ast.Expr) {
	if v := u.root(e); v != nil {
		u.use(v).assigned = true
	}
}

func (u *usages) addrOf(e ast.Expr) {
	if v := u.root(e); v != nil {
		u.use(v).addr = true
	}
}

func (u *usages) walk(node ast.Node) {
	if node == nil {
		return
	}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			saved := u.home
			u.home = n
			u.walk(n.Type)
			u.walk(n.Body)
			u.home = saved
			return false
		case *ast.Ident:
			if v := u.obj(n); v != nil {
				if u.info.Defs[n] != nil {
					u.use(v)
				} else if x := u.use(v); x.home != u.home {
					x.captured = true
				}
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && n.Tok == token.DEFINE && u.info.Defs[id] != nil {
					continue
				}
				u.assign(l)
			}
		case *ast.IncDecStmt:
			u.assign(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				u.addrOf(n.X)
			}
		case *ast.SliceExpr:
			if t := u.info.TypeOf(n.X); t != nil && isArray(t) {
				u.addrOf(n.X)
			}
		case *ast.SelectorExpr:
			if sel := u.info.Selections[n]; sel != nil && sel.Kind() == types.MethodVal && !sel.Indirect() {
				if fn, ok := sel.Obj().(*types.Func); ok {
					recv := fn.Signature().Recv()
					_, ptr := types.Unalias(recv.Type()).(*types.Pointer)
					_, isPtr := types.Unalias(sel.Recv()).(*types.Pointer)
					if ptr && !isPtr {
						u.addrOf(n.X)
					}
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				u.assign0(n.Key)
				u.assign0(n.Value)
			}
			u.walk(n.X)
			t := u.info.TypeOf(n.X)
			if t != nil {
				if _, ok := under(t).(*types.Signature); ok {
					saved := u.home
					u.home = n
					u.walkIf(n.Key)
					u.walkIf(n.Value)
					u.walk(n.Body)
					u.home = saved
					return false
				}
			}
			u.walkIf(n.Key)
			u.walkIf(n.Value)
			if n.Tok == token.DEFINE && !u.perIteration {
				u.assign0(n.Key)
				u.assign0(n.Value)
			}
			u.walk(n.Body)
			return false
		}
		return true
	})
}

func (u *usages) walkIf(e ast.Expr) {
	if e != nil {
		u.walk(e)
	}
}

func (u *usages) assign0(e ast.Expr) {
	if e != nil {
		u.assign(e)
	}
}
