// Everybody waits: fatal error, every goroutine with what it waits for.
package main

//go:noinline
func wait(c chan int) int { return <-c }

func main() {
	c := make(chan int)
	println("before")
	defer println("not run")
	wait(c)
}
