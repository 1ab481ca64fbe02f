// Many live values, parameters and results of all kinds across suspensions: frames of
// more than 64 words.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type P struct{ a, b *int }

func many(a int8, b uint16, c float32, d float64, e string, f []int, g any, h error, i map[string]int, j chan int, k func() int, l *int, m [3]string, n struct{ x, y string }, o complex128, p bool, q ...P) (r1 int, r2 string, r3 []int, r4 any, r5 [3]string, r6 bool, r7 complex128, r8 func() int, r9 float32) {
	y(1)
	x := y(*l)
	r1 = int(a) + int(b) + int(c) + int(d) + len(f) + i["k"] + k() + x + *q[0].a + *q[1].b
	y(2)
	return r1 + len(e), y(e + n.x + n.y), append(f, y(9)), g, m, !p, o * 2, k, c + y(c)
}

type err string

func (e err) Error() string { return string(e) }

func p(n int) *int { return &n }

func live() (sum int) {
	p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 := p(0), p(1), p(2), p(3), p(4), p(5), p(6), p(7), p(8), p(9)
	s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 := y("a"), y("b"), y("c"), y("d"), y("e"), y("f"), y("g"), y("h"), y("i"), y("j")
	q0, q1, q2, q3, q4, q5, q6, q7, q8, q9 := []*int{p0}, []*int{p1}, []*int{p2}, []*int{p3}, []*int{p4}, []*int{p5}, []*int{p6}, []*int{p7}, []*int{p8}, []*int{p9}
	i0, i1, i2, i3, i4, i5, i6, i7, i8, i9 := any(p(10)), any(p(11)), any(p(12)), any(p(13)), any(p(14)), any(p(15)), any(p(16)), any(p(17)), any(p(18)), any(p(19))
	t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 := P{p0, p1}, P{p1, p2}, P{p2, p3}, P{p3, p4}, P{p4, p5}, P{p5, p6}, P{p6, p7}, P{p7, p8}, P{p8, p9}, P{p9, p0}
	f0, f1, f2, f3, f4 := func() int { return *p0 }, func() int { return *p1 }, func() int { return *p2 }, func() int { return *p3 }, func() int { return *p4 }
	a0, a1 := [20]*int{0: p(20), 19: p(21)}, [20]string{3: y("arr")}
	y(0)
	for i := range 3 {
		p0, p9 = p(y(i)), p0
	}
	for _, x := range []*int{p0, p1, p2, p3, p4, p5, p6, p7, p8, p9} {
		sum += *x
	}
	y(1)
	for _, s := range []string{s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, a1[3]} {
		sum = sum*3 + int(s[0]-'a') + len(s)
	}
	for _, q := range [][]*int{q0, q1, q2, q3, q4, q5, q6, q7, q8, q9} {
		sum += *q[0] * y(2)
	}
	for _, x := range []any{i0, i1, i2, i3, i4, i5, i6, i7, i8, i9} {
		sum += *x.(*int)
	}
	for _, t := range []P{t0, t1, t2, t3, t4, t5, t6, t7, t8, t9} {
		sum += *t.a * *t.b
	}
	return sum + f0() + f1() + f2() + f3() + f4() + *a0[0] + *a0[19]
}

func loops(n int) (out []int) {
	a, b, c := 1.5, "b", []string{"c"}
	for i := 0; i < n; i++ {
		for j, s := range []string{"x", "yy"} {
			for k, v := range map[int]string{i: s} {
				x, yy := y(k), y(v)
				func() {
					defer func() { a += float64(y(1)); b += yy }()
					c = append(c, yy+s)
				}()
				out = append(out, i+j+k+x+len(yy))
			}
		}
	}
	return append(out, int(a), len(b), len(c))
}

func main() {
	l := 5
	a, b, c, d, e, f, g, h, i := many(1, 2, 3.5, 4.5, "e", []int{1}, "any", err("err"), map[string]int{"k": 6}, make(chan int), func() int { return y(7) }, &l, [3]string{"m"}, struct{ x, y string }{"x", "y"}, 1+2i, true, P{a: p(8)}, P{b: p(9)})
	println(a, b, len(c), c[1], d.(string), e[0], f, g, h(), i)
	println(live())
	for _, v := range loops(3) {
		print(v, " ")
	}
	println()
}
