// recover works only in a function that the deferring mechanism called directly.
package main

func try(name string, f func()) {
	defer func() {
		r := recover()
		if r == nil {
			println(name, "nothing left")
		} else if s, ok := r.(string); ok {
			println(name, "left:", s)
		} else {
			println(name, "left something else")
		}
	}()
	f()
}

func direct()     { println("direct", recover() != nil) }
func nested()     { func() { println("nested", recover() != nil) }() }
func helper() any { return recover() }

type T struct{ n int }

func (t T) rec()   { println("T.rec", t.n, recover() != nil) }
func (t *T) prec() { println("T.prec", t.n, recover() != nil) }

type I interface{ rec() }
type E struct{ T }
type EP struct{ *T }

type big struct{ a [100]int }

func (b big) rec() { println("big.rec", recover() != nil) }

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func gen[P any](p P) { println("gen", recover() != nil) }

type G[P any] struct{ p P }

func (g G[P]) rec() { println("G.rec", recover() != nil) }

func main() {
	try("direct", func() { defer direct(); panic("p") })
	try("nested", func() { defer nested(); panic("p") })
	try("helper", func() {
		defer func() { println("helper", helper() != nil) }()
		panic("p")
	})
	try("value method", func() { defer T{1}.rec(); panic("p") })
	try("pointer method", func() { defer (&T{2}).prec(); panic("p") })
	try("interface", func() { var i I = T{3}; defer i.rec(); panic("p") })
	try("interface pointer", func() { var i I = &T{3}; defer i.rec(); panic("p") })
	try("promoted", func() { var i I = E{T{4}}; defer i.rec(); panic("p") })
	try("promoted pointer", func() { var i I = EP{&T{5}}; defer i.rec(); panic("p") })
	try("promoted direct", func() { defer EP{&T{6}}.prec(); panic("p") })
	try("method value", func() { f := T{7}.rec; defer f(); panic("p") })
	try("method expr", func() { defer T.rec(T{8}); panic("p") })
	try("iface method value", func() { var i I = big{}; f := i.rec; defer f(); panic("p") })
	try("iface method expr", func() { defer I.rec(big{}); panic("p") })
	try("generic", func() { defer gen(1); panic("p") })
	try("generic method", func() { defer G[int]{}.rec(); panic("p") })
	try("generic iface", func() { var i I = G[string]{}; defer i.rec(); panic("p") })
	try("defer recover()", func() { defer recover(); panic("p") })
	try("defer print recover", func() { defer func() { defer func() { println("inner", recover() != nil) }() }(); panic("p") })
	try("twice", func() {
		defer func() { println("first", recover() != nil); println("second", recover() != nil) }()
		panic("p")
	})
	try("no panic", func() { defer direct() })
	try("not deferred", func() { direct(); helper() })
	try("range func", func() {
		defer func() {
			for range func(yield func() bool) { yield() } {
				println("in range func", recover() != nil)
			}
		}()
		panic("p")
	})
	try("after suspension", func() {
		defer func() { y(1); println("after suspension", recover() != nil) }()
		panic("p")
	})
	try("panic after suspension", func() {
		y(1)
		defer func() { println("pas", recover() != nil) }()
		y(2)
		panic("p")
	})
	try("callee suspended", func() {
		defer func() { println("cs", recover() != nil) }()
		func() { y(2); panic("p") }()
	})
	try("recursive", func() {
		var f func(n int)
		f = func(n int) {
			defer func() {
				if n == 2 {
					println("at", n, recover() != nil)
				}
			}()
			if n == 5 {
				y(1)
				panic("deep")
			}
			f(n + 1)
		}
		f(0)
	})
	try("goroutine", func() {
		defer func() {
			c := make(chan bool)
			go func() { c <- recover() != nil }()
			println("goroutine", <-c)
		}()
		panic("p")
	})
	try("while panicking calls", func() {
		defer func() { println("outer sees", recover().(string)) }()
		defer func() {
			try("inner try", func() {}) // recovers nothing: the panic is not its frame's
			func() {
				defer func() { println("own", recover().(string)) }()
				panic("inner")
			}()
		}()
		panic("outer")
	})
}
