// Addresses of variables outlive the place where the variable was: the stack under it grows,
// its frame is captured and resumed, what it points to is found by the address alone.
package main

import "runtime"

type T struct {
	n    int
	next *T
}

var (
	global  *T
	globals [3]*T
	inside  struct {
		n int
		p *T
	}
	out int
)

//go:noinline
func grow(n int) int {
	var pad [64]int
	pad[n&63] = n
	if n == 0 {
		return 0
	}
	return grow(n-1) + pad[n&63] - n
}

func churn() {
	var keep [8][]*T
	for i := range 64 {
		keep[i&7] = append(keep[i&7], &T{n: i})
	}
	runtime.GC()
}

// set stores a fresh object where no one knows what p points into.
//
//go:noinline
func set(p **T, n int) { *p = &T{n: n} }

//go:noinline
func swap(p, q **T) { *p, *q = *q, *p }

//go:noinline
func add(p *int, depth int) int {
	*p += depth
	if depth == 0 {
		return *p
	}
	return add(p, depth-1)
}

func scalars() {
	x, y := 1, [4]int{1, 2, 3, 4}
	p, q := &x, &y[2]
	out = grow(1000)
	*p, *q = *p+10, *q+10
	runtime.Gosched()
	out = grow(3000)
	*p, *q = *p+100, *q+100
	println("scalars", x, y[2], add(&x, 2000) == x, x)
}

func pointers() {
	var a *T
	var b struct {
		n int
		p *T
	}
	var c [3]*T
	set(&a, 1)
	set(&b.p, 2)
	set(&c[1], 3)
	churn()
	swap(&a, &c[1])
	out = grow(2000)
	churn()
	runtime.Gosched()
	swap(&b.p, &c[1])
	churn()
	println("pointers", a.n, b.p.n, c[1].n, c[0] == nil)
}

func targets() {
	h := &T{n: 9}
	var local *T
	for i, p := range []**T{&global, &globals[1], &inside.p, &h.next, &local} {
		set(p, i)
		churn()
	}
	runtime.Gosched()
	churn()
	println("targets", global.n, globals[1].n, inside.p.n, h.next.n, local.n)
}

func views() {
	var a [5]*T
	s := a[1:4]
	for i := range s {
		s[i] = &T{n: i}
		runtime.Gosched()
	}
	churn()
	f := func() **T { return &s[2] }
	set(f(), 7)
	println("views", a[0] == nil, a[1].n, a[2].n, a[3].n, len(s))
}

type counter struct{ n *int }

func (c *counter) up()     { *c.n++ }
func (c counter) get() int { return *c.n }

func methods() {
	n := 0
	c := counter{&n}
	up, get := c.up, c.get
	for range 3 {
		up()
		runtime.Gosched()
		out = grow(500)
	}
	defer func(p *int, q **int) {
		churn()
		println("deferred", *p, **q, get())
	}(&n, &c.n)
	up()
	m := 50
	c.n = &m
	up()
	println("methods", n, m, get(), c.get())
}

func results() (n int, t *T) {
	p, q := &n, &t
	defer func() { *p++; (*q).n++ }()
	set(q, 4)
	runtime.Gosched()
	churn()
	*p = 3
	return *p * 10, t
}

func crossing() {
	c := make(chan **T)
	done := make(chan bool)
	go func() {
		for p := range c {
			set(p, 1+(*p).n)
			churn()
		}
		done <- true
	}()
	t := &T{n: 1}
	for range 4 {
		c <- &t
	}
	close(c)
	<-done
	println("crossing", t.n)
}

func loops() {
	var all []*int
	for i := 0; i < 3; i++ {
		all = append(all, &i)
		i := i * 10
		all = append(all, &i)
		runtime.Gosched()
	}
	for _, p := range all {
		*p++
		print(" ", *p)
	}
	println()
}

func main() {
	scalars()
	pointers()
	targets()
	views()
	methods()
	n, t := results()
	println("results", n, t.n)
	crossing()
	loops()
}
