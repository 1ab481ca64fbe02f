// Data structures that change while much garbage is made: what is live stays intact.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type node struct {
	key         int
	left, right *node
	val         string
	extra       any
}

func insert(t *node, k int) *node {
	if t == nil {
		return &node{key: k, val: str(k), extra: k}
	}
	if k < t.key {
		return &node{t.key, insert(t.left, k), t.right, t.val, t.extra} // persistent
	}
	return &node{t.key, t.left, insert(t.right, k), t.val, t.extra}
}
func (t *node) check() (n int) {
	if t == nil {
		return 0
	}
	if t.val != str(t.key) || t.extra.(int) != t.key {
		panic("corrupt node")
	}
	return t.left.check() + 1 + t.right.check()
}

func str(k int) string {
	s := ""
	for k > 0 {
		s = string(rune('0'+k%10)) + s
		k /= 10
	}
	return s
}

type lru struct {
	m          map[string]*entry
	head, tail *entry
	cap        int
}
type entry struct {
	k          string
	v          []int
	prev, next *entry
}

func (l *lru) get(k string) []int {
	e := l.m[k]
	if e == nil {
		return nil
	}
	l.unlink(e)
	l.push(e)
	return e.v
}
func (l *lru) put(k string, v []int) {
	if e := l.m[k]; e != nil {
		e.v = v
		return
	}
	if len(l.m) == l.cap {
		t := l.tail
		l.unlink(t)
		delete(l.m, t.k)
	}
	e := &entry{k: k, v: v}
	l.m[k] = e
	l.push(e)
}
func (l *lru) push(e *entry) {
	e.prev, e.next = nil, l.head
	if l.head != nil {
		l.head.prev = e
	}
	l.head = e
	if l.tail == nil {
		l.tail = e
	}
}
func (l *lru) unlink(e *entry) {
	if e.prev != nil {
		e.prev.next = e.next
	} else {
		l.head = e.next
	}
	if e.next != nil {
		e.next.prev = e.prev
	} else {
		l.tail = e.prev
	}
}

func churn(n int) (s []any) {
	for i := range n {
		var x any
		switch i % 6 {
		case 0:
			x = i
		case 1:
			x = str(i)
		case 2:
			x = []int{i, i + 1}
		case 3:
			x = map[int]string{i: str(i)}
		case 4:
			x = func() int { return i }
		case 5:
			x = [3]*int{0: &i, 2: &i}
		}
		s = append(s, x)
		if len(s) > 60 {
			s = append([]any(nil), s[30:]...)
		}
	}
	return s
}

func check(s []any) (sum int) {
	for _, x := range s {
		switch x := x.(type) {
		case int:
			sum += x
		case string:
			sum += len(x)
		case []int:
			sum += x[0] + x[1]
		case map[int]string:
			for k, v := range x {
				if str(k) != v {
					panic("corrupt map")
				}
				sum += k
			}
		case func() int:
			sum += x()
		case [3]*int:
			sum += *x[2]
		}
	}
	return
}

func matrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = float64(i*n + j)
		}
	}
	return m
}

func main() {
	var t *node
	for i := range 400 {
		t = insert(t, i*7919%1009)
		if i%50 == 0 {
			y(i)
		}
	}
	println(t.check())
	l := &lru{m: map[string]*entry{}, cap: 20}
	hits := 0
	for i := range 2000 {
		k := str(i * i % 37)
		if v := l.get(k); v != nil {
			hits++
			if v[0] != i*i%37 {
				panic("corrupt lru")
			}
		} else {
			l.put(k, []int{i * i % 37, i})
		}
	}
	println(hits, len(l.m))
	s := churn(3000)
	println(check(s))
	c := make(chan []any)
	for i := range 4 {
		go func() {
			var all []any
			for j := range 5 {
				all = append(all, churn(100+i*10+j)...)
				y(j)
			}
			c <- all
		}()
	}
	sum := 0
	for range 4 {
		sum += check(<-c)
	}
	println(sum)
	a, b := matrix(20), matrix(20)
	m := matrix(20)
	for i := range m {
		for j := range m[i] {
			m[i][j] = 0
			for k := range a {
				m[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	println(m[3][4], m[19][19])
	words := map[string][]string{}
	for i := range 1000 {
		k := str(i % 13)
		words[k] = append(words[k], str(i)+k)
	}
	n := 0
	for k, ws := range words {
		for _, w := range ws {
			if w[len(w)-len(k):] != k {
				panic("corrupt word")
			}
			n += len(w)
		}
	}
	println(n)
	var fs []func() string
	for i := range 200 {
		s := str(i)
		p := &s
		fs = append(fs, func() string { *p += "."; return *p })
	}
	for range 3 {
		for _, f := range fs {
			n += len(f())
		}
		churn(100)
	}
	println(n)
	var head *entry
	for i := range 100000 {
		head = &entry{k: "x", next: head}
		if i%1000 == 0 {
			head = nil
		}
	}
	println(head != nil)
}
