package fuzz

// This file is what stands before the functions of each program.

const prelude = `package main

import "runtime"

type T struct {
	a int
	s string
	p *T
	x []int
}

type I interface{ get(k int) int }

func (t T) get(k int) int   { tick(); return t.a + k }
func (t *T) set(k int) *T   { tick(); t.a = k; return t }
func (t *T) slow(k int) int { tick(); t.a += y(k); return t.a }

// A is compared, copied and indexed as a value.
type A [3]int

// E promotes T's methods through a pointer that may be nil; W those of an interface.
type E struct {
	*T
	m [2]int
}

type W struct {
	I
	n int
}

type Pair[X, Y any] struct {
	x X
	y Y
}

func (p Pair[X, Y]) swap() Pair[Y, X]   { tick(); return Pair[Y, X]{p.y, p.x} }
func (p *Pair[X, Y]) put(x X) *Pair[X, Y] { p.x = y(x); return p }

type Stack[V any] struct {
	top  V
	next *Stack[V]
}

func (s *Stack[V]) push(v V) *Stack[V] { return &Stack[V]{v, s} }

func (s *Stack[V]) all() func(func(int, V) bool) {
	return func(yield func(int, V) bool) {
		for i := 0; s != nil && yield(i, s.top); s, i = s.next, i+1 {
		}
	}
}

type number interface{ ~int | ~uint8 | ~int64 }

func sum[V number](v ...V) (s V) {
	for _, x := range v {
		s += y(x)
	}
	return
}

func apply[X, Y any](s []X, f func(X) Y) []Y {
	var out []Y
	for _, x := range s {
		out = append(out, f(x))
	}
	return out
}

func backward[S ~[]V, V any](s S) func(func(int, V) bool) {
	return func(yield func(int, V) bool) {
		defer func() { print("<") }()
		for i := len(s) - 1; i >= 0; i-- {
			if !yield(i, s[i]) {
				return
			}
		}
	}
}

type failure struct{ n int }

func (f failure) Error() string { tick(); return "failure" + string(rune('0'+y(f.n&7))) }

// keys are m's, sorted.
func keys(m map[int]int) []int {
	var s []int
	for k := range m {
		i := len(s)
		s = append(s, k)
		for ; i > 0 && s[i-1] > k; i-- {
			s[i] = s[i-1]
		}
		s[i] = k
	}
	return s
}

// wide has a frame of several kilobytes, part of it alive across a suspension.
func wide(n int) int {
	var a [400]int
	var p [20]*T
	for i := range a {
		a[i] = i * n
	}
	p[n&15] = &T{a: n}
	n = y(n)
	return a[n&255] + p[n&15].a
}

// par computes f(0) … f(n-1) in as many goroutines.
func par(n int, f func(int) int) int {
	type result struct{ i, v int }
	c := make(chan result)
	for i := range n {
		go func() { c <- result{i, f(i)} }()
	}
	s := make([]int, n)
	for range n {
		r := <-c
		s[r.i] = r.v
	}
	h := 0
	for _, v := range s {
		h = h*31 + v
	}
	return h
}

// hop is y without fuel, for goroutines that run at once.
func hop(v int) int {
	c := make(chan int)
	go func() { c <- v }()
	return <-c
}

// apart runs f in a goroutine of its own, which may end by Goexit.
func apart(f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { print("end:"); show(recover()) }()
		f()
	}()
	<-done
}

type N int

func (n N) get(k int) int { tick(); return y(int(n)) * k }

var (
	fuel = 20000
	g0   int
	g1   = "g"
	g2   = []int{1, 2, 3}
	gt   = &T{a: 1, s: "gt"}
)

func tick() {
	fuel--
	if fuel < 0 {
		panic("out of fuel")
	}
}

// y suspends its goroutine and returns v.
func y[V any](v V) V {
	tick()
	c := make(chan V)
	go func() { c <- v }()
	return <-c
}

func log[V any](v V) V { print("."); tick(); return v }

func seq(n int) func(func(int, int) bool) {
	return func(yield func(int, int) bool) {
		for i := range n & 3 {
			tick()
			if !yield(i, y(i*i)) {
				return
			}
		}
	}
}

func at(s []int, i int) int {
	if len(s) == 0 {
		return -1
	}
	return s[(i%len(s)+len(s))%len(s)]
}

// ix hides that its argument is a constant.
func ix(i int) int { return i }

func cut(s string) string {
	if len(s) > 12 {
		return s[len(s)-12:]
	}
	return s
}

func show(v any) {
	switch v := v.(type) {
	case nil:
		print("nil")
	case int:
		print(v)
	case string:
		print("'", v, "'")
	case bool:
		print(v)
	case []int:
		print("[", len(v))
		for _, x := range v {
			print(" ", x)
		}
		print("]")
	case map[int]int:
		s := 0
		for k, x := range v {
			s += k*31 ^ x
		}
		print("map", len(v), ":", s)
	case *T:
		if v == nil {
			print("nilT")
		} else {
			print("&T", v.a, v.s)
		}
	case T:
		print("T", v.a, v.s)
	case A:
		print("A", v[0], ",", v[1], ",", v[2])
	case E:
		print("E", v.m[0], ",", v.m[1])
		show(v.T)
	case *W:
		print("W", v.n)
	case Pair[int, string]:
		print("P", v.x, v.y)
	case Pair[string, int]:
		print("Q", v.x, v.y)
	case *Stack[int]:
		print("S")
		for _, x := range v.all() {
			print(" ", x)
		}
	case uint8:
		print("b", v)
	case float64:
		print(v)
	case N:
		print("N", int(v))
	case func(int) int:
		print("func")
	case runtime.Error:
		print(v.Error())
	case error:
		print(v.Error())
	default:
		print("?")
	}
	print(" ")
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			print(name, " panics: ")
			show(r)
			println()
		}
	}()
	f()
}

`
