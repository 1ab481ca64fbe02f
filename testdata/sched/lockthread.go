// A goroutine that is locked to its thread stays there, whatever it waits for; nothing else runs there, and it ends with the
// goroutine. Goroutine 1 is on the main thread while the program is initialised, and stays if init locks it.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

var atInit = make(chan int)

func init() {
	runtime.LockOSThread()
	go func() { atInit <- 1 }()
	<-atInit
}

func main() {
	fmt.Println("main thread:", syscall.Gettid() == os.Getpid())
	time.Sleep(time.Millisecond)
	fmt.Println("still:", syscall.Gettid() == os.Getpid())

	var wg sync.WaitGroup
	var mu sync.Mutex
	locked := map[int]bool{os.Getpid(): true}
	stop := make(chan bool)
	for range 20 { // these move about
		go func() {
			for {
				select {
				case <-stop:
					return
				default:
					mu.Lock()
					tid := syscall.Gettid()
					if locked[tid] {
						fmt.Println("a stranger on a locked thread")
						os.Exit(1)
					}
					mu.Unlock()
					runtime.Gosched()
				}
			}
		}()
	}
	c := make(chan int)
	for i := range 4 {
		wg.Go(func() {
			runtime.LockOSThread()
			runtime.LockOSThread()
			mu.Lock()
			tid := syscall.Gettid()
			locked[tid] = true
			mu.Unlock()
			for n := range 50 {
				switch n % 5 {
				case 0:
					runtime.Gosched()
				case 1:
					time.Sleep(100 * time.Microsecond)
				case 2:
					if i%2 == 0 {
						c <- n
					} else {
						<-c
					}
				case 3:
					var own sync.WaitGroup
					own.Go(runtime.Gosched)
					own.Wait()
				case 4:
					runtime.UnlockOSThread()
					runtime.LockOSThread()
				}
				if t := syscall.Gettid(); t != tid {
					fmt.Println("moved from thread", tid, "to", t)
					os.Exit(1)
				}
			}
			mu.Lock()
			delete(locked, tid)
			runtime.UnlockOSThread()
			if i%2 == 0 {
				runtime.UnlockOSThread() // the others end locked
			}
			mu.Unlock()
		})
	}
	wg.Wait()
	close(stop)
	end := make(chan int)
	go func() {
		runtime.LockOSThread()
		end <- syscall.Gettid()
	}()
	thread := fmt.Sprint("/proc/self/task/", <-end)
	for _, err := os.Stat(thread); err == nil; _, err = os.Stat(thread) {
		time.Sleep(time.Millisecond)
	}
	fmt.Println("who ends locked takes the thread along")
	fmt.Println("and at the end:", syscall.Gettid() == os.Getpid())
	runtime.UnlockOSThread()
	runtime.UnlockOSThread() // once too often does no harm
	fmt.Println("done")
}
