package build

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode"

	"rtgen/cps/ir"
)

// fn builds one function body.
type fn struct {
	p      *unit
	src    *Source
	info   *types.Info
	env    *env
	f      *ir.Func
	parent *fn
	use    *usages

	vars     map[types.Object]*local
	captures map[types.Object]int // index in f.Captures
	used     map[string]int       // names of Vars, with the next number to try behind each
	temps    map[*ir.Var]bool     // temporaries, each read in one place, that have not become a variable
	out      *[]ir.Stmt           // where emit appends
	pos      token.Position

	targets    []*target // enclosing statements that break and continue may name
	labels     map[types.Object]string
	inPlace    map[*ast.CallExpr]ir.Expr // what appends extend in place
	views      map[*ast.CallExpr]bool    // conversions to string that share the bytes
	nlabel     int
	nlit       *int // numbers the closures of a declaration as gc does
	closure    []*ir.Func
	rangeFn    *rangeBody // set while building the body of a range over a function
	nrange     *int       // numbers the range-over-func bodies of a function
	carry      *carrier
	returnAt   string // label of the one place where a function that defers runs its list and returns
	rangeLabel *types.Label
	turned     []turned  // results that are read as words.go says
	writes     bool      // what is lowered is written to, or its address taken
	lastCall   token.Pos // where the statement at hand calls or receives for the last time
}

// local is where a variable lives: in v itself, or in a heap cell that v points to.
type local struct {
	v    *ir.Var
	cell bool
}

func (u *unit) newFunc(e *env, r *ir.Ref) *fn {
	f := &ir.Func{Ref: r}
	if r != nil {
		r.Func = f
		f.Pkg = u.pkg
	}
	return &fn{p: u, src: u.src, info: u.src.Info, env: e, f: f,
		vars: map[types.Object]*local{}, captures: map[types.Object]int{}, used: map[string]int{},
		labels: map[types.Object]string{}, nlit: new(int), nrange: new(int)}
}

// all returns the function and the closures in it, parents first.
func (b *fn) all() []*ir.Func {
	fs := []*ir.Func{b.f}
	return append(fs, b.closure...)
}

// buildDecl lowers a function declaration.
func (b *fn) buildDecl(d *ast.FuncDecl) {
	obj := b.f.Ref.Obj
	b.f.Sig = b.env.signature(obj.Signature())
	b.f.Name = b.p.funcName(b.f.Ref)
	b.f.Host = d.Name.Name
	b.f.Pos, b.f.End = b.p.position(d.Pos()), b.p.position(d.End())
	b.f.NoInline = hasPragma(d.Doc, "go:noinline")
	b.use = analyse(b.info, b.fileVersion(d.Pos()), d)
	b.out = &b.f.Body
	if d.Recv != nil {
		b.f.Recv = b.params(d.Recv)[0]
	}
	b.function(d.Type, d.Body)
}

// fileVersion is the language version of the file that holds pos.
func (b *fn) fileVersion(pos token.Pos) string {
	for _, f := range b.src.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			if v := b.info.FileVersions[f]; v != "" {
				return v
			}
		}
	}
	return b.src.GoVersion
}

func hasPragma(doc *ast.CommentGroup, name string) bool {
	if doc != nil {
		for _, c := range doc.List {
			if c.Text == "//"+name {
				return true
			}
		}
	}
	return false
}

// function declares parameters and results and lowers the body.
func (b *fn) function(t *ast.FuncType, body *ast.BlockStmt) {
	b.f.Params = b.params(t.Params)
	b.results(t.Results)
	if declares(body) {
		b.f.Defers = b.newVar("defers", types.Typ[types.UnsafePointer])
	}
	b.f.Recovers = false
	b.pos = b.p.position(body.Pos())
	b.block(body.List)
	b.pos = b.p.position(body.End() - 1)
	falls := !terminates(b.f.Body)
	if falls && t.Results.NumFields() > 0 {
		b.emit(&ir.Unreachable{At: b.at()})
		falls = false
	}
	if b.f.Defers != nil {
		b.deferReturn(falls)
	} else if falls {
		b.ret(nil)
	}
}

