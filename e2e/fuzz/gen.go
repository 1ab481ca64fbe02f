// Package fuzz makes small random Go programs that end, print what they compute and
// behave the same on every run, so that two compilers can be compared on them.
//
//	Program(rand.New(rand.NewPCG(7, 0)))  →  package main … func f3(a int, s string) (int, string) { … }
//
// What keeps a program deterministic: no output from two goroutines at once, no map
// iteration whose order shows, no addresses. What makes it end: functions call only
// functions of a lower number, and a counter of fuel that panics when it is used up.
// Panics are part of the game: each call from main, and some calls inside, recover and
// print.
package fuzz

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

type kind int

const (
	kInt kind = iota
	kString
	kBool
	kSlice // []int
	kMap   // map[int]int
	kPtr   // *T
	kStruct
	kFunc  // func(int) int
	kAny   // any
	kIface // I
	kArray
	kEmbed
	kPair
	kStack
	nKinds
)

var typeNames = [nKinds]string{"int", "string", "bool", "[]int", "map[int]int", "*T", "T", "func(int) int", "any", "I",
	"A", "E", "Pair[int, string]", "*Stack[int]"}

type variable struct {
	name string
	kind kind
}

type fn struct {
	name    string
	params  []kind
	results []kind
}

type generator struct {
	*rand.Rand
	b      strings.Builder
	indent int
	vars   []variable
	funcs  []fn
	cur    fn
	n      int // names made so far
	loops  int // loops around the statement being made
	labels []string
	budget int // statements left in this function
	noRet  int // > 0: inside a function literal
}

// Program returns one program.
func Program(r *rand.Rand) string {
	g := &generator{Rand: r}
	g.b.WriteString(prelude)
	for i := range 3 + g.IntN(4) {
		g.function(i)
	}
	g.b.WriteString("func main() {\n")
	for _, f := range g.funcs {
		for range 2 {
			g.vars = nil
			args := make([]string, len(f.params))
			for i, k := range f.params {
				args[i] = g.literal(k)
			}
			results := make([]string, len(f.results))
			for i := range results {
				results[i] = fmt.Sprintf("r%d", i)
			}
			fmt.Fprintf(&g.b, "\ttry(%q, func() {\n\t\tfuel = 20000\n\t\t", f.name)
			if len(results) > 0 {
				fmt.Fprintf(&g.b, "%s := ", strings.Join(results, ", "))
			}
			fmt.Fprintf(&g.b, "%s(%s)\n", f.name, strings.Join(args, ", "))
			for _, res := range results {
				fmt.Fprintf(&g.b, "\t\tshow(%s)\n", res)
			}
			fmt.Fprintf(&g.b, "\t\tprintln(%q)\n\t})\n", f.name)
		}
	}
	g.b.WriteString("\tshow(g0)\n\tshow(g1)\n\tshow(g2)\n\tshow(gt)\n\tprintln(\"end\")\n}\n")
	return g.b.String()
}

func (g *generator) line(format string, args ...any) {
	g.b.WriteString(strings.Repeat("\t", g.indent))
	fmt.Fprintf(&g.b, format, args...)
	g.b.WriteByte('\n')
}

func (g *generator) name(prefix string) string {
	g.n++
	return fmt.Sprintf("%s%d", prefix, g.n)
}

func (g *generator) kind() kind { return kind(g.IntN(int(nKinds))) }

func (g *generator) function(i int) {
	f := fn{name: fmt.Sprintf("f%d", i)}
	g.vars = []variable{{"g0", kInt}, {"g1", kString}, {"g2", kSlice}, {"gt", kPtr}}
	var params, results []string
	for j := range 1 + g.IntN(3) {
		k := g.kind()
		f.params = append(f.params, k)
		name := fmt.Sprintf("p%d", j)
		params = append(params, name+" "+typeNames[k])
		g.vars = append(g.vars, variable{name, k})
	}
	for j := range 1 + g.IntN(3) {
		k := g.kind()
		f.results = append(f.results, k)
		name := fmt.Sprintf("q%d", j)
		results = append(results, name+" "+typeNames[k])
		g.vars = append(g.vars, variable{name, k})
	}
	g.cur = f
	g.budget = 12 + g.IntN(25)
	g.loops, g.labels, g.noRet = 0, nil, 0
	fmt.Fprintf(&g.b, "func %s(%s) (%s) {\n", f.name, strings.Join(params, ", "), strings.Join(results, ", "))
	g.indent = 1
	g.line("tick()")
	if g.IntN(3) == 0 {
		g.line("defer func() {")
		g.indent++
		g.line("r := recover()")
		g.line("show(r)")
		g.noRet++
		g.block(1)
		g.noRet--
		if g.IntN(4) == 0 {
			g.line("if r != nil {\n\t\t\tpanic(r)\n\t\t}")
		}
		g.indent--
		g.line("}()")
	}
	for g.budget > 0 {
		g.statement(3)
	}
	g.ret()
	g.b.WriteString("}\n\n")
	g.funcs = append(g.funcs, f)
}

