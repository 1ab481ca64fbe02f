package main

import "fmt"

// Methods that the compiler makes of value methods, for pointers, say so if the pointer is nil; what
// dereferences does not.

type T struct{ a, b int }

func (t T) get() int { return t.a + t.b }

func (t T) plus(n int) int { return t.a + n }

func (t *T) ptr() bool { return t == nil }

type E struct{ *T }

type P[X any] struct{ x X }

func (p P[X]) get() int { return 1 }

type G interface{ get() int }

func id[X any](x X) X { return x }

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isErr := r.(error)
		fmt.Println(name, r, isErr)
	}()
	f()
}

type A = P[int]

var np *T

func main() {
	try("expression", func() { f := (*T).get; id(f)(nil) })
	try("called", func() { (*T).get(np) })
	try("after arguments", func() { (*T).plus(np, func() int { fmt.Println("argument"); return 1 }()) })
	try("deferred", func() { defer (*T).get(np); fmt.Println("after") })
	try("generic", func() { f := (*P[int]).get; id(f)(nil) })
	try("generic by an alias", func() { (*A).get(nil) })
	try("interface", func() { f := G.get; id(f)(np) })
	try("method value", func() { var g G = np; f := g.get; f() })
	try("pointer method", func() { fmt.Println((*T).ptr(nil)) })
	try("not nil", func() { fmt.Println((*T).plus(&T{1, 2}, 3)) })
	try("call", func() { np.get() })
	try("value", func() { f := np.get; f() })
	try("embedded", func() { var e E; e.get() })
	try("embedded expression", func() { f := E.get; f(E{}) })
	try("pointer to embedding", func() { f := (*E).get; f(nil) })
	try("deferred call", func() { defer np.get(); fmt.Println("never") })
}
