// Generic types: methods on instances, recursion, embedding, aliases, mutual use,
// pointers to instances, instances of local types.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type List[T any] struct {
	head, tail *node[T]
	n          int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) *List[T] {
	n := &node[T]{v: v}
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.n++
	return l
}
func (l *List[T]) All() func(func(T) bool) {
	return func(yield func(T) bool) {
		for n := l.head; n != nil; n = n.next {
			if !yield(n.v) {
				return
			}
		}
	}
}
func (l List[_]) Len() int { return l.n }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap(eq func(V) K) Pair[K, V]       { return Pair[K, V]{eq(p.Val), p.Val} }
func MakePair[K comparable, V any](k K, v V) Pair[K, V] { return Pair[K, V]{k, v} }

type Map[K comparable, V any] map[K][]Pair[K, V]

func (m Map[K, V]) Add(k K, v V) { m[k] = append(m[k], MakePair(k, v)) }

type Tree[T interface{ Less(T) bool }] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if v.Less(t.v) {
		t.l = t.l.Insert(v)
	} else {
		t.r = t.r.Insert(v)
	}
	return t
}
func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.l.Walk(f)
		f(t.v)
		t.r.Walk(f)
	}
}

type Int int

func (a Int) Less(b Int) bool { return a < b }

type Num[T ~int | ~float64] struct{ v T }

func (n Num[T]) Add(o Num[T]) Num[T] { return Num[T]{n.v + o.v} }
func (n *Num[T]) Set(v T)            { n.v = y(v) }

type Emb[T any] struct {
	List[T]
	*Pair[string, T]
	extra T
}
type Opt[T any] func(*T)
type Iface[T any] interface {
	Get() T
	Set(T)
}
type Box[T any] struct{ v T }

func (b *Box[T]) Get() T  { return b.v }
func (b *Box[T]) Set(v T) { b.v = y(v) }

type Vec = []int
type GAlias[T any] = Pair[string, T]
type GVec[T any] = []T
type Rec[T any] struct {
	next  *Rec[T]
	other *Rec2[T]
	v     T
}
type Rec2[T any] struct{ r Rec[T] }
type Grow[T any] struct {
	v T
	f func() *Grow[T]
}
type Chan[T any] chan T

func (c Chan[T]) Put(v T) Chan[T] { go func() { c <- v }(); return c }
func (c Chan[T]) Take() T         { return <-c }

type Fn[A, R any] func(A) R

func (f Fn[A, R]) Call(a A) R        { return f(a) }
func (f Fn[A, R]) Bind(a A) func() R { return func() R { return f(a) } }

type Arr[T any, P *T | []T] struct {
	p P
	a [3]T
}
type Cmp[T any] interface{ Cmp(T) int }
type Sorted[T Cmp[T]] struct{ xs []T }

func (s *Sorted[T]) Add(x T) {
	i := 0
	for i < len(s.xs) && s.xs[i].Cmp(x) < 0 {
		i++
	}
	s.xs = append(s.xs[:i], append([]T{x}, s.xs[i:]...)...)
}

type Ver struct{ major, minor int }

func (a Ver) Cmp(b Ver) int {
	if a.major != b.major {
		return a.major - b.major
	}
	return a.minor - b.minor
}

type Set[T comparable] struct{ m map[T]struct{} }

func (s *Set[T]) Add(vs ...T) *Set[T] {
	if s.m == nil {
		s.m = make(map[T]struct{})
	}
	for _, v := range vs {
		s.m[v] = struct{}{}
	}
	return s
}
func (s *Set[T]) Has(v T) bool { _, ok := s.m[v]; return ok }
func (s *Set[T]) Len() int     { return len(s.m) }

type Wrapper[T any] struct{ Iface[T] }
type Self[T any] interface{ Me() T }
type Sq int

func (s Sq) Me() Sq           { return s * s }
func CallMe[T Self[T]](t T) T { return t.Me().Me() }

type Matrix[T any] [2][2]T

func (m *Matrix[T]) T() *Matrix[T] { m[0][1], m[1][0] = m[1][0], m[0][1]; return m }

var global = new(List[string]).Push("g")
var once = Box[Box[Box[int]]]{}