func (g *generator) ret() {
	if g.IntN(3) == 0 {
		g.line("return")
		return
	}
	var out []string
	for _, k := range g.cur.results {
		out = append(out, g.expr(k, 3))
	}
	g.line("return %s", strings.Join(out, ", "))
}

// scope makes a block's statements and forgets its variables.
func (g *generator) block(depth int) {
	mark := len(g.vars)
	for range 1 + g.IntN(3) {
		g.statement(depth)
	}
	g.vars = g.vars[:mark]
}

func (g *generator) pick(k kind) (string, bool) {
	var names []string
	for _, v := range g.vars {
		if v.kind == k {
			names = append(names, v.name)
		}
	}
	if len(names) == 0 {
		return "", false
	}
	return names[g.IntN(len(names))], true
}

func (g *generator) statement(depth int) {
	g.budget--
	if depth <= 0 {
		g.simple()
		return
	}
	d := depth - 1
	switch g.IntN(30) {
	case 22, 23, 24, 25, 26, 27:
		g.further(d)
	case 0:
		g.line("if %s {", g.expr(kBool, 3))
		g.nested(d)
		if g.IntN(2) == 0 {
			g.line("} else {")
			g.nested(d)
		}
		g.line("}")
	case 1, 2:
		g.loop(d)
	case 3:
		g.line("switch %s {", g.expr(kInt, 2))
		for i := range 1 + g.IntN(3) {
			g.line("case %s, %d:", g.expr(kInt, 2), 1000+i)
			g.nested(d)
			if g.IntN(4) == 0 {
				g.line("\tfallthrough")
				g.line("case %d:", 2000+i)
				g.line("\ttick()")
			}
		}
		g.line("default:")
		g.nested(d)
		g.line("}")
	case 4:
		v := g.name("v")
		g.line("switch %s := %s.(type) {", v, g.expr(kAny, 2))
		g.typeCases(v, d, kInt, kString, kPtr)
		g.line("case I:\n\tshow(%s.get(1))\ndefault:\n\tshow(%s)\n}", v, v)
	case 5:
		g.line("func() {")
		g.literalBody(d, g.IntN(2) == 0)
		g.line("}()")
	case 6:
		g.line("defer func(d int) {")
		g.indent++
		g.line("show(d)")
		g.indent--
		g.literalBody(d, g.IntN(3) == 0)
		g.line("}(%s)", g.expr(kInt, 2))
	case 7:
		c := g.name("c")
		g.line("%s, %sack := make(chan int), make(chan bool, 2)", c, c)
		g.line("go func() {")
		g.indent++
		g.line("defer close(%s)", c)
		g.line("defer func() { recover() }()")
		mark, loops, labels := len(g.vars), g.loops, g.labels
		g.loops, g.labels = 0, nil
		g.line("%s <- %s", c, g.expr(kInt, 2))
		g.line("<-%sack // only one of the two computes at a time", c)
		g.line("%s <- %s", c, g.expr(kInt, 3))
		g.vars, g.loops, g.labels = g.vars[:mark], loops, labels
		g.indent--
		g.line("}()")
		v := g.name("v")
		g.line("for %s := range %s {", v, c)
		g.vars = append(g.vars, variable{v, kInt})
		g.line("\tshow(%s)", v)
		g.line("\t%sack <- true", c)
		g.vars = g.vars[:len(g.vars)-1]
		g.line("}")
	case 8:
		f := g.name("h")
		p := g.name("a")
		g.line("%s := func(%s int) int {", f, p)
		g.vars = append(g.vars, variable{p, kInt})
		g.literalBody(d-1, false)
		g.indent++
		g.line("return %s", g.expr(kInt, 3))
		g.indent--
		g.vars = g.vars[:len(g.vars)-1]
		g.line("}")
		g.vars = append(g.vars, variable{f, kFunc})
		g.line("show(%s(%s))", f, g.expr(kInt, 1))
	case 9:
		if g.loops > 0 && g.noRet == 0 {
			g.line("if %s {", g.expr(kBool, 2))
			g.indent++
			g.jump()
			g.indent--
			g.line("}")
		} else {
			g.simple()
		}
	case 10:
		if g.noRet == 0 && g.IntN(2) == 0 {
			g.line("if %s {", g.expr(kBool, 2))
			g.indent++
			g.ret()
			g.indent--
			g.line("}")
		} else {
			g.simple()
		}
	case 11:
		a, b := g.name("c"), g.name("c")
		g.line("%s, %s := make(chan int, 1), make(chan string, 1)", a, b)
		if g.IntN(2) == 0 {
			g.line("%s <- %s", a, g.expr(kInt, 2))
		} else {
			g.line("%s <- %s", b, g.expr(kString, 2))
		}
		v := g.name("v")
		g.line("select {")
		g.line("case %s := <-%s:", v, a)
		g.line("\tshow(%s)", v)
		g.nested(d)
		g.line("case %s, ok := <-%s:", v, b)
		g.line("\tshow(%s)", v)
		g.line("\tshow(ok)")
		g.nested(d)
		g.line("}")
	default:
		g.simple()
	}
}

