// Two goroutines yield to each other with runtime.Gosched.
package main

import "runtime"

func main() {
	done := make(chan bool)
	yield := func() {
		for range 9000000 {
			runtime.Gosched()
		}
		done <- true
	}
	go yield()
	go yield()
	<-done
	<-done
	println("done")
}
