// Deep recursion that suspends at the bottom, on the way down and on the way up, and
// panics that travel through captured frames.
package main

import "os"

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func bottom(n int) int {
	if n == 0 {
		return y(1)
	}
	return bottom(n-1) + 1
}

func both(n int, s string) (int, string) {
	if n == 0 {
		return y(0), s
	}
	if n%100 == 0 {
		y(n)
	}
	k, t := both(n-1, s)
	if n%77 == 0 {
		k += y(1)
	}
	return k + 1, t
}

type node struct {
	l, r *node
	v    int
}

func build(n int) *node {
	if n == 0 {
		return nil
	}
	return &node{build(n - 1), build(n - 1), y(n)}
}
func (t *node) sum() int {
	if t == nil {
		return 0
	}
	return t.l.sum() + y(t.v) + t.r.sum()
}

func crash(n int) int {
	if n == 0 {
		y(1)
		panic("bottom")
	}
	return crash(n-1) + 1
}

func unwind(n int) (r int) {
	if n%50 == 0 {
		defer func() { r += y(1) }()
	}
	if n%300 == 299 {
		defer func() {
			if e := recover(); e != nil {
				r = -1000
			}
		}()
	}
	if n == 0 {
		y(1)
		panic("x")
	}
	return unwind(n-1) + 1
}

func repanic(n int) {
	defer func() {
		r := recover().(int)
		y(r)
		if n > 0 {
			panic(r + 1)
		}
		println("repanicked", r)
	}()
	if n == 100 {
		panic(0)
	}
	repanic(n + 1)
}

func ack(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ack(m-1, y(1))
	}
	return ack(m-1, ack(m, n-1))
}

func mutualA(n int, f func(int) int) int {
	if n == 0 {
		return f(n)
	}
	return mutualB(n-1, func(k int) int { return f(k) + 1 })
}
func mutualB(n int, f func(int) int) int { return mutualA(n, func(k int) int { return y(f(k)) }) }

func main() {
	deep := 1_000_000
	if os.Getenv("SMALL") != "" {
		deep = 10_000
	}
	println(bottom(10), bottom(deep)-deep)
	k, s := both(5000, "s")
	println(k, s)
	println(build(8).sum())
	func() {
		defer func() { println(recover().(string)) }()
		crash(20000)
	}()
	println(unwind(1000))
	func() {
		defer func() { println("outer", recover() == nil) }()
		func() {
			defer func() { recover() }()
			repanic(1)
		}()
		repanic(0)
	}()
	println(ack(2, 5), mutualA(50, func(n int) int { return y(n + 1) }))
	// The same depth again and again: frames are reused or collected.
	sum := 0
	for i := range 50 {
		sum += bottom(1000 + i)
	}
	println(sum)
	c := make(chan int)
	for i := range 20 {
		go func() { c <- bottom(deep/500*i) - deep/500*i }()
	}
	sum = 0
	for range 20 {
		sum += <-c
	}
	println(sum)
}
