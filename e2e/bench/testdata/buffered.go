// One goroutine sends to another through a channel with room for 128 values.
package main

func main() {
	c := make(chan int, 128)
	go func() {
		for i := range 24000000 {
			c <- i
		}
		close(c)
	}()
	sum := 0
	for v := range c {
		sum += v
	}
	println(sum)
}
