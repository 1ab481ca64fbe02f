// Receiver, function value and arguments of a deferred call are evaluated when the
// defer statement runs; calls happen last in, first out.
package main

type T struct{ n int }

func (t T) val(s string)  { println("val", t.n, s) }
func (t *T) ptr(s string) { println("ptr", t.n, s) }

type I interface{ val(string) }

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}
func mk(n int) *T { println("mk", n); return &T{n} }

type E struct{ *T }

func loops() {
	for i := 0; i < 3; i++ {
		defer println("loop", i)
		defer func() { print("c", i, " ") }()
	}
	for i := range 2 {
		defer mk(i + 10).ptr("chain")
	}
}

func conditional(n int) {
	if n > 0 {
		defer println("positive", n)
	}
	switch n {
	case 1:
		defer println("one")
	default:
		defer println("other")
	}
	println("body", n)
}

func results() (r int, s string) {
	defer func() { r *= 2; s += "!" }()
	defer func(old int) { r += old }(r)
	r = 1
	return r + 10, "res"
}

func suspended() (r int) {
	defer func() { r += y(1) }()
	for i := range 3 {
		defer func(k int) { r = r*10 + y(k) + i }(y(i))
	}
	return y(5)
}

func nilFunc() {
	defer func() { println("recovered", recover() != nil) }()
	var f func()
	defer f()
	println("nil func deferred")
}

func builtins() {
	m := map[string]int{"a": 1}
	c := make(chan int, 1)
	s := []int{1}
	func() {
		defer delete(m, "a")
		defer close(c)
		defer copy(s, []int{9})
		defer print("printed ")
		println("before", len(m), s[0])
	}()
	_, ok := <-c
	println("after", len(m), s[0], ok)
}

func methodValue() {
	t := T{1}
	f := t.val
	g := t.ptr
	defer f("mv")
	defer g("mvp")
	defer T.val(t, "me")
	defer (*T).ptr(&t, "mep")
	defer I.val(t, "ime")
	t.n = 2
}

func main() {
	t := T{1}
	defer t.val("a")
	defer t.ptr("b")
	t.n = 2
	p := &t
	defer p.val("c")
	defer p.ptr("d")
	var i I = t
	defer i.val("e")
	e := E{p}
	defer e.val("f")
	defer e.ptr("g")
	t.n = 3
	p = &T{50}
	e.T = p
	i = T{60}
	f := func(n int) { println("f1", n) }
	defer f(t.n)
	f = func(n int) { println("f2", n) }
	defer f(t.n)
	s := []int{1, 2}
	defer func(s []int, v ...int) { println(s[0], len(v), v[0]) }(s, s...)
	s[0] = 9
	loops()
	conditional(1)
	conditional(-1)
	r, str := results()
	println(r, str)
	println(suspended())
	nilFunc()
	builtins()
	methodValue()
	func() {
		defer func() {
			defer func() { println("inner") }()
			println("outer")
		}()
	}()
}
