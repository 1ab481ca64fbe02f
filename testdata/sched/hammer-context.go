// Trees of contexts are cancelled at the root, in the middle and by deadlines, while children come and go.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var why = errors.New("because")

func main() {
	rounds := 300
	if os.Getenv("SMALL") != "" {
		rounds = 20
	}
	var wg sync.WaitGroup
	ended, after, wrong := atomic.Int64{}, atomic.Int64{}, atomic.Int64{}
	var grow func(ctx context.Context, depth int)
	grow = func(ctx context.Context, depth int) {
		if depth == 0 {
			wg.Go(func() {
				<-ctx.Done()
				if ctx.Err() == nil || context.Cause(ctx) == nil {
					wrong.Add(1)
				}
				ended.Add(1)
			})
			return
		}
		for i := range 3 {
			switch (depth + i) % 3 {
			case 0:
				c, cancel := context.WithCancel(ctx)
				grow(c, depth-1)
				if i == 2 {
					wg.Go(func() { runtime.Gosched(); cancel() })
				} else {
					context.AfterFunc(c, cancel)
				}
			case 1:
				c, cancel := context.WithTimeout(ctx, time.Duration(i+1)*100*time.Microsecond)
				grow(c, depth-1)
				wg.Go(func() { <-c.Done(); cancel() })
			default:
				grow(context.WithValue(ctx, depth, i), depth-1)
			}
		}
	}
	for r := range rounds {
		root, cancel := context.WithCancelCause(context.Background())
		grow(root, 4)
		wg.Add(1)
		stop := context.AfterFunc(root, func() { after.Add(1); wg.Done() })
		if r%2 == 0 {
			time.Sleep(200 * time.Microsecond)
		}
		if r%4 == 3 && stop() {
			wg.Done()
			after.Add(1)
		}
		for range 3 {
			wg.Go(func() { cancel(why) })
		}
		wg.Wait()
		if context.Cause(root) != why || root.Err() != context.Canceled {
			wrong.Add(1)
		}
	}
	fmt.Println("ended:", ended.Load() == int64(rounds)*81, "after:", after.Load() == int64(rounds), "wrong:", wrong.Load())

	// A child that comes when its parent is being cancelled is cancelled, too.
	for range rounds * 20 {
		parent, cancel := context.WithCancel(context.Background())
		for range 4 {
			wg.Go(func() {
				child, end := context.WithTimeout(parent, time.Hour)
				defer end()
				<-child.Done()
				if child.Err() != context.Canceled {
					wrong.Add(1)
				}
			})
		}
		wg.Go(cancel)
		wg.Wait()
	}
	fmt.Println("wrong:", wrong.Load())
}
