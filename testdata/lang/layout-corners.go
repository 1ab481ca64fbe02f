// Shapes that layouts get wrong once: tails that fill no word, arrays of arrays, blank pointer
// fields, zero-size fields at the end, arrays too large for any frame; kept alive on the heap,
// in channels, maps, interfaces and across suspensions.
package main

import "runtime"

type tail struct {
	p *int
	a uint32
	b byte
}

type tails [3]tail

type last struct {
	p *int
	_ struct{}
}

type blanks struct {
	_ *int
	p *int
	_ [2]any
	s string
	_ chan int
}

type nested [2][3]struct {
	n int8
	p [2]*int
}

type none [0]*int

type mixed struct {
	_ none
	b byte
	t tails
	_ [0]chan int
	n nested
	l last
}

var huge [1 << 14]*int
var table [30][20]string

func ptr(n int) *int { return &n }

func churn() {
	var s [][]byte
	for i := range 12 {
		s = append(s, make([]byte, i*7))
	}
	runtime.GC()
}

func y[V any](v V) V {
	c := make(chan V)
	go func() { churn(); c <- v }()
	return <-c
}

func (m *mixed) fill(n int) *mixed {
	for i := range m.t {
		m.t[i] = tail{ptr(n + i), uint32(n), byte(i)}
	}
	for i := range m.n {
		for j := range m.n[i] {
			for k := range m.n[i][j].p {
				m.n[i][j].p[k] = ptr(n + 100*i + 10*j + k)
			}
		}
	}
	m.l.p = ptr(n)
	return m
}

func (m mixed) sum() (s int) {
	for _, t := range m.t {
		s += *t.p + int(t.a) + int(t.b)
	}
	for _, a := range m.n {
		for _, b := range a {
			for _, p := range b.p {
				s += *p
			}
		}
	}
	return s + *m.l.p
}

func large(n int) int {
	var a [1 << 12]*int
	for i := 0; i < len(a); i += 333 {
		a[i] = ptr(n + i)
	}
	n = y(n)
	b := a
	b[333] = nil
	s := *a[333] + *b[666]
	for _, p := range a[:] {
		if p != nil {
			s += *p
		}
	}
	return s
}

func main() {
	m := y(*new(mixed).fill(1))
	println(m.sum(), m == y(m))
	s := append([]mixed(nil), m, *new(mixed).fill(2))
	s = append(y(s), *new(mixed).fill(3))
	s = append(s[:1:1], s...)
	churn()
	for _, x := range s {
		print(" ", y(x).sum())
	}
	println()
	c := make(chan mixed, 3)
	for i := range 3 {
		c <- *new(mixed).fill(i)
	}
	churn()
	for range 3 {
		print(" ", (<-c).sum())
	}
	println()
	mm := map[tail]mixed{}
	for i := range 20 {
		mm[tail{a: uint32(i), b: 1}] = *new(mixed).fill(i)
	}
	churn()
	total := 0
	for k, v := range mm {
		total += int(k.a) * v.sum()
	}
	println(total)
	var e any = *new(mixed).fill(5)
	churn()
	println(e.(mixed).sum(), e == any(e.(mixed)), e == any(m))

	b := blanks{p: ptr(4), s: "s" + string(rune('a'+y(1)))}
	bs := y([4]blanks{1: b, 3: b})
	println(*bs[1].p, bs[3].s, b == bs[1], bs[0] == blanks{})
	l := [2]last{{p: ptr(1)}, {p: ptr(2)}}
	q := &l[1]
	churn()
	println(*q.p, *y(l)[0].p, *y(q).p, len(y(none{})))

	for i := range 40 {
		huge[i*307] = ptr(i)
		table[i*7%30][i*4%20] = string(rune('A' + i))
	}
	churn()
	n, t := 0, ""
	for i := range huge {
		if huge[i] != nil {
			n += *huge[i]
		}
	}
	for _, row := range table {
		for _, x := range row {
			t += x
		}
	}
	println(n, t, large(3), large(4))
}
