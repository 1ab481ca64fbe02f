// What goroutines touch without locked instructions while one worker is awake, as workers come and go: now and then a goroutine
// blocks its worker in a system call, or computes for so long that another one is woken, and then both run.
package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	sink   atomic.Uint64
	nobody struct {
		*sync.Mutex
		rw *sync.RWMutex
		wg *sync.WaitGroup
	}
)

// fail has f panic in the midst of what needs no locked instruction.
func fail(f func()) {
	defer func() {
		if recover() == nil {
			panic("no panic")
		}
	}()
	f()
}

// disturb has another worker woken.
func disturb(k int) {
	var pipe [2]int
	if err := syscall.Pipe(pipe[:]); err != nil {
		panic(err)
	}
	var b [1]byte
	go func() { // on another worker
		syscall.Write(pipe[1], b[:])
		syscall.Close(pipe[1])
	}()
	switch k % 3 {
	case 0:
		fail(func() { nobody.Lock() })
	case 1:
		fail(func() { nobody.rw.RLock() })
	case 2:
		fail(func() { nobody.wg.Add(1) })
	}
	if n, err := syscall.Read(pipe[0], b[:]); n != 1 {
		panic(err)
	}
	syscall.Close(pipe[0])
	if k%2 == 0 {
		ts := syscall.NsecToTimespec(100e3)
		syscall.Nanosleep(&ts, nil)
		return
	}
	x := uint64(k) | 1
	for range 300000 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	sink.Add(x)
}

func main() {
	rounds := 400
	if os.Getenv("SMALL") != "" {
		rounds = 20
	}
	const each = 40
	var mu sync.Mutex
	var rw sync.RWMutex
	var once sync.Once
	var pool = sync.Pool{New: func() any { return new(int) }}
	locked, written, onces := 0, 0, 0
	for round := range rounds {
		var wg sync.WaitGroup
		c, sum := make(chan int), 0
		timers := make([]*time.Timer, each)
		for i := range timers {
			timers[i] = time.AfterFunc(time.Hour, func() {})
		}
		for k := range 6 {
			wg.Go(func() {
				if k == round%6 {
					disturb(round)
				}
				for i := range each {
					mu.Lock()
					locked++
					mu.Unlock()
					rw.RLock()
					_ = written
					rw.RUnlock()
					rw.Lock()
					written++
					rw.Unlock()
					timers[(i+k)%each].Reset(time.Hour)
					p := pool.Get().(*int)
					*p++
					pool.Put(p)
					once.Do(func() { onces++ })
					select {
					case c <- 1:
					case n := <-c:
						mu.Lock()
						sum += n
						mu.Unlock()
					}
				}
			})
		}
		stop := make(chan bool)
		go func() { // takes what is left over
			for {
				select {
				case n := <-c:
					mu.Lock()
					sum += n
					mu.Unlock()
				case c <- 0:
				case <-stop:
					return
				}
			}
		}()
		wg.Wait()
		stop <- true
		for _, t := range timers {
			if !t.Stop() {
				panic("a timer was not pending")
			}
		}
		if locked != (round+1)*6*each || written != locked || onces != 1 {
			panic(fmt.Sprint(round, ": ", locked, " ", written, " ", onces))
		}
	}
	fmt.Println(locked == rounds*6*each, written == locked)
}
