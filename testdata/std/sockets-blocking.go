// A socket that somebody made blocking keeps no worker: reads, writes and deadlines are as before. Large writes and reads, an
// empty read, the end of a stream, a closed peer.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

func pair() (a, b *net.TCPConn) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer l.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	check(err)
	s, err := l.Accept()
	check(err)
	return c.(*net.TCPConn), s.(*net.TCPConn)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func block(c *net.TCPConn) {
	rc, err := c.SyscallConn()
	check(err)
	check(rc.Control(func(fd uintptr) { check(syscall.SetNonblock(int(fd), false)) }))
}

func main() {
	// Many goroutines, one blocking socket each, and somebody who writes later.
	got := make(chan string)
	var peers []*net.TCPConn
	for range 8 {
		a, b := pair()
		block(a)
		peers = append(peers, b)
		go func() {
			var buf [8]byte
			n, err := a.Read(buf[:])
			got <- fmt.Sprintf("%q %v", buf[:n], err)
		}()
	}
	time.Sleep(2 * time.Millisecond)
	for _, b := range peers {
		b.Write([]byte("hello"))
		fmt.Println(<-got)
	}

	a, b := pair()
	n, err := a.Read(nil)
	fmt.Println("empty read", n, err)
	n, err = a.Write(nil)
	fmt.Println("empty write", n, err)
	a.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = a.Read(make([]byte, 1))
	fmt.Println("deadline", errors.Is(err, os.ErrDeadlineExceeded))

	// More than a socket's buffers hold, in pieces of all sizes.
	data := make([]byte, 3<<20)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	go func() {
		for rest, size := data, 1; len(rest) > 0; size = size*3 + 1 {
			n, err := b.Write(rest[:min(size, len(rest))])
			check(err)
			rest = rest[n:]
		}
		b.CloseWrite()
	}()
	a.SetReadDeadline(time.Time{})
	all, err := io.ReadAll(a)
	fmt.Println("all", len(all), bytes.Equal(all, data), err)
	n, err = a.Read(make([]byte, 1))
	fmt.Println("end", n, err)

	b.Close()
	a.Write([]byte("x"))
	for err = nil; err == nil; time.Sleep(time.Millisecond) {
		_, err = a.Write([]byte("y"))
	}
	fmt.Println("closed peer", errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET))
	a.Close()
	_, err = a.Read(make([]byte, 1))
	fmt.Println("closed", errors.Is(err, net.ErrClosed))

	// Datagrams and Unix sockets go the same way.
	u, err := net.ListenPacket("udp", "127.0.0.1:0")
	check(err)
	d, err := net.Dial("udp", u.LocalAddr().String())
	check(err)
	d.Write(nil)
	d.Write([]byte("datagram"))
	buf := make([]byte, 4)
	n, _, err = u.ReadFrom(buf)
	fmt.Println("datagram", n, err)
	n, from, err := u.ReadFrom(buf)
	fmt.Printf("datagram %q %v\n", buf[:n], err)
	u.WriteTo([]byte("reply"), from)
	n, err = d.Read(buf)
	fmt.Printf("datagram %q %v\n", buf[:n], err)
}
