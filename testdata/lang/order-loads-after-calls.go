// Identifiers, fields, *p, a[i] and m[k] are read after all calls of their statement.
package main

type T struct{ f, g int }

var (
	x     = 1
	t     = T{1, 2}
	p     = &t
	a     = []int{1, 2, 3}
	m     = map[string]int{"k": 1}
	e any = 1
)

func setX(v int) int    { x = v; return v }
func setF(v int) int    { t.f = v; return v }
func setA(i, v int) int { a[i] = v; return v }
func setM(v int) int    { m["k"] = v; return v }
func swapP() int        { p = &T{70, 80}; return 7 }
func setE(v any) int    { e = v; return 9 }
func two(i, j int)      { println("two", i, j) }
func three(i, j, k int) { println("three", i, j, k) }
func ret() (int, int)   { x = 1; return x, setX(50) }
func retNamed() (i, j int) {
	x = 1
	i = 5
	return x + i, setX(60)
}

func main() {
	x = 1
	println("add", x+setX(10))
	x = 1
	two(x, setX(11))
	x = 1
	three(x, setX(12), x)
	x = 1
	s := []int{x, setX(13), x}
	println("slice lit", s[0], s[1], s[2])
	x = 1
	st := T{x, setX(14)}
	println("struct lit", st.f, st.g)
	x = 1
	ar := [2]int{x, setX(15)}
	println("array lit", ar[0], ar[1])
	x = 1
	ml := map[int]int{x: setX(16)}
	println("map lit", ml[1], ml[16], len(ml))

	println("field", t.f+setF(20))
	t.f = 1
	two(t.f, setF(21))
	t.f = 1
	two(p.f, setF(22))
	p = &t
	t.f = 3
	two(p.f, swapP())
	p = &t
	two((*p).g, swapP())
	p = &t

	two(a[0], setA(0, 30))
	a[1] = 1
	println("index", a[1]*100+setA(1, 31))
	two(m["k"], setM(40))
	m["k"] = 1
	println("map", m["k"]*100+setM(41))

	i, j := ret()
	println("ret", i, j)
	i, j = retNamed()
	println("ret named", i, j)

	// A type assertion keeps its place among the calls.
	e = 1
	two(e.(int), setE(2))
	x = 1
	var boxed any
	boxed, i = any(x), setX(17)
	println("boxed", boxed.(int), i)
	x = 1
	two(-x, setX(18))
	x = 1
	two(x+1, setX(19))
	x = 1
	println(x == setX(2), x, setX(3))
	x = 1
	str := "a"
	f := func() string { str = "b"; return "c" }
	str2 := str + f() + str
	println(str2)
}
