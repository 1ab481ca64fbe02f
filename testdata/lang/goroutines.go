// Goroutines: pipelines, fan-in, synchronisation, many at once, arguments of go
// statements, panics recovered inside them, values through channels of channels.
package main

func gen(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 2; i < n; i++ {
			c <- i
		}
	}()
	return c
}

func filter(in <-chan int, p int) <-chan int {
	out := make(chan int)
	go func() {
		for v := range in {
			if v%p != 0 {
				out <- v
			}
		}
		close(out)
	}()
	return out
}

func sieve(n int) (sum int) {
	c := gen(n)
	for {
		p, ok := <-c
		if !ok {
			return
		}
		sum += p
		c = filter(c, p)
	}
}

type mutex chan struct{}

func (m mutex) lock()   { m <- struct{}{} }
func (m mutex) unlock() { <-m }

type req struct {
	n     int
	reply chan<- int
}

func server(reqs <-chan req) {
	total := 0
	for r := range reqs {
		total += r.n
		r.reply <- total
	}
}

type T struct{ n int }

func (t *T) work(c chan<- int, k int) { t.n += k; c <- t.n }
func (t T) val(c chan<- int)          { c <- t.n }

type worker interface{ val(chan<- int) }

func tree(depth int) int {
	if depth == 0 {
		return 1
	}
	c := make(chan int)
	for range 2 {
		go func() { c <- tree(depth - 1) }()
	}
	return <-c + <-c + 1
}

func ring(n, laps int) int {
	first := make(chan int)
	in := first
	for range n {
		out := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	v := 0
	for range laps {
		first <- v
		v = <-in
	}
	close(first)
	return v
}

func crash(c chan<- string) {
	defer func() { c <- recover().(error).Error() }()
	var m map[int]int
	m[1] = 1
}

func fib(n int) <-chan int {
	c := make(chan int, 1)
	go func() {
		if n < 2 {
			c <- n
			return
		}
		a, b := fib(n-1), fib(n-2)
		c <- <-a + <-b
	}()
	return c
}

func main() {
	println(sieve(500))
	m := make(mutex, 1)
	done := make(chan bool)
	count := 0
	for i := range 50 {
		go func(k int) {
			for range 20 {
				m.lock()
				c := count
				if k%3 == 0 {
					x := make(chan int)
					go func() { x <- 1 }()
					<-x
				}
				count = c + 1
				m.unlock()
			}
			done <- true
		}(i)
	}
	for range 50 {
		<-done
	}
	println(count)
	reqs := make(chan req)
	go server(reqs)
	for i := range 10 {
		r := make(chan int)
		reqs <- req{i, r}
		print(<-r, " ")
	}
	close(reqs)
	println()
	c := make(chan int, 10)
	t := &T{5}
	go t.val(c)
	t.n = 6
	println(<-c)
	go t.work(c, 4)
	println(<-c, t.n)
	f := t.work
	go f(c, 1)
	println(<-c)
	var w worker = *t
	go w.val(c)
	go T.val(T{99}, c)
	println(<-c + <-c)
	go (func(a int, bs ...string) { c <- a + len(bs) })(1, "a", "b")
	println(<-c)
	println(tree(8), ring(100, 20), <-fib(12))
	s := make(chan string)
	go crash(s)
	println(<-s)
	// Many parked goroutines at once.
	gate, out := make(chan bool), make(chan int)
	for i := range 10000 {
		go func() {
			<-gate
			out <- i
		}()
	}
	close(gate)
	sum := 0
	for range 10000 {
		sum += <-out
	}
	println(sum)
	cc := make(chan chan int, 1)
	go func() { in := <-cc; in <- 42 }()
	in := make(chan int)
	cc <- in
	println(<-in)
	// Buffered channel as a queue, in order.
	q := make(chan int, 4)
	go func() {
		for i := range 20 {
			q <- i
		}
		close(q)
	}()
	last, ordered := -1, true
	for v := range q {
		ordered = ordered && v == last+1
		last = v
	}
	println(ordered, last)
	// Large values through unbuffered channels.
	type big struct {
		a [200]int
		s string
		p *int
	}
	bc := make(chan big)
	n := 7
	go func() {
		for i := range 3 {
			b := big{s: "big", p: &n}
			b.a[199] = i
			bc <- b
		}
		close(bc)
	}()
	for b := range bc {
		print(b.a[199], b.s, *b.p, " ")
	}
	b, ok := <-bc
	println(b.s == "", b.p == nil, ok)
	defer func() {
		println(recover().(error).Error())
	}()
	go func() {
		defer func() { recover(); done <- true }()
		close(bc)
	}()
	<-done
	var nilc chan int
	close(nilc)
}
