// When types are identical: type switches and assertions across all constructors, and
// local types of the same name.
package main

type A = int
type B = map[A][]B1
type B1 struct{ n *B }
type L[T any] struct{ v T }
type LA = L[int]

func local1() any { type T struct{ a int }; return T{1} }
func local2() any { type T struct{ a int }; return T{1} }
func generic[T any]() any {
	type In struct{ v T }
	return In{}
}
func kind(x any) string {
	switch x.(type) {
	case func(int) string:
		return "func(int) string"
	case func(int, ...string) string:
		return "func(int, ...string) string"
	case func(int, []string) string:
		return "func(int, []string) string"
	case func() (int, error):
		return "func() (int, error)"
	case func(func(error)):
		return "func(func(error))"
	case chan int:
		return "chan int"
	case <-chan int:
		return "<-chan int"
	case chan<- int:
		return "chan<- int"
	case chan (<-chan int):
		return "chan (<-chan int)"
	case chan<- chan int:
		return "chan<- chan int"
	case map[string]int:
		return "map[string]int"
	case map[string]func(chan int) map[int]error:
		return "map[string]func..."
	case []func():
		return "[]func()"
	case [2]func():
		return "[2]func()"
	case *func():
		return "*func()"
	case struct {
		a int
		b chan error
	}:
		return "struct{a;b}"
	case struct {
		a int `tag`
	}:
		return "struct{a tag}"
	case struct{ a int }:
		return "struct{a}"
	case struct{ A }:
		return "struct{A}"
	case *interface{ M(int) error }:
		return "*interface"
	case []any:
		return "[]any"
	case []error:
		return "[]error"
	case LA:
		return "L[int]"
	case L[L[string]]:
		return "L[L[string]]"
	case []rune:
		return "[]int32"
	case []byte:
		return "[]uint8"
	case B:
		return "B"
	case uintptr:
		return "uintptr"
	}
	return "?"
}

type MyFn func(int) string
type MyCh chan int

func main() {
	var e error
	for _, x := range []any{
		func(int) string { return "" }, func(int, ...string) string { return "" }, func(int, []string) string { return "" },
		func() (int, error) { return 0, nil }, func(func(error)) {}, make(chan int), (<-chan int)(nil), (chan<- int)(nil),
		make(chan (<-chan int)), make(chan<- chan int), map[string]int{}, map[string]func(chan int) map[int]error{},
		[]func(){}, [2]func(){}, new(func()), struct {
			a int
			b chan error
		}{}, struct {
			a int `tag`
		}{}, struct{ a int }{}, struct{ A }{}, new(interface{ M(int) error }), []any{}, []error{e}, L[A]{}, L[L[string]]{},
		[]int32{}, []uint8{}, B{}, uintptr(1), MyFn(nil), MyCh(nil), struct{ b int }{}, map[string]A{}, [3]func(){}, L[B]{},
	} {
		println(kind(x))
	}
	println(local1() == local1(), local1() == local2(), generic[int]() == generic[int](), generic[int]() == generic[string](), generic[A]() == generic[int]())
	type T struct{ a int }
	t1 := any(T{1})
	{
		type T struct{ a int }
		println(t1 == any(T{1}))
	}
	println(t1 == any(T{1}), any(LA{1}) == any(L[int]{1}))
	f := any(func(x int) string { return "" })
	_, ok := f.(MyFn)
	_, ok2 := any(MyFn(nil)).(MyFn)
	println(ok, ok2)
	var p1, p2 any = new(int), new(int)
	println(p1 == p1, p1 == p2)
	var c1, c2 any = make(chan int), make(chan int)
	println(c1 == c1, c1 == c2, any(MyCh(nil)) == any((chan int)(nil)), any((chan int)(nil)) == any((chan int)(nil)), any((chan int)(nil)) == any((<-chan int)(nil)))
}
