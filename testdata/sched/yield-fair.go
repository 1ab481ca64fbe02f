// A goroutine that yields in a loop lets every other one run, also the one readied last while a collection is due.
package main

import (
	"runtime"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	ready := 0
	done := make(chan bool)
	for i := 0; i < 3; i++ {
		go func() {
			mu.Lock()
			ready++
			mu.Unlock()
			done <- true
		}()
	}
	for begin := time.Now(); ; {
		mu.Lock()
		r := ready
		mu.Unlock()
		if r == 3 {
			break
		}
		if time.Since(begin) > 10*time.Second { // a busy machine may keep a worker from its processor for long
			panic("a runnable goroutine never ran")
		}
		runtime.Gosched()
	}
	for i := 0; i < 3; i++ {
		<-done
	}
	println("ok")
}
