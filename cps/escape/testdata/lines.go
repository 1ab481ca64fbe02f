package p

import "unsafe"

type T struct {
	n    int
	next *T
	s    []byte
}

var global *T

type shape interface{ area() int }

func read(t *T) int       { return t.n }
func same(t *T) *T        { return t }
func next(t *T) *T        { return t.next }
func keep(t *T)           { global = t }
func keepNext(t *T)       { global = t.next }
func link(a, b *T)        { a.next = b }
func even(t *T, n int) *T { return odd(t, n-1) }
func odd(t *T, n int) *T {
	if n == 0 {
		return t
	}
	return even(t, n-1)
}

func local() int {
	t := T{n: 1} // frame
	p := &t
	q := same(p)
	u := &T{next: p} // frame
	return q.n + next(u).n
}

func result() *T {
	t := T{}         // heap
	u := T{next: &t} // frame
	return next(&u)
}

func stored() {
	t := T{} // heap
	keep(&t)
	u := T{}         // heap
	v := T{next: &u} // frame
	keepNext(&v)
	w := T{} // frame
	x := T{} // heap
	link(&w, &x)
	read(&w)
}

func recursive() {
	t := T{} // frame
	read(even(&t, 3))
}

func loop(n int) (last *T) {
	for i := range n {
		t := T{n: i} // frame
		read(&t)
	}
	var held *T
	for i := range n {
		t := T{n: i} // heap
		if held != nil {
			read(held)
		}
		held = &t
	}
	var list [4]*int // frame
	p := &list
	for i := range 4 { // heap
		p[i] = &i
	}
	_ = *p[2]
	return nil
}

func apply(f func() int) int { return f() }

var fs []func() int

func closures() *T {
	k := 0                              // frame
	apply(func() int { k++; return k }) // frame
	m := 0                              // heap
	f := func() int { m++; return m }   // heap
	fs[0] = f
	var out *T // frame
	func() {   // frame
		t := T{} // heap
		out = &t
	}()
	return out
}

func sum(xs ...any) int { return len(xs) }

func boxes(n int, s shape) {
	sum(n, "x")   // frame frame
	var x any = n // heap
	sinks(x)
	t := T{} // heap
	s.area()
	through(s, &t)
}

func through(s shape, t *T) {
	if m, ok := s.(interface{ with(*T) }); ok {
		m.with(t)
	}
}

var anything any

func sinks(x any) { anything = x }

func slices(n int) string {
	var b [10]byte // frame
	c := b[:0]
	c = append(c, 'x')
	d := make([]*T, 4)  // frame
	d[0] = &T{}         // frame
	e := make([]*T, 2)  // frame
	e = append(e, &T{}) // heap
	f := make([]int, n) // heap
	return string(c) + string(rune(len(d)+len(e)+len(f)))
}

func sends(c chan *T) {
	t := T{} // heap
	c <- &t
	u := T{}                    // heap
	go func() { read(&u) }()    // heap
	v := T{}                    // frame
	defer func() { read(&v) }() // frame
}

type digits struct {
	d []byte
	n int
}

func trim(d *digits) { d.d = d.d[:d.n] }

func digitsOf() int {
	var buf [32]byte  // frame
	d := digits{n: 3} // frame
	d.d = buf[:]
	trim(&d)
	return len(d.d)
}

func number(a uintptr)     {}
func numbers(a ...uintptr) {}

func addresses() {
	var x int // heap
	number(uintptr(unsafe.Pointer(&x)))
	var y int                               // heap
	numbers(1, uintptr(unsafe.Pointer(&y))) // frame
}

func wrap(t *T) *T { return &T{next: t} } // heap

func wrapped() int {
	t := T{} // heap
	return wrap(&t).n
}

func deferredInLoop() {
	for i := range 3 {
		t := T{n: i}                // heap
		defer func() { read(&t) }() // heap
	}
}

func allocatedInLoop() {
	var p *T                   // frame
	defer func() { read(p) }() // frame
	for i := range 3 {
		p = &T{n: i} // heap
	}
}

func deferredAndKept() {
	t := T{}                    // heap
	defer func() { keep(&t) }() // frame
}

func unlock(t *T) {
	defer t.done() // frame
	read(t)
}

func (t *T) done() { t.n = 0 }

func unlocked() {
	t := T{} // frame
	unlock(&t)
}

func named() (n int) {
	defer func() { n++ }() // frame
	return read(nil)
}
