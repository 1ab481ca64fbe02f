// Deferred calls whose list is kept in the frame: conditional ones, some that wait and some that do not, with what they
// capture alive nowhere else, in frames that are suspended before, between and while they run.
package main

import (
	"runtime"
	"sync"
)

var c = make(chan int)

// y suspends, and others run where its callers' frames were.
func y(x int) int {
	go func() {
		deep(30)
		c <- x
	}()
	return <-c
}

func deep(n int) string {
	if n == 0 {
		return text("deep", 1)
	}
	s := text("d", n)
	return deep(n-1) + s
}

// text makes a string that nobody else holds.
func text(s string, n int) string {
	b := []byte(s)
	for i := range n {
		b = append(b, byte('0'+i%10))
	}
	return string(b)
}

type pair struct {
	n int
	s []string
}

func conditional(bits int, wait bool, end string) (n int, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err, n = r, n+100
		default:
			println("recovered", r.(string))
		}
	}()
	if bits&1 != 0 {
		s := text("one", bits)
		defer println("1:", s)
	}
	if wait {
		n += y(1)
	}
	if bits&2 != 0 {
		p := &pair{bits, []string{text("two", 2), text("deux", 3)}}
		defer func() { println("2:", p.n, p.s[0], p.s[1]); n *= 3 }()
	}
	if bits&4 != 0 {
		s := text("three", 4)
		defer func() { println("3:", y(len(s)), s); n++ }()
	}
	if wait {
		n += y(2)
	}
	runtime.GC()
	if bits&8 != 0 {
		s, t := text("four", bits), text("quatre", bits)
		defer func(a, b string) { println("4:", a, b, s); n += 7 }(t, s+t)
	}
	switch end {
	case "panic":
		panic(text("panic", bits))
	case "error":
		var a []int
		a[bits] = 1
	case "nested":
		defer func() { panic(text("replaced", bits)) }()
		panic("first")
	}
	return n + 10, nil
}

// waits is suspended for the first time while its deferred call runs, which needs what it captured behind that.
func waits(n int) {
	s := text("waits", n)
	defer func() { println(y(1), s) }()
}

var mu sync.Mutex

func locked(f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

// early panics before it has deferred anything, in a frame that held something else before.
func early(p *pair) {
	println(len(p.s))
	defer println("early:", text("x", 1))
	defer func() { println("early too:", p.n) }()
}

func dirty(n int) int {
	var a [40]string
	for i := range a {
		a[i] = text("a", i)
	}
	if n > 0 {
		return dirty(n-1) + len(a[n])
	}
	runtime.GC()
	return len(a[3])
}

func exits(wait bool) {
	done := make(chan string)
	go func() {
		s := text("exit", 3)
		defer func() { done <- s }()
		defer println("exits", text("e", 3))
		if wait {
			y(1)
		}
		defer func() { println("recover:", recover() == nil) }()
		runtime.Goexit()
	}()
	println(<-done)
}

func loop() (s string) {
	for i := range 3 {
		defer func() { s += text("l", i) }()
		y(i)
	}
	return "loop"
}

func main() {
	for bits := range 16 {
		for _, wait := range []bool{false, true} {
			for _, end := range []string{"", "panic", "error", "nested"} {
				n, err := conditional(bits, wait, end)
				if err != nil {
					println(bits, wait, end, n, err.Error())
				} else {
					println(bits, wait, end, n)
				}
			}
		}
	}
	for range 3 {
		locked(func() {})
		locked(func() { y(1) })
		func() {
			defer func() { println(recover().(string)) }()
			locked(func() { panic(text("locked", y(2))) })
		}()
		dirty(5)
		func() {
			defer func() { println(recover().(error).Error()) }()
			early(nil)
		}()
		early(&pair{3, nil})
	}
	waits(3)
	exits(false)
	exits(true)
	println(loop())
	var wg sync.WaitGroup
	n := 0
	for i := range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer locked(func() { y(1); n++ })
			y(i)
		}()
	}
	wg.Wait()
	println(n)
}
