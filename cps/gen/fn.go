package gen

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
	"rtgen/rtlib/abi"
)

// This file prints a function's parts around the bodies: signature, frame, sites, closures.

// fn prints one function.
type fn struct {
	*printer
	f    *ir.Func
	plan *passes.Plan
	sym  string // id of the function in ʀframe_id and so on
	b    *bytes.Buffer

	others  []string        // files of the function, but for the one that declares it
	machine bool            // printing the state machine
	objects []ir.Stmt       // allocations in variables of the host
	bare    bool            // printing what runs before there is a frame; see fast.go
	unwound bool            // some goto names the label of unwoundReturn
	readAll map[*ir.Var]int // reads of each variable in the whole body, once asked for
	header  bool            // inside a statement's header or a comparison: composite literals need parentheses
	static  bool            // a global's initialiser
	folded  *ir.Var         // is written as folding; see fold.go
	folding string

	file     string // position that the host will think of for the next line
	line     int
	stmtLine int // of the statement being printed; 0: nobody may ask for it

	scopes []*scope        // direct form: what break and continue may mean
	labels map[string]bool // Go labels in use
	gotos  map[string]bool // labels that some goto names
	err    error
}

func (g *fn) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf("gen: %s: %s", g.f.Name, fmt.Sprintf(format, args...))
	}
}

// read mentions v so that its value is used; set as the target of an assignment.
func (g *fn) read(v *ir.Var) string { return string(markRead) + v.Name + string(markEnd) }
func (g *fn) set(v *ir.Var) string {
	if v == nil {
		return "_"
	}
	return string(markSet) + v.Name + string(markEnd)
}

// varType spells v's type.
func (g *fn) varType(v *ir.Var) string {
	if v == g.f.Env {
		return "*ʀenv_" + g.sym
	}
	return g.names.Type(v.Type)
}

// pf prints one line.
func (g *fn) pf(format string, args ...any) {
	fmt.Fprintf(g.b, format, args...)
	g.b.WriteByte('\n')
	g.line++
}

// note returns the number of file among those that line directives put parts of g.f in, 0 for the one that declares it.
func (g *fn) note(file string) int {
	if file == g.f.Pos.Filename || file == "" {
		return 0
	}
	i := slices.Index(g.others, file)
	if i < 0 && len(g.others)+1 < abi.MaxFiles {
		i = len(g.others)
		g.others = append(g.others, file)
	}
	return i + 1
}

// at says where the next line comes from.
func (g *fn) at(s ir.Stmt) {
	p := s.Position()
	g.stmtLine = 0
	if p.Line <= 0 || p.Filename == "" || !matters(s) {
		return
	}
	g.stmtLine = p.Line
	if p.Filename != g.file {
		g.note(p.Filename)
		fmt.Fprintf(g.b, "//line %s:%d\n", p.Filename, p.Line)
	} else if p.Line != g.line {
		fmt.Fprintf(g.b, "//line :%d:1\n", p.Line)
	}
	g.file, g.line = p.Filename, p.Line
}

// matters reports whether anybody may ask for the position of s: it calls or may panic. The others
// need no directive of their own.
func matters(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.Assign:
		for _, e := range ir.Operands(s) {
			if mayPanic(e) {
				return true
			}
		}
		return false
	case *ir.Return:
		for _, e := range s.Vals {
			if mayPanic(e) {
				return true
			}
		}
		return false
	case *ir.If:
		return mayPanic(s.Cond)
	case *ir.Loop:
		return s.Cond != nil && mayPanic(s.Cond)
	case *ir.Switch:
		return mayPanic(s.Tag)
	case *ir.Break, *ir.Continue, *ir.Goto, *ir.Unreachable:
		return false
	case *ir.Call:
		return s.Callee.Prim == nil || s.Callee.Prim.Class != ir.Verbatim
	}
	return true
}

// mayPanic reports whether evaluating e may.
func mayPanic(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Index, *ir.Slice, *ir.Deref:
		return true
	case *ir.Field:
		if _, ptr := e.X.Type().Underlying().(*types.Pointer); ptr {
			return true
		}
		return mayPanic(e.X)
	case *ir.Binary:
		if e.Op == token.QUO || e.Op == token.REM || e.Op == token.SHL || e.Op == token.SHR {
			return true
		}
		return mayPanic(e.X) || mayPanic(e.Y) || types.IsInterface(e.X.Type())
	case *ir.Unary:
		return mayPanic(e.X)
	case *ir.Conv:
		return mayPanic(e.X)
	case *ir.Ptr:
		return mayPanic(e.X)
	case *ir.Addr:
		return mayPanic(e.X)
	case *ir.Builtin:
		for _, a := range e.Args {
			if mayPanic(a) {
				return true
			}
		}
		return strings.HasPrefix(e.Name, "unsafe.")
	case *ir.Composite:
		for _, a := range e.Elems {
			if a != nil && mayPanic(a) {
				return true
			}
		}
	}
	return false
}

