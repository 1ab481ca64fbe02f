// A runtime error nobody recovers, in a function called through an interface after a
// suspension.
package main

type I interface{ f(i int) int }
type T []int

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

//go:noinline
func (t T) f(i int) int {
	y(1)
	return t[i]
}

//go:noinline
func call(i I, n int) int {
	return i.f(y(n)) + 1
}

func main() {
	println(call(T{1, 2}, 1))
	println(call(T{1, 2}, 5))
}
