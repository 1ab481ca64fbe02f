package main

// A pointer passed as uintptr to a function that says so is alive until that returns, and no longer.

import (
	"runtime"
	"unsafe"
)

var finalized = make(chan bool, 10)

func object() unsafe.Pointer {
	p := &[4]*int{}
	runtime.SetFinalizer(p, func(*[4]*int) { finalized <- true })
	return unsafe.Pointer(p)
}

func report(when string) {
	runtime.GC()
	runtime.Gosched()
	println(when, len(finalized))
}

func gone(n int) int {
	for range n {
		for len(finalized) == 0 {
			runtime.GC()
			runtime.Gosched()
		}
		<-finalized
	}
	println("gone", n)
	return n
}

//go:noinline
//go:uintptrescapes
func one(p uintptr) int { report("one"); return 1 }

//go:noinline
//go:uintptrescapes
func more(s string, p uintptr, rest ...uintptr) { report(s) }

type T struct{}

//go:noinline
//go:uintptrescapes
func (T) method(s string, p uintptr) {
	report(s)
	finalized <- false
}

func main() {
	println(one(uintptr(object())) + gone(1))
	more("more", uintptr(object()), uintptr(object()), uintptr(object()))
	gone(3)
	go T{}.method("go", uintptr(object()))
	gone(2)
	func() { defer T{}.method("defer", uintptr(object())) }()
	gone(2)
}
