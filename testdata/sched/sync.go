package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 2000; j++ {
				mu.Lock()
				n++
				if j%100 == 0 {
					runtime.Gosched()
				}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println(n)

	var rw sync.RWMutex
	m := map[int]int{}
	for i := 0; i < 20; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for j := 0; j < 500; j++ {
				rw.Lock()
				m[j] += i
				rw.Unlock()
			}
		}()
		go func() {
			defer wg.Done()
			for j := 0; j < 500; j++ {
				rw.RLock()
				_ = m[j]
				rw.RUnlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(m), m[7])

	c := sync.NewCond(&mu)
	ready := 0
	done := make(chan bool)
	for i := 0; i < 10; i++ {
		go func() {
			mu.Lock()
			ready++
			c.Wait()
			mu.Unlock()
			done <- true
		}()
	}
	for {
		mu.Lock()
		r := ready
		mu.Unlock()
		if r == 10 {
			break
		}
		runtime.Gosched()
	}
	mu.Lock()
	c.Signal()
	mu.Unlock()
	<-done
	mu.Lock()
	c.Broadcast()
	mu.Unlock()
	for i := 0; i < 9; i++ {
		<-done
	}
	fmt.Println("cond ok")

	var once sync.Once
	var k atomic.Int32
	for i := 0; i < 20; i++ {
		wg.Go(func() { once.Do(func() { time.Sleep(time.Millisecond); k.Add(1) }) })
	}
	wg.Wait()
	fmt.Println("once", k.Load())

	p := sync.Pool{New: func() any { k.Add(1); return new([64]int) }}
	for i := 0; i < 20; i++ {
		wg.Go(func() {
			for j := 0; j < 1000; j++ {
				x := p.Get().(*[64]int)
				x[0]++
				if j%100 == 0 {
					runtime.Gosched()
				}
				p.Put(x)
			}
		})
	}
	wg.Wait()
	fmt.Println("pool ok")

	var sm sync.Map
	for i := 0; i < 10; i++ {
		wg.Go(func() {
			for j := 0; j < 300; j++ {
				sm.LoadOrStore(j, i)
				sm.Load(j)
			}
		})
	}
	wg.Wait()
	cnt := 0
	sm.Range(func(k, v any) bool { cnt++; return true })
	fmt.Println("map", cnt)
	// spin on atomics
	var flag atomic.Bool
	go func() { time.Sleep(time.Millisecond); flag.Store(true) }()
	for !flag.Load() {
	}
	fmt.Println("spun")
	for runtime.NumGoroutine() > 1 { // who set the flag may not have ended yet
		runtime.Gosched()
	}
	fmt.Println(runtime.NumGoroutine())
}
