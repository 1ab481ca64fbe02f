package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func main() {
	// Stop before firing
	t := time.NewTimer(time.Hour)
	fmt.Println("stop", t.Stop(), t.Stop())
	// fires, unread; Stop drains
	t = time.NewTimer(time.Millisecond)
	time.Sleep(5 * time.Millisecond)
	fmt.Println("len", len(t.C), cap(t.C))
	fmt.Println("stop after fire", t.Stop())
	select {
	case <-t.C:
		fmt.Println("stale!")
	default:
		fmt.Println("no stale value")
	}
	fmt.Println("reset", t.Reset(time.Millisecond))
	<-t.C
	fmt.Println("got")
	fmt.Println("reset", t.Reset(10*time.Millisecond), t.Reset(time.Millisecond))
	<-t.C
	fmt.Println("stop read", t.Stop())
	// AfterFunc
	var wg sync.WaitGroup
	wg.Add(3)
	for i := range 3 {
		time.AfterFunc(time.Duration(3-i)*60*time.Millisecond, func() { fmt.Println("after", i); wg.Done() })
	}
	wg.Wait()
	// a ticker that is always due
	busy := time.NewTicker(1)
	for range 100 {
		<-busy.C
		select {
		case <-busy.C:
		default:
		}
	}
	busy.Stop()
	fmt.Println("busy ticker")
	// Ticker
	tk := time.NewTicker(2 * time.Millisecond)
	for i := 0; i < 5; i++ {
		<-tk.C
	}
	tk.Stop()
	select {
	case <-tk.C:
		fmt.Println("tick after stop")
	case <-time.After(10 * time.Millisecond):
		fmt.Println("no tick")
	}
	tk.Reset(time.Millisecond)
	<-tk.C
	fmt.Println("tick")
	// Context
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err())
	ctx, cancel = context.WithCancel(context.Background())
	go func() { time.Sleep(time.Millisecond); cancel() }()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err())
	case <-time.After(time.Second):
		fmt.Println("timeout")
	}
	// select with timeout in loop
	ch := make(chan int)
	go func() {
		for i := 0; i < 3; i++ {
			time.Sleep(3 * time.Millisecond)
			ch <- i
		}
		close(ch)
	}()
	n := 0
	for {
		select {
		case v, ok := <-ch:
			if !ok {
				fmt.Println("closed")
				return
			}
			fmt.Println("v", v)
		case <-time.After(time.Second):
			n++
		}
	}
}
