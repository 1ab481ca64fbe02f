// Names of functions that are only known by their code.
package main

import (
	"fmt"
	"reflect"
	"runtime"
)

type T struct{ n int }

type I interface{ Pointer_method() func() int }

type G[E any] struct{ e E }

func (*G[E]) Method() {}

func name(f any) {
	fmt.Println(runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name())
}

//go:noinline
func (t *T) Pointer_method() func() int {
	return func() int { return t.n }
}

//go:noinline
func (t T) value() func() int {
	name(func() {})
	return func() int {
		name(func() { name(t) })
		return t.n
	}
}

//go:noinline
func handler_of(x int) (func(), func(chan int) int) {
	return func() { name(nil) }, func(c chan int) int { return <-c + x }
}

func waits_for(c chan int) int { return <-c }

//go:noinline
func generic[E any](e E) func() E {
	return func() E { return e }
}

var global_one = func() int { return 1 }

func main() {
	t := &T{}
	var i I = t
	name(t.Pointer_method())
	name(t.Pointer_method)
	name(t.value)
	name(i.Pointer_method)
	f := t.value()
	name(f)
	f()
	g, h := handler_of(1)
	name(g)
	name(h)
	name(waits_for)
	name(handler_of)
	name(generic("x"))
	name(generic[int])
	name(global_one)
	name((*T).Pointer_method)
	name(T.value)
	name(I.Pointer_method)
	name((*G[int]).Method)
	name((&G[int]{}).Method)
	name((*T).value)
}
