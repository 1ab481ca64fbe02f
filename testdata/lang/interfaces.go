// Interfaces: dynamic types and identity, comparison, hashing, assertion texts.
package main

type Shape interface {
	Area() float64
	Name() string
}
type Sq struct{ s float64 }
type Ci struct{ r float64 }

func (s Sq) Area() float64  { return s.s * s.s }
func (s Sq) Name() string   { return "sq" }
func (c *Ci) Area() float64 { return c.r * c.r * 3 }
func (c *Ci) Name() string  { return "ci" }

type Int int
type Str string
type Fl float64
type Word uintptr
type Ptr *int
type Pair struct{ a, b any }
type Emb struct{ Shape }
type priv interface{ hidden() }
type unexp struct{}

func (unexp) hidden() {}

func (i Int) Name() string  { return "Int" }
func (i Int) Area() float64 { return float64(i) }
func (s Str) Name() string  { return string(s) }
func (s Str) Area() float64 { return float64(len(s)) }
func (f Fl) Name() string   { return "Fl" }
func (f Fl) Area() float64  { return float64(f) }

type FnT func() string

func (f FnT) Name() string  { return f() }
func (f FnT) Area() float64 { return -1 }

type ChT chan int

func (c ChT) Name() string  { return "ch" }
func (c ChT) Area() float64 { return float64(cap(c)) }

type MpT map[string]int

func (c MpT) Name() string  { return "mp" }
func (c MpT) Area() float64 { return float64(len(c)) }

type ArT [1]*int

func (c ArT) Name() string  { return "ar" }
func (c ArT) Area() float64 { return float64(*c[0]) }

type StT struct{ p *int }

func (c StT) Name() string  { return "st" }
func (c StT) Area() float64 { return float64(*c.p) }

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			println(r.(error).Error())
		}
	}()
	f()
}

func main() {
	n := 5
	shapes := []Shape{Sq{2}, &Ci{3}, Int(4), Str("five"), Fl(1.5), FnT(func() string { return "fn" }), ChT(make(chan int, 3)), MpT{"a": 1}, ArT{&n}, StT{&n}, &Sq{3}, Emb{Sq{4}}, &Emb{&Ci{1}}}
	for _, s := range shapes {
		print(s.Name(), " ", s.Area(), "; ")
	}
	println()
	for i, a := range shapes {
		for j, b := range shapes {
			func() {
				defer func() {
					if r := recover(); r != nil {
						println(i, j, r.(error).Error())
					}
				}()
				if (a == b) != (i == j) {
					println("odd", i, j)
				}
			}()
		}
	}
	m := map[any]string{1: "int", int8(1): "int8", "1": "string", 1.0: "float", Int(1): "Int", true: "bool", nil: "nil",
		[2]int{1, 2}: "array", struct{ a int }{1}: "struct", Pair{1, "x"}: "pair", 1i: "complex", Sq{1}: "sq", 'a': "rune", &n: "ptr"}
	println(m[1], m[int8(1)], m["1"], m[1.0], m[Int(1)], m[true], m[nil], m[[2]int{1, 2}], m[struct{ a int }{1}], m[Pair{1, "x"}], m[1i], m[Sq{1}], m['a'], m[&n], m[uint(1)] == "", len(m))
	println(any(Pair{1, nil}) == any(Pair{1, nil}), any(Pair{1, 2}) == any(Pair{1, int8(2)}), any(&n) == any(Ptr(&n)), any((*int)(nil)) == nil)
	var s Shape
	var p priv = unexp{}
	try(func() { s.Name() })
	try(func() { _ = any(1).(string) })
	try(func() { _ = any(Int(1)).(int) })
	try(func() { _ = any(nil).(int) })
	try(func() { _ = s.(Sq) })
	s = Sq{1}
	try(func() { _ = s.(*Ci) })
	try(func() { _ = s.(interface{ Foo(int) string }) })
	try(func() { _ = any(Ci{}).(Shape) })
	try(func() { _ = any(s).(priv) })
	try(func() { _ = p.(Shape) })
	try(func() { _ = any(map[string][]*int{}).(func(int, ...string) (bool, error)) })
	try(func() { _ = any(make(chan<- int)).(<-chan int) })
	try(func() { _ = any(make(chan (<-chan int))).(chan int) })
	try(func() {
		_ = any(struct {
			A int `t:"x"`
			b []any
		}{}).(struct{})
	})
	try(func() { _ = any([3]Int{}).([]Int) })
	try(func() { _ = any((*Shape)(nil)).(Shape) })
	try(func() { _ = any(func() {}).(interface{ String() string }) })
	try(func() { _ = any(uint8(1)).(int32) })
	try(func() { _ = any(error(nil)).(error) })
	try(func() { _ = m[[]int{1}] })
	try(func() { m[map[int]int{}] = "" })
	try(func() { delete(m, any(func() {})) })
	try(func() { _ = m[Pair{1, []int{}}] })
	try(func() { _ = any([1]any{[]int{}}) == any([1]any{[]int{}}) })
	try(func() { println(any(Pair{1, []int{}}) == any(Pair{2, []int{}})) })
	type local struct{ Int }
	try(func() { _ = any(local{}).(*local) })
	func() {
		type local struct{ Int }
		try(func() { _ = any(local{}).(Sq) })
	}()
	if v, ok := s.(interface{ Area() float64 }); ok {
		println(v.Area())
	}
	_, ok := s.(interface{ Area() int })
	_, ok2 := any(p).(interface{ hidden() })
	println(ok, ok2)
	var e1, e2 any = 0.0, -0.0
	z := 0.0
	e2 = -z
	nan := z / z
	println(e1 == e2, any(nan) == any(nan), any(float32(1)) == any(1.0))
	var big any = [100]int{99: 1}
	println(big == any([100]int{99: 1}), big == any([100]int{}), big.([100]int)[99])
	for i := range 300 {
		var x any = i
		var y any = uint8(i)
		if x.(int) != i || y.(uint8) != uint8(i) {
			println("boxing", i)
		}
	}
	type T = struct{ x, y int }
	println(any(T{1, 2}) == any(struct{ x, y int }{1, 2}), any([]int(nil)) == nil, any(Shape(nil)) == nil)
}
