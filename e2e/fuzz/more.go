package fuzz

// This file makes what stands beyond plain statements: generics, values of arrays and structs,
// promoted methods, gotos, Goexit, goroutines that run at once.

import "fmt"

// further makes a compound statement.
func (g *generator) further(d int) {
	switch g.IntN(11) {
	case 0: // a loop by goto
		n, label := g.name("n"), g.name("G")
		g.line("{")
		g.indent++
		g.line("%s := 0", n)
		g.line("%s:", label)
		g.line("tick()")
		g.line("if %s < %d {", n, 1+g.IntN(3))
		g.line("\t%s++", n)
		g.nested(d)
		g.line("\tgoto %s", label)
		g.line("}")
		g.indent--
		g.line("}")
	case 1: // Goexit runs deferred calls and is not recovered
		g.line("apart(func() {")
		g.indent++
		g.line("defer func(d int) { show(recover()); show(d) }(%s)", g.expr(kInt, 2))
		g.indent--
		g.literalBody(d, false)
		g.line("\tif %s {", g.expr(kBool, 2))
		g.line("\t\truntime.Goexit()")
		g.line("\t}")
		g.indent++
		g.line("show(%s)", g.expr(kInt, 2))
		g.indent--
		g.line("})")
	case 2: // closures outlive the loop that made them
		f, i := g.name("fs"), g.name("i")
		g.line("var %s []func(int) int", f)
		g.line("for %s := range %d {", i, 1+g.IntN(3))
		g.vars = append(g.vars, variable{i, kInt})
		g.line("\t%s = append(%s, func(k int) int { tick(); %s += k; return %s })", f, f, i, g.expr(kInt, 2))
		g.vars = g.vars[:len(g.vars)-1]
		g.line("}")
		g.line("for _, f := range %s {\n\t\tshow(f(1))\n\t\tshow(f(2))\n\t}", f)
	case 3: // keys in order, some deleted on the way
		m, k := g.name("m"), g.name("k")
		g.line("%s := %s", m, g.expr(kMap, 2))
		g.line("for _, %s := range keys(%s) {", k, m)
		g.vars = append(g.vars, variable{k, kInt})
		g.line("\tdelete(%s, %s+%s)", m, k, g.expr(kInt, 2))
		g.nested(d)
		g.vars = g.vars[:len(g.vars)-1]
		g.line("}")
		if g.IntN(3) == 0 {
			g.line("clear(%s)", m)
		}
		g.vars = append(g.vars, variable{m, kMap})
		g.line("show(%s)", m)
	case 4: // goroutines that run at once, on nothing they share
		g.line("show(par(%d, func(k int) int { return %s }))", 2+g.IntN(20), g.alone(3))
	case 5: // runes
		i, r := g.name("i"), g.name("r")
		g.line("for %s, %s := range %s {", i, r, g.expr(kString, 2))
		g.line("\ttick()")
		g.line("\tshow(%s + int(%s))", i, r)
		g.line("}")
	case 6: // ready or not
		c := g.name("c")
		g.line("%s := make(chan int, %d)", c, g.IntN(3))
		g.line("select {")
		g.line("case %s <- %s:", c, g.expr(kInt, 2))
		g.nested(d)
		g.line("default:")
		g.nested(d)
		g.line("}")
		g.line("close(%s)", c)
		g.line("for v := range %s {\n\t\tshow(v)\n\t}", c)
	case 7: // a tagless switch with a statement before it
		v := g.name("v")
		g.line("switch %s := %s; {", v, g.expr(kInt, 2))
		g.vars = append(g.vars, variable{v, kInt})
		for range 1 + g.IntN(2) {
			g.line("case %s, %s:", g.expr(kBool, 2), g.expr(kBool, 2))
			g.nested(d)
		}
		g.line("default:")
		g.line("\tshow(%s)", v)
		g.line("}")
		g.vars = g.vars[:len(g.vars)-1]
	case 8: // types with type arguments
		v := g.name("v")
		g.line("switch %s := %s.(type) {", v, g.expr(kAny, 3))
		g.typeCases(v, d, kPair, kArray, kEmbed, kStack)
		g.line("case nil, bool:\n\t\tshow(%s)\n\t}", v)
	case 9: // panics on panics
		g.line("func() {")
		g.indent++
		g.line("defer func() { show(recover()) }()")
		g.line("defer func() {")
		g.indent++
		g.line("if %s {", g.expr(kBool, 2))
		g.line("\tpanic(failure{%s})", g.expr(kInt, 2))
		g.line("}")
		g.indent--
		g.line("}()")
		g.line("panic(%s)", g.expr(kAny, 2))
		g.indent--
		g.line("}()")
	default: // hand over a channel of channels
		c := g.name("c")
		g.line("%s := make(chan chan func() int)", c)
		g.line("go func() { r := <-%s; r <- func() int { return 7 } }()", c)
		g.line("{\n\t\tr := make(chan func() int)\n\t\t%s <- r\n\t\tshow((<-r)())\n\t}", c)
	}
}

