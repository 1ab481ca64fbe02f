// Goexit of the main goroutine lets the others run; when they are done it is a deadlock.
package main

import "runtime"

func main() {
	c := make(chan int)
	go func() { println("other", <-c) }()
	defer func() { println("deferred", recover() == nil); c <- 5 }()
	runtime.Goexit()
}
