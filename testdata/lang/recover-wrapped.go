// A deferred call with arguments recovers, though it is part of a cycle of calls, in each of which somebody polls.
package main

func y(i int) int {
	c := make(chan int)
	go func() { c <- i }()
	return <-c
}

func show(v any) {
	switch v := v.(type) {
	case nil:
		println("nil")
	case int:
		println(v)
	case error:
		println(v.Error())
	case func():
		v()
	}
}

type shower struct{ v any }

func (s shower) show(i int) { show(recover()); show(s.v); show(i) }

type shows interface{ show(int) }

func main() {
	var p *int
	func() {
		defer func(d int) { y(1); show(recover()); show(d) }(5)
		show(*p)
	}()
	func() {
		defer func(d int) { show(recover()); show(d) }(y(6))
		show(any(p).(int))
	}()
	func() {
		defer shower{7}.show(8)
		show(*p)
	}()
	func() {
		defer shows(shower{9}).show(10)
		show(*p)
	}()
	func() {
		f := shower{11}.show
		defer f(12)
		show(*p)
	}()
	show(func() { defer show(1); y(1) })
}
