// A timer set on a worker that sleeps now, or holds no token, fires all the same while another one runs a loop.
package main

import (
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	for range 10 {
		var flag atomic.Bool
		go func() { time.Sleep(2 * time.Millisecond); flag.Store(true) }()
		ts := syscall.Timespec{Nsec: 1e6}
		syscall.Nanosleep(&ts, nil) // meanwhile somebody else runs the goroutine
		runtime.Gosched()
		for !flag.Load() {
		}
	}
	println("done")
}
