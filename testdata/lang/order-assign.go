// Assignment: operands of indexing, dereference and selection on the left, and the
// expressions on the right, are evaluated first; then the stores happen left to right.
package main

type T struct {
	v    int
	next *T
}

func recovered(what string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				println(what, "panics:", e.Error())
			} else {
				println(what, "panics")
			}
		}
	}()
	f()
	println(what, "ok")
}

var trace string

func at(s string, i int) int { trace += s; return i }

func main() {
	a := []int{1, 2, 3}
	i := 0
	i, a[i] = 1, 2
	println(i, a[0], a[1])
	i = 0
	a[i], i = 9, 2
	println(i, a[0], a[2])
	a[0], a[0] = 1, 2
	println(a[0])
	a[0], a[1], a[2] = a[2], a[0], a[1]
	println(a[0], a[1], a[2])
	x, y := 1, 2
	x, y = y, x+y
	println(x, y)

	// Linked-list reversal in one assignment.
	var head *T
	for k := range 4 {
		head = &T{k, head}
	}
	var rev *T
	for head != nil {
		rev, head, head.next = head, head.next, rev
	}
	for n := rev; n != nil; n = n.next {
		print(n.v, " ")
	}
	println()

	// The first store happens although the second one panics.
	v := 0
	recovered("index", func() { v, a[len(a)] = 5, 6 })
	println(v)
	var p *T
	recovered("nil field", func() { v, p.v = 7, 8 })
	println(v)
	var m map[string]int
	recovered("nil map", func() { v, m["a"] = 9, 1 })
	println(v)
	// x[1] = f() with nil x: the call happens before the panic.
	var nilslice []int
	called := false
	recovered("nil slice", func() { nilslice[1] = func() int { called = true; return 1 }() })
	println(called)
	called = false
	recovered("nil ptr", func() { p.v = func() int { called = true; return 1 }() })
	println(called)
	called = false
	recovered("nil map call", func() { m["a"] = func() int { called = true; return 1 }() })
	println(called)

	// p is replaced by the call: which one is stored into?
	q := &T{v: 1}
	old := q
	q.v = func() int { q = &T{v: 100}; return 2 }()
	println(old.v, q.v)
	s := []int{1, 2}
	olds := s
	s[0] = func() int { s = []int{8, 8}; return 3 }()
	println(olds[0], s[0])
	arr := [2]int{1, 2}
	arr[1] = func() int { arr = [2]int{7, 7}; return 4 }()
	println(arr[0], arr[1])
	idx := 0
	arr[idx] = func() int { idx = 1; return 5 }()
	println(arr[0], arr[1], idx)

	// Operation assignment reads after the call and evaluates its operand once.
	n := 1
	n += func() int { n = 10; return 5 }()
	println(n)
	b := []int{1, 2, 3}
	b[at("i", 1)] += at("v", 5)
	println(b[1], trace)
	b[0] += func() int { b[0] = 100; return 1 }()
	println(b[0])
	mm := map[string]int{"k": 1}
	mm["k"] += func() int { mm["k"] = 50; return 2 }()
	println(mm["k"])
	trace = ""
	mm[func() string { trace += "K"; return "k" }()] += at("V", 1)
	println(mm["k"], trace)
	mm["z"]++
	mm["z"] <<= 3
	println(mm["z"])
	var str = "a"
	str += func() string { str = "b"; return "c" }()
	println(str)
	ms := map[string][]int{}
	ms["a"] = append(ms["a"], 1, 2)
	ms["a"] = append(ms["a"], ms["a"]...)
	println(len(ms["a"]), ms["a"][3])

	var z1, z2 any
	z1, z2 = z2, 1
	println(z1 == nil, z2.(int))
	_, v = at("_", 1), 2
	_ = at("!", 2)
	println(v, trace)

	type P struct{ a, b int }
	pp := P{1, 2}
	pp.a, pp.b = pp.b, pp.a
	println(pp.a, pp.b)
	pp = P{pp.b, pp.a}
	println(pp.a, pp.b)
	parr := &arr
	parr[0], parr[1] = parr[1], parr[0]
	println(arr[0], arr[1])
	arr2 := arr
	arr[0] = 99
	println(arr2[0], arr[0])
	arr = [2]int{arr[1], arr[0]}
	println(arr[0], arr[1])
	var e1, ok = any(5).(string)
	println(e1, ok)
	var got int
	got, ok = any(5).(int)
	println(got, ok)
	c := make(chan int, 2)
	c <- 1
	close(c)
	a[0], ok = <-c
	println(a[0], ok)
	a[1], ok = <-c
	println(a[1], ok)
	mm["v"], ok = mm["none"]
	println(mm["v"], ok, len(mm))
}
