// Slicing and making happen where they stand, and so before what fails to their left in the same statement: divisions,
// indices, shifts and loads wait until all calls are done. A conversion of those to an interface waits with them.
package main

var zero int

func all(list ...any) string { return "" }

func try(name string, f func() any) {
	defer func() {
		if e, ok := recover().(error); ok {
			println(name, e.Error())
		} else {
			println(name, "none")
		}
	}()
	f()
}

type S struct {
	a int
	b []int
}

type T struct {
	x int
	s []int
	p *T
}

func two(x int, s []int) int { return x }

func main() {
	alone()
	a := []int{1, 2}
	str := "abc"
	i := 9
	t, f := zero == 0, zero == 1
	var p *T
	var m map[string]any
	try("append", func() any { return append(a[:i:i], 1/zero) })
	try("append any", func() any { return append([]any{1 / zero}, a[:i:i]) })
	try("copy", func() any { return copy(a[:i], a[3:zero]) })
	try("copy2", func() any { return copy(p.s, a[:i]) })
	try("lhs index", func() any { a[i] = len(a[:i:i]); return 0 })
	try("lhs index2", func() any { a[i], zero = 1/zero, len(a[:i:i]); return 0 })
	try("lhs field", func() any { p.s = a[:i:i]; return 0 })
	try("lhs field make", func() any { p.s = make([]int, -i); return 0 })
	try("lhs map", func() any { m["x"] = a[:i:i]; return 0 })
	try("lhs map div2", func() any { m[str[1/zero:]] = a[:i:i]; return 0 })
	try("map lit", func() any { return map[string]any{str[1/zero:]: a[:i:i]} })
	try("map index", func() any { return []any{1 / zero, m[str[:i]]} })
	try("or", func() any { return 1/zero == 0 || len(a[:i:i]) > 0 })
	try("or any", func() any { return []any{1 / zero, f || len(a[:i:i]) > 0} })
	try("or any2", func() any { return []any{1 / zero, t && len(a[:i:i]) > 0} })
	try("or any3", func() any { return []any{1 / zero, t || len(a[:i:i]) > 0} })
	try("if", func() any {
		if 1/zero == len(a[:i:i]) {
			return 1
		}
		return 2
	})
	try("for", func() any {
		for j := 0; a[j] < len(a[:1+j*2]); j++ {
		}
		return 2
	})
	try("switch", func() any {
		switch 1 / zero {
		case len(a[:i:i]):
		}
		return 2
	})
	try("switch any", func() any {
		switch any(1 / zero) {
		case any(len(a[:i:i])):
		}
		return 2
	})
	try("struct", func() any { return []any{T{x: 1 / zero}, a[:i:i]} })
	try("struct2", func() any { return T{p.x, a[:i:i], nil} })
	try("struct3", func() any { return &T{p.x, a[:i:i], nil} })
	try("struct4", func() any { return []T{{p.x, nil, nil}, {0, a[:i:i], nil}} })
	try("struct5", func() any { return []*T{{p.x, nil, nil}, {0, a[:i:i], nil}} })
	try("struct6", func() any { return []*T{{p.x, nil, nil}, {0, make([]int, -i), nil}} })
	try("call", func() any { return two(1/zero, a[:i:i]) })
	try("call2", func() any { return two(two(p.x, nil)/zero, a[:i:i]) })
	try("call3", func() any { return two(p.x, a[two(i, nil)/zero:]) })
	try("send", func() any { c := make(chan any, 1); c <- []any{p.x, a[:i]}; return 0 })
	try("bytes", func() any { return []any{p.x, []byte(str[:i])} })
	try("concat", func() any { return []any{p.x, str + str[:i]} })
	try("nested slice", func() any { return []any{p.x, a[: a[i] : 1/zero]} })
	try("nested slice2", func() any { return []any{p.x, a[a[i] : 1/zero]} })
	try("array ptr", func() any { return []any{p.x, (*[4]int)(a[:i])} })
	try("array ptr2", func() any { return []any{p.x, (*[4]int)(a)} })
	try("array ptr3", func() any { return []any{(*[4]int)(a), p.x} })
	try("new", func() any { return []any{p.x, new(a[i])} })
	try("complex", func() any { return []any{p.x, complex(float64(a[i]), 2)} })
	try("defer", func() any { defer two(p.x, a[:i]); return 0 })
	try("go", func() any { go all(p.x, a[:i]); return 0 })
	try("closure", func() any { x, y := func() (r int, s []int) { return p.x, a[:i] }(); _ = y; return x })
	try("range", func() any {
		for range [][]int{{p.x}, a[:i]} {
		}
		return 0
	})
	try("method", func() any { return []any{p.x, p.s[:i]} })
	try("var", func() any { var x, y any = p.x, a[:i]; _ = y; return x })
	try("op", func() any { p.x += len(a[:i]); return 0 })
	try("op2", func() any { p.p.x += len(make([]int, -i)); return 0 })
	try("swap", func() any { a[0], p.s = p.x, a[:i]; return 0 })
	try("make", func() any { return []any{p.x, make([]int, 1/zero)} })
	try("makemap", func() any { return []any{1 / zero, make(map[int]int, p.x)} })
	try("makechan", func() any { return []any{1 / zero, make(chan int, -i)} })
}

