// Timers are stopped and reset by many while they fire: as of Go 1.23 there is no value of an old setting behind Stop or Reset, and
// each setting of a func either runs or was stopped.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	rounds := 1500
	if os.Getenv("SMALL") != "" {
		rounds = 150
	}
	us := func(n int) time.Duration { return time.Duration(n) * time.Microsecond }

	var wg sync.WaitGroup
	stale, early := atomic.Int64{}, atomic.Int64{}
	for i := range 8 {
		wg.Go(func() {
			t := time.NewTimer(time.Hour)
			for k := range rounds {
				t.Reset(us((k * 7) % 40))
				if k%3 == 0 {
					time.Sleep(us(k % 50))
				} else {
					runtime.Gosched()
				}
				if k%2 == 0 {
					t.Stop()
					select {
					case <-t.C:
						stale.Add(1)
					default:
					}
					continue
				}
				at := time.Now()
				t.Reset(us(100))
				select {
				case <-t.C:
					if time.Since(at) < us(100) {
						early.Add(1)
					}
				case <-time.After(time.Minute):
					panic("the timer does not fire")
				}
			}
			if i == 0 {
				t.Reset(0)
				<-t.C
			}
		})
	}
	wg.Wait()
	fmt.Println("stale:", stale.Load(), "early:", early.Load())

	// Others reset and stop the timer whose channel somebody waits on.
	for range 4 {
		t, over := time.NewTimer(us(10)), make(chan bool)
		for i := range 3 {
			wg.Go(func() {
				for k := range rounds {
					if (k+i)%2 == 0 {
						t.Stop()
					} else {
						t.Reset(us(k % 30))
					}
					if k%8 == 0 {
						runtime.Gosched()
					}
				}
			})
		}
		go func() {
			for {
				select {
				case <-t.C:
				case <-over:
					over <- true
					return
				}
			}
		}()
		wg.Wait()
		over <- true
		<-over
		t.Reset(1)
		<-t.C
	}
	fmt.Println("shared: over")

	// Each setting runs, or somebody hears that it was stopped.
	var ran, set, stopped atomic.Int64
	for range 6 {
		wg.Go(func() {
			for k := range rounds {
				var one sync.WaitGroup
				one.Add(1)
				set.Add(1)
				t := time.AfterFunc(us(k%20), func() { ran.Add(1); one.Done() })
				if k%4 != 0 {
					time.Sleep(us(k % 25))
				}
				if k%5 == 0 {
					one.Add(1)
					set.Add(1)
					if t.Reset(us(k % 10)) {
						stopped.Add(1)
						one.Done()
					}
				}
				if t.Stop() {
					stopped.Add(1)
					one.Done()
				}
				one.Wait()
			}
		})
	}
	wg.Wait()
	fmt.Println("ran or stopped:", ran.Load()+stopped.Load() == set.Load())

	tick := time.NewTicker(us(50))
	for range 3 {
		wg.Go(func() {
			for k := range rounds / 10 {
				tick.Reset(us(20 + k%50))
				runtime.Gosched()
			}
		})
	}
	for range rounds / 10 {
		<-tick.C
	}
	wg.Wait()
	tick.Stop()
	select {
	case <-tick.C:
		fmt.Println("a tick behind Stop")
	default:
		fmt.Println("ticks: over")
	}
}
