// Select in all its forms.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}
func ch(s string, c chan int) chan int { print(s, " "); return c }
func val(s string, n int) int          { print(s, " "); return n }

type T struct {
	a [4]int
	s string
}

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	select {
	case v := <-a:
		println("a", v)
	default:
		println("default")
	}
	a <- 5
	select {
	case v, ok := <-a:
		println("a", v, ok)
	case <-b:
		println("b")
	default:
		println("no")
	}
	for len(b) > 0 {
		<-b
	}
	for len(a) > 0 {
		<-a
	}
	// All channel and value expressions are evaluated once, in source order.
	select {
	case <-ch("c1", nil):
	case ch("c2", nil) <- val("v2", 1):
	case ch("c3", a) <- val("v3", 3):
		println("sent")
	case v := <-ch("c4", nil):
		println(v)
	}
	println(<-a)
	// A nil channel never proceeds, a closed one always does.
	var nilc chan int
	closed := make(chan int)
	close(closed)
	select {
	case <-nilc:
		println("nil")
	case v, ok := <-closed:
		println("closed", v, ok)
	}
	func() {
		defer func() { println(recover().(error).Error()) }()
		select {
		case closed <- 1:
		default:
		}
	}()
	// The left side of a receive is evaluated only when chosen.
	m := map[string]int{}
	idx := func(s string) string { print("idx ", s, " "); return s }
	a <- 7
	select {
	case m[idx("a")] = <-a:
	case m[idx("nil")] = <-nilc:
	}
	println(m["a"], len(m))
	var arr [3]int
	var ok bool
	select {
	case arr[y(1)], ok = <-closed:
		println("arr", arr[1], ok)
	}
	// Blocking until another goroutine acts.
	u, done := make(chan T), make(chan bool)
	go func() {
		for i := range 3 {
			u <- T{[4]int{i, 1, 2, 3}, "s"}
		}
		close(done)
	}()
	n := 0
loop:
	for {
		select {
		case t := <-u:
			n += t.a[0] + t.a[3] + len(t.s)
		case <-done:
			break loop
		}
	}
	println("n", n)
	// break leaves the select, continue the loop.
	for i := 0; i < 4; i++ {
		select {
		case a <- i:
			if i == 1 {
				break
			}
			if i == 2 {
				<-a
				continue
			}
			print("after ", i, " ")
			<-a
		default:
			print("full ", i, " ")
			<-a
		}
		print("loop ", i, " ")
	}
	println()
	// Unbuffered on both sides, sender in select too.
	x, z := make(chan int), make(chan string)
	go func() {
		for i := range 4 {
			select {
			case x <- i:
			case z <- "z":
			}
		}
		close(z)
	}()
	sum := 0
	for range 4 {
		sum += <-x
	}
	_, ok = <-z
	println("sum", sum, ok)
	// The same channel in several cases.
	got := 0
	for i := range 20 {
		c := make(chan int, 1)
		select {
		case c <- i:
			got++
		case c <- -i:
			got++
		}
		select {
		case v := <-c:
			got += v * v
		case v := <-c:
			got += v * v
		}
	}
	println("got", got)
	// Both directions on one channel in one select do not meet each other.
	one := make(chan int)
	select {
	case one <- 1:
		println("met itself")
	case <-one:
		println("met itself")
	default:
		println("alone")
	}
	// Suspension in the operands.
	cs := []chan int{make(chan int, 1), make(chan int, 1)}
	select {
	case cs[y(0)] <- y(11):
	}
	select {
	case v := <-cs[y(0)]:
		println(v + y(1))
	case v := <-cs[y(1)]:
		println("no", v)
	}
	// Select in a function that returns from its cases.
	f := func(c chan int) (r int, err string) {
		defer func() { r += 100 }()
		for {
			select {
			case v, ok := <-c:
				if !ok {
					return r, "closed"
				}
				r += v
				if v == 3 {
					return r, "three"
				}
			}
		}
	}
	c := make(chan int)
	go func() { c <- 1; c <- 2; close(c) }()
	println(f(c))
	c = make(chan int)
	go func() { c <- 1; c <- 3 }()
	println(f(c))
	// Fairness: each ready case is chosen at some time.
	seen := [2]bool{}
	for range 1000 {
		select {
		case <-closed:
			seen[0] = true
		case <-closed:
			seen[1] = true
		}
	}
	println(seen[0], seen[1])
	// Conversions on send and receive of directed channels.
	var send chan<- any = make(chan any, 1)
	select {
	case send <- 5:
		println("any sent")
	}
	select {}
}
