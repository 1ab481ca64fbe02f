// gc evaluates len, cap, min, max, real, imag, complex, new, make and the conversions of
// strings to slices where they stand among the calls, unlike loads, which come late.
package main

var (
	s  = []int{1, 2}
	c  = make(chan int, 5)
	m  = map[string]int{"a": 1}
	ms = map[[2]string]int{{"a", "b"}: 1}
	x  = 1
	z  = 1 + 2i
	st = "abc"
	p  = &x
	ar = [3]int{1, 2, 3}
	e  any
	t  = T{1, "t", [3]int{1}}
)

type T struct {
	a int
	b string
	c [3]int
}

func change() int {
	s = append(s, 1, 2, 3)
	c <- 1
	m["b"] = 2
	m["a"] = 50
	ms[[2]string{"a", "b"}] = 60
	x *= 10
	z *= 10
	st += "x"
	ar[0] = 9
	e = 7
	t = T{9, "nine", [3]int{9}}
	return 0
}

func show(a any, _ int) {
	switch a := a.(type) {
	case int:
		print(a)
	case complex128:
		print(a)
	case float64:
		print(a)
	case string:
		print(a)
	case []byte:
		print(string(a))
	case []rune:
		print(string(a))
	case [3]int:
		print(a[0])
	case T:
		print(a.a, a.b, a.c[0])
	case nil:
		print("nil")
	default:
		print("?")
	}
	print(" ")
}
func in(a int, _ int)        { print(a, " ") }
func cx(a complex128, _ int) { print(a, " ") }
func fl(a float64, _ int)    { print(a, " ") }
func by(a []byte, _ int)     { print(string(a), " ") }
func ss(a []int, _ int)      { print(len(a), " ") }
func str(a string, _ int)    { print(a, " ") }
func av(a [3]int, _ int)     { print(a[0], " ") }
func tv(a T, _ int)          { print(a.a, a.b, a.c[0], " ") }
func bo(a bool, _ int)       { print(a, " ") }

// panics shows which of two panics comes first: min stands before what asserts, a plain load does not.
func panics(p *T, q *int, m map[any]int) {
	try := func(f func()) {
		defer func() { println(recover().(error).Error()) }()
		f()
	}
	try(func() { println(min(p.a, 1), any(q).(int)) })
	try(func() { println(min(p.a, 1), m[[]int(nil)]) })
	try(func() { println([]int{p.a, any(q).(int)}[0]) })
	try(func() { println(len(p.b), any(q).(int)) })
}

func main() {
	in(len(s), change())
	in(cap(s[:len(s):len(s)]), change())
	in(len(c), func() int { c <- 1; return 0 }())
	in(len(m), func() int { m["zz"] = 1; return 0 }())
	c = make(chan int, 100)
	in(len(st), change())
	in(m["a"], change())
	m["a"] = 1
	in(m["a"]+1, change())
	in(ms[[2]string{"a", "b"}], change())
	ms[[2]string{"a", "b"}] = 1
	in(ms[[2]string{"a", "b"}], change())
	println()
	x = 1
	in(min(x, 1000), change())
	x = 1
	in(max(x, 0), change())
	x = 1
	in(x, change())
	in(x+1, change())
	in(-x, change())
	in(*p, change())
	in(ar[0], change())
	x = 1
	in(int(int8(x)), change())
	fl(float64(x), change())
	println()
	z = 1 + 2i
	fl(real(z), change())
	fl(imag(z), change())
	x = 1
	cx(complex(float64(x), 1), change())
	cx(z, change())
	by([]byte(st), change())
	str(st, change())
	str(st+"y", change())
	str(string([]byte(st)), change())
	str(st[1:], change())
	ss(s, change())
	ss(s[1:], change())
	ss(append(s, 1), change())
	println()
	ar[0] = 1
	av(ar, change())
	t.a = 1
	tv(t, change())
	t.a = 1
	in(t.a, change())
	e = 1
	show(e, change())
	x = 1
	show(x, change())
	st = "q"
	show(st, change())
	t.a = 1
	show(t, change())
	ar[0] = 1
	show(ar, change())
	x = 1
	show(min(x, 7), change())
	e = 1
	bo(e == 1, change())
	x = 1
	bo(x == 1, change())
	st = "q"
	bo(st == "q", change())
	t = T{1, "q", [3]int{}}
	bo(t == T{1, "q", [3]int{}}, change())
	ar = [3]int{}
	bo(ar == [3]int{}, change())
	println()
	x = 1
	a, b := x, change()
	println(a, b, x)
	x = 1
	l := []int{x, len(s), change(), x}
	println(l[0], l[1], l[3], len(s))
	f := func() (int, int) { return len(s), change() }
	println(f())
	x, s = 1, s[:1]
	g := [...]int{len(s) + x, change(), len(s) * 0}
	println(g[0])
	x = 1
	println(x, change(), len(st) > 3, x)
	*new(int), x = len(s), change()
	panics(nil, nil, map[any]int{1: 1})
}
