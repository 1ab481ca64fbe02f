// Ten million goroutines are parked at once on channels, a thousand to each, then released. Not a figure of the table: it
// wants 3 GB here and 27 GB of the stock toolchain, for which PARKED=1000000 makes it smaller.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

var done = make(chan int, 1024)

func main() {
	n := 10_000_000
	if s := os.Getenv("PARKED"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	before := resident()
	start := time.Now()
	var gates []chan int
	for i := range n {
		if i%1000 == 0 {
			gates = append(gates, make(chan int))
		}
		gate := gates[len(gates)-1]
		go func() {
			v, _ := <-gate
			done <- v + 1
		}()
	}
	runtime.Gosched()
	parked := time.Now()
	bytes := resident() - before
	go func() {
		for _, c := range gates {
			close(c)
		}
	}()
	sum := 0
	for range n {
		sum += <-done
	}
	end := time.Now()
	fmt.Printf("%d goroutines, %d ended: %d bytes of RSS each; ns each: %d to start and park, %d to wake and end\n", n, sum,
		bytes/n, parked.Sub(start).Nanoseconds()/int64(n), end.Sub(parked).Nanoseconds()/int64(n))
}

// resident is the process's resident set, in bytes.
func resident() int {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		panic(err)
	}
	pages, _ := strconv.Atoi(strings.Fields(string(b))[1])
	return pages * os.Getpagesize()
}
