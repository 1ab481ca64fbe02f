package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				mu.Lock()
				n++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println(n)

	var rw sync.RWMutex
	m := map[int]int{}
	for i := 0; i < 10; i++ {
		wg.Go(func() {
			for j := 0; j < 50; j++ {
				rw.Lock()
				m[i*100+j] = j
				rw.Unlock()
				rw.RLock()
				_ = m[j]
				rw.RUnlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(len(m))

	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once") })
	}
	fmt.Println(sync.OnceValue(func() int { return 7 })())

	c := sync.NewCond(&mu)
	ready := 0
	for i := 0; i < 5; i++ {
		wg.Go(func() {
			mu.Lock()
			for ready == 0 {
				c.Wait()
			}
			ready++
			mu.Unlock()
		})
	}
	time.Sleep(time.Millisecond)
	mu.Lock()
	ready = 1
	mu.Unlock()
	c.Broadcast()
	wg.Wait()
	fmt.Println(ready)

	var sm sync.Map
	for i := 0; i < 100; i++ {
		sm.Store(i, fmt.Sprint(i))
	}
	v, ok := sm.Load(42)
	fmt.Println(v, ok)
	_, loaded := sm.LoadOrStore(42, "x")
	sm.Delete(42)
	_, ok = sm.Load(42)
	cnt := 0
	sm.Range(func(k, v any) bool { cnt++; return true })
	fmt.Println(loaded, ok, cnt)

	p := sync.Pool{New: func() any { return new([64]byte) }}
	x := p.Get().(*[64]byte)
	x[0] = 1
	p.Put(x)
	fmt.Println(len(p.Get().(*[64]byte)))

	var a atomic.Int64
	var ap atomic.Pointer[string]
	s := "hi"
	ap.Store(&s)
	var av atomic.Value
	av.Store([]int{1, 2})
	for i := 0; i < 10; i++ {
		wg.Go(func() { a.Add(int64(i)) })
	}
	wg.Wait()
	fmt.Println(a.Load(), *ap.Load(), av.Load(), ap.CompareAndSwap(&s, nil), ap.Load() == nil)

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))
	case <-time.After(5 * time.Second):
		fmt.Println("too late")
	}
	ctx2, cancel2 := context.WithCancelCause(context.WithValue(context.Background(), "k", 5))
	cancel2(errors.New("why"))
	<-ctx2.Done()
	fmt.Println(ctx2.Value("k"), context.Cause(ctx2), ctx2)
	stop := context.AfterFunc(ctx2, func() { fmt.Println("after") })
	time.Sleep(2 * time.Millisecond)
	fmt.Println(stop())
}
