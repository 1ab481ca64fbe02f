// Zero-size values, blank fields and parameters, empty everything.
package main

type E struct{}
type A0 [0]int
type Deep struct {
	E
	a A0
	_ struct{}
	b [3]struct{}
}

func (E) M() int                                  { return 1 }
func (*E) P() int                                 { return 2 }
func blank(_ int, _ string, _ E) (_ int, _ error) { return 3, nil }
func empty()                                      {}
func (_ Deep) D(_, _ int)                         {}

type B struct {
	_ int
	a int
	_ string
	b string
	_ [4]byte
}

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

func main() {
	var e E
	println(e.M(), e.P(), E{}.M(), (&E{}).P(), e == E{}, A0{} == A0{}, len(A0{}), Deep{}.b == [3]struct{}{})
	c := make(chan struct{}, 2)
	c <- struct{}{}
	c <- E{}
	println(len(c), <-c == <-c)
	un := make(chan E)
	go func() { un <- E{}; close(un) }()
	v, ok := <-un
	_, ok2 := <-un
	println(v == E{}, ok, ok2)
	s := make([]E, 5)
	s = append(s, E{}, E{})
	s2 := make([]struct{}, 1<<40)
	println(len(s), len(s2), len(s2[1<<39:]), copy(s, []E{{}}))
	n := 0
	for range s {
		n++
	}
	for i := range s[:3] {
		n += i
	}
	println(n)
	m := map[E]int{{}: 1}
	m[E{}]++
	ms := map[string]E{"a": {}, "b": {}}
	delete(ms, "a")
	_, ok = ms["b"]
	println(m[e], len(m), len(ms), ok)
	var i any = E{}
	_, isE := i.(E)
	_, isS := i.(struct{})
	println(isE, isS, i == any(E{}), any(A0{}) == any(A0{}), any(struct{}{}) == any(E{}))
	b1, b2 := B{a: 1, b: "x"}, B{a: 1, b: "x"}
	println(b1 == b2, any(b1) == any(b2), map[B]int{b1: 5}[b2])
	r, err := blank(1, "", e)
	println(r, err == nil)
	empty()
	Deep{}.D(1, 2)
	func(...E) {}(E{}, E{})
	f := func(_ E, n int, _ struct{}) int { return n }
	println(f(e, 4, e), y(E{}) == e, y(Deep{}) == Deep{}, y(A0{}) == A0{})
	p, q := new(E), new(E)
	*p = *q
	pd := &Deep{}
	pa := &pd.b[2]
	*pa = struct{}{}
	println(p != nil, pa != nil, *p == *q)
	var z [0]func()
	println(len(z), len([...]int{}), len([]int{}), len(map[int]int{}), len(""), cap([]int(nil)))
	for range z {
		println("no")
	}
	for range [0]int{} {
		println("no")
	}
	_ = [0]int{}
	var _ = E{}.M()
	_, _ = 1, "a"
	x := [2]E{}
	x[1] = e
	xs := x[:]
	xs[0] = x[1]
	println(len(xs), x == [2]E{})
	func() {
		defer func() { println(recover().(error).Error()) }()
		k := 2
		x[k] = E{}
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		var np *E
		np.M()
	}()
	select {
	case c <- E{}:
		println("sent")
	}
	defer func(E) {}(e)
	go func(_ E) { c <- e }(y(e))
	<-c
	<-c
	{
	}
	switch {
	}
	if true {
	}
	for i := 0; i < 3; i++ {
	}

}