func main() {
	var l List[int]
	l.Push(1).Push(y(2)).Push(3)
	for v := range l.All() {
		print(y(v), " ")
	}
	println(l.Len(), List[string]{}.Len(), global.n)
	p := MakePair("k", 5)
	println(p.Key, p.Swap(func(n int) string { return y("swapped") }).Key, Pair[int, bool]{1, true}.Val, p == Pair[string, int]{"k", 5})
	m := Map[int, string]{}
	m.Add(1, "a")
	m.Add(1, y("b"))
	println(len(m[1]), m[1][1].Val)
	var t *Tree[Int]
	for _, v := range []Int{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	t.Walk(func(v Int) { print(y(v), " ") })
	println()
	n := Num[float64]{1.5}
	n.Set(2.5)
	add, set := n.Add, n.Set
	set(10)
	println(add(n).v, n.v, Num[int].Add(Num[int]{1}, Num[int]{2}).v)
	(*Num[float64]).Set(&n, 7)
	println(n.v)
	e := Emb[string]{Pair: &Pair[string, string]{"ek", "ev"}, extra: "x"}
	e.Push("one").Push("two")
	println(e.Len(), e.Key, e.Val, e.head.next.v, e.extra, e.Pair.Key)
	var i Iface[string] = &Box[string]{"b"}
	i.Set("set")
	println(i.Get(), Iface[string].Get(i), Wrapper[string]{i}.Get())
	Wrapper[string]{i}.Set("w")
	wf := Wrapper[string]{i}.Get
	println(wf())
	var a GAlias[int] = Pair[string, int]{"alias", 1}
	println(a.Key, len(GVec[string]{"a"}), len(Vec{1, 2}))
	r := Rec[int]{v: 1, other: &Rec2[int]{Rec[int]{v: 2}}}
	println(r.other.r.v, r.next == nil)
	println(Chan[int](make(chan int)).Put(5).Take(), make(Chan[string]).Put("c").Take())
	fn := Fn[int, string](func(n int) string { return y("fn") + string(rune('0'+n)) })
	println(fn.Call(1), fn.Bind(2)(), Fn[int, string].Call(fn, 3))
	x := 4
	println(*Arr[int, *int]{p: &x}.p, len(Arr[string, []string]{p: []string{"q"}}.p))
	var s Sorted[Ver]
	s.Add(Ver{1, 2})
	s.Add(Ver{1, 0})
	s.Add(Ver{0, 9})
	for _, v := range s.xs {
		print(v.major, ".", v.minor, " ")
	}
	println()
	st := new(Set[any]).Add(1, "a", 1, 2.5, Ver{1, 1}, Ver{1, 1})
	println(st.Len(), st.Has(Ver{1, 1}), st.Has(int8(1)), new(Set[int]).Has(1))
	println(CallMe(Sq(3)))
	mx := Matrix[string]{{"a", "b"}, {"c", "d"}}
	println(mx.T()[0][1], mx[1][0])
	once.v.v.v = 3
	ob := once
	ob.v.Set(Box[int]{9})
	println(once.v.v.v, ob.v.Get().v)
	type local struct{ n int }
	println(Ptr(local{5}).n, any(Box[local]{}) == any(Box[local]{}), any(Box[local]{}) == any(Box[struct{ n int }]{}))
	var o Opt[Pair[string, int]] = func(p *Pair[string, int]) { p.Val = 77 }
	o(&p)
	println(p.Val)
	for _, v := range []any{l, &l, p, m, t, Box[any]{}, Chan[int](nil), GAlias[bool]{}} {
		switch v.(type) {
		case List[int]:
			print("List[int] ")
		case *List[int]:
			print("*List[int] ")
		case Pair[string, int]:
			print("Pair[string,int] ")
		case Map[int, string]:
			print("Map ")
		case *Tree[Int]:
			print("Tree ")
		case Box[any]:
			print("Box[any] ")
		case chan int:
			print("chan ")
		case Chan[int]:
			print("Chan[int] ")
		case Pair[string, bool]:
			print("GAlias ")
		}
	}
	println()
	func() {
		defer func() { println(recover().(error).Error()) }()
		_ = any(Box[Pair[string, List[int]]]{}).(Iface[int])
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		_ = any(&l).(*List[string])
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		_ = any(Box[local]{}).(Box[int])
	}()
}

func Ptr[T any](v T) *T { return &v }
