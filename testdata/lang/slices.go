// Slices: aliasing, growth, overlap, three indices, append forms, conversion, clear.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type S []int
type E struct {
	a int
	p *int
	s string
}

func (s S) Sum() (n int) {
	for _, v := range s {
		n += v
	}
	return
}
func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			println(r.(error).Error())
		}
	}()
	f()
}
func va(xs ...int) (bool, int) { return xs == nil, len(xs) }
func grow(s []int) []int       { s = append(s, 1); s[0] = 100; return s }
func insert(s []string, i int, v string) []string {
	s = append(s, "")
	copy(s[i+1:], s[i:])
	s[i] = v
	return s
}

var (
	gs []int
	es []E
	bs []byte
)

func main() {
	a := []int{0, 1, 2, 3, 4, 5, 6, 7}
	b := a[2:5]
	c := a[2:5:5]
	b = append(b, 50)
	c = append(c, 60)
	println(a[5], b[3], c[3], len(b), cap(b), len(c), cap(c) >= 4)
	copy(a[1:], a)
	println(a[0], a[1], a[7])
	copy(a, a[2:])
	println(a[0], a[5], a[7], copy(a, []int{}), copy(a[6:], []int{9, 9, 9}))
	var n []int
	println(n == nil, len(n), len(n[:]), n[0:0:0] == nil, len(append(n)), append(n) == nil, len(append(n, n...)))
	n = append(n, a[:2]...)
	n = append(n, n...)
	n = append(n[:1], n[2:]...)
	println(len(n), n[0], n[2])
	g := make([]int, 1, 1)
	h := grow(g)
	g2 := make([]int, 1, 2)
	h2 := grow(g2)
	println(g[0], h[0], g2[0], h2[0])
	// Capacities of slices that escape from the start: gc keeps small ones on the stack and
	// lets those begin larger.
	caps, last := 0, -1
	for i := range 5000 {
		gs = append(gs, i)
		if cap(gs) != last {
			last = cap(gs)
			caps++
			print(last, " ")
		}
	}
	println(caps)
	last = -1
	for i := range 200 {
		es = append(es, E{i, &i, "s"})
		if cap(es) != last {
			last = cap(es)
			print(last, " ")
		}
	}
	println(*es[77].p, es[199].a)
	last = -1
	for range 3000 {
		bs = append(bs, 'x')
		if cap(bs) != last {
			last = cap(bs)
			print(last, " ")
		}
	}
	println(len(bs))
	ss := insert([]string{"a", "b", "c"}, 1, "X")
	println(ss[0], ss[1], ss[2], ss[3])
	println(S{1, 2, 3}.Sum(), S(a[:2]).Sum(), len(S(nil)))
	println(va())
	println(va(nil...))
	println(va([]int{}...))
	println(va(1, 2))
	m := [][]int{{1}, {2, 3}, nil}
	m[1] = append(m[1], 4)
	m[2] = append(m[2], m[1]...)
	m = append(m, []int{5})
	println(len(m), len(m[2]), m[2][2], m[3][0])
	arr := [5]int{1, 2, 3, 4, 5}
	p := &arr
	sl := p[1:3]
	sl[0] = 20
	println(arr[1], len(p[:]), cap(p[2:]), cap(sl[:1:2]), len(sl[:4]))
	x := []int{1, 2, 3}
	x[0], x[2] = x[2], x[0]
	y1 := x
	x = append(x, 4)
	x[0] = 9
	println(y1[0], x[0], len(y1))
	clear(x[1:3])
	println(x[0], x[1], x[2], x[3])
	idx := []int{2, 0, 1}
	println(x[idx[idx[0]]], x[idx[1] : idx[0]+1][1])
	sparse := []string{5: "five", "six", 2: "two"}
	println(len(sparse), sparse[2], sparse[6], sparse[0] == "")
	ptrs := []*E{{1, nil, "p"}, {a: 2}}
	ptrs[1].a++
	println(ptrs[0].s, ptrs[1].a)
	es = []E{{a: 1}}
	q := &es[0]
	es = append(es, E{})
	q.a = 77
	println(es[0].a, q.a)
	s5 := make([]int, 5)
	println(len(s5[5:]), len(s5[2:2]), cap(s5[5:]), len([]int(s5[:0])))
	for i := range s5 {
		s5[i] = y(i) * y(2)
	}
	s5 = append(s5, y(10), y(11))
	s5[y(1)], s5[y(2)] = s5[y(3)], y(99)
	println(s5[1], s5[2], s5[6], S(s5).Sum())
	k, neg := 10, -1
	try(func() { _ = s5[k] })
	try(func() { _ = s5[neg] })
	try(func() { _ = s5[k:] })
	try(func() { _ = s5[:k*10] })
	try(func() { _ = s5[3 : 2+neg] })
	try(func() { _ = s5[1 : 2 : k*10] })
	try(func() { _ = s5[1 : 4 : 3+neg+1-1] })
	try(func() { _ = s5[4 : 3+neg+1 : 5] })
	try(func() { _ = make([]int, neg) })
	try(func() { _ = make([]int, 1, neg+1) })
	try(func() { _ = make([]int, k*k*k*k*k*k*k*k*k*k*k*k*k*k*k*k*k) })
	try(func() { _ = make([]E, 1<<(k*5)) })
	try(func() { _ = (*[10]int)(s5) })
	try(func() { _ = arr[k-5:][:k] })
	try(func() { var u8 uint8 = 255; _ = s5[u8] })
	try(func() { var u64 uint64 = 1<<63 + 5; _ = s5[u64] })
	try(func() { _ = make([]struct{}, neg) })
	z := make([]struct{}, 3)
	z = append(z, struct{}{})
	println(len(z))
	st := struct{ f []func(int) int }{}
	for i := range 3 {
		st.f = append(st.f, func(n int) int { return n*10 + i })
	}
	println(st.f[0](1), st.f[2](3))
	rev := func(s []int) []int {
		for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
			s[i], s[j] = s[j], s[i]
		}
		return s
	}
	println(rev([]int{1, 2, 3})[0])
	str := append([]any{1}, []any{"a", nil}...)
	println(len(str), str[2] == nil)
	u := append([]uint16(nil), 1, 2)
	u = append(u[:0], u[1:]...)
	println(u[0], len(u))
}
