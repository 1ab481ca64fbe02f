// Closures: captured variables are shared, nested captures, recursion, captured
// parameters, results, receivers, and closures that outlive suspensions.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func counter() (inc func() int, get func() int) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	return
}

func param(n int, s []int, m map[string]int) func() int {
	return func() int { n++; s[0]++; m["k"]++; return n + s[0] + m["k"] }
}

func result() (n int, f func()) {
	f = func() { n += 10 }
	f()
	defer f()
	return n + 1, f
}

type T struct{ a, b int }

func (t T) val() func() int  { return func() int { t.a++; return t.a } }
func (t *T) ptr() func() int { return func() int { t.a++; return t.a } }

func nest(a int) func(int) func(int) func() int {
	return func(b int) func(int) func() int {
		a++
		return func(c int) func() int {
			b += a
			return func() int { a++; b++; c++; return a*10000 + b*100 + c }
		}
	}
}

func variadic(xs ...int) func() int { return func() int { return len(xs) + xs[0] } }

func compose(fs ...func(int) int) func(int) int {
	return func(n int) int {
		for _, f := range fs {
			n = f(n)
		}
		return n
	}
}

var global = func(n int) func() int { return func() int { n *= 2; return n } }(3)

func apply[T, U any](xs []T, f func(T) U) (out []U) {
	for _, x := range xs {
		out = append(out, f(x))
	}
	return
}

func mem(n int) func() *[1000]int {
	var a [1000]int
	a[n] = n
	return func() *[1000]int { a[n]++; return &a }
}

func main() {
	inc, get := counter()
	inc()
	inc()
	inc2, get2 := counter()
	inc2()
	println(get(), get2())
	s, m := []int{1}, map[string]int{"k": 1}
	f := param(1, s, m)
	println(f(), f(), s[0], m["k"])
	n, g := result()
	g()
	println(n)
	t := T{1, 2}
	tv, tp := t.val(), t.ptr()
	println(tv(), tv(), tp(), tp(), t.a)
	h := nest(1)(2)
	h1, h2 := h(3), h(4)
	println(h1(), h2(), h1())
	println(variadic(5, 6)(), compose(func(n int) int { return n + 1 }, func(n int) int { return n * y(2) })(5))
	println(global(), global())
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	println(fib(15))
	var even, odd func(int) bool
	even = func(n int) bool { return n == 0 || odd(n-1) }
	odd = func(n int) bool { return n != 0 && even(n-1) }
	println(even(10), odd(7), even(7))
	// Shared between goroutine and its maker, through suspensions.
	x := 1
	done := make(chan bool)
	go func() { x += y(5); done <- true }()
	<-done
	x++
	go func(k int) { defer close(done); x *= k + y(1) }(x)
	<-done
	println(x)
	// Captured by value must still see the last assignment before the capture.
	v := 1
	v = 2
	fv := func() int { return v }
	println(fv())
	var w int
	fw := func() int { return w }
	w = 5
	println(fw())
	if a := y(3); a > 0 {
		fs := []func() int{func() int { return a }, func() int { a = y(7); return a }}
		println(fs[0](), fs[1](), fs[0]())
	}
	switch a := any(v).(type) {
	case int:
		func() { a++; println("captured switch var", a) }()
	}
	str, sl, ifc, arr := "s", []int{1, 2}, any(1), [3]string{"a", "b", "c"}
	all := func() {
		str += "t"
		sl = append(sl, y(3))
		ifc = str
		arr[1] = str
	}
	all()
	y(1)
	all()
	println(str, len(sl), ifc.(string), arr[1], arr[2])
	for _, k := range apply([]int{1, 2, 3}, func(n int) string { return string(rune('a'+n)) + str }) {
		print(k, " ")
	}
	println()
	mf := mem(5)
	mf()
	println(mf()[5])
	println(func(a, b int) (c int) { defer func() { c *= 2 }(); c = a + y(b); return c + 1 }(1, 2))
	var nilf func()
	println(nilf == nil, fv != nil)
	func(f func(func(int)), k int) { f(func(n int) { println("callback", n, k) }) }(func(g func(int)) { g(y(9)) }, 8)
	ch := make(chan func() int, 1)
	ch <- func() int { x++; return x }
	println((<-ch)(), x)
	type S struct{ f func(int) int }
	st := S{func(n int) int { return n + x }}
	st2 := st
	x = 0
	println(st.f(1), st2.f(2), map[string]func() int{"a": get}["a"]())
	_ = n
}
