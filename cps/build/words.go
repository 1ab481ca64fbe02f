package build

import (
	"go/ast"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file lowers what takes interfaces apart by unsafe, and puts them together:
//
//	(*words)(unsafe.Pointer(&t)).data     t a reflect.Type, or an any that may hold one
//	*(*any)(unsafe.Pointer(&words{typ, data}))
//
// Programs that do so know two things of gc: that interfaces hold type words, and that a reflect.Type holds the word
// of the type that it shows, as a reflect.Value does. But our reflect.Type and Value hold a descriptor, and interfaces
// hold the host's words. So what a program sees by unsafe is the host's word in all three:
//
//   - A variable whose address is converted is turned into that form where it stands, and whoever reads it as what it
//     is gets the other form back. What is not a variable of a function is copied instead.
//   - An interface read through a converted pointer may have been put together, and gets its own form.
//
//   - A field read through a type word, as maphash and cockroachdb/swiss read a map type's Hasher, is the
//     descriptor's: that is laid out as gc's.
//
// Functions that are linked to take either: rtlib/std/reflect/link.go.

// taken says how the words of a type's values differ in the two forms.
type taken int

const (
	never    taken = iota
	anAny          // may hold a *reflect.rtype, or come with a descriptor for a type word
	aReflect       // reflect.Type itself
	aValue         // reflect.Value, which holds a type too
	aFunc          // not an interface: a func value that may be put together from the code of any function
)

// turned is a result that is taken apart.
type turned struct {
	result int
	taken
}

// takes is how values of type t are taken apart in this package.
func (b *fn) takes(t types.Type) taken {
	if b.src.Standard || b.p.reflectOf(b.src) == nil {
		return never
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() == b.p.reflectOf(b.src) {
		switch n.Obj().Name() {
		case "Type":
			return aReflect
		case "Value":
			return aValue
		}
	}
	if i, ok := t.Underlying().(*types.Interface); ok && i.Empty() {
		return anAny
	}
	return never
}

// reflectOf is package reflect, if the package imports it, directly or not.
func (p *program) reflectOf(s *Source) *types.Package {
	if r := p.byPath["reflect"]; r != nil && p.imports(s.Types)[r.Types] {
		return r.Types
	}
	return nil
}

// outside turns the variable that e, a conversion, takes apart into the form that the program expects.
func (b *fn) outside(e *ast.CallExpr) {
	at, k := b.takenApart(e)
	if k == never {
		return
	}
	if v := b.localVar(at.X); v != nil {
		b.words([]string{anAny: "outsideAny", aReflect: "outsideType", aValue: "outsideValue"}[k], addr(b.variable(v), types.NewPointer(b.env.typ(v.Type()))))
	}
}

// takenApart returns the &x of a conversion (*T)(unsafe.Pointer(&x)) that takes apart what x holds.
func (b *fn) takenApart(e ast.Expr) (*ast.UnaryExpr, taken) {
	if b.src.Standard {
		return nil, never
	}
	to, ok := converted(b.info, e)
	if !ok {
		return nil, never
	}
	p, ok := b.typeOf(e).Underlying().(*types.Pointer)
	if !ok || isInterface(p.Elem()) {
		return nil, never
	}
	at := addressIn(b.info, to)
	if at == nil {
		return nil, never
	}
	if _, ok := ast.Unparen(at.X).(*ast.CompositeLit); ok {
		return nil, never
	}
	return at, b.takes(b.typeOf(at.X))
}

// through lowers what a selector, an index or a * stands behind. A reflect.Type that is taken apart and is no variable
// of a function is copied.
func (b *fn) through(e ast.Expr) ir.Expr {
	at, k := b.takenApart(e)
	if k != aReflect || b.writes || b.localVar(at.X) != nil {
		return b.expr(e)
	}
	x := b.words("typeWords", b.settle(b.expr(at.X)))
	return &ir.Conv{X: &ir.Conv{X: x, Typed: ir.Typed{T: typPtr}}, Typed: ir.Typed{T: b.typeOf(e)}}
}

// descriptor is x, whose field is read; if it points to what the package has for a type word, the descriptor of the type.
func (b *fn) descriptor(x ir.Expr) ir.Expr {
	p, ok := types.Unalias(x.Type()).(*types.Pointer)
	if !ok || b.writes || b.src.Standard || b.p.reflectOf(b.src) == nil {
		return x
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || !b.p.typeWordsIn()[n.Obj()] {
		return x
	}
	return b.late(p, func() ir.Expr { return b.recast(b.words("descriptor", b.recast(b.atom(b.settle(x)), typPtr)), p) })
}

// typeWordsIn is the set of the package's types that stand for what the first word of an empty interface points to:
//
//	(*eface)(unsafe.Pointer(&x))     type eface struct { typ *rtype; … } → rtype
func (u *unit) typeWordsIn() map[*types.TypeName]bool {
	if u.typeWords != nil {
		return u.typeWords
	}
	m := map[*types.TypeName]bool{}
	u.typeWords = m
	u.eachConversion(func(e, word ast.Expr) {
		at := addressIn(u.src.Info, word)
		if at == nil {
			return
		}
		if i, ok := u.src.Info.TypeOf(at.X).Underlying().(*types.Interface); !ok || !i.Empty() {
			return
		}
		t := pointee(u.src.Info.TypeOf(e))
		if t == nil {
			return
		}
		if st, ok := t.Underlying().(*types.Struct); ok && st.NumFields() > 0 {
			if w, ok := pointee(st.Field(0).Type()).(*types.Named); ok {
				m[w.Obj()] = true
			}
		}
	})
	return m
}

// eachConversion calls f for the package's conversions e of x.
func (u *unit) eachConversion(f func(e, x ast.Expr)) {
	for _, file := range u.src.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				if x, ok := converted(u.src.Info, c); ok {
					f(c, x)
				}
			}
			return true
		})
	}
}

