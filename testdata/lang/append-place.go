// Appends that extend a variable in place: when it is stored, and what the elements may overwrite.
package main

import "runtime"

type node struct {
	list []node
	n    int
}

type buffer []byte

func (b *buffer) add(c byte)    { *b = append(*b, c) }
func (b *buffer) text(s string) { *b = append(*b, s...) }
func (b *buffer) twice()        { *b = append(*b, *b...) }
func (b *buffer) self(f func()) { *b = append(*b, *b...); f() }

var global []int

type holder struct{ ptrs []*int }

func (h *holder) push(p *int) int {
	h.ptrs = append(h.ptrs, p)
	return len(h.ptrs)
}

func main() {
	// The element stored is the one that holds the slice.
	var a [4]node
	p := &a[1]
	p.list = a[:1]
	p.list = append(p.list, node{n: 7})
	println(len(p.list), p.n, len(a[1].list), a[1].n)

	var b buffer
	b.add('a')
	b.text("bc")
	b.twice()
	b.self(func() { b.add('!') })
	println(string(b), len(b))

	// What is appended changes the variable itself.
	h := &holder{}
	one := 1
	f := func() *int { h.push(&one); return &one }
	h.ptrs = append(h.ptrs, f())
	println(len(h.ptrs), *h.ptrs[0])
	h.ptrs = append(h.ptrs, f(), nil, &one)
	println(len(h.ptrs), h.ptrs[3] == nil)

	for i := range 100 {
		global = append(global, i, -i)
		h.push(&i)
		if i%10 == 0 {
			runtime.GC()
		}
		h.ptrs = h.ptrs[:len(h.ptrs)-i%2]
	}
	sum := 0
	for _, p := range h.ptrs {
		if p != nil {
			sum += *p
		}
	}
	println(len(global), cap(global) >= 200, len(h.ptrs), sum)

	var nothing *holder
	defer func() { println(recover() != nil, len(h.ptrs)) }()
	nothing.ptrs = append(nothing.ptrs, &one)
}
