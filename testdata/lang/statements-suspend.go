// A suspension inside every kind of statement of a function with live state on all sides.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type T struct {
	n int
	s []string
	m map[string]int
	p *T
}

func (t *T) self() *T          { return y(t) }
func (t T) with(n int) T       { t.n = y(n); return t }
func three() (int, string, *T) { return y(1), y("two"), y(&T{n: 3}) }
func named(n int) (a, b int, err error) {
	a = y(n)
	if a > 5 {
		b = 1
		return
	}
	b, a = y(a+1), y(b)
	return a, b, nil
}
func tail(n int) (int, int, error) { return named(n) }
func tail2(n int) int              { return y(n) }
func multi(a, b int, e error) int  { return a*10 + b }

func decl() {
	var a, b = y(1), y("b")
	var c, d, e = three()
	f, g := y(2), y(3)
	f, h := y(f+1), y(g+1)
	const k = 5
	var i, j int = y(k), 6
	var arr [3]int = [3]int{y(1), 2, y(3)}
	println(a, b, c, d, e.n, f, g, h, i, j, arr[0], arr[2])
}

func assign() {
	t := &T{s: []string{"a", "b"}, m: map[string]int{}, p: &T{}}
	t.n = y(1)
	t.self().n = y(2)
	t.self().p.n, t.s[y(0)] = y(3), y("c")
	t.m[y("k")], t.n = y(4), y(5)
	t.n += y(6)
	t.self().n -= y(1)
	t.s[y(1)] += y("d")
	t.m["k"] <<= uint(y(2))
	t.m[y("z")]--
	t.self().p.n++
	*y(&t.n) *= 2
	(*t).self().p.p = t.with(y(9)).self2()
	println(t.n, t.p.n, t.s[0], t.s[1], t.m["k"], t.m["z"], t.p.p.n)
	var a, b, c = three()
	a, b, c = three()
	a, _, t.p = three()
	_, t.s[0], _ = three()
	println(a, b, c.n, t.p.n, t.s[0])
	x, err := 0, error(nil)
	x, t.n, err = tail(y(3))
	println(x, t.n, err == nil, multi(tail(4)), multi(named(7)), tail2(8))
}

func (t T) self2() *T { return y(&t) }

func conds(n int) (s string) {
	if y(n) == 0 {
		s += "0"
	} else if m := y(n * 2); m == y(2) {
		s += "1"
	} else if y(n) > 2 && y(m) > 6 || y(false) {
		s += "big"
	} else {
		s += "else"
	}
	for y(len(s)) < y(n+3) {
		s += y(".")
	}
	for i, j := y(0), y(3); i < j; i, j = y(i+1), y(j-1) {
		s += string(rune('0'+i)) + string(rune('0'+j))
	}
	return s
}

func switches(n int) (s string) {
	switch x := y(n); x {
	case y(0), y(1):
		s = "low"
		if y(true) {
			break
		}
		s = "unreached"
	case y(2):
		s = "two"
		fallthrough
	case 3:
		s += y("three")
	default:
		s = y("default")
	}
	switch v := y(any(n)).(type) {
	case int:
		if y(v) == 2 {
			break
		}
		s += " int"
	}
	switch y(n) > 1 {
	case y(true):
		s += " >1"
	case false:
		s += " <=1"
	}
	return
}

func ranges() {
	for i := range y(3) {
		print(y(i), " ")
	}
	t := T{s: []string{"x", "y"}, m: map[string]int{"k": 1}}
	for i, s := range y(t.s) {
		t.s = append(t.s, y(s))
		t.s[y(0)] = "changed"
		print(i, s, " ")
	}
	arr := [3]int{1, 2, 3}
	for i, v := range y(arr) {
		arr[2] = y(50)
		print(i, v, " ")
	}
	for i, v := range arr {
		arr[2] = y(60)
		print(i, v, " ")
	}
	for i, v := range &arr {
		arr[2] = y(70)
		print(i, v, " ")
	}
	for k, v := range y(t.m) {
		print(k, v, y(k), " ")
	}
	for i, r := range y("hé") {
		print(i, r, y(i), " ")
	}
	var i, v int
	for i, v = range []int{y(5), y(6)} {
		y(0)
	}
	println(i, v, len(t.s))
	idx := []int{0, 0}
	for idx[y(1)], idx[y(0)] = range []int{7, 8} {
	}
	println(idx[0], idx[1])
}

func calls() {
	f := y(func(a int, b string, c ...int) string { return b + string(rune('0'+a+len(c))) })
	println(f(y(1), y("f")), f(y(1), y("f"), y(2), y(3)), f(1, "s", y([]int{1, 2, 3})...))
	func(n int) {
		defer func(m int) { println("d1", n, m, y(n)) }(y(n + 1))
		defer y(func() { println("d2", y(n)) })()
		n = y(100)
	}(y(1))
	c := make(chan string, 3)
	go func(s string, n int) { c <- s }(y("go"), y(1))
	go y(func() { c <- "go2" })()
	a, b := <-c, <-c
	println(len(a+b), <-y(func() chan int { c := make(chan int, 1); c <- y(3); return c }()))
	y(c) <- y("sent")
	println(y(<-c), len(y(c)), y(cap(c)))
	println(append(y([]int{1}), y(2), y(3))[y(2)], copy(y(make([]int, 2)), y([]int{1, 2, 3})), len(make(map[int]int, y(3))), y(max(y(1), y(2))))
	m := map[string]int{"a": 1, "b": 2}
	delete(y(m), y("a"))
	println(len(m), y(m)["b"])
	clear(y(m))
	println(len(m), *y(new(int)), y(&T{n: y(4)}).n, y([]T{{n: y(5)}})[0].n, y(struct{ a, b int }{y(1), y(2)}).b)
	println(y(any(1)).(int), y([]byte("abc"))[1], string(y([]rune{65})), []byte(y("z"))[0], y(complex(y(1.5), 2)))
	v, ok := y(m)["none"]
	v2, ok2 := y(any("s")).(int)
	v3, ok3 := <-y(func() chan int { c := make(chan int); close(c); return c }())
	println(v, ok, v2, ok2, v3, ok3)
	x := y([]int{1, 2, 3, 4})[y(1):y(3)]
	z := y("slice")[y(1):]
	pa := &[3]int{1, 2, 3}
	y(0)
	ap := pa[:y(2):y(3)]
	println(len(x), x[0], z, cap(ap))
	defer func() {
		println(y(recover().(string)))
		defer func() { println(recover().(error).Error()) }()
		println(y([]int{1})[y(5)])
	}()
	panic(y("pan" + y("ic")))
}

func main() {
	decl()
	assign()
	for i := range 5 {
		println(conds(i), switches(i))
	}
	ranges()
	calls()
}
