package gen

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"math"
	"strconv"
	"strings"

	"rtgen/cps/ir"
)

// This file prints expressions. Precedences are Go's binary ones, then:
const (
	precUnary   = 6
	precPrimary = 7
)

// expr prints e with its own type: constants are converted unless their default type is right.
func (g *fn) expr(e ir.Expr) string {
	s, _ := g.print(e)
	return s
}

// operand prints e with parentheses if it binds less tightly than prec.
func (g *fn) operand(e ir.Expr, prec int) string {
	s, p := g.print(e)
	if p < prec {
		return "(" + s + ")"
	}
	return s
}

// exprAs prints e for a place of type t.
func (g *fn) exprAs(e ir.Expr, t types.Type) string {
	if c, ok := e.(*ir.Const); ok && t != nil {
		if c.Val == nil && !g.composite(t) {
			return g.zeroOf(t)
		}
		if c.Val != nil && types.Identical(c.T, t) {
			if b, ok := t.Underlying().(*types.Basic); ok {
				return literal(c.Val, b)
			}
		}
	}
	return g.expr(e)
}

func (g *fn) exprsAs(list []ir.Expr, ts func(int) types.Type) string {
	var out []string
	for i, e := range list {
		out = append(out, g.exprAs(e, ts(i)))
	}
	return strings.Join(out, ", ")
}

// composite reports whether t's zero value needs a composite literal.
func (g *fn) composite(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array, *types.Map, *types.Chan:
		return true
	}
	return false
}

// zeroOf is the zero value of t where its type is known.
func (g *fn) zeroOf(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		}
	case *types.Struct, *types.Array, *types.Map, *types.Chan:
		return g.names.Type(t) + "{}"
	}
	return "nil"
}

// typed is a value x of type t printed as T(x).
func (g *fn) typed(t types.Type, x string) string {
	return convType(g.names.Type(t)) + "(" + x + ")"
}

func convType(s string) string {
	if strings.HasPrefix(s, "*") || strings.Contains(s, "func(") || strings.HasPrefix(s, "<-") {
		return "(" + s + ")"
	}
	return s
}

// literal prints a constant of basic type t, untyped.
func literal(v constant.Value, t *types.Basic) string {
	switch info := t.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return constant.ToInt(v).ExactString()
	case info&types.IsFloat != 0:
		return float(v, t.Kind() == types.Float32)
	case info&types.IsComplex != 0:
		v = constant.ToComplex(v)
		narrow := t.Kind() == types.Complex64
		return "complex(" + float(constant.Real(v), narrow) + ", " + float(constant.Imag(v), narrow) + ")"
	}
	return v.ExactString()
}

func float(v constant.Value, narrow bool) string {
	x, _ := constant.Float64Val(constant.ToFloat(v))
	bits := 64
	if f, _ := constant.Float32Val(constant.ToFloat(v)); narrow {
		x, bits = float64(f), 32
	}
	if math.IsInf(x, 0) {
		return v.ExactString()
	}
	s := strconv.FormatFloat(x, 'g', -1, bits)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

func (g *fn) constant(c *ir.Const) (string, int) {
	if c.Val == nil {
		z := g.zeroOf(c.T)
		switch u := c.T.Underlying().(type) {
		case *types.Struct, *types.Array, *types.Map, *types.Chan:
			if g.header {
				return "(" + z + ")", precPrimary
			}
			return z, precPrimary
		case *types.Basic:
			if u.Kind() == types.UntypedNil {
				return "nil", precPrimary
			}
			switch types.Unalias(c.T) {
			case types.Typ[types.Bool], types.Typ[types.Int], types.Typ[types.String]:
				return z, precPrimary
			}
		}
		return g.typed(c.T, z), precPrimary
	}
	b, ok := c.T.Underlying().(*types.Basic)
	if !ok { // a constant of interface type: its own default type
		return g.typed(c.T, c.Val.ExactString()), precPrimary
	}
	s := literal(c.Val, b)
	prec := precPrimary
	if strings.HasPrefix(s, "-") {
		prec = precUnary
	}
	switch t := types.Unalias(c.T); {
	case t == types.Typ[types.Int], t == types.Typ[types.String], t == types.Typ[types.Bool], t == types.Typ[types.Float64],
		b.Info()&types.IsUntyped != 0:
		return s, prec
	}
	return g.typed(c.T, s), precPrimary
}

func isNil(e ir.Expr) bool {
	c, ok := e.(*ir.Const)
	if !ok || c.Val != nil {
		return false
	}
	switch u := c.T.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Map, *types.Chan, *types.Slice, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil
	}
	return false
}