// declares reports whether the body has defer statements of its own, range-over-func
// bodies included.
func declares(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

func terminates(list []ir.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ir.Return, *ir.Goto, *ir.Unreachable, *ir.Break, *ir.Continue:
		return true
	case *ir.Call:
		return s.Callee.Prim != nil && s.Callee.Prim.NoReturn
	}
	return false
}

// params makes a Var for every parameter, and a cell for those that need one.
func (b *fn) params(list *ast.FieldList) []*ir.Var {
	var vars []*ir.Var
	if list == nil {
		return nil
	}
	for _, f := range list.List {
		t := b.typeOf(f.Type)
		if e, ok := f.Type.(*ast.Ellipsis); ok {
			t = types.NewSlice(b.typeOf(e.Elt))
		}
		names := f.Names
		if len(names) == 0 {
			vars = append(vars, b.paramVar("_p", t))
			continue
		}
		for _, id := range names {
			if id.Name == "_" {
				vars = append(vars, b.paramVar("_p", t))
				continue
			}
			v := b.paramVar(id.Name, t)
			vars = append(vars, v)
			obj := b.info.Defs[id].(*types.Var)
			if b.inCell(obj, t) {
				c := b.newCell(id.Name, t)
				b.emit(&ir.Assign{Dst: []ir.Expr{deref(c, t)}, Src: []ir.Expr{ref(v)}, At: b.at()})
				b.vars[obj] = &local{c, true}
			} else {
				b.vars[obj] = &local{v, false}
			}
		}
	}
	return vars
}

func (b *fn) paramVar(name string, t types.Type) *ir.Var {
	return &ir.Var{Name: b.name(name), Type: t}
}

func (b *fn) results(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, f := range list.List {
		t := b.typeOf(f.Type)
		names := f.Names
		if len(names) == 0 {
			b.f.Results = append(b.f.Results, b.paramVar("r", t))
			b.f.Cells = append(b.f.Cells, nil)
			continue
		}
		for _, id := range names {
			v := b.paramVar(strings.ReplaceAll(id.Name, "_", "r"), t)
			b.f.Results = append(b.f.Results, v)
			var cell *ir.Var
			if obj, ok := b.info.Defs[id].(*types.Var); ok && id.Name != "_" {
				u := b.use.vars[obj]
				if b.inCell(obj, t) || u != nil && u.captured {
					cell = b.newCell(id.Name, t)
					b.vars[obj] = &local{cell, true}
				} else {
					b.vars[obj] = &local{v, false}
				}
				if k := b.readApart(obj); k != never {
					b.turned = append(b.turned, turned{len(b.f.Cells), k})
				}
			}
			b.f.Cells = append(b.f.Cells, cell)
		}
	}
}

// ---- variables ----

var reserved = map[string]bool{}

func init() {
	for _, n := range strings.Fields(`w sp fr h c d r done rt abi unsafe _ break case chan const continue default
		defer else fallthrough for func go goto if import interface map package range return select struct switch type var`) {
		reserved[n] = true
	}
	for _, n := range types.Universe.Names() {
		reserved[n] = true
	}
}

// name returns an identifier not yet used in this function: the source's own if possible.
func (b *fn) name(s string) string {
	if r := rune(s[0]); unicode.IsUpper(r) || r >= 0x80 {
		s = "v_" + s // package-level names begin with upper-case letters
	}
	n := s
	for b.used[n] > 0 || reserved[n] {
		i := max(1, b.used[s])
		b.used[s] = i + 1
		if last := s[len(s)-1]; last >= '0' && last <= '9' {
			n = s + "_" + strconv.Itoa(i)
		} else {
			n = s + strconv.Itoa(i)
		}
	}
	b.used[n] = 1
	return n
}

func (b *fn) newVar(name string, t types.Type) *ir.Var {
	v := &ir.Var{Name: b.name(name), Type: t}
	b.f.Vars = append(b.f.Vars, v)
	return v
}

