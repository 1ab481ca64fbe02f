// Every way to end a program by a panic or a fatal error; the argument chooses one.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sort"
	"sync"
	"time"
)

type (
	str   string
	num   int
	flt   float64
	cpl   complex128
	yes   bool
	point struct{ x, y int }
	fail  struct{ s string }
	named struct{ s string }
	bad   struct{}
	slow  struct{}
)

func (f fail) Error() string   { return "fail: " + f.s }
func (n named) String() string { return "named\n" + n.s }
func (bad) Error() string      { panic("no text") }
func (slow) Error() string     { time.Sleep(time.Millisecond); return "slow text" }

//go:noinline
func zero() int { return len(os.Args) - 2 }

//go:noinline
func f(g func()) { g() }

func wait() { c := make(chan int); go func() { c <- 1 }(); <-c }

var ways = map[string]func(){
	"string":       func() { panic("boom") },
	"newline":      func() { panic("boom\ngoroutine 7 [running]:\n") },
	"int":          func() { panic(42) },
	"int8":         func() { panic(int8(-4)) },
	"uintptr":      func() { panic(uintptr(42)) },
	"rune":         func() { panic('x') },
	"float":        func() { panic(1.5) },
	"float32":      func() { panic(float32(0.1)) },
	"complex":      func() { panic(1 + 2i) },
	"bool":         func() { panic(true) },
	"str":          func() { panic(str("a\nb")) },
	"num":          func() { panic(num(7)) },
	"flt":          func() { panic(flt(1e100)) },
	"cpl":          func() { panic(cpl(1i)) },
	"yes":          func() { panic(yes(true)) },
	"struct":       func() { panic(point{1, 2}) },
	"pointer":      func() { panic(&point{1, 2}) },
	"slice":        func() { panic([]int{1}) },
	"map":          func() { panic(map[string]int{}) },
	"func":         func() { panic(func(int) string { return "" }) },
	"chan":         func() { panic(make(<-chan int)) },
	"nil":          func() { panic(nil) },
	"error":        func() { panic(fail{"x"}) },
	"wrapped":      func() { panic(fmt.Errorf("wrapped: %w", errors.New("inner"))) },
	"stringer":     func() { panic(named{"second"}) },
	"bad error":    func() { panic(bad{}) },
	"slow error":   func() { panic(slow{}) },
	"nil deref":    func() { var p *point; p.x = zero() },
	"index":        func() { _ = make([]int, 3)[zero()+5] },
	"slice bounds": func() { _ = make([]int, 3)[zero()+5:] },
	"divide":       func() { _ = 1 / zero() },
	"assert":       func() { var x any = 1; _ = x.(string) },
	"assert nil":   func() { var x any; _ = x.(string) },
	"assert iface": func() { var x any = point{}; _ = x.(error) },
	"nil map":      func() { var m map[string]int; m["a"] = 1 },
	"close nil":    func() { var c chan int; close(c) },
	"close closed": func() { c := make(chan int); close(c); close(c) },
	"send closed":  func() { c := make(chan int, 1); close(c); c <- 1 },
	"nil func":     func() { var g func(); g() },
	"deferred": func() {
		defer func() { println("deferred runs") }()
		f(func() { panic("boom") })
	},
	"repanic": func() {
		defer func() { panic(recover()) }()
		panic("a")
	},
	"recovered, other": func() {
		defer func() { recover(); panic("b") }()
		panic("a")
	},
	"nested": func() {
		defer func() { panic("c") }()
		defer func() { panic("b") }()
		panic("a")
	},
	"nested error": func() {
		defer func() { panic(fail{"b"}) }()
		panic(fail{"a"})
	},
	"repanic error": func() {
		defer func() { r := recover(); panic(r) }()
		panic(&fail{"a"})
	},
	"repanic twice": func() {
		defer func() { r := recover(); panic(r) }()
		defer func() { r := recover(); panic(r) }()
		panic(&fail{"a"})
	},
	"runtime error repanic": func() {
		defer func() { r := recover(); panic(r) }()
		var p *point
		p.x = 1
	},
	"in goexit": func() {
		defer func() { panic("after goexit") }()
		runtime.Goexit()
	},
	"suspended": func() {
		defer func() { wait(); println("deferred ran") }()
		wait()
		f(func() { wait(); panic("boom") })
	},
	"goroutine": func() {
		go func() { panic("in goroutine") }()
		select {}
	},
	"deadlock":        func() { f(func() { <-make(chan int) }) },
	"deadlock nil":    func() { var c chan int; <-c },
	"deadlock send":   func() { make(chan int) <- 1 },
	"deadlock select": func() { select {} },
	"deadlock two": func() {
		c, d := make(chan int), make(chan int)
		go func() {
			select {
			case <-c:
			case <-d:
			}
		}()
		<-c
	},
	"deadlock mutex":     func() { var m sync.Mutex; m.Lock(); m.Lock() },
	"deadlock rlock":     func() { var m sync.RWMutex; m.Lock(); m.RLock() },
	"deadlock rwlock":    func() { var m sync.RWMutex; m.RLock(); m.Lock() },
	"deadlock writers":   writers,
	"deadlock waitgroup": func() { var wg sync.WaitGroup; wg.Add(1); wg.Wait() },
	"goexit main":        func() { runtime.Goexit() },
	"unlock":             func() { var m sync.Mutex; m.Unlock() },
	"runlock":            func() { var m sync.RWMutex; m.RUnlock() },
	"unlock in panic":    func() { defer func() { var m sync.Mutex; m.Unlock() }(); panic("first") },
	"waitgroup":          func() { var wg sync.WaitGroup; wg.Done() },
	"exit in defer":      func() { defer os.Exit(7); panic("never printed") },
	"exit":               func() { os.Exit(3) },
	"ok":                 func() { defer func() { println(recover().(string)) }(); panic("fine") },
}

// writers ends with a writer that has waited for another one and waits for a reader now.
func writers() {
	var m sync.RWMutex
	lock := func() { m.Lock() }
	m.RLock()
	go func() {
		m.Lock()
		for range 10 {
			runtime.Gosched()
		}
		m.Unlock()
	}()
	runtime.Gosched()
	go lock()
	runtime.Gosched()
	m.RUnlock()
	m.RLock()
	select {}
}

func main() {
	if len(os.Args) < 2 {
		var names []string
		for n := range ways {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			fmt.Println(n)
		}
		return
	}
	ways[os.Args[1]]()
	println("not reached")
}
