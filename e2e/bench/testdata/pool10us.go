// Eight workers take tasks of about ten microseconds from a channel with room for a hundred, and answer on another one like it.
package main

import "sync"

func task(x uint64) uint64 {
	for range 6000 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

func main() {
	tasks, results := make(chan uint64, 100), make(chan uint64, 100)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for x := range tasks {
				results <- task(x)
			}
		})
	}
	const n = 40000
	go func() {
		for i := range uint64(n) {
			tasks <- i + 1
		}
		close(tasks)
	}()
	sum := uint64(0)
	for range n {
		sum += <-results
	}
	wg.Wait()
	println(sum)
}
