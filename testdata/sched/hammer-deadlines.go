// Deadlines of connections pass, move and are lifted while others read and write, and connections are closed under them.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

func pair(l net.Listener) (a, b net.Conn) {
	c := make(chan net.Conn)
	go func() {
		b, err := l.Accept()
		if err != nil {
			panic(err)
		}
		c <- b
	}()
	a, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		panic(err)
	}
	return a, <-c
}

func main() {
	rounds := 500
	if os.Getenv("SMALL") != "" {
		rounds = 50
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	var bytes, timeouts, other atomic.Int64
	for i := range 6 {
		wg.Go(func() {
			a, b := pair(l)
			wg.Go(func() { // reads until everything is there, whatever deadlines pass
				buf := make([]byte, 7)
				for {
					n, err := a.Read(buf)
					bytes.Add(int64(n))
					switch {
					case err == nil:
					case err == io.EOF:
						a.Close()
						return
					case errors.Is(err, os.ErrDeadlineExceeded):
						timeouts.Add(1)
						a.SetReadDeadline(time.Time{})
					default:
						other.Add(1)
						return
					}
				}
			})
			stop := make(chan bool)
			var setter sync.WaitGroup
			setter.Go(func() { // moves them
				for k := 0; ; k++ {
					select {
					case <-stop:
						return
					default:
					}
					a.SetReadDeadline(time.Now().Add(time.Duration(k%3-1) * 50 * time.Microsecond))
					time.Sleep(20 * time.Microsecond)
				}
			})
			for k := range rounds {
				b.Write(make([]byte, 10))
				if k%4 == i%4 {
					time.Sleep(100 * time.Microsecond)
				}
			}
			b.Close()
			close(stop)
			setter.Wait()
			a.SetReadDeadline(time.Time{})
		})
	}
	wg.Wait()
	fmt.Println("bytes:", bytes.Load() == int64(60*rounds), "other errors:", other.Load())

	// A reader that waits, one whose deadline passes, and one who is closed.
	closed, passed := 0, 0
	for k := range rounds {
		a, b := pair(l)
		done := make(chan error, 2)
		go func() { _, err := a.Read(make([]byte, 1)); done <- err }()
		if k%2 == 0 {
			a.SetDeadline(time.Now().Add(time.Duration(k%3) * 100 * time.Microsecond))
		} else {
			go a.Close()
		}
		switch err := <-done; {
		case errors.Is(err, os.ErrDeadlineExceeded):
			passed++
		case errors.Is(err, net.ErrClosed):
			closed++
		default:
			fmt.Println(err)
		}
		a.Close()
		b.Close()
	}
	fmt.Println("passed:", passed == (rounds+1)/2, "closed:", closed == rounds/2)

	// A writer whose peer does not read comes back at its deadline.
	a, b := pair(l)
	a.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
	n := 0
	for err = nil; err == nil; n++ {
		_, err = a.Write(make([]byte, 1<<16))
	}
	fmt.Println("write:", errors.Is(err, os.ErrDeadlineExceeded), n > 1)
	b.Close()
	a.Close()
	l.Close()
	_, err = l.Accept()
	fmt.Println("accept:", errors.Is(err, net.ErrClosed))
}
