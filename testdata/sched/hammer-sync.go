// Package sync with many goroutines: a bounded buffer of sync.Cond, readers and writers of an RWMutex, TryLock, a WaitGroup used
// again and again, semaphores that many wait for.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// A buffer is a queue of bounded length.
type buffer struct {
	mu              sync.Mutex
	notEmpty, space sync.Cond
	items           []int
}

func (b *buffer) put(x int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 3 {
		b.space.Wait()
	}
	b.items = append(b.items, x)
	b.notEmpty.Signal()
}

func (b *buffer) get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 {
		b.notEmpty.Wait()
	}
	x := b.items[0]
	b.items = b.items[1:]
	b.space.Broadcast()
	return x
}

func main() {
	n := 20000
	if os.Getenv("SMALL") != "" {
		n = 1000
	}
	var wg sync.WaitGroup

	var b buffer
	b.notEmpty.L, b.space.L = &b.mu, &b.mu
	var sum atomic.Int64
	for i := range 6 {
		wg.Go(func() {
			for k := range n {
				b.put(i*n + k)
			}
		})
		wg.Go(func() {
			for range n {
				sum.Add(int64(b.get()))
			}
		})
	}
	wg.Wait()
	fmt.Println("cond:", sum.Load() == int64(6*n)*int64(6*n-1)/2)

	var rw sync.RWMutex
	var in atomic.Int64 // writers: 1000 each
	bad, count := atomic.Int64{}, 0
	for i := range 10 {
		wg.Go(func() {
			for k := range n {
				switch {
				case i < 2 || i == 2 && rw.TryLock():
					if i < 2 {
						rw.Lock()
					}
					if in.Add(1000) != 1000 {
						bad.Add(1)
					}
					count++
					if k%16 == 0 {
						runtime.Gosched()
					}
					in.Add(-1000)
					rw.Unlock()
				case i == 3 && !rw.TryRLock():
					runtime.Gosched()
				default:
					if i != 3 {
						rw.RLock()
					}
					if in.Add(1) >= 1000 {
						bad.Add(1)
					}
					_ = count
					if k%16 == i {
						runtime.Gosched()
					}
					in.Add(-1)
					rw.RUnlock()
				}
			}
		})
	}
	wg.Wait()
	fmt.Println("rwmutex:", bad.Load(), count >= 2*n)

	var again sync.WaitGroup // one waits while the others finish, then all of them begin anew
	turns := atomic.Int64{}
	for k := range n / 5 {
		again.Add(5)
		for range 5 {
			go func() {
				if k%3 == 0 {
					runtime.Gosched()
				}
				turns.Add(1)
				again.Done()
			}()
		}
		for range k % 3 {
			wg.Go(again.Wait)
		}
		again.Wait()
		wg.Wait()
		if turns.Load() != int64(5*(k+1)) {
			panic("Wait returned early")
		}
	}
	fmt.Println("waitgroup:", turns.Load() == int64(n/5*5))

	var locks [7]sync.Mutex
	var held [7]int
	for i := range 12 {
		wg.Go(func() {
			for k := range n {
				x, y := (i+k)%7, (i*3+k*5)%7
				if x > y {
					x, y = y, x
				}
				locks[x].Lock()
				if y != x {
					locks[y].Lock()
				}
				held[x]++
				if k%32 == 0 {
					runtime.Gosched()
				}
				held[y]++
				if y != x {
					locks[y].Unlock()
				}
				locks[x].Unlock()
			}
		})
	}
	wg.Wait()
	total := 0
	for _, h := range held {
		total += h
	}
	fmt.Println("mutexes:", total == 24*n)
}
