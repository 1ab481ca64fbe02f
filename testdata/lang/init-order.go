// Package variables are initialised in dependency order, then declaration order; init
// functions run afterwards in source order. Initialisers may suspend.
package main

var trace string

func t(s string, v int) int { trace += s + " "; return v }

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

var (
	a = t("a", c+b)
	b = t("b", f())
	c = t("c", 1)
)

var d, e = pair("de", g)
var g = t("g", y(5))
var h = func() int { return t("h", j) }()
var j = t("j", 2)
var k, l = t("k", m), t("l", 3)
var m = t("m", l)
var n = T{v: t("n", o.v)}
var o = &T{t("o", 1)}
var fn = func() int { return p }
var p = t("p", q())
var meth = T.get
var r = t("r", meth(T{s}))
var s = t("s", 4)
var ptr = &u
var u = t("u", 6)
var _ = t("blank", x)
var x = t("x", 7)
var arr = [...]int{t("arr0", 0), t("arr1", z)}
var z = t("z", 8)
var iface interface{ get() int } = T{t("iface", aa)}
var aa = t("aa", 9)
var lit = map[string]int{"k": t("lit", bb)}
var bb = t("bb", 1)
var ch = make(chan int, t("ch", 1))
var rec1 = t("rec1", recurse(3))
var fact = func(n int) int { return recurse(n) }
var static = [3]int{1, 2, 3}
var str = "static" + "string"
var inst = gen(dd)
var dd = t("dd", 10)
var anon = struct{ a, b int }{t("anon", 1), ee}
var ee = t("ee", 2)
var closure = func() func() int { n := t("closure", 0); return func() int { n++; return n } }()

type T struct{ v int }

func (t T) get() int                  { return t.v + indirect }
func f() int                          { return t("f", c) }
func q() int                          { return len(trace)*0 + y(3) }
func pair(s string, v int) (int, int) { trace += s + " "; return v, v + 1 }
func recurse(n int) int {
	if n == 0 {
		return w
	}
	return n * recurse(n-1)
}

var w = t("w", 1)
var indirect = t("indirect", 100)

func gen[X any](x X) X { trace += "gen" + string(rune('0'+late)) + " "; return x }

var late = t("late", 5)

func init() { trace += "init1 "; y(1) }
func init() {
	defer func() { recover(); trace += "init2 " }()
	panic("recovered in init")
}
func init() {
	for i := range 2 {
		go func() { ch <- i }()
		y(i)
		trace += string(rune('0'+<-ch)) + " "
	}
}

func main() {
	println(trace)
	println(a, b, c, d, e, g, h, j, k, l, m, n.v, o.v, fn(), p, r, s, *ptr, u, x, arr[1], z, iface.get(), lit["k"], cap(ch), rec1, fact(2), static[2], str, inst, anon.b, closure(), closure())
}
