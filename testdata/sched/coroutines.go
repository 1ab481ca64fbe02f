package main

import (
	"fmt"
	"iter"
	"runtime"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count done")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	next, stop := iter.Pull(count(3))
	for {
		v, ok := next()
		fmt.Println(v, ok)
		if !ok {
			break
		}
	}
	stop()
	next, stop = iter.Pull(count(10))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	n2, s2 := iter.Pull2(func(yield func(string, int) bool) {
		ch := make(chan int)
		go func() { ch <- 42 }()
		yield("a", <-ch)
		panic("boom")
	})
	fmt.Println(n2())
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		n2()
	}()
	s2()
	sum := 0
	next, stop = iter.Pull(count(100000))
	for v, ok := next(); ok; v, ok = next() {
		sum += v
	}
	fmt.Println(sum)
	// Goexit through a pull
	done := make(chan int)
	go func() {
		defer close(done)
		next, stop := iter.Pull(func(yield func(int) bool) { yield(1); runtime.Goexit() })
		defer stop()
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println("unreachable")
	}()
	<-done
}
