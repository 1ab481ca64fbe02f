// A TCP client and a server on loopback send 64 bytes back and forth over one connection.
package main

import (
	"io"
	"net"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		c, err := l.Accept()
		check(err)
		io.Copy(struct{ io.Writer }{c}, struct{ io.Reader }{c})
		c.Close()
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	check(err)
	var b [64]byte
	sum := 0
	for i := range 60000 {
		b[0] = byte(i)
		_, err := c.Write(b[:])
		check(err)
		_, err = io.ReadFull(c, b[:])
		check(err)
		sum += int(b[0])
	}
	c.Close()
	println(sum)
}