// fn prints everything that belongs to f.
func (p *printer) fn(f *ir.Func) error {
	plan, err := passes.Run(f, p.col)
	if err != nil {
		return err
	}
	g := &fn{printer: p, f: f, plan: plan, sym: p.id(f), b: &bytes.Buffer{}}
	if f.Env != nil {
		g.closureTypes()
	}
	g.directForm()
	if plan.Frame {
		g.frame()
		if plan.Captured() {
			g.machineForm()
		}
	}
	p.out.Write(g.b.Bytes())
	return g.err
}

// params prints the parameter list of f's direct form; withEnv puts the environment first.
func (g *fn) params(withEnv bool) string {
	f := g.f
	var list []string
	if f.Hidden() {
		list = append(list, "w *"+g.abi()+".W", "sp "+g.abi()+".SP")
	}
	if withEnv && f.Env != nil {
		list = append(list, g.read(f.Env)+" *ʀenv_"+g.sym)
	}
	for i, v := range f.Params {
		t := g.names.Type(v.Type)
		if f.Sig != nil && f.Sig.Variadic() && i == len(f.Params)-1 {
			if s, ok := v.Type.Underlying().(*types.Slice); ok {
				t = "..." + g.names.Type(s.Elem())
			}
		}
		list = append(list, g.read(v)+" "+t)
	}
	return "(" + strings.Join(list, ", ") + ")"
}

