// Names that a rewriter might use itself, shadowed predeclared names, odd identifiers.
package main

type W struct{ sp, w int }
type SP int
type Frame struct{ fr, site *W }
type G struct{}

var w, sp, fr, rt, abi, unsafe, gc, sched = 1, 2, 3, 4, 5, 6, 7, 8
var runtime, init_, main_, Main, ret, r0, h, f0 = 1, 2, 3, 4, 5, 6, 7, 8

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func Resume(w int, sp string, fr, env bool) (rt int, abi string) {
	defer func() { rt += y(w) }()
	if fr {
		return w + y(1), sp
	}
	return
}

func (w *W) W(sp int) int      { w.sp += y(sp); return w.w + w.sp }
func (sp SP) sp(w SP) SP       { return sp + w }
func (env G) env(g G) (h int)  { h = y(3); return }
func append_(len, cap int) int { return len + cap }

func shadow() int {
	true := false
	len := func(s string) int { return 42 }
	type int_ string
	var string int_ = "s"
	nil := 5
	print := func(a ...any) {}
	print(string)
	if !true {
		nil += len("a")
	}
	{
		append := func(a, b byte) byte { return a + b }
		any := append(1, 2)
		error := any
		nil += 1
		_ = error
	}
	make, new := 1, 2
	panic := func() {}
	panic()
	recover, copy := 3, 4
	return_ := make + new + recover + copy + nil
	min, max := func(a ...float64) float64 { return a[0] }, 1
	_ = min(3, 1)
	_ = max
	return struct1{uint(return_)}.conv()
}

func (r struct1) conv() int { return int(r.v) }

type struct1 struct{ v uint }

func 世界(é int) (ñ int) { ñ = é * 2; return }

type Ünï struct{ 字 int }

func (ü Ünï) méthode() int { return ü.字 }

type T struct{ T1 }
type T1 struct{ T2 *T }

func (t T) String() string { return "T" }

func _() { println("blank function") }

var _ = func() int { println("blank var"); return 0 }()

func same(x int) int {
	{
		x := x + 1
		{
			x := x * 2
			x += y(1)
			if x := x + 1; x > 0 {
				x++
				return x
			}
		}
	}
	return x
}

func manyScopes() (s int) {
	for x := range 2 {
		s += x
		for x := range 3 {
			s += x * y(10)
		}
		switch x := x + y(5); {
		case x > 0:
			x := x * 100
			s += x
		}
		x := func(x int) int { return x + 1 }(x)
		s += x
	}
	return
}

type iface interface {
	Method(w, sp int) (Unwind, Poll int)
}
type impl struct{ Unwind, Poll int }

func (i impl) Method(w, sp int) (int, int) { return i.Unwind + y(w), i.Poll + sp }

func results() (_, _ int, err_ string) { return 1, y(2), "x" }

type Chan[T any] struct{ P T }
type Map[K, V any] struct{ P func(K) V }
type Error interface{ error }
type Box[I, T any] struct {
	I I
	T T
}

func New[T any](New T) (T_ T) { T_ = New; return }

const iota_ = iota

func init() { w++ }
func init() { sp += y(w) }

func main() {
	println(w, sp, fr, rt, abi, unsafe, gc, sched, runtime, init_, main_, Main, ret, r0, h, f0)
	println(Resume(1, "sp", true, false))
	println(Resume(1, "sp", false, true))
	x := &W{1, 2}
	println(x.W(3), SP(1).sp(2), G{}.env(G{}), append_(1, 2))
	println(shadow())
	println(世界(4), Ünï{5}.méthode())
	t := T{T1{&T{}}}
	println(t.T1.T2.String(), t.T2.T2 == nil)
	println(same(1), manyScopes())
	var i iface = impl{1, 2}
	println(i.Method(3, 4))
	a, b, c := results()
	println(a, b, c)
	println(Chan[int]{1}.P, Map[int, string]{func(n int) string { return "m" }}.P(1), Box[string, int]{"I", 2}.T, New("n"))
	var e Error
	println(e == nil, iota_)
	type main struct{ main int }
	println(main{3}.main)
	w := func(w int) func(sp int) int { return func(sp int) int { return w*10 + y(sp) } }
	println(w(1)(2))
	var ok, err, v, tmp, t1, _x = 1, 2, 3, 4, 5, 6
	println(ok, err, v, tmp, t1, _x)
	{
		type T struct{ a int }
		u := T{1}
		{
			type T struct{ b string }
			println(u.a, T{"b"}.b, any(u) == any(T{}))
		}
	}
label:
	for label := range 3 {
		if label == 1 {
			break label
		}
	}
	goto w
w:
	println("end")
}
