// Channels, select, mutexes and timers are used by many goroutines at once, first on one processor and then, in the middle of it, on
// four: no value may be lost, come twice, or out of its sender's order.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

type msg struct{ from, seq int }

// order checks that each sender's values come in order, at one receiver.
type order map[int]int

func (o order) see(m msg) {
	if last, ok := o[m.from]; ok && m.seq <= last {
		panic(fmt.Sprint("from ", m.from, ": ", m.seq, " behind ", last))
	}
	o[m.from] = m.seq
}

func main() {
	runtime.GOMAXPROCS(1)
	const senders, n = 6, 4000
	chans := [3]chan msg{make(chan msg), make(chan msg, 1), make(chan msg, 64)}
	var sent, got sync.WaitGroup
	var count, sum, timeouts atomic.Int64
	for s := range senders {
		sent.Go(func() {
			for i := range n {
				m := msg{s, i}
				switch i % 3 {
				case 0:
					chans[0] <- m
				case 1:
					select {
					case chans[1] <- m:
					case chans[2] <- m:
					}
				default:
					select {
					case chans[0] <- m:
					case chans[1] <- m:
					case chans[2] <- m:
					case <-time.After(time.Hour):
						panic("an hour went by")
					}
				}
			}
		})
	}
	for r := range 4 {
		got.Go(func() {
			seen := [3]order{{}, {}, {}}
			open := chans
			for open[0] != nil || open[1] != nil || open[2] != nil {
				var m msg
				var ok bool
				c := 0
				t := time.NewTimer(time.Duration(r*50+1) * time.Microsecond)
				select {
				case m, ok = <-open[0]:
				case m, ok = <-open[1]:
					c = 1
				case m, ok = <-open[2]:
					c = 2
				case <-t.C:
					timeouts.Add(1)
					continue
				}
				t.Stop()
				if !ok {
					open[c] = nil
					continue
				}
				seen[c].see(m)
				count.Add(1)
				sum.Add(int64(m.seq))
			}
		})
	}
	var mu sync.Mutex
	var rw sync.RWMutex
	cond := sync.NewCond(&mu)
	turn, locked := 0, 0
	var rest sync.WaitGroup
	for k := range 4 {
		rest.Go(func() {
			for i := range 300 {
				mu.Lock()
				for turn%4 != k {
					cond.Wait()
				}
				turn++
				mu.Unlock()
				cond.Broadcast()
				if i%4 == k {
					rw.Lock()
					locked++
					rw.Unlock()
				} else {
					rw.RLock()
					runtime.Gosched()
					rw.RUnlock()
				}
			}
		})
	}
	time.Sleep(8 * time.Millisecond)
	runtime.GOMAXPROCS(4)
	sent.Wait()
	for _, c := range chans {
		close(c)
	}
	got.Wait()
	rest.Wait()
	fmt.Println(count.Load() == senders*n, sum.Load() == senders*n*(n-1)/2, turn, locked)
}