func (b *fn) temp(t types.Type) *ir.Var {
	v := b.newVar("t", t)
	if b.temps == nil {
		b.temps = map[*ir.Var]bool{}
	}
	b.temps[v] = true
	return v
}

// newCell allocates a heap cell for a variable of type t.
func (b *fn) newCell(name string, t types.Type) *ir.Var {
	c := b.newVar(name, types.NewPointer(t))
	b.alloc(c, t)
	return c
}

// inCell reports whether a variable lives in the heap: because it is aliased, or because it has more
// pointers than are worth a slot each.
func (b *fn) inCell(obj *types.Var, t types.Type) bool {
	return b.use.vars[obj].cell() || pointerWords(t) > maxSlots
}

// maxSlots is the number of pointer words up to which a variable stays a local. Array elements are
// assigned through indices, which writes all slots, so arrays weigh more.
const maxSlots = 16

func pointerWords(t types.Type) int64 {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		if t.Kind() == types.String || t.Kind() == types.UnsafePointer {
			return 1
		}
		return 0
	case *types.Array:
		return 2 * t.Len() * pointerWords(t.Elem())
	case *types.Struct:
		var n int64
		for i := range t.NumFields() {
			n += pointerWords(t.Field(i).Type())
		}
		return n
	}
	return 1
}

func (b *fn) alloc(dst *ir.Var, t types.Type) {
	b.prim([]*ir.Var{dst}, "New", []types.Type{t}, layout(t))
}

// declare makes a local variable, zeroed or to be assigned at once.
func (b *fn) declare(obj types.Object, init ir.Expr) {
	v := obj.(*types.Var)
	t := b.env.typ(v.Type())
	if b.inCell(v, t) {
		c := b.newCell(v.Name(), t)
		if init != nil {
			b.assign1(deref(c, t), init)
		}
		b.vars[obj] = &local{c, true}
		return
	}
	if r, ok := init.(*ir.VarRef); ok && b.temps[r.V] && types.Identical(r.V.Type, t) {
		delete(b.temps, r.V) // nothing else refers to it: it becomes the variable
		r.V.Name = b.name(v.Name())
		b.vars[obj] = &local{r.V, false}
		return
	}
	x := b.newVar(v.Name(), t)
	if init == nil {
		init = zero(t)
	}
	b.assign1(ref(x), init)
	b.vars[obj] = &local{x, false}
}

// variable is the expression for a local variable, captured or not.
func (b *fn) variable(obj *types.Var) ir.Expr {
	raw, cell := b.raw(obj)
	if cell {
		return &ir.Deref{X: raw, Typed: ir.Typed{T: b.env.typ(obj.Type())}}
	}
	return raw
}

// raw is the variable's own storage or the pointer to its cell.
func (b *fn) raw(obj *types.Var) (x ir.Expr, cell bool) {
	if l := b.vars[obj]; l != nil {
		return ref(l.v), l.cell
	}
	if b.parent == nil {
		panic(fmt.Sprintf("%s: build: unknown variable %s", b.pos, obj))
	}
	px, cell := b.parent.raw(obj)
	return b.capture(obj, obj.Name(), px.Type()), cell
}

// capture returns field i of the environment for key, adding it at first use.
func (b *fn) capture(key types.Object, name string, t types.Type) ir.Expr {
	i, ok := b.captures[key]
	if !ok {
		i = len(b.f.Captures)
		b.captures[key] = i
		b.f.Captures = append(b.f.Captures, &ir.Capture{Name: fmt.Sprintf("%s_%d", strings.Trim(name, "_"), i), Type: t})
		if b.f.Env == nil {
			b.f.Env = &ir.Var{Name: b.name("env"), Type: types.Typ[types.UnsafePointer]}
		}
	}
	return &ir.Field{X: ref(b.f.Env), Index: i, Typed: ir.Typed{T: t}}
}

// ---- emission ----

func (b *fn) at() ir.At { return ir.At{Pos: b.pos} }