func isChanOrMap(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Chan, *types.Map:
		return true
	}
	return false
}

func (g *fn) binary(e *ir.Binary) (string, int) {
	p := e.Op.Precedence()
	op := " " + e.Op.String() + " "
	if e.Op == token.EQL || e.Op == token.NEQ {
		x, y := e.X, e.Y
		if isNil(x) {
			x, y = y, x
		}
		if isNil(y) && !isNil(x) && (types.IsInterface(x.Type()) || !types.IsInterface(y.Type())) {
			s := g.operand(x, precPrimary)
			if isChanOrMap(x.Type()) {
				s += ".P"
			}
			return s + op + "nil", p
		}
	}
	if e.Op == token.SHL || e.Op == token.SHR {
		y := g.operand(e.Y, p+1)
		if c, ok := e.Y.(*ir.Const); ok && c.Val != nil {
			y = constant.ToInt(c.Val).ExactString()
		}
		x := g.operand(e.X, p)
		if c, ok := e.X.(*ir.Const); ok && types.Unalias(c.T) == types.Typ[types.Int] {
			x = "int(" + x + ")" // else it takes the type of what the shift is converted to
		}
		return x + op + y, p
	}
	side := func(e, other ir.Expr, prec int) string {
		if c, ok := e.(*ir.Const); ok && c.Val != nil {
			if _, both := other.(*ir.Const); !both && types.Identical(c.T, other.Type()) {
				if b, ok := c.T.Underlying().(*types.Basic); ok {
					s := literal(c.Val, b)
					if strings.HasPrefix(s, "-") && prec > precUnary {
						s = "(" + s + ")"
					}
					return s
				}
			}
		}
		return g.operand(e, prec)
	}
	saved := g.header
	g.header = true // composite literals in comparisons are always put in parentheses
	defer func() { g.header = saved }()
	from, to := g.mark(e.Line)
	return side(e.X, e.Y, p) + from + op + to + side(e.Y, e.X, p+1), p
}

// mark returns what to write before and behind an operator so that a panic tells its line, where that is not the statement's.
func (g *fn) mark(line int) (from, to string) {
	if line == 0 || line == g.stmtLine || g.stmtLine == 0 {
		return "", ""
	}
	return fmt.Sprintf("/*line :%d:1*/", line), fmt.Sprintf("/*line :%d:1*/", g.line)
}

