package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); io.Copy(c, c) }()
		}
	}()
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				fmt.Println(err)
				return
			}
			defer c.Close()
			r := bufio.NewReader(c)
			for j := 0; j < 200; j++ {
				fmt.Fprintf(c, "hello %d %d\n", i, j)
				s, err := r.ReadString('\n')
				if err != nil || s != fmt.Sprintf("hello %d %d\n", i, j) {
					fmt.Println("bad", s, err)
					return
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("echoed")
	// deadlines
	c, _ := net.Dial("tcp", l.Addr().String())
	c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = c.Read(make([]byte, 1))
	ne, _ := err.(net.Error)
	fmt.Println(ne != nil && ne.Timeout(), os.IsTimeout(err))
	c.SetReadDeadline(time.Time{})
	go func() { time.Sleep(3 * time.Millisecond); c.Close() }()
	_, err = c.Read(make([]byte, 1))
	fmt.Println(err != nil)
	l.Close()
	_, err = l.Accept()
	fmt.Println(err != nil)
	a, b := net.Pipe()
	go func() { a.Write([]byte("pipe")); a.Close() }()
	x, _ := io.ReadAll(b)
	fmt.Println(string(x))
	r, w, _ := os.Pipe()
	go func() { time.Sleep(time.Millisecond); w.Write([]byte("ospipe")); w.Close() }()
	x, _ = io.ReadAll(r)
	fmt.Println(string(x))
}
