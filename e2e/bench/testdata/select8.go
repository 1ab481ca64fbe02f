// A goroutine selects among eight unbuffered channels, on each of which another one sends.
package main

func main() {
	var c [8]chan int
	quit := make(chan bool)
	for i := range c {
		c[i] = make(chan int)
		go func() {
			for {
				select {
				case c[i] <- i:
				case <-quit:
					return
				}
			}
		}()
	}
	n := 0
	for range 500000 {
		select {
		case v := <-c[0]:
			n += v & 0
		case v := <-c[1]:
			n += v & 0
		case v := <-c[2]:
			n += v & 0
		case v := <-c[3]:
			n += v & 0
		case v := <-c[4]:
			n += v & 0
		case v := <-c[5]:
			n += v & 0
		case v := <-c[6]:
			n += v & 0
		case v := <-c[7]:
			n += v & 0
		}
		n++
	}
	close(quit)
	println(n)
}
