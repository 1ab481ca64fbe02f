// Nested panics, re-panics, Goexit and what deferred calls see.
package main

import "runtime"

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func show(name string, r any) {
	switch r := r.(type) {
	case nil:
		println(name, "nil")
	case string:
		println(name, r)
	case runtime.Error:
		println(name, "runtime:", r.Error())
	case error:
		println(name, "error:", r.Error())
	case int:
		println(name, r)
	default:
		println(name, "?")
	}
}

func replaced() (r any) {
	defer func() { r = recover() }()
	defer func() { panic("second") }()
	panic("first")
}

func again() (r any) {
	defer func() { r = recover() }()
	defer func() {
		r := recover()
		panic(r.(string) + " again")
	}()
	panic("once")
}

func recoveredResult() (a int, err any) {
	defer func() { err = recover() }()
	a = 5
	y(1)
	panic(7)
}

func unnamed() int {
	defer func() { recover() }()
	panic("x")
}

func continues() (s string) {
	defer func() { s += "3" }()
	defer func() { s += "2"; recover() }()
	defer func() { s += "1" }()
	panic("x")
}

func suspendingDefers() (s string) {
	defer func() { y(1); s += "d" }()
	defer func() { y(1); show("sd", recover()); s += "c" }()
	defer func() { y(1); s += "b" }()
	y(1)
	s += "a"
	panic("suspending")
}

func runtimeErrors() {
	var p *struct{ a, b int }
	var m map[string]int
	var s []int
	var i any = "s"
	var arr [4]int
	var e interface{ Foo() }
	var fn func()
	n, z := 5, 0
	c := make(chan int)
	for k, f := range []func(){
		func() { println(p.b) },
		func() { m["a"] = 1 },
		func() { println(s[n]) },
		func() { println(arr[n]) },
		func() { println(s[1:n]) },
		func() { println(len(arr[n-1 : z])) },
		func() { println("abc"[n]) },
		func() { println("abc"[n-1:]) },
		func() { println(i.(int)) },
		func() { println(i.(interface{ Foo() })) },
		func() { e.Foo() },
		func() { i = nil; println(i.(int)) },
		func() { println(n / z) },
		func() { println(n % z) },
		func() { fn() },
		func() { close(c); close(c) },
		func() { c <- 1 },
		func() { close((chan int)(nil)) },
		func() { println(len(make([]int, z-1))) },
		func() { _ = make(chan int, z-1) },
		func() { println(n << (z - 1)) },
		func() { println(any([]int{}) == any([]int{})) },
		func() { _ = map[any]int{func() {}: 1} },
		func() { println(((*[8]int)(make([]int, n)))[0]) },
		func() { println(s[n:z:z]) },
		func() { var x any = struct{ f []int }{}; println(x == x) },
		func() { panic(nil) },
		func() { panic(error(nil)) },
		func() { arr := &arr; arr = nil; println(arr[1]) },
		func() {
			arr := &arr
			arr = nil
			for range arr {
				n++
			}
			println("ok", n)
		},
		func() { var q **int; **q = 1 },
	} {
		func() {
			defer func() { print(k, " "); show("rt", recover()) }()
			f()
		}()
	}
}

func goexit() {
	done := make(chan string)
	go func() {
		defer func() { done <- "end" }()
		defer func() { show("in goexit", recover()) }()
		func() {
			defer func() { y(1); println("inner deferred") }()
			runtime.Goexit()
		}()
		println("not reached")
	}()
	println(<-done)
	go func() {
		defer close(done)
		defer func() { show("goexit over panic", recover()) }()
		defer runtime.Goexit()
		panic("lost")
	}()
	<-done
	done = make(chan string)
	go func() {
		defer close(done)
		defer func() { println("recovered:", recover() != nil) }()
		defer func() { panic("panic in goexit") }()
		runtime.Goexit()
	}()
	<-done
}

type myErr struct{ s string }

func (e myErr) Error() string { return "myErr " + e.s }

func main() {
	show("replaced", replaced())
	show("again", again())
	a, err := recoveredResult()
	println(a)
	show("rr", err)
	println(unnamed(), continues(), suspendingDefers())
	runtimeErrors()
	goexit()
	func() {
		defer func() { show("err", recover()) }()
		panic(myErr{"x"})
	}()
	var n int
	for i := range 100 {
		func() {
			defer func() {
				if recover() != nil {
					n += i
				}
			}()
			if i%3 == 0 {
				panic(i)
			}
			if i%7 == 0 {
				y(1)
				panic(i)
			}
		}()
	}
	println(n)
}