func (g *fn) print(e ir.Expr) (string, int) {
	switch e := e.(type) {
	case *ir.Const:
		return g.constant(e)
	case *ir.VarRef:
		if e.V == g.folded {
			return g.folding, precPrimary
		}
		return g.read(e.V), precPrimary
	case *ir.GlobalRef:
		return g.names.Global(e.Obj), precPrimary
	case *ir.FuncRef:
		return g.funcRef(e), precPrimary
	case *ir.Unary:
		x := g.operand(e.X, precUnary)
		if x[0] == '+' || x[0] == '-' || x[0] == '^' || x[0] == '!' {
			x = "(" + x + ")"
		}
		return e.Op.String() + x, precUnary
	case *ir.Binary:
		return g.binary(e)
	case *ir.Conv:
		return g.conv(e)
	case *ir.Field:
		if v, ok := e.X.(*ir.VarRef); ok && g.f.Env != nil && v.V == g.f.Env {
			return g.read(v.V) + "." + captureName(g.f, e.Index), precPrimary
		}
		t := e.X.Type()
		x := e.X
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		} else if d, ok := x.(*ir.Deref); ok {
			x = d.X
		}
		from, to := g.mark(e.Line)
		return g.operand(x, precPrimary) + from + "." + to + g.names.Field(t, e.Index), precPrimary
	case *ir.Index:
		x := e.X
		if d, ok := x.(*ir.Deref); ok {
			if _, arr := d.T.Underlying().(*types.Array); arr {
				x = d.X
			}
		}
		i, _ := g.index(e.I)
		from, to := g.mark(e.Line)
		return g.operand(x, precPrimary) + from + "[" + to + i + "]", precPrimary
	case *ir.Slice:
		from, to := g.mark(e.Line)
		s := g.operand(e.X, precPrimary) + from + "[" + to
		if e.Lo != nil {
			x, _ := g.index(e.Lo)
			s += x
		}
		s += ":"
		if e.Hi != nil {
			x, _ := g.index(e.Hi)
			s += x
		}
		if e.Max != nil {
			x, _ := g.index(e.Max)
			s += ":" + x
		}
		return s + "]", precPrimary
	case *ir.Deref:
		from, to := g.mark(e.Line)
		return from + "*" + to + g.operand(e.X, precUnary), precUnary
	case *ir.Addr:
		return "&" + g.operand(e.X, precUnary), precUnary
	case *ir.NoescapeAddr:
		s := g.abi() + ".Noescape(&" + g.read(e.V) + ")"
		if b, ok := e.T.Underlying().(*types.Basic); ok && b.Kind() == types.UnsafePointer {
			s = g.unsafe() + ".Pointer(" + s + ")"
		}
		return s, precPrimary
	case *ir.Composite:
		s := g.compositeLit(e)
		if g.header {
			s = "(" + s + ")"
		}
		return s, precPrimary
	case *ir.StaticAddr:
		if c, ok := e.X.(*ir.Composite); ok {
			return "&" + g.compositeLit(c), precUnary
		}
		return "&" + g.operand(e.X, precUnary), precUnary
	case *ir.Builtin:
		return g.builtin(e), precPrimary
	case *ir.Ptr:
		if isNil(e.X) {
			return g.unsafe() + ".Pointer(nil)", precPrimary
		}
		return g.operand(e.X, precPrimary) + ".P", precPrimary
	case *ir.LayoutRef:
		return "&" + g.layout(e.Of), precUnary
	case *ir.MapTypeRef:
		return g.typed(e.T, g.rt()+".MapType(&"+g.mapType(e.Of)+")"), precPrimary
	case *ir.TypeProto:
		return "any((*" + g.names.Type(e.Of) + ")(nil))", precPrimary
	case *ir.IfaceProto:
		return g.proto(e.T, e.Of), precPrimary
	}
	g.fail("unknown expression %T", e)
	return "nil", precPrimary
}

func captureName(f *ir.Func, i int) string { return f.Captures[i].Name }

// index prints an index or bound; constants need no type there.
func (g *fn) index(e ir.Expr) (string, int) {
	if c, ok := e.(*ir.Const); ok && c.Val != nil {
		return constant.ToInt(c.Val).ExactString(), precPrimary
	}
	return g.print(e)
}

func (g *fn) compositeLit(e *ir.Composite) string {
	var b strings.Builder
	b.WriteString(g.names.Type(e.T) + "{")
	saved := g.header
	g.header = false
	defer func() { g.header = saved }()
	wide := g.static && len(e.Elems) > 4
	st, _ := e.T.Underlying().(*types.Struct)
	switch u := e.T.Underlying().(type) {
	case *types.Struct:
		if len(e.Elems) != u.NumFields() && e.Keys == nil && len(e.Elems) > 0 {
			g.fail("composite of %s has %d of %d fields", e.T, len(e.Elems), u.NumFields())
		}
	case *types.Array, *types.Slice:
	default:
		g.fail("composite of %s", e.T)
		return "nil"
	}
	n := 0
	for k, x := range parts(e) {
		if st != nil && (isZero(x) && len(e.Elems) > 1) {
			continue
		}
		if n > 0 {
			b.WriteString(", ")
		}
		if wide {
			b.WriteString("\n")
		}
		n++
		if st != nil {
			b.WriteString(g.names.Field(e.T, k) + ": ")
		} else if e.Keys != nil {
			fmt.Fprintf(&b, "%d: ", k)
		}
		b.WriteString(g.exprAs(x, partType(e.T, k)))
	}
	if wide && n > 0 {
		b.WriteString(",\n")
	}
	b.WriteString("}")
	return b.String()
}

