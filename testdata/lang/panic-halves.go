// A method that is cut in two fails in its first half; the traceback has its line, and the names of functions that the host
// inlines into one.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

type lock struct {
	held bool
	c    chan int
}

func (l *lock) take(n int) {
	if l.held {
		l.c <- n
	}
}

func (l *lock) two(n int) {
	n++

	if n > 3 && l.held {
		l.c <- n
	}
}

func lines(f func()) {
	defer func() {
		recover()
		pc := make([]uintptr, 20)
		fr := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
		for {
			f, more := fr.Next()
			if !strings.HasPrefix(f.Function, "internal/sync.") { // rtgen's sync.Mutex does by itself what it can
				fmt.Println(f.Function, f.Line)
			}
			if !more {
				break
			}
		}
	}()
	f()
}

func main() {
	var l *lock
	lines(func() { l.take(1) })
	lines(func() { l.two(5) })

	// Callers try the first half of these by name.
	var m *sync.Mutex
	lines(func() { m.Lock() })
	lines(func() { m.Unlock() })
	var t *struct {
		pad [4096]byte
		rw  sync.RWMutex
	}
	lines(func() {
		n := 1
		t.rw.RLock()
		n++
	})
}