// literalBody fills a function literal: no jumps out of it, no returns of the function's.
func (g *generator) literalBody(depth int, recovers bool) {
	loops, labels := g.loops, g.labels
	g.loops, g.labels = 0, nil
	g.noRet++
	g.indent++
	if recovers {
		g.line("defer func() { show(recover()) }()")
	}
	g.line("tick()")
	g.block(depth)
	g.indent--
	g.noRet--
	g.loops, g.labels = loops, labels
}

func (g *generator) nested(depth int) {
	g.indent++
	g.block(depth)
	g.indent--
}

func (g *generator) jump() {
	word := []string{"break", "continue"}[g.IntN(2)]
	if len(g.labels) > 0 && g.IntN(2) == 0 {
		l := g.labels[g.IntN(len(g.labels))]
		g.line("%s %s", word, l)
		return
	}
	g.line("%s", word)
}

func (g *generator) loop(depth int) {
	mark := len(g.vars)
	label := g.name("L")
	// A label must be used: the loop's first statement sees to it.
	g.line("%s:", label)
	i, v := g.name("i"), g.name("v")
	switch g.IntN(10) {
	case 7:
		g.line("for %s, %s := range backward(%s) {", i, v, g.expr(kSlice, 2))
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	case 8:
		g.line("for %s, %s := range %s.all() {", i, v, g.expr(kStack, 2))
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	case 9:
		g.line("for %s, %s := range %s {", i, v, g.expr(kArray, 2))
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	case 0:
		g.line("for %s := 0; %s < %d; %s++ {", i, i, 1+g.IntN(4), i)
		g.vars = append(g.vars, variable{i, kInt})
	case 1:
		g.line("for %s := range %d {", i, 1+g.IntN(4))
		g.vars = append(g.vars, variable{i, kInt})
	case 2:
		g.line("for %s, %s := range %s {", i, v, g.expr(kSlice, 2))
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	case 3:
		g.line("for %s, %s := range seq(%s) {", i, v, g.expr(kInt, 2))
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	case 4:
		g.line("for %s := range %s {", i, g.expr(kString, 2))
		g.vars = append(g.vars, variable{i, kInt})
	case 5:
		g.line("for %s := 0; %s && %s < 5; %s++ {", i, g.expr(kBool, 2), i, i)
		g.vars = append(g.vars, variable{i, kInt})
	case 6:
		g.line("for %s, %s := range seq(3) {", i, v)
		g.vars = append(g.vars, variable{i, kInt}, variable{v, kInt})
	}
	g.indent++
	g.line("tick()")
	g.line("if %s > 1000 {\n\t\tbreak %s\n\t}", i, label)
	if vars := g.vars[mark:]; len(vars) == 2 {
		g.line("_ = %s", vars[1].name)
	}
	if g.IntN(4) == 0 {
		g.line("defer show(%s)", i)
	}
	g.loops++
	g.labels = append(g.labels, label)
	g.block(depth)
	g.labels = g.labels[:len(g.labels)-1]
	g.loops--
	g.indent--
	g.line("}")
	g.vars = g.vars[:mark]
}

