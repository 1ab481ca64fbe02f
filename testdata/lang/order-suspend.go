// A channel operation in every expression position: what was evaluated before the
// suspension keeps its value, what is read after all calls is read late.
package main

var x = 1

// y suspends its caller and returns n.
func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}
func ys(s string) string {
	c := make(chan string)
	go func() { c <- s }()
	return <-c
}
func set(n int) int { x = n; return y(n) }
func log(n int) int { print(n, " "); return n }

type T struct {
	a, b int
	s    string
	p    *T
}

func (t T) m(i, j int) int   { return t.a*100 + i*10 + j }
func (t *T) pm(i, j int) int { return t.a*1000 + i*10 + j }
func vari(k int, xs ...int) (n int) {
	for _, v := range xs {
		n = n*10 + v
	}
	return n + k*10000
}
func pair(n int) (int, string) { return y(n), ys("pair") }
func takes(n int, s string) string {
	return s + string(rune('0'+n))
}

type I interface{ m(i, j int) int }

func main() {
	println(log(1)+y(2), y(3)+log(4), y(5)+y(6)*y(7))
	x = 1
	println(x + set(5))
	x = 1
	println(x, set(6), x)
	println(T{a: y(1)}.m(y(2), log(3)), (&T{a: y(4)}).pm(log(5), y(6)))
	println(vari(y(1), y(2), log(3), y(4)))
	println(vari(y(1), []int{y(2), y(3)}...))
	println(takes(pair(3)))
	s := []int{y(1), log(2), y(3)}
	println(s[y(0)], s[log(1)], s[y(2)])
	s[y(0)] = y(9)
	s[y(1)] += y(5)
	println(s[0], s[1], s[2])
	m := map[string]int{ys("a"): y(1), "b": y(2)}
	m[ys("a")] += y(10)
	m[ys("c")]++
	println(m["a"], m["b"], m["c"], m[ys("b")])
	t := T{y(1), log(2), ys("s"), &T{a: y(3)}}
	println(t.a, t.b, t.s, t.p.a)
	t.p.a, t.b = y(7), y(8)
	println(t.p.a, t.b)
	println(ys("a")+"b"+ys("c") == "abc", len(ys("four")))
	println(y(1) == 1 && y(2) == 3 || y(4) == 4)
	println(y(1) == 2 && y(log(2)) == 2 || y(4) == 5)
	var i I = T{a: y(1)}
	println(i.m(y(2), y(3)))
	var e any = y(4)
	println(e.(int) + y(1))
	f := func(a int) func(int) int { a += y(1); return func(b int) int { return a*10 + y(b) } }
	println(f(y(1))(y(3)))
	arr := [...]int{y(3), 5: y(4), y(5)}
	println(len(arr), arr[0], arr[5], arr[6])
	sl := s[y(1):y(2):y(3)]
	println(len(sl), cap(sl), sl[0])
	c := make(chan int, y(4))
	c <- y(1)
	c <- <-c + y(1)
	println(<-c, cap(c))
	println(len(make([]int, y(2), y(5))), min(y(3), y(2)), max(y(3), log(2), y(9)))
	s = append(s, y(1), log(2), y(3))
	println(len(s), s[5], copy(s, []int{y(7)}), s[0])
	if v := y(3); v > y(2) {
		println("if", v)
	} else if v := y(4); v > 0 {
		println("else")
	}
	switch v := y(2); v + y(1) {
	case y(1):
		println("no")
	case y(3):
		println("switch", v)
		fallthrough
	case y(log(7)):
		println("fell")
	default:
		println("no")
	}
	switch {
	case y(1) == 2:
		println("no")
	case y(2) == 2 && y(3) == 3:
		println("bool switch")
	}
	switch v := any(ys("t")).(type) {
	case int:
		println("int")
	case string:
		println("string", v, y(1))
	}
	for i := y(0); i < y(3); i += y(1) {
		print(i, " ")
		if y(i) == 1 {
			continue
		}
		print("b", y(i), " ")
	}
	println()
	for i, v := range []int{y(1), y(2), y(3)} {
		print(i, v+y(1), " ")
	}
	println()
	for i := range y(3) {
		print(y(i), " ")
	}
	println()
	for i, r := range ys("aé") {
		print(y(i), r, " ")
	}
	println()
	println(complex(float64(y(1)), float64(y(2))), real(complex(float64(y(3)), 1)))
	println(-y(1), ^y(1), !(y(1) == 1), uint8(y(300)), 1<<y(4), y(16)>>y(2))
	p := &T{a: y(5), p: &T{}}
	*p.p = T{a: y(6), b: log(7)}
	println(p.a, p.p.a, p.p.b)
	println(func() int { defer func() { x = y(77) }(); return y(1) }(), x)
	func() {
		defer println("deferred", y(1), log(2))
		defer func(n int) { println("deferred2", n, y(3)) }(y(2))
		println("body", y(0))
	}()
	y(0)
	y(0)
	println(*func() *int { v := y(8); return &v }())
	func(a, b int, rest ...string) { println(a, b, len(rest), rest[1]) }(y(1), y(2), ys("r"), ys("q"))
}
