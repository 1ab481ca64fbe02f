// Short strings that do not outlive their call, and those that do.
package main

import (
	"runtime"
	"strconv"
)

//go:noinline
func n(s string) int { x, _ := strconv.Atoi(s); return x }

//go:noinline
func l(b []byte) int { b[0]++; return len(b) + int(b[0]) }

var keep []string
var keepb [][]byte

func main() {
	b := []byte("12345")
	t := 0
	for i := range 1000 {
		b[0] = byte('1' + i%9)
		t += n(string(b))
		s := string(b)
		t += l([]byte(s))
		t += n(s[:1] + s[2:])
		u := s + "x"
		if i%100 == 0 {
			keep = append(keep, u[1:])
		}
		v := []byte(s[1:])
		if i%200 == 0 {
			keepb = append(keepb, v)
		}
		var last string
		for j := range 3 {
			c := string(b[j : j+2])
			if j == 1 {
				last = c
			}
			if j == 2 {
				t += n(last)
			}
		}
		long := string(b) + "0000000000000000000000000000000000000000" + s
		t += len(long)
		if i%100 == 0 {
			runtime.GC()
		}
	}
	println(t, len(keep), keep[3], string(keepb[2]))
}
