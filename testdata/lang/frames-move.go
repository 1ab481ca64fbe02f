// Objects in the frames of functions that wait: whatever points to them, from the same frame or from callees',
// finds them where the frame went.
package main

import (
	"errors"
	"strings"
	"unsafe"
)

type T struct {
	n    int
	self *T
	next *T
	s    []int
	str  string
	any  any
	f    func(int) int
}

var ch = make(chan int)

//go:noinline
func wait(n int) int { ch <- n; return <-ch }

// garbage reuses what is free, on the stacks and on the heap.
//
//go:noinline
func garbage(depth int) int {
	var a [40]int
	for i := range a {
		a[i] = depth ^ i
	}
	s := make([]*T, depth%7+1)
	for i := range s {
		s[i] = &T{n: i}
	}
	if depth > 0 {
		return garbage(depth-1) + a[depth%40] + s[0].n
	}
	return 0
}

//go:noinline
func read(t *T, n int) int {
	m := wait(n)
	t.n += m
	return t.n
}

func pointers(n int) int {
	t := T{n: n}
	t.self = &t
	u := &T{next: &t}
	x := read(&t, 1)
	x += read(u.next, 2)
	garbage(5)
	x += read(u.next.self.self, 3)
	return x + t.n
}

func slices(n int) int {
	var buf [16]int
	s := buf[:0]
	for i := range 10 {
		s = append(s, wait(i+n))
	}
	part := s[3:7]
	wait(0)
	part[0] = 1000
	sum := 0
	for _, v := range buf {
		sum += v
	}
	return sum + len(part)
}

func closures(n int) int {
	sum := 0
	add := func(x int) int { sum += wait(x); return sum }
	twice := func(x int) int { return add(x) + add(x) }
	r := twice(n)
	wait(1)
	return r + twice(2) + sum
}

//go:noinline
func apply(f func(int) int, x int) int { y := wait(x); return f(y) + f(x) }

func values(n int) int {
	k := n
	return apply(func(x int) int { k += wait(x); return k }, 3) + k
}

type shape interface{ area() int }
type square struct{ a, b, c int }

func (s square) area() int { return s.a * s.b * wait(s.c) }

//go:noinline
func measure(s shape, n int) int { wait(n); q := s.(square); return q.a + q.b + n }

func boxes(n int) int {
	s := square{n, n + 1, 2}
	var i shape = s
	r := measure(i, 4)
	wait(2)
	return r + i.(square).c
}

func text(n int) string {
	b := []byte("abc")
	b[0] += byte(n)
	s := string(b) + "-" + string(b[1:])
	wait(1)
	garbage(3)
	if s[0] != b[0] {
		return "wrong"
	}
	t := s + "!"
	wait(2)
	return strings.Clone(t)
}

func builder(n int) int {
	var b strings.Builder
	for i := range 4 {
		b.WriteByte(byte('a' + wait(i)))
	}
	return b.Len() + n
}

func deferred(n int) (r int) {
	t := T{n: n}
	defer func() {
		r += read(&t, 1)
		if e := recover(); e != nil {
			r += 100
		}
	}()
	defer func() { t.n += wait(2) }()
	read(&t, 3)
	if n%2 == 0 {
		panic(errors.New("even"))
	}
	return t.n
}

// failing has its deferred call find what its variable was when a callee panicked, wherever it is by then.
func failing(n int) (r int) {
	var p *T
	u := T{n: 5, s: []int{1, 2}}
	defer func() {
		e := recover()
		wait(1)
		garbage(9)
		r += p.n + u.s[1] + e.(int)
	}()
	t := T{n: n}
	p = &t
	func() {
		defer func() { t.n += wait(n) }()
		u.s = append([]int{wait(7)}, wait(8))
		read(p, 2)
		panic(n)
	}()
	return -1
}

func deep(n int, up *T) int {
	t := T{n: n, next: up}
	if n == 0 {
		sum := 0
		wait(1)
		for p := &t; p != nil; p = p.next {
			p.n++
			sum += p.n
		}
		return sum
	}
	r := deep(n-1, &t)
	return r + t.n
}

func large(n int) int {
	var a [80]*int
	for i := range a {
		v := i * n
		a[i] = &v
	}
	wait(1)
	sum := 0
	for _, p := range a {
		sum += *p
	}
	var t [3]T
	for i := range t {
		t[i].self = &t[i]
		t[i].n = i
	}
	wait(2)
	for i := range t {
		if t[i].self != &t[i] {
			return -1
		}
		sum += t[i].self.n
	}
	return sum
}

// wrap's result is on the heap, and holds what it is given.
//
//go:noinline
func wrap(t *T) *T { return &T{next: t} }

func wrapped(n int) int {
	t := T{n: n}
	u := wrap(&t)
	wait(1)
	u.next.n++
	garbage(4)
	return t.n + read(u.next, 1)
}

// number knows its variable by a number: it must not move.
func number(n int) int {
	t := T{n: n}
	a := uintptr(unsafe.Pointer(&t))
	n = wait(n)
	return (*T)(unsafe.Pointer(a)).n + n + t.n
}

func iterate(n int) int {
	seq := func(yield func(int) bool) {
		for i := range n {
			if !yield(wait(i)) {
				return
			}
		}
	}
	sum := 0
	p := &sum
	for v := range seq {
		*p += v
		if v > 20 {
			break
		}
	}
	return sum
}

func again(n int) int {
	sum := 0
	for i := range 3 {
		t := T{n: i + n}
		p := &t
		sum += read(p, 1)
		q := p
		sum += read(q, 2) + t.n
	}
	return sum
}

func main() {
	go func() {
		for x := range ch {
			ch <- x
		}
	}()
	done := make(chan int)
	work := func(i int) {
		sum := 0
		for n := range 6 {
			sum += pointers(n) + slices(n) + closures(n) + values(n) + boxes(n) + len(text(n)) + builder(n) +
				deferred(n) + failing(n) + deep(20, nil) + large(n) + wrapped(n) + number(n) + iterate(n+3) + again(n)
		}
		done <- sum
	}
	work1 := func(f func(int) int, name string) {
		go func() { done <- f(7) }()
		println(name, <-done)
	}
	work1(pointers, "pointers")
	work1(slices, "slices")
	work1(closures, "closures")
	work1(values, "values")
	work1(boxes, "boxes")
	work1(func(n int) int { return len(text(n)) }, "text")
	work1(builder, "builder")
	work1(deferred, "deferred")
	work1(failing, "failing")
	work1(func(n int) int { return deep(n, nil) }, "deep")
	work1(large, "large")
	work1(wrapped, "wrapped")
	work1(number, "number")
	work1(iterate, "iterate")
	work1(again, "again")
	go work(0)
	println(<-done)
	println(shape(square{2, 3, 4}).area())
}
