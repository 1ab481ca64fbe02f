// SIGQUIT ends the program with the traces of all its goroutines: parked, asleep, and running in a loop.
package main

import (
	"os"
	"syscall"
	"time"
)

func waiter(c chan int) { <-c }

func spinner() {
	for !time.Now().IsZero() {
	}
}

func main() {
	c := make(chan int)
	go waiter(c)
	go spinner()
	go func() {
		time.Sleep(50 * time.Millisecond)
		syscall.Kill(os.Getpid(), syscall.SIGQUIT)
	}()
	select {}
}
