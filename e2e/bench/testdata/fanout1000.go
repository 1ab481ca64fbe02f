// A thousand goroutines are started and waited for with a sync.WaitGroup, over and over.
package main

import (
	"sync"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	for range 4000 {
		var wg sync.WaitGroup
		for i := range 1000 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				n.Add(int64(i))
			}()
		}
		wg.Wait()
	}
	println(n.Load())
}
