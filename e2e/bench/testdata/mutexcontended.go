// Sixteen goroutines share one sync.Mutex, and yield while they hold it now and then.
package main

import (
	"runtime"
	"sync"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 16 {
		wg.Go(func() {
			for i := range 400000 {
				mu.Lock()
				n++
				if i%8 == 0 {
					runtime.Gosched()
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	println(n)
}
