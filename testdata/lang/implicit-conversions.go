// Every place where assignability converts: interfaces, named and unnamed channel, map
// and func types, untyped constants.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type I interface{ M() int }
type J interface {
	I
	N() string
}
type T struct{ n int }

func (t T) M() int     { return t.n }
func (t *T) N() string { return "N" }

type Err string

func (e Err) Error() string { return string(e) }

type (
	Ch  chan int
	Mp  map[string]any
	Fn  func(int) any
	Sl  []I
	Arr [2]I
	Rc  <-chan int
	St  struct {
		i I
		e error
		f Fn
		c <-chan int
		m map[string]any
	}
)

func (c Ch) Get() int                 { return <-c }
func (m Mp) Get(k string) any         { return m[k] }
func (f Fn) Do(n int) any             { return f(n) }
func two() (*T, Err)                  { return &T{2}, "two" }
func conv() (I, error)                { return two() }
func conv2() (a any, e error)         { a, e = two(); return }
func named() (i I, e error)           { i, e = y(T{3}), y(Err("named")); return }
func takes(i I, e error) string       { return e.Error() + string(rune('0'+i.M())) }
func vari(xs ...any) int              { return len(xs) }
func vari2(f any, xs ...I) int        { return len(xs) + xs[len(xs)-1].M() }
func recv(c <-chan int) int           { return <-c }
func send(c chan<- int, n int)        { c <- n }
func nilErr() error                   { var p *T; _ = p; return nil }
func ptrErr() (e error)               { var p *perr; return p }
func maps(m map[string]any) int       { return len(m) }
func fns(f func(int) any) any         { return f(1) }
func retFn() Fn                       { return func(n int) any { return n + 1 } }
func retCh() (<-chan int, chan<- int) { c := make(Ch, 1); return c, c }

type perr struct{}

func (*perr) Error() string { return "perr" }

func main() {
	i, e := conv()
	println(i.M(), e.Error())
	a, e2 := conv2()
	println(a.(*T).n, e2 == Err("two"), e2 != e)
	i, e = named()
	println(takes(i, e), takes(two()), vari(two()), vari(1, "a", nil), vari(nil...), vari([]any{1, 2}...), vari2(two, T{4}))
	println(nilErr() == nil, ptrErr() == nil, ptrErr() == (*perr)(nil))
	// Interface to interface, up and down.
	var j J = &T{5}
	i = j
	var an any = i
	println(i.(J).N(), an.(I).M(), an.(J).N())
	// Comparison of interface and concrete value.
	println(i == j, an == i, any(T{1}) == I(T{1}), i == I(&T{5}), an == 5, any(5) == 5, any(int8(5)) == 5)
	switch an = y(any("x")); an {
	case 1:
		println("1")
	case "x":
		println("x")
	}
	switch i = (T{7}); i {
	case (T{6}):
		println("T6")
	case (T{7}):
		println("T7")
	}
	// Composite literals, map elements, channel elements, range targets.
	s := Sl{T{1}, &T{2}, j}
	m := map[I]any{T{1}: T{2}, &T{3}: nil}
	m[T{1}] = &T{9}
	ar := Arr{1: T{8}}
	st := St{i: T{1}, e: Err("st"), f: func(n int) any { return n }, c: make(Ch), m: Mp{"a": 1}}
	println(len(s), s[2].M(), m[T{1}].(*T).n, ar[0] == nil, ar[1].M(), st.i.M(), st.e.Error(), st.f(3).(int), st.f.Do(4).(int), len(st.m))
	ci := make(chan any, 3)
	ci <- T{1}
	ci <- i
	ci <- nil
	println((<-ci).(T).n, (<-ci).(I).M(), <-ci == nil)
	var x any
	for _, x = range []int{1, 2} {
	}
	println(x.(int))
	for x = range map[string]int{"key": 1} {
	}
	println(x.(string))
	var f any
	for _, f = range "z" {
	}
	println(f.(rune))
	select {
	case ci <- T{4}:
	}
	select {
	case x = <-ci:
	}
	println(x.(T).n)
	ok, z := any(nil), any(1)
	_, isBool := z.(bool)
	ok = isBool
	println(ok.(bool))
	// Named and unnamed channels, maps and funcs.
	c := make(Ch, 2)
	var un chan int = c
	var ro Rc = un
	send(c, 5)
	send(un, 6)
	println(recv(un), recv(c), len(ro), Ch(un).Get == nil)
	r, w := retCh()
	w <- 7
	println(<-r, maps(Mp{"x": nil}), Mp(map[string]any{"k": 3}).Get("k").(int), fns(retFn()).(int), fns(Fn(func(n int) any { return n * 5 })).(int))
	var fn func(int) any = retFn()
	var named Fn = fn
	println(named.Do(9).(int), any(named) != nil)
	_, isFn := any(fn).(Fn)
	_, isUn := any(named).(func(int) any)
	_, isCh := any(c).(chan int)
	_, isRo := any(un).(<-chan int)
	_, isMp := any(Mp{}).(map[string]any)
	println(isFn, isUn, isCh, isRo, isMp)
	var mp Mp
	mp = map[string]any{}
	mp["i"] = i
	mp["n"] = y[I](nil)
	println(mp.Get("i").(I).M(), mp["n"] == nil, len(mp))
	// Structs that differ in tags only; pointers to them.
	type A struct {
		n int `a:"1"`
	}
	type B struct {
		n int `b:"2"`
	}
	av := A{1}
	bp := (*B)(&av)
	bp.n = 7
	println(av.n, B(av).n, struct{ n int }(av).n)
	// Untyped constants and nil.
	var u8 any = uint8(1) << 3
	var fl any = 1 << 3.0
	var ru any = 'a' + 1
	var cx any = 1i * 1i
	var nilI I = nil
	println(u8.(uint8), fl.(int), ru.(rune), real(cx.(complex128)), nilI == nil)
	func(x any, f float64, c complex128, b byte, i I) { println(x.(int), f, c, b, i == nil) }(1, 2, 3, 'a', nil)
	// Arguments converted across a suspension and a deferred call.
	println(takes(y(T{1}), y(Err("y"))), vari(y(1), y("a"), y[any](nil)))
	defer func(i I, xs ...any) { println("deferred", i.M(), len(xs)) }(y(T{6}), 1, y("x"))
	go func(e error) { c <- len(e.Error()) }(Err("four"))
	println(<-c)
	append2 := append([]any{1}, y("a"), T{1}, nil)
	println(len(append2), append2[2].(T).n)
	var e3 error
	if e3 = Err("if"); e3 != nil {
		println(e3.Error())
	}
	cond := func(b bool) I {
		if b {
			return T{1}
		}
		return nil
	}
	println(cond(false) == nil, cond(true) == T{1})
}
