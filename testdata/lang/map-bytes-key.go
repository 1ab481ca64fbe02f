// A map read at string(bytes) sees the bytes as they are at that moment.
package main

type S string

func main() {
	b := []byte("abc")
	m := map[string]int{"abc": 1, "xbc": 2}
	ms := map[S]int{"abc": 3}
	ma := map[any]int{"abc": 4}
	println(m[string(b)], ms[S(b)], ma[string(b)])
	v, ok := m[string(b)]
	w, ok2 := ms[S(b)]
	x, ok3 := ma[string(b)]
	println(v, ok, w, ok2, x, ok3)
	f := func() int { b[0] = 'x'; return 0 }
	println(m[string(b)]+f(), m[string(b)])
	m[string(b)] = 7
	b[0] = 'q'
	println(m["xbc"], len(m))
	_, no := m[string(b)]
	println(no)
	const k = "abc"
	println(m[k], m[string("abc")])
	if n, ok := m[string(b[:0])]; !ok {
		println(n)
	}
}
