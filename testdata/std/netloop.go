package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	var wg sync.WaitGroup
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				fmt.Println("accept:", errors.Is(err, net.ErrClosed))
				wg.Done()
				return
			}
			go func() {
				defer c.Close()
				r := bufio.NewReader(c)
				for {
					s, err := r.ReadString('\n')
					if err != nil {
						return
					}
					fmt.Fprint(c, strings.ToUpper(s))
				}
			}()
		}
	}()
	res := make([]string, 20)
	for i := range res {
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
			for j := 0; j < 10; j++ {
				fmt.Fprintf(c, "hello %d %d\n", i, j)
				res[i], _ = r.ReadString('\n')
			}
		}()
	}
	wg.Wait()
	for _, s := range res {
		fmt.Print(s)
	}
	c, _ := net.Dial("tcp", l.Addr().String())
	c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = c.Read(make([]byte, 1))
	var ne net.Error
	fmt.Println(errors.As(err, &ne) && ne.Timeout(), errors.Is(err, os.ErrDeadlineExceeded))
	c.Close()
	wg.Add(1)
	l.Close()
	wg.Wait()
	_, err = net.DialTimeout("tcp", l.Addr().String(), time.Second)
	fmt.Println(err != nil && strings.Contains(err.Error(), "connection refused"))
	u, err := net.ListenPacket("udp", "127.0.0.1:0")
	fmt.Println(err)
	go func() {
		d, _ := net.Dial("udp", u.LocalAddr().String())
		d.Write([]byte("datagram"))
		d.Close()
	}()
	b := make([]byte, 100)
	n, _, err := u.ReadFrom(b)
	fmt.Println(string(b[:n]), err)
	a, bb := net.Pipe()
	go func() { io.WriteString(a, "piped"); a.Close() }()
	x, _ := io.ReadAll(bb)
	fmt.Println(string(x), net.ParseIP("::1"), net.JoinHostPort("h", "1"))
	_, n2, _ := net.ParseCIDR("10.1.2.3/8")
	fmt.Println(n2)
	un, err := net.Listen("unix", os.TempDir()+"/rtgen-"+fmt.Sprint(os.Getpid()))
	fmt.Println(err)
	go func() { c, _ := un.Accept(); io.WriteString(c, "unix"); c.Close() }()
	uc, _ := net.Dial("unix", un.Addr().String())
	x, _ = io.ReadAll(uc)
	fmt.Println(string(x))
	un.Close()
}
