// Functions in assembly that stand alone: called from their package and from others, directly, as values and by
// other assembly; they read a variable of Go and tables of their own.
package main

import "asm/sum"

func main() {
	xs := make([]uint64, 5)
	for i := range xs {
		xs[i] = uint64(i) + 1
	}
	println(sum.Sum(xs), sum.Sum(nil))
	f := sum.Sum
	println(f(xs[2:]))
	c := make(chan uint64)
	go func() { c <- sum.Scaled(xs) }()
	println(<-c)
	sum.SetFactor(10)
	println(sum.Scaled(xs), sum.Entry(2))
	p := &sum.Pair{A: 1, B: "text"}
	p.Swap()
	println(p.A, p.B, p.N())
	println(sum.Twice(21)[1])
}
