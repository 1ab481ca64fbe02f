package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"weak"
)

type big struct {
	p *big
	b [1000]byte
}

//go:noinline
func where(skip int) string {
	_, file, line, ok := runtime.Caller(skip)
	return fmt.Sprint(file[strings.LastIndex(file, "/")+1:], " ", line, " ", ok)
}

func f() string { return where(1) }

func callers() {
	var pcs [10]uintptr
	n := runtime.Callers(1, pcs[:])
	fr := runtime.CallersFrames(pcs[:n])
	for {
		f, more := fr.Next()
		if strings.HasPrefix(f.Function, "main.") {
			fmt.Println(f.Function, f.Line)
		}
		if !more {
			break
		}
	}
}

func main() {
	fmt.Println(f(), where(0), where(1))
	callers()
	func() { callers() }()
	fmt.Println(runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name())
	fmt.Println(runtime.GOOS, runtime.GOARCH, runtime.Compiler, runtime.NumGoroutine(), runtime.Version())

	var wg sync.WaitGroup
	wg.Add(2)
	func() {
		x := &big{}
		runtime.SetFinalizer(x, func(x *big) { wg.Done() })
		y := &big{}
		runtime.AddCleanup(y, func(n int) { fmt.Println("cleanup", n); wg.Done() }, 42)
	}()
	done := make(chan bool)
	go func() { wg.Wait(); close(done) }()
	for i := 0; i < 50; i++ {
		runtime.GC()
		select {
		case <-done:
			i = 100
		case <-time.After(5 * time.Millisecond):
		}
	}
	select {
	case <-done:
		fmt.Println("finalized")
	default:
		fmt.Println("not finalized")
	}
	w := func() weak.Pointer[big] {
		x := &big{}
		w := weak.Make(x)
		fmt.Println(w.Value() == x)
		runtime.KeepAlive(x)
		return w
	}()
	runtime.GC()
	runtime.GC()
	fmt.Println(w.Value() == nil)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(m.NumGC > 0, m.HeapAlloc > 0, m.Mallocs > m.Frees)
	old := debug.SetGCPercent(50)
	fmt.Println(old, debug.SetGCPercent(old))
	s := string(debug.Stack())
	fmt.Println(strings.HasPrefix(s, "goroutine 1 [running]:\n"), strings.Contains(s, "main.main("))
	c := make(chan int)
	go func() {
		defer close(c)
		defer func() { fmt.Println("deferred", recover()) }()
		runtime.Goexit()
	}()
	<-c
	func() {
		defer func() {
			e := recover().(runtime.Error)
			fmt.Println(e, reflect.TypeOf(e))
		}()
		var a []int
		_ = a[len(os.Args)+4]
	}()
	func() {
		defer func() {
			e := recover().(*runtime.TypeAssertionError)
			fmt.Println(e)
		}()
		var a any = 5
		_ = a.(string)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var m map[string]int
		m["x"] = 1
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		panic(fmt.Errorf("e %d", 1))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		m := map[any]int{}
		m[[]int{1}] = 2
	}()
}
