// What stays in a frame and what must not: addresses that outlive their call, loops that keep the last
// round's object, boxes, closures, slices of local arrays.
package main

type T struct {
	n    int
	next *T
	s    []byte
}

var sink *T

//go:noinline
func keep(t *T) *T { sink = t; return t }

//go:noinline
func same(t *T) *T { return t }

//go:noinline
func link(a, b *T) { a.next = b }

//go:noinline
func read(t *T) int {
	if t == nil {
		return -1
	}
	return t.n
}

// garbage makes the collector reuse what it can.
//
//go:noinline
func garbage() int {
	n := 0
	for i := range 200 {
		t := keep(&T{n: -i, s: make([]byte, 100)})
		n += len(t.s)
	}
	sink = nil
	return n
}

func loops() {
	var last *T
	for i := range 4 {
		t := T{n: i}
		if last != nil {
			println("last", last.n, t.n)
		}
		last = &t
	}
	println(read(last))
	for i := range 3 {
		t := T{n: i}
		p := &t
		p.n *= 10
		println(read(p))
	}
	var list [3]*int
	for i := range 3 {
		list[i] = &i
	}
	garbage()
	println(*list[0], *list[1], *list[2])
	i := 0
again:
	x := i
	p := &x
	if i > 0 {
		println(*p)
	}
	if i++; i < 3 {
		goto again
	}
}

func chains() {
	var a, b T
	a.n, b.n = 1, 2
	a.next = &b
	b.s = make([]byte, 50)
	b.s[7] = 7
	garbage()
	println(read(a.next), a.next.s[7])
	c := &T{n: 3}
	link(&a, c)
	garbage()
	println(read(a.next))
	q := same(&b)
	garbage()
	println(read(q), q.s[7])
}

//go:noinline
func leak(n int) *T {
	t := T{n: n}
	u := T{n: n + 1, next: &t}
	return u.next
}

//go:noinline
func leakDeep(n int) **T {
	t := &T{n: n}
	p := &t
	return p
}

func apply(f func(int) int, n int) int { return f(n) }

func closures() {
	k := 1
	t := &T{n: 5}
	println(apply(func(i int) int { k += i; garbage(); return k + t.n }, 3), k)
	var f func(int) *T
	for i := range 3 {
		u := T{n: i}
		if i == 1 {
			f = func(d int) *T { u.n += d; return &u }
		}
	}
	garbage()
	println(f(10).n, f(10).n)
	acc := []func() int{}
	for i := range 3 {
		acc = append(acc, func() int { i++; return i })
	}
	println(acc[0](), acc[0](), acc[2]())
	var inner *T
	func() {
		v := T{n: 77}
		inner = &v
	}()
	garbage()
	println(inner.n)
	var rec func(n int) int
	rec = func(n int) int {
		if n == 0 {
			return 0
		}
		x := T{n: n}
		r := rec(n - 1)
		return r + read(&x)
	}
	println(rec(10))
}

type shape interface{ area() int }
type square struct{ side, pad int }

func (s square) area() int { return s.side * s.side }

type pair struct{ a, b any }

//go:noinline
func total(xs ...any) (n int) {
	for _, x := range xs {
		switch x := x.(type) {
		case int:
			n += x
		case string:
			n += len(x)
		case shape:
			n += x.area()
		case *T:
			n += x.n
		case pair:
			n += total(x.a, x.b)
		}
	}
	return n
}

func boxes(n int) {
	println(total(n*1000, "abc", square{n, 0}, &T{n: n}, pair{n, "xy"}))
	var kept any
	for i := range 3 {
		x := any(square{i, i})
		if i == 1 {
			kept = x
		}
	}
	println(kept.(square).side)
}

//go:noinline
func tail(b []byte) []byte { return b[len(b)-2:] }

func slices() []byte {
	var buf [16]byte
	for i := range buf {
		buf[i] = byte('a' + i)
	}
	t := tail(buf[:])
	ps := []*T{{n: 1}, {n: 2}}
	ps[0] = ps[1]
	garbage()
	println(string(t), read(ps[0]), read(ps[1]))
	b := make([]byte, 0, 4)
	for i := range 10 {
		b = append(b, byte('0'+i))
	}
	return b
}

func deferred() (r int) {
	t := &T{n: 1}
	defer func() {
		recover()
		r = t.n
	}()
	t.n = 9
	var m map[int]int
	m[1] = 1
	return 0
}

func wait(c chan int, n int) int {
	t := T{n: n}
	p := &t
	c <- n
	garbage()
	p.n += <-c
	return same(p).n
}

func main() {
	loops()
	chains()
	l := leak(42)
	d := leakDeep(43)
	garbage()
	println(l.n, (*d).n)
	closures()
	boxes(6)
	println(string(slices()))
	println(deferred())
	c := make(chan int)
	go func() {
		for v := range c {
			c <- v * 2
		}
	}()
	println(wait(c, 5))
}
