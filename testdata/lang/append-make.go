// append(s, make([]T, n)...) extends s without a slice in between.
package main

// Not inlined: go1.26 drops the print of an inlined call in this place.
//
//go:noinline
func size(n int) int { println("size", n); return n }

func try(f func()) {
	defer func() { println(recover().(error).Error()) }()
	f()
}

type names []*string

func main() {
	s := make([]int, 2, 8)
	for i := range s[:8] {
		s[:8][i] = i + 1
	}
	s = append(s, make([]int, size(3))...) // in place, and cleared
	println(len(s), cap(s), s[1], s[2], s[4], s[:8][5])
	n := append(names(nil), make([]*string, uint8(2))...)
	println(len(n), n[1] == nil)
	s = append(s, make([]int, 0)...)
	s = append(s[:1], make([]int, 20)...)
	println(len(s), s[0], s[1], s[20])
	m, huge := -1, uint64(1)<<63
	try(func() { s = append(s, make([]int, m)...) })
	try(func() { s = append(s, make([]int, huge)...) })
	println(len(s))
	b := append([]byte("ab"), make([]byte, 1)...)
	println(string(b[:2]), len(b), b[2])
}
