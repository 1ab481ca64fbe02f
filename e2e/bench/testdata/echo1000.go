// A TCP server on loopback echoes 32 bytes to each of 1,000 connections in turn: the ratio of wall time is stock's
// requests per second over ours.
package main

import (
	"io"
	"net"
	"sync"
)

const (
	conns    = 1000
	requests = 40
)

func serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			var b [32]byte
			for {
				n, err := c.Read(b[:])
				if err != nil {
					return
				}
				if _, err = c.Write(b[:n]); err != nil {
					return
				}
			}
		}()
	}
}

func client(addr string, ready *sync.WaitGroup, start chan bool) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		panic(err)
	}
	defer c.Close()
	ready.Done()
	<-start
	var b [32]byte
	for i := range requests {
		b[0] = byte(i)
		if _, err := c.Write(b[:]); err != nil {
			panic(err)
		}
		if _, err := io.ReadFull(c, b[:]); err != nil || b[0] != byte(i) {
			panic("wrong echo")
		}
	}
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(l)
	var ready, done sync.WaitGroup
	ready.Add(conns)
	start := make(chan bool)
	for range conns {
		done.Go(func() { client(l.Addr().String(), &ready, start) })
	}
	ready.Wait()
	close(start)
	done.Wait()
	l.Close()
	println("done")
}
