// Generic functions: inference, constraints with core types, recursion, closures, local
// types, method values and instances used as values.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~float64
}
type Ordered interface{ Number | ~string }
type MyInt int
type MyStr string

func (m MyInt) String() string { return "MyInt!" }

type Stringer interface{ String() string }
type StrNum interface {
	Number
	Stringer
}

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}
func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}
func Keys[M ~map[K]V, K comparable, V any](m M) int {
	n := 0
	for range m {
		n++
	}
	return n
}
func Max[T Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}
func Zero[T any]() (z T)                       { return }
func New[T any]() *T                           { return new(T) }
func Ptr[T any](v T) *T                        { return &v }
func Is[T any](x any) bool                     { _, ok := x.(T); return ok }
func Eq[T comparable](a, b T) bool             { return a == b }
func Conv[T, U Number](v T) U                  { return U(v) }
func Str[T StrNum](v T) string                 { return v.String() + string(rune('0'+int(v))) }
func Len[T ~[]E | ~map[int]E, E any](v T) int  { return len(v) }
func Index[S ~[]E, E any](s S, i int) E        { return s[i] }
func Apply[F ~func(A) R, A, R any](f F, a A) R { return f(a) }
func Send[C ~chan E, E any](c C, e E) E        { go func() { c <- e }(); return <-c }
func Bytes[T ~string | ~[]byte](v T) (n int) {
	for i := range len(v) {
		n += int(v[i])
	}
	return n + len(v[1:])
}
func Kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice of T"
	case MyInt:
		return "MyInt"
	case interface{ String() string }:
		return "stringer"
	}
	return "other"
}
func TypeCase[T any](x any) string {
	switch x.(type) {
	case T:
		return "T"
	case []T:
		return "[]T"
	case map[string]T:
		return "map[string]T"
	case func(T) T:
		return "func(T) T"
	case chan T:
		return "chan T"
	case [2]T:
		return "[2]T"
	case *T:
		return "*T"
	}
	return "none"
}
func Fact[T Number](n T) T {
	if n <= 1 {
		return 1
	}
	return n * Fact(n-1)
}
func Nest[T any](n int, v T) any {
	if n == 0 {
		return v
	}
	return Nest2[T](n-1, &v)
}
func Nest2[T any](n int, v *T) any { return Nest(n, *v) }
func Even[T Number](n T) bool      { return n == 0 || Odd(n-1) }
func Odd[T Number](n T) bool       { return n != 0 && Even(n-1) }
func Local[T any](v T) (any, any) {
	type L struct{ v T }
	type M struct{ l L }
	f := func() any { type L struct{ a, b T }; return L{v, v} }
	return M{L{v}}, f()
}
func Counter[T Number](step T) func() T {
	var n T
	return func() T { n += step; return n }
}
func Static[T any]() func(T) T { return func(v T) T { return y(v) } }

type Fn[T any] func(T) T

func Chain[T any](fs ...Fn[T]) Fn[T] {
	return func(v T) T {
		for _, f := range fs {
			v = f(v)
		}
		return v
	}
}
func Fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}
func Defer[T any](v T) (r T) {
	defer func() { recover(); r = y(v) }()
	panic(v)
}
func Select[T any](a, b chan T) T {
	select {
	case v := <-a:
		return v
	case v := <-b:
		return v
	}
}
func Seq[T any](xs ...T) func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, x := range xs {
			if !yield(i, y(x)) {
				return
			}
		}
	}
}
func Find[T comparable](x T, xs ...T) int {
	for i, v := range Seq(xs...) {
		if v == x {
			return i
		}
	}
	return -1
}
func Shift[T ~uint8 | ~uint | ~int](v T, n uint) T { return v<<n | v>>1 }
func Consts[T Number]() T                          { const c = 60; var x T = c; return x + c }
func PtrMethod[T any, P interface {
	*T
	Set(int)
}](n int) T {
	var v T
	P(&v).Set(n)
	return v
}

type setter struct{ n int }

func (s *setter) Set(n int) { s.n = y(n) }

func main() {
	println(Sum(1, 2, 3), Sum[MyInt](1, 2), Sum(1.5, 2), Sum[uint8](200, 100))
	for _, s := range Map([]int{1, 2}, func(n int) string { return string(rune('a' + n)) }) {
		print(s, " ")
	}
	println(Keys(map[string]int{"a": 1}), Keys(map[MyInt][]int{}), Max("a", "b"), Max(MyInt(3), 2), Max(2.5, 1))
	println(Zero[int](), Zero[string]() == "", Zero[*int]() == nil, Zero[[2]int]()[1], *New[int](), *Ptr("p"))
	println(Is[int](1), Is[string](1), Is[any](1), Is[MyInt](1), Is[Stringer](MyInt(1)), Is[error](nil))
	println(Eq(1, 1), Eq("a", "b"), Eq[any](1, 1), Eq(struct{ a int }{1}, struct{ a int }{1}), Eq[any](MyInt(1), 1))
	println(Conv[int, uint8](300), Conv[float64, int](-2.7), Conv[int8, uint](-1), Conv[MyInt, float64](3))
	println(Str(MyInt(5)), Len[[]int, int]([]int{1}), Len[map[int]string, string](map[int]string{1: "a"}), Index([]string{"x"}, 0), Apply(func(n int) string { return "f" }, 1))
	type C chan string
	println(Send(make(C), "sent"), Send(make(chan int), 4), Bytes("ab"), Bytes([]byte{1, 2}), Bytes(MyStr("z")))
	println(Kind(1), Kind("a"), Kind(MyInt(1)), Kind(1.5), Kind([]int{}), Kind[Stringer](MyInt(1)), Kind[any]([]any{}))
	println(TypeCase[int](1), TypeCase[int]([]int{}), TypeCase[string](map[string]string{}), TypeCase[int](func(int) int { return 0 }), TypeCase[MyInt](make(chan MyInt)), TypeCase[int]([2]int{}), TypeCase[MyInt](new(MyInt)), TypeCase[MyInt](new(int)))
	println(Fact(5), Fact(5.0), Fact[uint8](6), Nest(3, "n").(string), Even(10), Odd[uint8](7))
	a, b := Local(1)
	c, d := Local("s")
	e, _ := Local(2)
	println(a == c, a == e, b == d)
	a2, _ := Local(1)
	println(a == a2)
	ci, cf := Counter(2), Counter(0.5)
	ci()
	cf()
	println(ci(), cf(), Static[int]()(5), Static[string]()("st"))
	println(Chain(func(n int) int { return n + 1 }, func(n int) int { return n * 2 })(3))
	println(Fold([]int{1, 2, 3}, "", func(s string, n int) string { return s + string(rune('0'+n)) }))
	println(Defer(5), Defer("d"), Find(3, 1, 2, 3), Find("q", "a"))
	ca, cb := make(chan int), make(chan int, 1)
	cb <- 6
	println(Select(ca, cb), Shift[uint8](0x81, 1), Consts[float64](), PtrMethod[setter](4).n)
	f, g := Sum[int], Map[int, int]
	println(f(1, 2), len(g([]int{1}, func(n int) int { return n })))
	var h func(...MyInt) MyInt = Sum
	println(h(4, 5), y(f)(3), y([3]int{1, 2, 3})[2], y(struct{ a, b string }{"a", "b"}).b)
	println(y[any](nil) == nil, y[error](nil) == nil, y(any(MyInt(2))).(MyInt))
	defer func() {
		println(recover().(error).Error())
	}()
	_ = any(a).(interface{ M() })
}
