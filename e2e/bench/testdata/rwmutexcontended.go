// Fourteen readers and two writers share one sync.RWMutex, and yield while they hold it now and then.
package main

import (
	"runtime"
	"sync"
)

func main() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	n := 0
	for k := range 16 {
		wg.Go(func() {
			for i := range 240000 {
				if k < 2 {
					mu.Lock()
					n++
					if i%8 == 0 {
						runtime.Gosched()
					}
					mu.Unlock()
					continue
				}
				mu.RLock()
				if n < 0 {
					panic("negative")
				}
				if i%8 == 0 {
					runtime.Gosched()
				}
				mu.RUnlock()
			}
		})
	}
	wg.Wait()
	println(n)
}
