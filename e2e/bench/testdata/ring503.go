// A token goes round a ring of 503 goroutines (the thread ring of the benchmarks game).
package main

func main() {
	const size, hops = 503, 2000000
	result := make(chan int)
	first := make(chan int)
	in := first
	for id := range size {
		out := make(chan int)
		if id == size-1 {
			out = first
		}
		go func(in <-chan int, out chan<- int) {
			for n := range in {
				if n == 0 {
					result <- id + 1
					return
				}
				out <- n - 1
			}
		}(in, out)
		in = out
	}
	first <- hops
	println(<-result)
}
