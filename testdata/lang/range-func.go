// Range over functions: break, continue, return, labels, goto, defer, nesting, panics,
// and the state checks on iterators that misbehave.
package main

type Seq[V any] func(yield func(V) bool)
type Seq2[K, V any] func(yield func(K, V) bool)

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func count(n int) Seq[int] {
	return func(yield func(int) bool) {
		defer print("<end", n, "> ")
		for i := range n {
			if !yield(i) {
				print("<stop ", i, "> ")
				return
			}
		}
	}
}

func scount(n int) Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			y(1)
			if !yield(y(i)) {
				return
			}
		}
	}
}

func pairs(s []string) Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func ret(n int) (r int, s string) {
	defer func() { r += 1000 }()
	for i := range count(10) {
		if i == n {
			return i, "found"
		}
	}
	return -1, "none"
}

func retNested(n int) int {
	for i := range count(3) {
		for j := range count(3) {
			if i*3+j == n {
				return i*10 + j
			}
		}
	}
	return -1
}

func retBare(n int) (r int) {
	for i := range count(5) {
		r += i
		if i == n {
			return
		}
	}
	r = -r
	return
}

func labels() {
outer:
	for i := range count(4) {
		for j := range count(4) {
			for k := range 3 {
				switch {
				case i == 0 && j == 1:
					continue outer
				case i == 1 && j == 2:
					break
				case i == 2 && k == 1:
					break outer
				}
				if k == 2 {
					continue
				}
				print(i, j, k, " ")
			}
		}
	}
	println()
}

func gotos() {
	n := 0
	for i := range count(3) {
		if i == 1 {
			goto done
		}
		n++
	}
	n = 100
done:
	println("goto", n)
}

func defers() {
	for i := range count(3) {
		defer println("deferred in body", i)
	}
	println("body over")
}

func deferResult() (s string) {
	for i := range count(2) {
		defer func() {
			if r := recover(); r != nil {
				s += "r" + r.(string)
			}
			s += string(rune('0' + i))
		}()
	}
	panic("P")
}

func closures() {
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		print(f(), f(), " ")
	}
	println()
}

func kinds() {
	n := 0
	for range count(4) {
		n++
	}
	for range func(yield func() bool) { _ = yield() && yield() && yield() } {
		n += 10
		if n > 20 {
			break
		}
	}
	for i, s := range pairs([]string{"a", "b", "c"}) {
		if s == "b" {
			continue
		}
		print(i, s, " ")
	}
	for i := range pairs([]string{"a", "b"}) {
		print(i, " ")
	}
	var k int
	var v string
	for k, v = range pairs([]string{"x", "y"}) {
	}
	println(n, k, v)
	var arr [2]int
	for arr[1] = range count(3) {
	}
	println(arr[1])
}

func try(name string, f func()) {
	defer func() {
		switch r := recover().(type) {
		case nil:
			println(name, "fine")
		case string:
			println(name, "panic", r)
		case error:
			println(name, "error", r.Error())
		}
	}()
	f()
}

func misbehaving() {
	try("continues after break", func() {
		for i := range func(yield func(int) bool) { yield(1); yield(2) } {
			print(i, " ")
			break
		}
	})
	try("late call", func() {
		var save func(int) bool
		for i := range func(yield func(int) bool) { save = yield; yield(1) } {
			print(i, " ")
		}
		save(2)
	})
	try("body panics, iterator recovers", func() {
		for i := range func(yield func(int) bool) {
			defer func() { recover() }()
			yield(1)
		} {
			print(i, " ")
			panic("body")
		}
		println("resumed")
	})
	try("body panics", func() {
		for i := range count(3) {
			if i == 1 {
				panic("body")
			}
		}
	})
	try("iterator panics", func() {
		for i := range func(yield func(int) bool) { yield(1); panic("iterator") } {
			print(i, " ")
		}
	})
	try("concurrent", func() {
		for i := range func(yield func(int) bool) { yield(1); yield(2) } {
			y(i)
			print(i, " ")
		}
	})
	try("nil", func() {
		var f Seq[int]
		for range f {
		}
	})
	try("recursive call of yield", func() {
		var save func(int) bool
		for i := range func(yield func(int) bool) { save = yield; yield(1) } {
			print(i, " ")
			if i < 3 {
				save(i + 1)
			}
		}
	})
}

func suspending() {
	sum := 0
outer:
	for i := range scount(5) {
		sum += y(i)
		for j := range scount(3) {
			if j == 1 && i%2 == 1 {
				continue outer
			}
			if i == 3 {
				break outer
			}
			sum += y(j) * 100
			defer func() { sum += y(1); print("d", i, j, " ") }()
		}
	}
	println("sum", sum)
	f := func() (int, int) {
		for i := range scount(9) {
			if y(i) == 4 {
				return y(i), y(i * 2)
			}
		}
		return 0, 0
	}
	println(f())
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range scount(4) {
			ch <- i
		}
	}()
	for v := range ch {
		print(v, " ")
	}
	println()
}

func (t *tree) all(yield func(int) bool) bool {
	return t == nil || t.l.all(yield) && yield(t.v) && t.r.all(yield)
}

type tree struct {
	l, r *tree
	v    int
}

func (t *tree) All() Seq[int] { return func(yield func(int) bool) { t.all(yield) } }

func main() {
	println(ret(3))
	println(ret(30))
	println(retNested(4), retNested(100))
	println(retBare(2), retBare(7))
	labels()
	gotos()
	defers()
	println(deferResult())
	closures()
	kinds()
	misbehaving()
	suspending()
	t := &tree{&tree{nil, nil, 1}, &tree{&tree{nil, nil, 3}, nil, 4}, 2}
	for v := range t.All() {
		print(v, " ")
		if v == 3 {
			break
		}
	}
	println()
}