// addressIn returns the &x of a conversion unsafe.Pointer(&x), or nil.
func addressIn(info *types.Info, e ast.Expr) *ast.UnaryExpr {
	x, ok := converted(info, e)
	if !ok || !isUnsafePointer(info.TypeOf(e)) {
		return nil
	}
	if at, ok := ast.Unparen(x).(*ast.UnaryExpr); ok && at.Op == token.AND {
		return at
	}
	return nil
}

// pointee is what t points to, nil if it is no pointer.
func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return nil
}

// inside is x, read from a place that may hold the other form.
func (b *fn) inside(x ir.Expr, k taken) ir.Expr {
	t := x.Type()
	return b.late(t, func() ir.Expr {
		x := b.atom(b.settle(x))
		switch k {
		case aReflect:
			return b.words("insideType", x)
		case aValue:
			return b.words("insideValue", x)
		}
		return b.convert(b.words("insideAny", b.convert(x, typAny)), t)
	})
}

// words calls a function of reflect's overlay, rtlib/std/reflect/words.go.
func (b *fn) words(name string, x ir.Expr) ir.Expr {
	f := b.p.reflectOf(b.src).Scope().Lookup(name).(*types.Func)
	var ts []types.Type
	if r := f.Signature().Results(); r.Len() > 0 {
		ts = append(ts, r.At(0).Type())
	}
	rs := b.emitCall(ir.Callee{Kind: ir.Static, Ref: b.p.ref(f, nil)}, []ir.Expr{x}, false, ts)
	if len(rs) == 0 {
		return nil
	}
	return rs[0]
}

// madeUp reports whether *e reads an interface or a func value through a converted pointer, and how.
func (b *fn) madeUp(e *ast.StarExpr) taken {
	if b.writes || b.src.Standard {
		return never
	}
	p, ok := converted(b.info, e.X)
	if !ok || !isUnsafePointer(b.typeOf(p)) {
		return never
	}
	if _, ok := b.typeOf(e).Underlying().(*types.Signature); ok {
		return aFunc
	}
	return b.takes(b.typeOf(e))
}

// localVar is the variable of a function that x names, if it does.
func (b *fn) localVar(x ast.Expr) *types.Var {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return nil
	}
	if v, ok := b.info.Uses[id].(*types.Var); ok && !isPackageLevel(v) {
		return v
	}
	return nil
}

// readApart is how v must be read: some unsafe.Pointer(&v) may have turned it.
func (b *fn) readApart(v *types.Var) taken {
	if b.src.Standard || !b.p.apartIn()[v] {
		return never
	}
	return b.takes(b.env.typ(v.Type()))
}

// apartIn is the set of variables in the package whose addresses are converted to unsafe.Pointer.
func (u *unit) apartIn() map[*types.Var]bool {
	if u.apart != nil {
		return u.apart
	}
	m := map[*types.Var]bool{}
	u.apart = m
	u.eachConversion(func(e, _ ast.Expr) {
		at := addressIn(u.src.Info, e)
		if at == nil {
			return
		}
		if id, ok := ast.Unparen(at.X).(*ast.Ident); ok {
			if v, ok := u.src.Info.Uses[id].(*types.Var); ok {
				m[v] = true
			}
		}
	})
	return m
}

// converted is the operand of e if that is a conversion.
func converted(info *types.Info, e ast.Expr) (ast.Expr, bool) {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(c.Args) != 1 || !info.Types[c.Fun].IsType() {
		return nil, false
	}
	return c.Args[0], true
}
