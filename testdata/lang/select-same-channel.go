// A select that waits in two cases of one channel is let go on in either.
package main

func main() {
	const n = 200
	c := make(chan int)
	got := make(chan [2]int)
	go func() {
		var k [2]int
		for range n {
			k[<-c]++
		}
		got <- k
	}()
	for range n {
		select {
		case c <- 0:
		case c <- 1:
		}
	}
	k := <-got
	println(k[0] > n/10, k[1] > n/10)

	in := make(chan int)
	go func() {
		for i := range n {
			in <- i
		}
		close(in)
	}()
	var r [3]int
	for x, ok := 0, true; ok; {
		select {
		case x, ok = <-in:
			r[0]++
		case x, ok = <-in:
			r[1]++
		case x, ok = <-in:
			r[2]++
		}
		_ = x
	}
	println(r[0]+r[1]+r[2], r[0] > n/10, r[1] > n/10, r[2] > n/10)
}
