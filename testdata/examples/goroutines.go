// A hundred thousand goroutines wait for a signal, then pass a number along the line.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	const n = 100_000
	first := make(chan int)
	in := first
	for range n {
		out := make(chan int)
		go func(in <-chan int, out chan<- int) { out <- 1 + <-in }(in, out)
		in = out
	}
	fmt.Println(runtime.NumGoroutine(), "goroutines")
	start := time.Now()
	first <- 0
	fmt.Println("the last one got", <-in, "after", time.Since(start).Round(time.Millisecond))
}
