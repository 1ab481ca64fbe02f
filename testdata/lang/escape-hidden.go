// An address that went through a uintptr: its object is held all the same, also while the goroutine waits.
package main

import (
	"runtime"
	"sync"
	"unsafe"
)

type T struct {
	n int
	s *[4]int
}

var sink [][]byte

var c = make(chan int)

func other() {
	for v := range c {
		var buf [64]int
		for i := range buf {
			buf[i] = -v
		}
		c <- deep(&buf, 20)
	}
}

//go:noinline
func deep(p *[64]int, n int) int {
	var buf [64]int
	for i := range buf {
		buf[i] = p[i] - n
	}
	if n == 0 {
		return buf[3]
	}
	return deep(&buf, n-1)
}

//go:noinline
func garbage() {
	for range 200 {
		sink = append(sink, make([]byte, 32))
	}
	sink = nil
	runtime.GC()
}

//go:nosplit
func noescape(p unsafe.Pointer) unsafe.Pointer { x := uintptr(p); return unsafe.Pointer(x ^ 0) }

//go:noinline
func read(q *T) int {
	c <- 1 // another goroutine's frames come to lie where this one's were
	<-c
	garbage()
	return q.s[1] + q.n
}

//go:noinline
func hidden(n int) int {
	t := T{n: n, s: &[4]int{1, n, 3, 4}}
	sink = nil
	q := (*T)(noescape(unsafe.Pointer(&t)))
	return read(q) + read(q)
}

type K struct {
	a any
	b int
}

//go:noinline
func keys() int {
	m := map[*T]int{}
	k := map[K]int{}
	a := map[any]int{}
	for i := range 4 {
		t := &T{n: i}
		m[t] = i
		k[K{t, i}] = i
		a[t] = i
	}
	garbage()
	n := 0
	for p, v := range m {
		n += p.n*10 + v
	}
	for p, v := range k {
		n += p.a.(*T).n*10 + v
	}
	for p, v := range a {
		n += p.(*T).n*10 + v
	}
	return n
}

//go:noinline
func syncMap() int {
	var m sync.Map
	for i := range 5 {
		t := &T{n: i}
		m.Store(t, t)
		m.Store(K{t, i}, i)
	}
	garbage()
	n := 0
	m.Range(func(k, v any) bool {
		if p, ok := k.(*T); ok {
			n += p.n + v.(*T).n
		} else {
			n += k.(K).a.(*T).n
		}
		return true
	})
	return n
}

func main() {
	go other()
	println(hidden(7), keys(), syncMap())
}
