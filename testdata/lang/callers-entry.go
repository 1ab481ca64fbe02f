package main

import "runtime"

// A function begins in front of all pcs in it, and is found there.

func check(depth int) {
	var pcs [32]uintptr
	n := runtime.Callers(2, pcs[:])
	bad := 0
	for _, pc := range pcs[:n] {
		f := runtime.FuncForPC(pc - 1)
		if f == nil || f.Entry() >= pc || runtime.FuncForPC(f.Entry()) == nil || runtime.FuncForPC(f.Entry()).Name() != f.Name() {
			bad++
		}
	}
	first := runtime.FuncForPC(pcs[0] - 1)
	println(depth, first.Name(), bad)
}

//go:noinline
func many(n int) {
	check(1)
	if n > 0 {
		check(2)
		many(n - 1)
		check(3)
	}
	twice()
}

//go:noinline
func twice() {
	check(4)
	check(5)
}

type T struct{}

//go:noinline
func (T) method() { check(6) }

func main() {
	many(2)
	T{}.method()
	a, b := runtime.FuncForPC(pc(0)), runtime.FuncForPC(pc(0))
	println(a.Entry() == b.Entry(), a.Name())
}

//go:noinline
func pc(skip int) uintptr {
	p, _, _, _ := runtime.Caller(skip)
	return p
}