func alone() {
	a := []int{1, 2}
	i := 9
	var p *int
	var x any = "s"
	try("div, slice", func() any { return []any{1 / zero, a[:i:i]} })
	try("slice, div", func() any { return []any{a[:i:i], 1 / zero} })
	try("div, slice ints", func() any { return [][]int{{1 / zero}, a[:i:i]} })
	try("div, index", func() any { return []any{1 / zero, a[i]} })
	try("index, div", func() any { return []any{a[i], 1 / zero} })
	try("index, slice", func() any { return []any{a[i], a[:i:i]} })
	try("slice, index", func() any { return []any{a[:i:i], a[i]} })
	try("div, deref", func() any { return []any{1 / zero, *p} })
	try("deref, div", func() any { return []any{*p, 1 / zero} })
	try("div, assert", func() any { return []any{1 / zero, x.(int)} })
	try("assert, div", func() any { return []any{x.(int), 1 / zero} })
	try("slice, assert", func() any { return []any{a[:i:i], x.(int)} })
	try("assert, slice", func() any { return []any{x.(int), a[:i:i]} })
	try("S div slice", func() any { return S{1 / zero, a[:i:i]} })
	try("S index slice", func() any { return S{a[i], a[:i:i]} })
	try("&S div slice", func() any { return &S{1 / zero, a[:i:i]} })
	try("array div slice", func() any { return [2]any{1 / zero, a[:i:i]} })
	try("args div slice", func() any { return all(1/zero, a[:i:i]) })
	try("args slice div", func() any { return all(a[:i:i], 1/zero) })
	try("map div slice", func() any { return map[string]any{"a": 1 / zero, "b": a[:i:i]} })
	try("append div slice", func() any { return append([]any{}, 1/zero, a[:i:i]) })
	try("ptr to array", func() any { return []any{1 / zero, [2]int(a[:1])} })
	try("ptr to array2", func() any { return []any{[2]int(a[:1]), 1 / zero} })
	try("makeslice", func() any { return []any{1 / zero, make([]int, -i)} })
	try("makeslice2", func() any { return []any{make([]int, -i), 1 / zero} })
	try("str", func() any { return []any{1 / zero, "abc"[:i]} })
	try("str2", func() any { return []any{"abc"[:i], 1 / zero} })
	try("str3", func() any { return []string{"abc"[:i], all(1 / zero)} })
	try("shift", func() any { return []any{1 << -i, a[:i]} })
	try("shift2", func() any { return []any{a[:i], 1 << -i} })
	try("assign", func() any { var u, v any; u, v = 1/zero, a[:i:i]; return []any{u, v} })
	try("assign2", func() any { var u, v any; u, v = a[:i:i], 1/zero; return []any{u, v} })
	try("plain assign", func() any { u, v := 1/zero, a[:i:i]; return []any{u, v} })
	try("return", func() any { u, v := func() (any, any) { return 1 / zero, a[:i:i] }(); return []any{u, v} })
	try("binary", func() any { return 1/zero + len(a[:i:i]) })
	try("binary2", func() any { return len(a[:i:i]) + 1/zero })
	try("binary iface", func() any { return any(1/zero) == any(len(a[:i:i])) })
}
