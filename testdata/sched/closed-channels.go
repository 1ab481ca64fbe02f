package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	ch := make(chan int)
	res := make(chan any)
	go func() {
		defer func() { res <- recover() }()
		ch <- 1
	}()
	time.Sleep(time.Millisecond)
	close(ch)
	e := <-res
	fmt.Println(e)
	_, ok := e.(runtime.Error)
	fmt.Println(ok)
	ch = make(chan int)
	go func() {
		defer func() { res <- recover() }()
		select {
		case ch <- 1:
		case <-make(chan int):
		}
	}()
	time.Sleep(time.Millisecond)
	close(ch)
	fmt.Println(<-res)
	try := func(f func()) {
		defer func() { fmt.Println(recover()) }()
		f()
	}
	try(func() { close(ch) })
	try(func() { var c chan int; close(c) })
	try(func() { ch <- 1 })
	try(func() {
		select {
		case ch <- 1:
		default:
		}
	})
	n := -1
	try(func() { _ = make(chan int, n) })
	try(func() { _ = make([]int, n) })
	type big [100]int
	bc := make(chan big)
	go func() {
		for i := range 10 {
			var b big
			b[99] = i
			bc <- b
		}
		close(bc)
	}()
	for b := range bc {
		fmt.Print(b[99], " ")
	}
	fmt.Println()
	b1, b2 := make(chan big), make(chan big)
	go func() {
		for i := range 20 {
			var b big
			b[50] = i
			select {
			case b1 <- b:
			case b2 <- b:
			}
		}
		close(b1)
	}()
	s := 0
	for done := false; !done; {
		select {
		case b, ok := <-b1:
			if !ok {
				done = true
			} else {
				s += b[50]
			}
		case b := <-b2:
			s += b[50]
		}
	}
	fmt.Println(s)
	sc := make(chan string, 2)
	go func() {
		for i := range 5 {
			sc <- fmt.Sprint("s", i)
		}
		close(sc)
	}()
	for x := range sc {
		fmt.Print(x, " ")
	}
	fmt.Println(len(sc), cap(sc))
}
