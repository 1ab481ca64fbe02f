// Types declared in generic functions, and generic types declared in functions.
package main

import "fmt"

type Box[T any] struct{ x T }

func G[A any]() {
	type L struct{ a A }
	type M[B any] struct {
		a A
		b B
	}
	fmt.Printf("%T %T %T\n", L{}, M[int]{}, Box[L]{})
	fmt.Printf("%T\n", Box[M[string]]{})
	fmt.Printf("%T\n", func() any { type N struct{}; return Box[N]{} }())
}
func main() {
	type U[T any] []T
	type V struct{}
	fmt.Printf("%T %T %T %T\n", U[int]{}, Box[U[V]]{}, Box[V]{}, V{})
	G[int]()
	G[V]()
	{
		type V struct{}
		G[V]()
	}
}