func (g *fn) results() string {
	var list []string
	for _, v := range g.f.Results {
		list = append(list, g.read(v)+" "+g.names.Type(v.Type))
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// directForm prints the form that fresh calls run.
func (g *fn) directForm() {
	f := g.f
	if h := passes.Cut(f, g.col); h != nil {
		g.cutForm(h)
		return
	}
	body := g.directBody()
	if f.NoInline {
		g.pf("//go:noinline")
	}
	switch {
	case f.Recv != nil:
		g.b.WriteString(g.heading())
		g.b.Write(body)
		g.pf("}\n")
	case f.Env != nil && !g.called[f]:
		g.pf("//go:noinline\nfunc ʀmk_%s(%s *ʀenv_%s) func%s%s {", g.sym, g.read(f.Env), g.sym, g.params(false), g.results())
		g.pf("return func%s%s {", g.params(false), g.results())
		g.b.Write(body)
		g.pf("}\n}\n")
	default:
		g.b.WriteString(g.heading())
		g.b.Write(body)
		g.pf("}\n")
		if f.Env != nil { // called directly and made into a value
			g.pf("//go:noinline\nfunc ʀmk_%s(%s *ʀenv_%s) func%s%s {", g.sym, g.read(f.Env), g.sym, g.params(false), g.results())
			g.pf("return func%s%s {", g.params(false), g.results())
			args := []string{"w", "sp", g.read(f.Env)}
			for i, v := range f.Params {
				s := g.read(v)
				if f.Sig != nil && f.Sig.Variadic() && i == len(f.Params)-1 {
					s += "..."
				}
				args = append(args, s)
			}
			ret := "return "
			if len(f.Results) == 0 {
				ret = ""
			}
			g.pf("%s%s(%s)", ret, g.host(f), strings.Join(args, ", "))
			g.pf("}\n}\n")
		}
	}
}

// heading is the first line of a declared function.
func (g *fn) heading() string {
	recv := ""
	if r := g.f.Recv; r != nil {
		recv = "(" + g.read(r) + " " + g.names.Type(r.Type) + ") "
	}
	return "func " + recv + g.host(g.f) + g.params(true) + g.results() + " {\n"
}

// enterFrame prints what a direct form does first: it finds its frame and stores what is live in it.
func (g *fn) enterFrame() {
	f, p := g.f, g.plan
	g.pf("fr := (*ʀframe_%s)(%s.Pointer(sp))", g.sym, g.unsafe())
	if f.Defers != nil {
		g.pf("fr.defers = 0")
		for _, d := range p.Deferrals {
			n, pointers := d.Words()
			for _, word := range pointers {
				g.pf("(*[%d]uintptr)(%s.Pointer(&fr.d%d))[%d] = 0", n, g.unsafe(), d.Index, word)
			}
		}
	}
	param := map[*ir.Var]bool{f.Recv: true, f.Env: true}
	for _, v := range f.Params {
		param[v] = true
	}
	for _, v := range p.Entry {
		if param[v] {
			g.store(v)
			continue
		}
		for _, s := range p.Slots[v] {
			g.pf("fr.%s = 0", g.slot(s))
		}
	}
	for i, o := range p.Objects {
		if o.Zero {
			g.clear(fmt.Sprintf("fr.o%d", i), o.Stmt)
		}
	}
}

// directBody prints the body, declarations first.
func (g *fn) directBody() []byte {
	f, p := g.f, g.plan
	saved := g.b
	defer func() { g.b = saved }()
	g.b = &bytes.Buffer{}
	g.machine, g.file, g.line = false, "", 0
	g.labels, g.gotos = map[string]bool{}, map[string]bool{}
	eachStmt(f.Body, func(s ir.Stmt) {
		if s, ok := s.(*ir.Label); ok {
			g.labels[s.Name] = true
		}
		if s, ok := s.(*ir.Goto); ok {
			g.gotos[s.Label] = true
		}
	})
	if p.Frame {
		g.enterFrame()
	}
	if f.Defers != nil {
		g.handler()
	}
	if len(f.Body) > 0 {
		g.list(f.Body)
	}
	if (len(f.Results) > 0 || g.unwound) && !ir.EndsInReturn(f.Body) {
		g.pf("return")
	}
	g.unwoundReturn()
	declared := map[string]bool{}
	byName := g.byName()
	for _, list := range [][]*ir.Var{f.Params, f.Results, {f.Recv, f.Env}} {
		for _, v := range list {
			if v != nil {
				declared[v.Name] = true
			}
		}
	}
	body, names := settle(g.b.Bytes(), declared)
	var out bytes.Buffer
	g.declare(&out, names, byName)
	for i, s := range g.objects {
		fmt.Fprintf(&out, "var ʀo%d %s\n", i, g.objectType(s))
	}
	out.Write(body)
	return out.Bytes()
}

func (g *fn) byName() map[string]*ir.Var {
	m := map[string]*ir.Var{}
	for _, v := range g.plan.Vars() {
		m[v.Name] = v
	}
	return m
}

// declare prints the declarations of the variables named, those of one type together.
func (g *fn) declare(out *bytes.Buffer, names []string, byName map[string]*ir.Var) {
	var order []string
	byType := map[string][]string{}
	for _, n := range names {
		v := byName[n]
		if v == nil {
			g.fail("variable %s is not declared", n)
			continue
		}
		t := g.varType(v)
		if byType[t] == nil {
			order = append(order, t)
		}
		byType[t] = append(byType[t], g.read(v))
	}
	for _, t := range order {
		fmt.Fprintf(out, "var %s %s\n", strings.Join(byType[t], ", "), t)
	}
}

// slot names a slot of the frame.
func (g *fn) slot(i int) string {
	if i == 0 && g.f.Defers != nil {
		return "defers"
	}
	return fmt.Sprintf("s%d", i)
}

// frame prints the frame's type, the function's record and its sites.
func (g *fn) frame() {
	p, f := g.plan, g.f
	users := make([][]string, p.NSlots)
	for _, v := range p.Vars() {
		for _, s := range p.Slots[v] {
			if n := len(users[s]); n == 0 || users[s][n-1] != v.Name {
				users[s] = append(users[s], v.Name)
			}
		}
	}
	g.pf("type ʀframe_%s struct {", g.sym)
	for i, u := range users {
		g.pf("%s uintptr%s", g.slot(i), comment(u))
	}
	for _, d := range p.Deferrals {
		object := ""
		if d.Object() != nil {
			object = "; object ʀclo_" + g.id(d.Make.Func)
		}
		g.pf("d%d struct { link, fn uintptr%s }", d.Index, object)
	}
	for i, o := range p.Objects {
		g.pf("o%d %s", i, g.objectType(o.Stmt))
	}
	if f.Class == ir.Resumable {
		for i, x := range p.Fields {
			var u []string
			for _, v := range x.Vars {
				u = append(u, v.Name)
			}
			g.pf("v%d %s%s", i, g.names.Type(x.Type), comment(u))
		}
	}
	g.pf("site uintptr")
	g.pf("}\n")

	extra := ""
	if f.Defers != nil {
		extra += ", Defers: true"
	}
	var flags []string
	if f.Wrapper || transparent[f.Name] {
		flags = append(flags, g.abi()+".FuncWrapper")
	}
	if p.Moves {
		flags = append(flags, g.abi()+".FuncMoves")
	}
	if len(flags) > 0 {
		extra += ", Flags: " + strings.Join(flags, " | ")
	}
	if len(p.Links) > 0 {
		extra += fmt.Sprintf(", Links: %q", abi.Words(p.Links))
	}
	for _, s := range p.Sites {
		if s != p.Handler {
			g.note(s.Stmt.Position().Filename)
		}
	}
	g.pf("var ʀfn_%s = %s.Func{Name: %q, File: %q, Line: %d%s, Size: %s.Sizeof(ʀframe_%s{})}\n",
		g.sym, g.abi(), f.Name, strings.Join(append([]string{f.Pos.Filename}, g.others...), "\x00"), f.Pos.Line, extra, g.unsafe(), g.sym)

	g.pf("var ʀsites_%s = [...]%s.Site{", g.sym, g.abi())
	words := p.NSlots
	var deferred []int // words of the frame
	for _, d := range p.Deferrals {
		n, pointers := d.Words()
		for _, w := range pointers {
			deferred = append(deferred, words+w)
		}
		words += n
	}
	for _, s := range p.Sites {
		live := make([]uint64, (p.NWords+63)/64+1)
		if f.Defers != nil {
			live[0] |= 1
		}
		for _, w := range deferred {
			live[w/64] |= 1 << (w % 64)
		}
		for _, v := range s.Live {
			for _, w := range p.Slots[v] {
				live[w/64] |= 1 << (w % 64)
			}
		}
		for _, o := range s.Objects {
			passes.EachWord(o.Type, func(off int64) {
				w := (o.Off + off) / 8
				live[w/64] |= 1 << (w % 64)
			})
		}
		more := "nil"
		if p.NWords > 64 {
			var l []string
			for _, x := range live[1:] {
				l = append(l, fmt.Sprintf("%#x", x))
			}
			more = "[]uint64{" + strings.Join(l, ", ") + "}"
		}
		state, line := fmt.Sprint(s.State), int32(f.Pos.Line)
		if s == p.Handler {
			state = g.abi() + ".DeferState"
		} else {
			at := s.Stmt.Position()
			line = int32(g.note(at.Filename)<<abi.LineBits | min(at.Line, 1<<abi.LineBits-1))
		}
		g.pf("{&ʀfn_%s, %#x, %s, %s, %d},", g.sym, live[0], more, state, line)
	}
	g.pf("}\n")
}

// transparent are functions of reflect that stand between a function made at run time and what it calls. To recover and
// in tracebacks they are as absent as wrappers.
var transparent = map[string]bool{
	"reflect.runDetached":           true,
	"reflect.callReflect":           true,
	"reflect.callMethodExpr":        true,
	"reflect.MakeFunc.func1":        true,
	"reflect.makeMethodValue.func1": true,
	"reflect.(*rtype).Method.func1": true,
}

func comment(names []string) string {
	if len(names) > 8 {
		names = append(names[:8:8], "…")
	}
	return " // " + strings.Join(names, ", ")
}

// store writes v's pointer words to its slots.
func (g *fn) store(v *ir.Var) {
	slots := g.plan.Slots[v]
	if v == g.f.Env {
		g.pf("fr.%s = %s", g.slot(slots[0]), g.uptr(g.read(v)))
		return
	}
	words := passes.Words(v.Type)
	if len(slots) != len(words) {
		g.fail("%s has %d slots for %d words", v.Name, len(slots), len(words))
		return
	}
	plain := true
	for _, w := range words {
		for _, s := range w.Path {
			plain = plain && g.reachable(s)
		}
	}
	if !plain || len(words) > 4 { // by memory; the host keeps a value of that size there anyhow
		last := words[len(words)-1].Off/8 + 1
		g.pf("{")
		g.pf("c := (*[%d]uintptr)(%s.Pointer(&%s))", last, g.unsafe(), g.read(v))
		for i, w := range words {
			g.pf("fr.%s = c[%d]", g.slot(slots[i]), w.Off/8)
		}
		g.pf("}")
		return
	}
	for i, w := range words {
		x := g.read(v)
		for _, s := range w.Path {
			if _, ok := s.In.Underlying().(*types.Array); ok {
				x += fmt.Sprintf("[%d]", s.Index)
			} else {
				x += "." + g.names.Field(s.In, s.Index)
			}
		}
		g.pf("fr.%s = %s", g.slot(slots[i]), g.word(w.Leaf, x))
	}
}

// reachable reports whether the step can be written in the output package.
func (g *fn) reachable(s passes.Step) bool {
	st, ok := s.In.Underlying().(*types.Struct)
	if !ok {
		return true
	}
	f := st.Field(s.Index)
	return f.Name() != "_" && (f.Pkg() != nil && f.Pkg().Path() == g.pkg.Path || token.IsExported(g.names.Field(s.In, s.Index)))
}

// word is the pointer word of x, of type t, as a uintptr.
func (g *fn) word(t types.Type, x string) string {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return g.uptr(x)
	case *types.Map, *types.Chan:
		return "uintptr(" + x + ".P)"
	case *types.Slice:
		return g.uptr(g.unsafe() + ".SliceData(" + x + ")")
	case *types.Signature:
		return g.abi() + ".FuncWord(" + x + ")"
	case *types.Interface:
		return g.abi() + ".DataWord(" + x + ")"
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			if types.Unalias(t) != types.Typ[types.String] {
				x = "string(" + x + ")"
			}
			return g.uptr(g.unsafe() + ".StringData(" + x + ")")
		}
	}
	return "uintptr(" + x + ")"
}
