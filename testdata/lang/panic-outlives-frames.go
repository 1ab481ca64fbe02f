// A panic is remembered while newer ones replace it; the captured frames of the deferred calls
// that it ran are gone by then, and their memory is others'.
package main

import "runtime"

func y[V any](v V) V {
	c := make(chan V)
	go func() { c <- v }()
	return <-c
}

func deep(n int) int {
	var pad [40]int
	pad[n] = n
	if n == 0 {
		return y(1)
	}
	return deep(n-1) + pad[n]
}

func churn() {
	var s [][]byte
	for i := range 30 {
		s = append(s, make([]byte, 100*i))
		runtime.GC()
	}
	deep(5)
}

func again(n int) {
	defer func() {
		var own [300]int // no other frame is as large
		own[n] = n
		y(2)
		n = own[n]
		if n > 0 {
			again(n - 1)
		}
		panic(n * 10)
	}()
	panic(n)
}

func main() {
	defer func() { println("end", recover().(int)) }()
	defer churn()
	defer func() {
		r := recover().(int)
		churn()
		println("recovered", r)
		deep(3)
		panic(r + 1)
	}()
	again(3)
}