func (g *generator) simple() {
	switch g.IntN(20) {
	case 16, 17, 18:
		g.small()
	case 0, 1, 2, 3:
		k := g.kind()
		v := g.name("v")
		g.line("var %s %s = %s", v, typeNames[k], g.expr(k, 3))
		g.line("show(%s)", v)
		g.vars = append(g.vars, variable{v, k})
	case 4, 5, 6:
		k := g.kind()
		if v, ok := g.pick(k); ok {
			g.line("%s = %s", v, g.expr(k, 3))
		} else {
			g.line("show(%s)", g.expr(k, 3))
		}
	case 7:
		k, l := g.kind(), g.kind()
		v, ok1 := g.pick(k)
		w, ok2 := g.pick(l)
		if ok1 && ok2 {
			g.line("%s, %s = %s, %s", v, w, g.expr(k, 2), g.expr(l, 2))
		}
	case 8:
		if v, ok := g.pick(kInt); ok {
			op := []string{"+=", "-=", "*=", "^=", "|=", "&^="}[g.IntN(6)]
			g.line("%s %s %s", v, op, g.expr(kInt, 3))
		}
	case 9:
		if v, ok := g.pick(kMap); ok {
			g.line("if %s != nil {", v)
			g.line("\t%s[%s&7] %s %s", v, g.expr(kInt, 2), []string{"=", "+=", "|="}[g.IntN(3)], g.expr(kInt, 2))
			g.line("}")
		}
	case 10:
		if v, ok := g.pick(kPtr); ok {
			switch g.IntN(4) {
			case 0:
				g.line("%s.a = %s", v, g.expr(kInt, 3))
			case 1:
				g.line("%s.s += %s", v, g.expr(kString, 1))
				g.line("%s.s = cut(%s.s)", v, v)
			case 2:
				g.line("%s.x, %s.a = %s, %s", v, v, g.expr(kSlice, 2), g.expr(kInt, 2))
			case 3:
				g.line("*%s = %s", v, g.expr(kStruct, 2))
			}
		}
	case 11:
		if v, ok := g.pick(kSlice); ok {
			g.line("if len(%s) > 0 {", v)
			g.line("\t%s[len(%s)-1] %s %s", v, v, []string{"=", "+=", "^="}[g.IntN(3)], g.expr(kInt, 2))
			g.line("}")
		}
	case 12:
		g.line("show(%s)", g.expr(g.kind(), 4))
	case 13:
		if len(g.funcs) > 0 {
			f := g.funcs[g.IntN(len(g.funcs))]
			call := g.call(f)
			var lhs []string
			for _, k := range f.results {
				if v, ok := g.pick(k); ok && g.IntN(4) > 0 && !contains(lhs, v) {
					lhs = append(lhs, v)
				} else {
					lhs = append(lhs, "_")
				}
			}
			g.line("%s = %s", strings.Join(lhs, ", "), call)
		}
	case 14:
		if g.IntN(4) == 0 {
			g.line("if %s {", g.expr(kBool, 2))
			g.line("\tpanic(%s)", g.expr(g.kind(), 2))
			g.line("}")
		} else {
			g.line("show(%s)", g.expr(kInt, 4))
		}
	default:
		v := g.name("v")
		k := []kind{kInt, kString, kPtr, kFunc}[g.IntN(4)]
		g.line("%s, %sok := %s.(%s)", v, v, g.expr(kAny, 2), typeNames[k])
		g.line("show(%s)", v)
		g.line("show(%sok)", v)
	}
}

func contains(s []string, x string) bool {
	for _, v := range s {
		if v == x {
			return true
		}
	}
	return false
}

