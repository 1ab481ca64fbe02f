package ir

import (
	"fmt"
	"go/constant"
	"go/types"
	"strconv"
	"strings"
)

// This file prints IR as text:
//
//	func main.fetch(in chan int, i int) (r int) resumable
//		t1 = in.ptr
//		call rt.Send[int](t1, i)
//		v, _ = call rt.Recv[int](t1)
//		if v == 0 {
//			r = call main.fetch(in, v - 1)
//		}
//		return v
//
// One statement per line; a line's indentation is its nesting.

// Print returns the text of f.
func Print(f *Func) string {
	var b strings.Builder
	b.WriteString("func " + f.Name)
	vars := func(list []*Var) string {
		var s []string
		for _, v := range list {
			s = append(s, v.Name+" "+typeText(v.Type))
		}
		return "(" + strings.Join(s, ", ") + ")"
	}
	if f.Env != nil {
		var s []string
		for _, c := range f.Captures {
			s = append(s, c.Name+" "+typeText(c.Type))
		}
		b.WriteString(" " + f.Env.Name + "{" + strings.Join(s, ", ") + "}")
	}
	if f.Recv != nil {
		b.WriteString(" " + vars([]*Var{f.Recv}))
	}
	b.WriteString(vars(f.Params))
	if len(f.Results) > 0 {
		b.WriteString(" " + vars(f.Results))
	}
	b.WriteString(" " + f.Class.String())
	if f.Defers != nil {
		b.WriteString(" defers")
	}
	if f.Wrapper {
		b.WriteString(" wrapper")
	}
	b.WriteString("\n")
	printList(&b, f.Body, 1)
	return b.String()
}

func (c Class) String() string { return [...]string{"verbatim", "direct", "resumable"}[c] }

func typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

func printList(b *strings.Builder, list []Stmt, depth int) {
	tabs := strings.Repeat("\t", depth)
	line := func(format string, args ...any) { fmt.Fprintf(b, tabs+format+"\n", args...) }
	for _, s := range list {
		switch s := s.(type) {
		case *If:
			line("if %s {", ExprText(s.Cond))
			printList(b, s.Then, depth+1)
			if len(s.Else) > 0 {
				line("} else {")
				printList(b, s.Else, depth+1)
			}
			line("}")
		case *Loop:
			head := "loop"
			if s.Cond != nil {
				head += " " + ExprText(s.Cond)
			}
			line("%s%s {", labelText(s.Label), head)
			printList(b, s.Body, depth+1)
			if len(s.Post) > 0 {
				line("} post {")
				printList(b, s.Post, depth+1)
			}
			line("}")
		case *Block:
			line("%sblock {", labelText(s.Label))
			printList(b, s.Body, depth+1)
			line("}")
		case *Switch:
			line("%sswitch %s {", labelText(s.Label), ExprText(s.Tag))
			for _, c := range s.Cases {
				line("case %s:", exprTexts(c.Vals))
				printList(b, c.Body, depth+1)
			}
			if len(s.Default) > 0 {
				line("default:")
				printList(b, s.Default, depth+1)
			}
			line("}")
		default:
			line("%s", StmtText(s))
		}
	}
}

func labelText(l string) string {
	if l == "" {
		return ""
	}
	return l + ": "
}

func varText(v *Var) string {
	if v == nil {
		return "_"
	}
	return v.Name
}

func varTexts(list []*Var) string {
	var s []string
	for _, v := range list {
		s = append(s, varText(v))
	}
	return strings.Join(s, ", ")
}

func exprTexts(list []Expr) string {
	var s []string
	for _, e := range list {
		s = append(s, ExprText(e))
	}
	return strings.Join(s, ", ")
}

// localText marks what allocates in the frame.
func localText(o *Object) string {
	if o == nil {
		return ""
	}
	return "local "
}

