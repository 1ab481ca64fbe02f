// Fields and elements of a named result are set before the first call that may allocate.
package main

import "errors"

type output struct{ n, m int }

func field(b []byte) (s string, out output, err error) {
	if len(b) == 0 {
		return "", out, errors.New("empty")
	}
	out.n = len(b)
	return string(b), out, nil
}

func element(b []byte) (a [3]int, s string) {
	if len(b) == 0 {
		return a, "empty"
	}
	a[1] = 7
	s = string(b)
	return
}

func inside(b []byte) (r struct {
	a [2]output
	s string
}) {
	if len(b) == 0 {
		return
	}
	r.a[1].m = 5
	r.s = string(b)
	return r
}

func main() {
	for _, b := range [][]byte{nil, []byte("abc")} {
		s, out, err := field(b)
		println(s, out.n, err != nil)
		a, s := element(b)
		println(a[0], a[1], s)
		r := inside(b)
		println(r.a[0].m, r.a[1].m, r.s)
	}
}
