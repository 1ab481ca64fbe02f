// Counting loops that another goroutine has to end, after a collection: they must let both happen.
package main

import (
	"runtime"
	"sync/atomic"
)

var flag atomic.Bool

// again takes a step back until the flag is set.
func again() (steps int) {
	for i := 0; i < 10; i++ {
		if !flag.Load() {
			i--
		}
		steps = i
	}
	return steps
}

// further puts its end off until the flag is set.
func further(n int) int {
	for i := 0; i < n; i++ {
		if !flag.Load() {
			n++
		}
	}
	return min(n, 1)
}

// behind counts through a pointer to its counter.
func behind() (n int) {
	for i := 0; i < 10; i++ {
		p := &i
		if !flag.Load() {
			*p--
		}
		n++
	}
	return min(n, 10)
}

// inward counts from both ends.
func inward(s []int) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

func main() {
	for _, f := range []func() int{again, func() int { return further(1) }, behind} {
		flag.Store(false)
		go func() {
			runtime.GC()
			flag.Store(true)
		}()
		println(f())
	}
	s := []int{1, 2, 3, 4, 5}
	inward(s)
	println(s[0], s[1], s[2], s[3], s[4])
}