// StmtText is the text of a statement without statements inside.
func StmtText(s Stmt) string {
	switch s := s.(type) {
	case *Assign:
		op := " = "
		if s.Op != 0 {
			op = " " + s.Op.String() + "= "
		}
		return exprTexts(s.Dst) + op + exprTexts(s.Src)
	case *Call:
		dst := ""
		for _, v := range s.Dst {
			if v != nil {
				dst = varTexts(s.Dst) + " = "
				break
			}
		}
		dots := ""
		if s.Spread {
			dots = "..."
		}
		return dst + localText(s.Local) + "call " + calleeText(&s.Callee) + "(" + exprTexts(s.Args) + dots + ")"
	case *MakeClosure:
		return varText(s.Dst) + " = " + localText(s.Local) + "closure " + s.Func.Name + "{" + exprTexts(s.Captured) + "}"
	case *TypeAssert:
		return varText(s.Dst) + ", " + varText(s.Ok) + " = " + ExprText(s.X) + ".(" + typeText(s.To) + ")"
	case *Break:
		return "break " + s.Label
	case *Continue:
		return "continue " + s.Label
	case *Goto:
		return "goto " + s.Label
	case *Label:
		return s.Name + ":"
	case *Return:
		return strings.TrimSpace("return " + exprTexts(s.Vals))
	case *Go:
		return "go " + s.Fn.Name
	case *Defer:
		return "defer " + s.Fn.Name
	case *RunDefers:
		return "rundefers"
	case *Recover:
		return varText(s.Dst) + " = recover"
	case *Poll:
		return "poll"
	case *Select:
		var cs []string
		for _, c := range s.Cases {
			if c.Send != nil {
				cs = append(cs, ExprText(c.Chan)+" <- "+ExprText(c.Send))
			} else {
				cs = append(cs, varText(c.Dst)+", "+varText(c.Ok)+" = <-"+ExprText(c.Chan))
			}
		}
		if s.HasDefault {
			cs = append(cs, "default")
		}
		return varText(s.Index) + " = select {" + strings.Join(cs, "; ") + "}"
	case *Unreachable:
		return "unreachable"
	}
	return fmt.Sprintf("%T", s)
}

func calleeText(c *Callee) string {
	switch c.Kind {
	case Static:
		if c.Ref.Func != nil {
			return c.Ref.Func.Name
		}
		if c.Ref.Hook != nil {
			return "hook " + c.Ref.Obj.FullName()
		}
		return c.Ref.Obj.FullName()
	case Closure:
		return c.Func.Name
	case Iface:
		return "method " + c.Method.Name() + " of "
	case Value:
		return "value "
	}
	s := "rt." + c.Prim.Name
	if len(c.TArgs) > 0 {
		var ts []string
		for _, t := range c.TArgs {
			ts = append(ts, typeText(t))
		}
		s += "[" + strings.Join(ts, ", ") + "]"
	}
	return s
}

// ExprText is the text of an expression; nil is "_".
func ExprText(e Expr) string {
	switch e := e.(type) {
	case nil:
		return "_"
	case *Const:
		if e.Val == nil {
			return "zero " + typeText(e.T)
		}
		if e.Val.Kind() == constant.String {
			return strconv.Quote(constant.StringVal(e.Val))
		}
		return e.Val.String()
	case *VarRef:
		return e.V.Name
	case *GlobalRef:
		if e.Obj.Pkg() != nil {
			return e.Obj.Pkg().Name() + "." + e.Obj.Name()
		}
		return e.Obj.Name()
	case *FuncRef:
		if e.Closure != nil {
			return "func " + e.Closure.Name
		}
		return "func " + e.Ref.Obj.FullName()
	case *Unary:
		return e.Op.String() + operandText(e.X)
	case *Binary:
		return operandText(e.X) + " " + e.Op.String() + " " + operandText(e.Y)
	case *Conv:
		return "(" + typeText(e.T) + ")(" + ExprText(e.X) + ")"
	case *Field:
		return operandText(e.X) + "." + fieldText(e)
	case *Index:
		return operandText(e.X) + "[" + ExprText(e.I) + "]"
	case *Slice:
		s := operandText(e.X) + "["
		if e.Lo != nil {
			s += ExprText(e.Lo)
		}
		s += ":"
		if e.Hi != nil {
			s += ExprText(e.Hi)
		}
		if e.Max != nil {
			s += ":" + ExprText(e.Max)
		}
		return s + "]"
	case *Deref:
		return "*" + operandText(e.X)
	case *Addr:
		return "&" + operandText(e.X)
	case *NoescapeAddr:
		return "&noescape " + e.V.Name
	case *Composite:
		return typeText(e.T) + "{" + exprTexts(e.Elems) + "}"
	case *StaticAddr:
		return "&static " + ExprText(e.X)
	case *Builtin:
		return e.Name + "(" + exprTexts(e.Args) + ")"
	case *Ptr:
		return operandText(e.X) + ".ptr"
	case *LayoutRef:
		return "layout " + typeText(e.Of)
	case *MapTypeRef:
		return "maptype " + typeText(e.Of)
	case *TypeProto:
		return "type " + typeText(e.Of)
	case *IfaceProto:
		return "proto " + typeText(e.Of)
	}
	return fmt.Sprintf("%T", e)
}

func operandText(e Expr) string {
	switch e.(type) {
	case *Binary, *Unary, *Deref, *Addr:
		return "(" + ExprText(e) + ")"
	}
	return ExprText(e)
}

func fieldText(e *Field) string {
	t := e.X.Type()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if s, ok := t.Underlying().(*types.Struct); ok && e.Index < s.NumFields() {
		return s.Field(e.Index).Name()
	}
	return strconv.Itoa(e.Index)
}
