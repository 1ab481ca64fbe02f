// Goroutines that compute for ever, each in another way, hold up neither the others nor the collector.
package main

import (
	"fmt"
	"runtime"
	"time"
)

var sink int

func counts(n int) {
	s := 0
	for i := 0; i < n; i++ {
		s += i*i ^ s
	}
	sink = s
}

func stays(s []int, d int) {
	for i := 0; i < len(s); i += d {
		s[i]++
	}
}

func wraps(last byte) {
	for i := byte(0); i <= last; i++ {
		sink += int(i)
	}
}

func ranges(n int) {
	s := 0
	for i := range n {
		s ^= i
	}
	sink = s
}

func jumps(n int) {
again:
	if n--; n != 0 {
		goto again
	}
	sink = n
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func left(n int) int {
	if n == 0 {
		return 1
	}
	return right(n-1) + right(n-1)
}

func right(n int) int { return left(n) ^ n }

type tree interface{ size() int }

type leaf struct{}
type node struct{ l, r tree }

func (leaf) size() int   { return 1 }
func (n node) size() int { return n.l.size() + n.r.size() }

func sum(s []int) (n int) {
	for _, v := range s {
		n += v
	}
	return n
}

func nested(s []int) (n int) {
	for range s {
		n += sum(s)
	}
	return n
}

func deeplyNested(s []int) (n int) {
	for range s {
		n += nested(s)
	}
	return n
}

func main() {
	go counts(1 << 62)
	go stays(make([]int, 1), 0)
	go wraps(255)
	go ranges(1 << 62)
	go jumps(0)
	go func() { sink = fib(90) }()
	go func() { sink = left(80) }()
	go func() {
		var t tree = leaf{}
		for range 80 {
			t = node{t, t}
		}
		sink = t.size()
	}()
	go func() { sink = deeplyNested(make([]int, 100_000)) }()
	time.Sleep(20 * time.Millisecond)
	for range 3 {
		runtime.GC()
	}
	fmt.Println("collected")
}
