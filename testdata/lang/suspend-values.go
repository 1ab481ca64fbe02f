// Values of every shape live across suspensions: in slots, in saved fields, in results larger
// than the result area, in frames that several goroutines' garbage surrounds.
package main

import "runtime"

type big struct {
	a [100]int
	s [3]string
	_ int
	e any
	_ *int
}

type odd struct {
	b  byte
	f  func(int) int
	c  chan int
	m  map[string]int
	u  uint16
	_  [3]byte
	ar [2][2]*int
	i  interface{ M() string }
	z  struct{}
}

type named string

func (n named) M() string { return "M" + string(n) }

type fn func(int) int
type mp map[named]odd
type ch chan named

//go:noinline
func yield() { runtime.Gosched() }

func churn() []byte {
	var b []byte
	for range 20 {
		b = append(b, make([]byte, 50)...)
	}
	return b
}

func large(n int) big {
	yield()
	var b big
	for i := range b.a {
		b.a[i] = i * n
	}
	churn()
	b.s[1] = named("x").M()
	b.e = &b.a
	yield()
	return b
}

func many(n int) (a int8, b string, c complex64, d odd, e error, f fn, g [4]uint16, h *big, i float32) {
	x := n
	d = odd{b: byte(n), f: func(y int) int { return x + y }, c: make(chan int, 1), m: map[string]int{"k": n}, u: 9, i: named("q")}
	d.ar[1][0] = &x
	l := large(n)
	h = &l
	yield()
	churn()
	return int8(n), "s" + string(rune('a'+n)), complex(float32(n), 1), d, nil, d.f, [4]uint16{1, 2, 3, uint16(n)}, h, float32(n) / 2
}

func variadic(pre string, xs ...any) (out []any) {
	for _, x := range xs {
		yield()
		out = append(out, pre, x)
	}
	return
}

type tree struct {
	l, r *tree
	v    named
}

func build(n int) *tree {
	if n == 0 {
		return nil
	}
	t := &tree{v: named(rune('a' + n))}
	t.l = build(n - 1)
	if n%3 == 0 {
		yield()
	}
	t.r = build(n - 1)
	return t
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	c := t.l.count()
	if len(t.v) > 0 && c%7 == 0 {
		yield()
	}
	return c + 1 + t.r.count()
}

func gen[T any](x T, n int) (ys []T) {
	for range n {
		yield()
		ys = append(ys, x)
	}
	return
}

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) swap() pair[B, A] { yield(); return pair[B, A]{p.b, p.a} }

func deferred(n int) (s string, err any) {
	for i := range n {
		defer func() {
			yield()
			s += string(rune('0' + i))
			if r := recover(); r != nil {
				err = r
			}
			churn()
		}()
	}
	yield()
	if n > 2 {
		panic(named("late"))
	}
	return "r", nil
}

func nested(n int) (s string) {
	defer func() {
		defer func() {
			yield()
			if r, ok := recover().(string); ok {
				s += "|" + r
			}
		}()
		yield()
		if v, ok := recover().(named); ok {
			s += v.M()
			panic("second")
		}
	}()
	if n > 0 {
		yield()
		return nested(n-1) + "+"
	}
	yield()
	panic(named("first"))
}

func loop(c, d chan int, quit chan struct{}) (sum int, trace []string) {
	var names = mp{"k": odd{u: 3}}
	var local ch = make(ch, 3)
	for i := 0; ; i++ {
		select {
		case v, ok := <-c:
			if !ok {
				c = nil
				trace = append(trace, "closed")
				continue
			}
			sum += v
		case d <- i:
			local <- named("n")
			trace = append(trace, string(<-local))
		case <-quit:
			x := names["k"]
			x.u += uint16(i)
			names["k"] = x
			trace = append(trace, string(rune('A'+int(names["k"].u)%26)))
			return
		}
		churn()
	}
}

func main() {
	done := make(chan bool)
	for k := range 3 {
		go func() {
			a, b, c, d, e, f, g, h, i := many(k + 1)
			yield()
			if int(a) != k+1 || b != "s"+string(rune('b'+k)) || c != complex(float32(k+1), 1) || e != nil || f(1) != k+2 || g[3] != uint16(k+1) || i != float32(k+1)/2 {
				println("many", k, a, b, c, e == nil, f(1), g[3], i)
			}
			if h.a[99] != 99*(k+1) || h.s[1] != "Mx" || h.e.(*[100]int)[2] != 2*(k+1) || d.m["k"] != k+1 || *d.ar[1][0] != k+1 || d.i.M() != "Mq" || cap(d.c) != 1 {
				println("many pointers", k)
			}
			done <- true
		}()
	}
	for range 3 {
		<-done
	}
	out := variadic("p", 1, "two", named("three"), 4.5, nil, []int{6})
	println(len(out), out[1].(int), out[3].(string), out[5].(named).M(), out[7].(float64), out[9] == nil, out[11].([]int)[0])
	println(build(9).count())
	println(len(gen("x", 3)), gen(pair[int, string]{1, "b"}, 2)[1].swap().a, gen[any](named("z"), 1)[0].(named).M(), len(gen(struct{}{}, 4)))
	for n := range 5 {
		s, err := deferred(n)
		e, _ := err.(named)
		println(n, s, string(e))
	}
	println(nested(0), nested(3))
	c, d, quit := make(chan int), make(chan int), make(chan struct{})
	go func() {
		for i := range 5 {
			c <- i
			<-d
		}
		close(c)
		<-d
		quit <- struct{}{}
	}()
	sum, trace := loop(c, d, quit)
	println(sum, trace[len(trace)-1] != "") // how often the default ran depends on the schedule
	m := named("v").M
	f := (*tree).count
	g := pair[string, int].swap
	yield()
	println(m(), f(build(4)), g(pair[string, int]{"s", 7}).a)
}