func (g *generator) call(f fn) string {
	args := make([]string, len(f.params))
	for i, k := range f.params {
		args[i] = g.expr(k, 1)
	}
	return fmt.Sprintf("%s(%s)", f.name, strings.Join(args, ", "))
}

func (g *generator) literal(k kind) string {
	switch k {
	case kInt:
		return fmt.Sprint(g.IntN(40) - 10)
	case kString:
		return fmt.Sprintf("%q", []string{"", "a", "bc", "é世", "long string"}[g.IntN(5)])
	case kBool:
		return []string{"true", "false"}[g.IntN(2)]
	case kSlice:
		return []string{"[]int(nil)", "[]int{1}", "[]int{3, 1, 2}", "make([]int, 2, 5)"}[g.IntN(4)]
	case kMap:
		return []string{"map[int]int(nil)", "map[int]int{}", "map[int]int{1: 2, 3: 4}"}[g.IntN(3)]
	case kPtr:
		return []string{"(*T)(nil)", "(&T{a: 1})", "(&T{2, \"t\", &T{a: 3}, nil})"}[g.IntN(3)]
	case kStruct:
		return []string{"T{}", "T{a: 5, s: \"s\"}"}[g.IntN(2)]
	case kFunc:
		return "func(n int) int { tick(); return n + 1 }"
	case kAny:
		return []string{"any(nil)", "any(1)", "any(\"any\")", "any(N(4))", "any(&T{a: 9})"}[g.IntN(5)]
	case kIface:
		return []string{"I(N(2))", "I(T{a: 3})", "I(&T{a: 4})", "I(E{T: &T{a: 6}})", "I(&W{I: N(3)})"}[g.IntN(5)]
	case kArray:
		return []string{"(A{})", "(A{1, 2, 3})", "(A{2: -1})"}[g.IntN(3)]
	case kEmbed:
		return []string{"(E{})", "(E{T: &T{a: 8}})", "(E{&T{s: \"e\"}, [2]int{1, 2}})"}[g.IntN(3)]
	case kPair:
		return []string{"(Pair[int, string]{})", "(Pair[int, string]{4, \"p\"})"}[g.IntN(2)]
	case kStack:
		return []string{"(*Stack[int])(nil)", "(*Stack[int])(nil).push(1)", "(&Stack[int]{top: 5})"}[g.IntN(3)]
	}
	panic("kind")
}

