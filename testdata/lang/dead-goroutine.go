// A panic in another goroutine ends the program; its creation site is shown.
package main

//go:noinline
func work(n int) {
	if n > 3 {
		panic(n)
	}
}

func main() {
	c := make(chan bool)
	go func() {
		for i := range 10 {
			work(i)
		}
		c <- true
	}()
	<-c
	println("not reached")
}
