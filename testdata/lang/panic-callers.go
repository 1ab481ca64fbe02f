package main

// A deferred call sees the frames that panicked, also after it has waited.

import (
	"runtime"
	"strings"
)

var c = make(chan int)

// raises are the runtime's functions that panic.
var raises = map[string]bool{"runtime.gopanic": true, "runtime.panicmem": true, "runtime.sigpanic": true, "runtime.panicdivide": true}

func show(what string) {
	pcs := make([]uintptr, 50)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	println(what)
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			println("\t", f.Function, f.Line)
		} else if raises[f.Function] {
			println("\t", f.Function)
		}
		if !more {
			return
		}
	}
}

func wait() {
	go func() { c <- 1 }()
	<-c
}

func inner(p *int) {
	println(*p)
}

func outer(p *int, wait1, wait2 func()) {
	defer func() {
		wait1()
		show("before recover")
		println(recover().(error).Error())
		wait2()
		show("after recover")
	}()
	inner(p)
}

func divide(n int, w func()) {
	defer func() {
		w()
		show("division")
		println(recover().(error).Error())
	}()
	defer func() {
		defer func() {
			w()
			show("dereference during division")
			println(recover().(error).Error())
		}()
		inner(nil)
	}()
	println(1 / n)
}

func nested(w func()) {
	defer func() {
		w()
		println(recover().(string))
	}()
	defer func() {
		w()
		defer func() {
			w()
			show("nested")
		}()
		w()
		panic("second")
	}()
	panic("first")
}

func main() {
	none := func() {}
	outer(nil, none, none)
	outer(nil, wait, none)
	outer(nil, none, wait)
	outer(nil, wait, wait)
	divide(0, none)
	divide(0, wait)
	nested(none)
	nested(wait)
}