// parts are the elements of a composite that are to be stored, by index.
func parts(e *ir.Composite) iter.Seq2[int, ir.Expr] {
	return func(yield func(int, ir.Expr) bool) {
		st, _ := e.T.Underlying().(*types.Struct)
		for i, x := range e.Elems {
			k := i
			if e.Keys != nil {
				k = e.Keys[i]
			}
			if x != nil && (st == nil || st.Field(k).Name() != "_") && !yield(k, x) {
				return
			}
		}
	}
}

// partType is the type of element k of a composite of type t.
func partType(t types.Type, k int) types.Type {
	if u, ok := t.Underlying().(*types.Struct); ok {
		return u.Field(k).Type()
	}
	return t.Underlying().(interface{ Elem() types.Type }).Elem()
}

func isZero(e ir.Expr) bool {
	c, ok := e.(*ir.Const)
	return ok && c.Val == nil
}

func (g *fn) builtin(e *ir.Builtin) string {
	name := e.Name
	switch name {
	case "DeferHead":
		return g.unsafe() + ".Pointer(fr.defers)"
	case "FuncPtr":
		return g.unsafe() + ".Pointer(" + g.abi() + ".FuncWord(" + g.expr(e.Args[0]) + "))"
	case "MapLen", "ChanLen", "ChanCap":
		name = g.rt() + "." + name
	}
	if rest, ok := strings.CutPrefix(name, "unsafe."); ok {
		name = g.unsafe() + "." + rest
	}
	var args []string
	for i, a := range e.Args {
		switch {
		case strings.HasPrefix(e.Name, "unsafe.") && i > 0:
			x, _ := g.index(a)
			args = append(args, x)
		default:
			args = append(args, g.expr(a))
		}
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

func (g *fn) conv(e *ir.Conv) (string, int) {
	from, to := e.X.Type(), e.T
	if isNil(e.X) {
		if _, iface := to.Underlying().(*types.Interface); !iface || types.IsInterface(from) {
			return g.constant(&ir.Const{Typed: ir.Typed{T: to}})
		}
	}
	if types.Identical(from, to) {
		return g.print(e.X)
	}
	if word := g.onlyWord(e.X, to); word != "" {
		s := g.names.Type(to) + "{P: " + word + "}"
		if g.header {
			s = "(" + s + ")"
		}
		return s, precPrimary
	}
	saved := g.header
	g.header = false
	x := g.expr(e.X)
	g.header = saved
	if f, ok := from.Underlying().(*types.Slice); ok {
		if t, ok := to.Underlying().(*types.Slice); ok && !types.Identical(f.Elem(), t.Elem()) {
			x = g.rt() + ".Reslice[" + g.names.Type(t.Elem()) + "](" + x + ")" // []byte and []B, by way of a string
		}
	}
	return g.typed(to, x), precPrimary
}

// onlyWord prints the word of a chan or map value that is made from another direction of channel, or
// from the unsafe.Pointer that it is; "" if a conversion does.
func (g *fn) onlyWord(x ir.Expr, to types.Type) string {
	from := x.Type().Underlying()
	if b, ok := from.(*types.Basic); ok && b.Kind() == types.UnsafePointer {
		switch to.Underlying().(type) {
		case *types.Chan, *types.Map:
			return g.expr(x)
		}
	}
	if c, ok := to.Underlying().(*types.Chan); ok {
		if f, ok := from.(*types.Chan); ok && f.Dir() != c.Dir() {
			return g.operand(x, precPrimary) + ".P"
		}
	}
	return ""
}