func (g *generator) expr(k kind, depth int) string {
	if depth <= 0 || g.IntN(6) == 0 {
		if v, ok := g.pick(k); ok && g.IntN(4) > 0 {
			return v
		}
		return g.literal(k)
	}
	d := depth - 1
	e := func(k kind) string { return g.expr(k, d) }
	switch g.IntN(10) {
	case 0, 1:
		return fmt.Sprintf("y(%s)", e(k))
	case 2:
		return fmt.Sprintf("log(%s)", e(k))
	case 3:
		if len(g.funcs) > 0 && g.IntN(2) == 0 {
			for range 4 {
				f := g.funcs[g.IntN(len(g.funcs))]
				if len(f.results) == 1 && f.results[0] == k {
					return g.call(f)
				}
			}
		}
	}
	if s := g.more(k, d); s != "" {
		return s
	}
	switch k {
	case kInt:
		switch g.IntN(16) {
		case 0, 1, 2:
			return fmt.Sprintf("(%s %s %s)", e(kInt), []string{"+", "-", "^", "|", "&"}[g.IntN(5)], e(kInt))
		case 3:
			return fmt.Sprintf("(%s %s (%s | 1))", e(kInt), []string{"/", "%"}[g.IntN(2)], e(kInt))
		case 4:
			return fmt.Sprintf("len(%s)", e([]kind{kString, kSlice, kMap}[g.IntN(3)]))
		case 5:
			return fmt.Sprintf("at(%s, %s)", e(kSlice), e(kInt))
		case 6:
			return fmt.Sprintf("%s[%s]", e(kMap), e(kInt))
		case 7:
			return fmt.Sprintf("%s.a", e(kPtr))
		case 8:
			return fmt.Sprintf("%s.get(%s)", e(kIface), e(kInt))
		case 9:
			return fmt.Sprintf("%s.slow(%s)", e(kPtr), e(kInt))
		case 10:
			return fmt.Sprintf("%s(%s)", g.callee(d), e(kInt))
		case 11:
			return fmt.Sprintf("%s[ix(%s)]", e(kSlice), e(kInt)) // may panic
		case 12:
			return fmt.Sprintf("func() int { tick(); return %s }()", e(kInt))
		case 13:
			return fmt.Sprintf("(ix(%s) << (%s & 7))", e(kInt), e(kInt))
		case 14:
			if g.IntN(2) == 0 {
				return fmt.Sprintf("(%s * ix(%s))", e(kInt), e(kInt))
			}
			return fmt.Sprintf("max(%s, %s)", e(kInt), e(kInt))
		default:
			if v, ok := g.pick(kInt); ok {
				return fmt.Sprintf("func() int { tick(); %s += %s; return %s }()", v, e(kInt), v)
			}
			return e(kInt)
		}
	case kString:
		switch g.IntN(5) {
		case 0, 1:
			return fmt.Sprintf("cut(%s + %s)", e(kString), e(kString))
		case 2:
			return fmt.Sprintf("string(rune('a' + %s&15))", e(kInt))
		case 3:
			return fmt.Sprintf("%s.s", e(kPtr))
		default:
			return fmt.Sprintf("string([]byte(%s))", e(kString))
		}
	case kBool:
		switch g.IntN(6) {
		case 0, 1:
			return fmt.Sprintf("(%s %s %s)", e(kInt), []string{"<", "==", ">=", "!="}[g.IntN(4)], e(kInt))
		case 2:
			return fmt.Sprintf("(%s && %s)", e(kBool), e(kBool))
		case 3:
			return fmt.Sprintf("(%s || %s)", e(kBool), e(kBool))
		case 4:
			return fmt.Sprintf("!%s", e(kBool))
		default:
			return fmt.Sprintf("(%s < %s)", e(kString), e(kString))
		}
	case kSlice:
		switch g.IntN(5) {
		case 0, 1:
			return fmt.Sprintf("append([]int(nil), %s, %s)", e(kInt), e(kInt))
		case 2:
			return fmt.Sprintf("append(%s[:0:0], %s...)", e(kSlice), e(kSlice))
		case 3:
			return fmt.Sprintf("[]int{%s, %s}", e(kInt), e(kInt))
		default:
			s := g.literal(kSlice)
			if v, ok := g.pick(kSlice); ok {
				s = v
			}
			return fmt.Sprintf("%s[ix(%s)&1:]", s, e(kInt)) // may panic
		}
	case kMap:
		return fmt.Sprintf("map[int]int{%s: %s, 77: %s}", e(kInt), e(kInt), e(kInt))
	case kPtr:
		switch g.IntN(3) {
		case 0:
			return fmt.Sprintf("%s.set(%s)", e(kPtr), e(kInt)) // may panic
		default:
			return fmt.Sprintf("(&T{%s, %s, %s, %s})", e(kInt), e(kString), e(kPtr), e(kSlice))
		}
	case kStruct:
		if g.IntN(3) == 0 {
			return fmt.Sprintf("*%s", e(kPtr)) // may panic
		}
		return fmt.Sprintf("T{a: %s, s: %s}", e(kInt), e(kString))
	case kFunc:
		if g.IntN(2) == 0 {
			return e(kIface) + ".get"
		}
		p := g.name("a")
		g.vars = append(g.vars, variable{p, kInt})
		s := fmt.Sprintf("func(%s int) int { tick(); return %s }", p, e(kInt))
		g.vars = g.vars[:len(g.vars)-1]
		return s
	case kAny:
		return fmt.Sprintf("any(%s)", e([]kind{kInt, kString, kPtr, kStruct, kBool, kSlice, kIface, kArray, kEmbed, kPair, kStack}[g.IntN(11)]))
	case kIface:
		switch g.IntN(3) {
		case 0:
			return fmt.Sprintf("I(N(%s))", e(kInt))
		case 1:
			return fmt.Sprintf("I(%s)", e(kStruct))
		default:
			return fmt.Sprintf("I(%s)", e(kPtr))
		}
	}
	panic("kind")
}

// callee makes an expression that can be called with one int.
func (g *generator) callee(depth int) string {
	s := g.expr(kFunc, depth)
	if strings.HasPrefix(s, "func") {
		return "(" + s + ")"
	}
	return s
}
