// Two goroutines hand a value back and forth through unbuffered channels.
package main

func main() {
	a, b := make(chan int), make(chan int)
	go func() {
		for v := range a {
			b <- v + 1
		}
		close(b)
	}()
	v := 0
	for range 2000000 {
		a <- v
		v = <-b
	}
	close(a)
	println(v)
}
