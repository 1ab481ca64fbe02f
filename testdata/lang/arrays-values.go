// Arrays and structs are values: assignment, passing, ranging, comparing and capturing
// copy them; slices, maps and pointers share.
package main

//go:noinline
func id[T any](v T) T { return v }

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type P struct{ x, y int }
type L struct {
	a [3]P
	s []int
	m map[string]P
	p *P
	f func() int
	i any
	_ int
	_ string
}
type Big struct{ a [500]int }

func mod(a [3]int) [3]int      { a[0] = 100; return a }
func modp(a *[3]int) *[3]int   { a[0] = 100; return a }
func (b Big) set(i int) Big    { b.a[i] = i; return b }
func (b *Big) pset(i int) *Big { b.a[i] = i; return b }
func mods(b Big) int           { b.a[1] = 7; return b.a[1] + y(b).a[1] }
func named() (b Big)           { defer func() { b.a[2] = 5 }(); b.a[1] = 3; return b }

var g Big
var table = [...][2]string{{"a", "b"}, {"c"}}

func main() {
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 20
	c := mod(a)
	println(a[0], a[1], b[1], c[0], a == [3]int{1, 2, 3}, a != b)
	modp(&a)[2] = 5
	println(a[0], a[2], len(a), cap(a[:2]), len(&a))
	s := a[:]
	s[1] = 77
	b = a
	s[1] = 78
	println(a[1], b[1])
	arr := [2][2]int{{1, 2}, {3, 4}}
	row := arr[1]
	row[0] = 9
	pr := &arr[1]
	pr[1] = 10
	println(arr[1][0], arr[1][1], row[0])
	l := L{a: [3]P{{1, 2}}, s: []int{1}, m: map[string]P{"k": {5, 6}}, p: &P{7, 8}}
	l2 := l
	l2.a[0].x, l2.s[0], l2.p.x = 50, 51, 52
	l2.m["k"] = P{53, l2.m["k"].y}
	println(l.a[0].x, l.s[0], l.p.x, l.m["k"].x, l.m["k"].y)
	g.set(1)
	g.pset(2).pset(3)
	h := g.set(4).set(5)
	println(g.a[1], g.a[2], g.a[3], g.a[4], h.a[4], h.a[5], mods(g), g.a[1], named().a[1], named().a[2])
	bp := &h
	h2 := *bp
	bp.a[0] = 1
	*bp = h2
	println(h.a[0], h2 == h, h2.a == bp.a)
	var i any = a
	a[0] = -1
	println(i.([3]int)[0], i == any([3]int{100, 78, 5}), i.([3]int) == a)
	i = P{1, 2}
	p := i.(P)
	p.x = 9
	println(i.(P).x, i == any(P{1, 2}), any(&p) == any(&p))
	f := func() (P, [3]int) { return p, a }
	p.x, a[1] = 10, 11
	fp, fa := f()
	p.x, a[1] = 12, 13
	println(fp.x, fa[1])
	ch := make(chan [3]int, 1)
	ch <- a
	a[0] = 55
	println((<-ch)[0], y(a)[0], y(p).x)
	m := map[[2]int]Big{{1, 2}: g}
	mb := m[[2]int{1, 2}]
	mb.a[2] = 0
	println(m[[2]int{1, 2}].a[2], len(m[[2]int{}].a), m[[2]int{}].a[7])
	ps := []P{{1, 2}, {3, 4}}
	for _, v := range ps {
		v.x = 100
	}
	for i := range ps {
		ps[i].y *= 2
		q := &ps[i]
		q.x++
	}
	println(ps[0].x, ps[0].y, ps[1].x, ps[1].y)
	ps2 := append(ps[:1:1], P{9, 9})
	ps3 := append(ps[:1], P{8, 8})
	println(ps[1].x, ps2[1].x, ps3[1].x)
	func(v P, w [2][2]int, big Big) {
		v.x, w[0][0], big.a[0] = y(1), y(2), y(3)
		println(v.x, w[0][0], big.a[0])
	}(p, arr, g)
	println(p.x, arr[0][0], g.a[0])
	func() {
		v, w := p, arr
		v.x = y(1000)
		w[0] = [2]int{y(5), y(6)}
		println(v.x, w[0][1], p.x, arr[0][1])
	}()
	println(table[0][1], table[1][1] == "", len(table), id(table)[1][0])
	sa := [3]int(s)
	s[0] = 0
	sp := (*[2]int)(s)
	sp[1] = -5
	println(sa[0], a[0], a[1], s[1], *(*[0]int)(s) == [0]int{})
	type N struct {
		P
		q struct{ z [2]P }
	}
	n := N{P{1, 2}, struct{ z [2]P }{[2]P{{3, 4}, {5, 6}}}}
	n2 := n
	n2.q.z[1].y = 60
	n2.x = 10
	println(n.q.z[1].y, n.x, n == n2, n.q.z[0] == n2.q.z[0])
	x := [...]any{1, "a", 2.5, nil, P{1, 1}}
	yv := x
	yv[0] = 2
	println(x == yv, x[1] == yv[1], x[3] == nil, x[4] == yv[4])
	clear(s)
	clear(l.m)
	println(a[0], a[2], len(l.m))
	idx := 5
	func() {
		defer func() { println(recover().(error).Error()) }()
		a[idx] = 1
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		_ = [4]int(s)
	}()
}
