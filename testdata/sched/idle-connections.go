// Ten thousand idle connections, or as many as there may be files, cost neither threads nor time; each still answers when
// its turn comes, or its deadline.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

func threads() (n int) {
	b, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(b), "Threads:")
	fmt.Sscan(rest, &n)
	return n
}

func cpu() time.Duration {
	var ru syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &ru)
	return time.Duration(ru.Utime.Nano() + ru.Stime.Nano())
}

func main() {
	n := 10000
	if os.Getenv("SMALL") != "" {
		n = 100
	}
	var lim syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim) == nil {
		n = min(n, int(min(lim.Cur, 1<<30))/2-50)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	served := make(chan net.Conn, 64)
	go func() {
		for range n {
			c, err := l.Accept()
			if err != nil {
				panic(err)
			}
			served <- c
		}
	}()
	var wg sync.WaitGroup
	conns := make([]net.Conn, n)
	for i := range n {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			panic(err)
		}
		conns[i] = c
		s := <-served
		if i%100 == 0 {
			s.SetReadDeadline(time.Now().Add(2 * time.Second))
		}
		wg.Go(func() {
			defer s.Close()
			var b [1]byte
			for {
				if _, err := s.Read(b[:]); err != nil {
					if i%100 == 0 != errors.Is(err, os.ErrDeadlineExceeded) {
						fmt.Println("connection", i, "ends with", err)
					}
					return
				}
				b[0]++
				s.Write(b[:])
			}
		})
	}
	before := cpu()
	time.Sleep(300 * time.Millisecond)
	if d := cpu() - before; d > 60*time.Millisecond {
		fmt.Println("idle for 300 ms, and it took", d)
	}
	if t := threads(); t > 150 {
		fmt.Println(t, "threads")
	}
	for i, c := range conns {
		b := [1]byte{byte(i)}
		if i%7 == 1 && i%100 != 0 {
			c.Write(b[:])
			c.Read(b[:])
			if b[0] != byte(i)+1 {
				fmt.Println("connection", i, "answered", b[0])
			}
		}
	}
	for i, c := range conns {
		if i%100 != 0 {
			c.Close()
		}
	}
	wg.Wait()
	runtime.KeepAlive(conns) // else the collector closes the silent ones
	fmt.Println("done")
}