// line is the line of pos, 0 if a line directive puts it into another file than the statement.
func (b *fn) line(pos token.Pos) int {
	p := b.p.position(pos)
	if p.Filename != b.pos.Filename {
		return 0
	}
	return p.Line
}

func (b *fn) emit(s ir.Stmt) { *b.out = append(*b.out, s) }

// into runs f with statements going to a list of their own.
func (b *fn) into(f func()) []ir.Stmt {
	saved := b.out
	var list []ir.Stmt
	b.out = &list
	f()
	b.out = saved
	return list
}

func (b *fn) assign1(dst, src ir.Expr) {
	b.emit(&ir.Assign{Dst: []ir.Expr{dst}, Src: []ir.Expr{src}, At: b.at()})
}

// set assigns a temporary.
func (b *fn) set(v *ir.Var, e ir.Expr) { b.assign1(ref(v), e) }

// prim calls a primitive; args must be settled, and atoms where they hold pointers.
func (b *fn) prim(dst []*ir.Var, name string, targs []types.Type, args ...ir.Expr) {
	p := ir.P(name)
	b.emit(&ir.Call{Dst: dst, Callee: ir.Callee{Kind: ir.Primitive, Prim: p, TArgs: targs}, Args: args, At: b.at()})
	if p.NoReturn {
		b.emit(&ir.Unreachable{At: b.at()})
	}
}

// prim1 calls a primitive with one result.
func (b *fn) prim1(t types.Type, name string, targs []types.Type, args ...ir.Expr) ir.Expr {
	v := b.temp(t)
	b.prim([]*ir.Var{v}, name, targs, args...)
	return ref(v)
}

// atom settles e into a constant or a variable that nobody else assigns.
func (b *fn) atom(e ir.Expr) ir.Expr {
	e = b.settle(e)
	switch e.(type) {
	case *ir.Const, *ir.VarRef, *ir.LayoutRef, *ir.TypeProto, *ir.MapTypeRef, *ir.IfaceProto, *ir.FuncRef, *ir.NoescapeAddr:
		return e
	}
	return ref(b.tempFor(e))
}

// tempFor assigns the settled e to a new temporary.
func (b *fn) tempFor(e ir.Expr) *ir.Var {
	v := b.temp(e.Type())
	b.set(v, e)
	return v
}

// number is a value that is known here and not a constant in the source, as unsafe.Sizeof of a type
// parameter's: it is kept in a variable, since the host refuses constant operations that overflow or
// divide by zero, which the source may do.
func (b *fn) number(n int64, t types.Type) ir.Expr { return ref(b.tempFor(intConst(n, t))) }

// copied settles e into a temporary, so that later assignments do not change it.
func (b *fn) copied(e ir.Expr) ir.Expr {
	e = b.settle(e)
	if _, ok := e.(*ir.Const); ok {
		return e
	}
	return ref(b.tempFor(e))
}

// ---- small constructors ----

func ref(v *ir.Var) *ir.VarRef { return &ir.VarRef{V: v} }

func deref(v *ir.Var, t types.Type) ir.Expr {
	return &ir.Deref{X: ref(v), Typed: ir.Typed{T: t}}
}

func zero(t types.Type) ir.Expr { return &ir.Const{Typed: ir.Typed{T: t}} }

func layout(t types.Type) ir.Expr {
	return &ir.LayoutRef{Of: t, T: types.Typ[types.UnsafePointer]}
}

func proto(t types.Type) ir.Expr {
	return &ir.TypeProto{Of: t, T: types.Universe.Lookup("any").Type()}
}

func binary(op token.Token, x, y ir.Expr, t types.Type) ir.Expr {
	return &ir.Binary{Op: op, X: x, Y: y, Typed: ir.Typed{T: t}}
}

func builtin(name string, t types.Type, args ...ir.Expr) ir.Expr {
	return &ir.Builtin{Name: name, Args: args, Typed: ir.Typed{T: t}}
}

func (b *fn) typeOf(e ast.Expr) types.Type {
	return b.env.typ(b.info.TypeOf(e))
}