// small makes a statement without others inside.
func (g *generator) small() {
	switch g.IntN(8) {
	case 0:
		if v, ok := g.pick(kArray); ok {
			g.line("%s[ix(%s)&1] %s %s", v, g.expr(kInt, 2), []string{"=", "+=", "^="}[g.IntN(3)], g.expr(kInt, 2))
		}
	case 1:
		if v, ok := g.pick(kEmbed); ok {
			switch g.IntN(3) {
			case 0:
				g.line("%s.a = %s", v, g.expr(kInt, 2)) // may panic
			case 1:
				g.line("%s.m[ix(%s)&1] = %s", v, g.expr(kInt, 2), g.expr(kInt, 2))
			case 2:
				g.line("%s.T, %s.m = %s, [2]int{%s}", v, v, g.expr(kPtr, 2), g.expr(kInt, 2))
			}
		}
	case 2:
		if v, ok := g.pick(kPair); ok {
			g.line("%s.x, %s.y = %s, %s", v, v, g.expr(kInt, 2), g.expr(kString, 2))
		}
	case 3:
		if v, ok := g.pick(kPair); ok {
			g.line("show(%s.put(%s).swap())", v, g.expr(kInt, 2))
		}
	case 4:
		if v, ok := g.pick(kArray); ok { // a copy, not a view
			w := g.name("v")
			g.line("%s := %s", w, v)
			g.line("%s[1] = %s", v, g.expr(kInt, 2))
			g.line("show(%s)", w)
			g.vars = append(g.vars, variable{w, kArray})
		}
	case 5:
		if v, ok := g.pick(kArray); ok { // a view, not a copy
			w := g.name("v")
			g.line("%s := %s[:ix(%s)&3]", w, v, g.expr(kInt, 2))
			g.line("show(%s)", w)
			g.vars = append(g.vars, variable{w, kSlice})
		}
	case 6:
		if v, ok := g.pick(kInt); ok {
			p := g.name("to")
			g.line("%s := &%s", p, v)
			g.line("*%s += %s", p, g.expr(kInt, 2))
		}
	case 7:
		g.line("func(v ...any) { show(len(v)); show(v[len(v)-1]) }(%s, %s)", g.expr(g.kind(), 2), g.expr(g.kind(), 2))
	}
}

// alone is an int computed from k without fuel, output and anything shared.
func (g *generator) alone(depth int) string {
	if depth == 0 {
		return []string{"k", "3", "k*k"}[g.IntN(3)]
	}
	a, b := g.alone(depth-1), g.alone(depth-1)
	switch g.IntN(6) {
	case 0:
		return fmt.Sprintf("hop(%s)", a)
	case 1:
		return fmt.Sprintf("(%s - ix(%s))", a, b)
	case 2:
		return fmt.Sprintf("func() (n int) { defer func() { recover(); n++ }(); s := []int{%s}; return s[hop(%s)&1] }()", a, b)
	case 3:
		return fmt.Sprintf("len(string([]rune{rune(ix(%s) & 1023), 'x'}))", a)
	case 4:
		return fmt.Sprintf("(&T{a: %s, x: []int{%s}}).x[0]", a, b)
	}
	return fmt.Sprintf("max(%s, hop(%s), 2)", a, b)
}

