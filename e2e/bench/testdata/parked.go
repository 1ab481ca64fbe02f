// Many goroutines are parked at once, then released.
package main

func main() {
	gate, done := make(chan bool), make(chan int, 16)
	const n = 200000
	for i := range n {
		go func() {
			<-gate
			done <- i & 1
		}()
	}
	close(gate)
	sum := 0
	for range n {
		sum += <-done
	}
	println(sum)
}
