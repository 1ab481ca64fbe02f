// A goroutine is started and ends, over and over.
package main

func main() {
	done := make(chan int, 1)
	sum := 0
	for i := range 8000000 {
		go func() { done <- i }()
		sum += <-done
	}
	println(sum)
}