// more makes an expression of the kinds beyond the first, or of an old kind in a new way; "" if
// the old ways are to be taken.
func (g *generator) more(k kind, d int) string {
	e := func(k kind) string { return g.expr(k, d) }
	switch k {
	case kArray:
		switch g.IntN(3) {
		case 0:
			return fmt.Sprintf("A(append(%s, 1, 2, 3)[:3])", e(kSlice))
		default:
			return fmt.Sprintf("(A{%s, 2: %s})", e(kInt), e(kInt))
		}
	case kEmbed:
		return fmt.Sprintf("(E{%s, [2]int{%s, %s}})", e(kPtr), e(kInt), e(kInt))
	case kPair:
		if g.IntN(3) == 0 {
			return e(kPair) + ".swap().swap()"
		}
		return fmt.Sprintf("(Pair[int, string]{%s, %s})", e(kInt), e(kString))
	case kStack:
		return fmt.Sprintf("%s.push(%s)", e(kStack), e(kInt))
	}
	if g.IntN(3) > 0 {
		return ""
	}
	switch k {
	case kInt:
		switch g.IntN(14) {
		case 0:
			return fmt.Sprintf("%s[ix(%s)&1]", e(kArray), e(kInt))
		case 1:
			return fmt.Sprintf("%s.slow(%s)", e(kEmbed), e(kInt)) // promoted; may panic
		case 2:
			return fmt.Sprintf("sum(%s, %s, %s)", e(kInt), e(kInt), e(kInt))
		case 3:
			return fmt.Sprintf("int(sum(uint8(ix(%s)), uint8(ix(%s))))", e(kInt), e(kInt))
		case 4:
			return fmt.Sprintf("wide(%s)", e(kInt))
		case 5:
			return fmt.Sprintf("min(%s, %s, %s)", e(kInt), e(kInt), e(kInt))
		case 6:
			return fmt.Sprintf("int(int8(ix(%s)))", e(kInt))
		case 7:
			return fmt.Sprintf("int(float32(ix(%s)&1023) * 1.5)", e(kInt))
		case 8:
			return fmt.Sprintf("len([]rune(%s))", e(kString))
		case 9:
			return fmt.Sprintf("(*T).slow(%s, %s)", e(kPtr), e(kInt))
		case 10:
			return fmt.Sprintf("I.get(%s, %s)", e(kIface), e(kInt))
		case 11:
			return fmt.Sprintf("copy(%s, %s)", e(kSlice), e(kSlice))
		case 12:
			return fmt.Sprintf("int(real(complex(float64(ix(%s)&255), 1) * complex(2, float64(ix(%s)&255))))", e(kInt), e(kInt))
		default:
			return fmt.Sprintf("%s.(int)", e(kAny)) // may panic
		}
	case kBool:
		switch g.IntN(5) {
		case 0:
			return fmt.Sprintf("(%s == %s)", e(kArray), e(kArray))
		case 1:
			return fmt.Sprintf("(%s == %s)", e(kPair), e(kPair))
		case 2:
			return fmt.Sprintf("(%s == %s)", e(kAny), e(kAny)) // may panic
		case 3:
			return fmt.Sprintf("(%s == any(%s))", e(kIface), e(kInt))
		default:
			return fmt.Sprintf("(map[A]bool{%s: true}[%s])", e(kArray), e(kArray))
		}
	case kString:
		switch g.IntN(4) {
		case 0:
			return fmt.Sprintf("string([]rune(%s))", e(kString))
		case 1:
			return fmt.Sprintf("%s.y", e(kPair))
		case 2:
			return fmt.Sprintf("%s[ix(%s)&1:]", e(kString), e(kInt)) // may panic
		default:
			return fmt.Sprintf("min(%s, %s)", e(kString), e(kString))
		}
	case kSlice:
		switch g.IntN(3) {
		case 0:
			return fmt.Sprintf("apply(%s, func(k int) int { tick(); return k + %s })", e(kSlice), e(kInt))
		case 1:
			return fmt.Sprintf("apply([]string{%s, %s}, func(s string) int { return len(s) + y(1) })", e(kString), e(kString))
		default:
			return fmt.Sprintf("make([]int, ix(%s)&31, 31)", e(kInt))
		}
	case kFunc:
		switch g.IntN(4) {
		case 0:
			return e(kPtr) + ".slow"
		case 1:
			return e(kEmbed) + ".get" // may panic
		case 2:
			return "wide"
		default:
			return fmt.Sprintf("apply([]int{%s}, func(k int) func(int) int { return func(n int) int { k += n; return k } })[0]", e(kInt))
		}
	case kIface:
		if g.IntN(2) == 0 {
			return fmt.Sprintf("I(%s)", e(kEmbed))
		}
		return fmt.Sprintf("I(&W{%s, %s})", e(kIface), e(kInt))
	case kAny:
		if g.IntN(2) == 0 {
			return fmt.Sprintf("any(uint8(ix(%s)))", e(kInt))
		}
		return fmt.Sprintf("any(failure{%s})", e(kInt))
	}
	return ""
}

// typeCases prints the cases of a type switch that binds v.
func (g *generator) typeCases(v string, d int, kinds ...kind) {
	for _, k := range kinds {
		g.line("case %s:", typeNames[k])
		g.vars = append(g.vars, variable{v, k})
		g.indent++
		g.line("show(%s)", v)
		g.indent--
		g.nested(d)
		g.vars = g.vars[:len(g.vars)-1]
	}
}
