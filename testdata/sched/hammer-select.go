// Senders, receivers and closers meet in selects over channels with and without room: every value arrives once, every close is
// seen by all, and senders that a close finds waiting panic.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

func main() {
	rounds := 400
	if os.Getenv("SMALL") != "" {
		rounds = 30
	}
	var sent, got, values atomic.Int64
	for r := range rounds {
		var cs [4]chan int
		for i := range cs {
			cs[i] = make(chan int, i%3)
		}
		stop := make(chan bool)
		var senders, receivers sync.WaitGroup
		for i := range 6 {
			senders.Go(func() {
				for k := range 100 {
					v := i*1000 + k
					select {
					case cs[k%4] <- v:
					case cs[(k+i)%4] <- v:
					case cs[(k+r)%4] <- v:
					}
					sent.Add(int64(v))
				}
			})
		}
		for i := range 5 {
			receivers.Go(func() {
				closed := false
				for !closed {
					var v int
					select {
					case v = <-cs[0]:
					case v = <-cs[1]:
					case v = <-cs[2]:
					case v = <-cs[3]:
					case <-stop:
						closed = true
						continue
					}
					got.Add(int64(v))
					values.Add(1)
					if i == 0 {
						runtime.Gosched()
					}
				}
				for _, c := range cs { // what is left in the buffers
					for len(c) > 0 {
						select {
						case v := <-c:
							got.Add(int64(v))
							values.Add(1)
						default:
						}
					}
				}
			})
		}
		senders.Wait()
		close(stop)
		receivers.Wait()
	}
	fmt.Println("sent and received:", sent.Load() == got.Load(), values.Load() == int64(rounds)*600)

	// Whoever waits to send when the channel closes panics, in a select too.
	var sends, panics atomic.Int64
	for range rounds * 10 {
		c, other := make(chan int), make(chan int)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				defer func() {
					if recover() != nil {
						panics.Add(1)
					}
				}()
				if i%2 == 0 {
					c <- i
				} else {
					select {
					case c <- i:
					case other <- i:
					}
				}
				sends.Add(1)
			})
		}
		<-c
		wg.Go(func() { close(c) })
		wg.Wait()
	}
	fmt.Println("one is received, the others panic:", sends.Load() == int64(rounds)*10, panics.Load() == int64(rounds)*30)

	// Goroutines that receive, and select, see a close, each once.
	var seen atomic.Int64
	for range rounds * 10 {
		c := make(chan int)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				switch i % 3 {
				case 0:
					for range c {
					}
				case 1:
					<-c
				case 2:
					select {
					case _, ok := <-c:
						if ok {
							panic("a value")
						}
					case _, ok := <-c:
						if ok {
							panic("a value")
						}
					}
				}
				seen.Add(1)
			})
		}
		runtime.Gosched()
		close(c)
		wg.Wait()
	}
	fmt.Println("closes seen:", seen.Load() == int64(rounds)*60)
}
