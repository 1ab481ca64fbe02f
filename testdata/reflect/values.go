// Reading and changing values through reflect.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type point struct{ X, Y int }

type rec struct {
	I   int
	S   string
	F   float64
	B   []byte
	P   *point
	A   [3]int
	M   map[string]point
	E   any
	Fn  func(int) int
	C   chan int
	St  fmt.Stringer
	Err error
	low int
}

func (p point) String() string   { return fmt.Sprintf("<%d,%d>", p.X, p.Y) }
func (p *point) Move(dx, dy int) { p.X += dx; p.Y += dy }
func (p point) Sum(n ...int) int {
	s := p.X + p.Y
	for _, x := range n {
		s += x
	}
	return s
}

func try(what string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: panic %T: %v\n", what, e, e)
		}
	}()
	f()
	fmt.Println(what, "ok")
}

func main() {
	r := rec{low: 7}
	v := reflect.ValueOf(&r).Elem()
	v.FieldByName("I").SetInt(42)
	v.FieldByName("S").SetString("hello")
	v.FieldByName("F").SetFloat(2.5)
	v.FieldByName("B").SetBytes([]byte("bytes"))
	v.FieldByName("P").Set(reflect.ValueOf(&point{1, 2}))
	v.FieldByName("A").Index(1).SetInt(9)
	v.FieldByName("M").Set(reflect.MakeMap(v.FieldByName("M").Type()))
	v.FieldByName("M").SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(point{3, 4}))
	v.FieldByName("E").Set(reflect.ValueOf([]int{1, 2, 3}))
	v.FieldByName("Fn").Set(reflect.ValueOf(func(x int) int { return x * 2 }))
	v.FieldByName("C").Set(reflect.MakeChan(v.FieldByName("C").Type(), 2))
	v.FieldByName("St").Set(reflect.ValueOf(point{5, 6}))
	v.FieldByName("Err").Set(reflect.ValueOf(fmt.Errorf("e%d", 1)))
	fmt.Println(r.I, r.S, r.F, string(r.B), r.P, r.A, r.M, r.E, r.Fn(21), cap(r.C), r.St, r.Err)
	fmt.Println(v.FieldByName("low").Int(), v.FieldByName("low").CanSet(), v.FieldByName("I").CanSet())
	for i := range v.NumField() {
		f := v.Field(i)
		fmt.Println(i, f.Kind(), f.Type(), f.IsZero())
	}
	fmt.Println(v.FieldByName("E").Elem().Len(), v.FieldByName("E").Elem().Index(2).Interface())
	fmt.Println(v.FieldByName("St").Elem().Field(0).Int(), v.FieldByName("St").NumMethod())
	for _, k := range v.FieldByName("M").MapKeys() {
		fmt.Println(k, v.FieldByName("M").MapIndex(k))
	}

	m := map[string]int{"a": 1, "b": 2, "c": 3}
	mv := reflect.ValueOf(m)
	var keys []string
	for it := mv.MapRange(); it.Next(); {
		keys = append(keys, fmt.Sprint(it.Key(), "=", it.Value()))
	}
	sort.Strings(keys)
	fmt.Println(keys, mv.Len())
	mv.SetMapIndex(reflect.ValueOf("b"), reflect.Value{})
	fmt.Println(m, mv.MapIndex(reflect.ValueOf("zz")).IsValid())
	im := map[any]point{1: {1, 1}, "x": {2, 2}, point{9, 9}: {3, 3}}
	fmt.Println(reflect.ValueOf(im).MapIndex(reflect.ValueOf(point{9, 9})), reflect.ValueOf(im).MapIndex(reflect.ValueOf("x")))
	mv.Clear()
	fmt.Println(len(m))

	s := reflect.ValueOf(&[]int{1, 2, 3}).Elem()
	s.Set(reflect.Append(s, reflect.ValueOf(4), reflect.ValueOf(5)))
	s.Index(0).SetInt(100)
	fmt.Println(s.Interface(), s.Slice(1, 3), s.Len(), reflect.Copy(s, reflect.ValueOf([]int{7, 8})), s)
	s.SetLen(2)
	s.Grow(10)
	fmt.Println(s, s.Cap() >= 12)
	sw := reflect.Swapper([]string{})
	_ = sw
	ss := []string{"x", "y", "z"}
	reflect.Swapper(ss)(0, 2)
	ps := []point{{1, 2}, {3, 4}}
	reflect.Swapper(ps)(0, 1)
	fmt.Println(ss, ps)

	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}), reflect.DeepEqual(&r, &rec{}), reflect.DeepEqual([]any{1, "x", nil}, []any{1, "x", nil}))
	fmt.Println(reflect.Zero(reflect.TypeOf(r)).Field(0), reflect.New(reflect.TypeOf(point{})).Elem().Interface())
	fmt.Println(reflect.ValueOf(65).Convert(reflect.TypeOf("")), reflect.ValueOf(3.9).Convert(reflect.TypeOf(0)), reflect.ValueOf("héllo").Convert(reflect.TypeOf([]rune{})).Len())
	fmt.Println(reflect.ValueOf(point{1, 2}).Convert(reflect.TypeFor[fmt.Stringer]()).Type(), reflect.ValueOf([]int{1, 2, 3}).Convert(reflect.TypeFor[[2]int]()))

	c := reflect.ValueOf(r.C)
	c.Send(reflect.ValueOf(1))
	fmt.Println(c.TrySend(reflect.ValueOf(2)), c.TrySend(reflect.ValueOf(3)), c.Len(), c.Cap())
	x, ok := c.Recv()
	fmt.Println(x, ok)
	c.Close()
	x, ok = c.Recv()
	fmt.Println(x, ok)
	x, ok = c.TryRecv()
	fmt.Println(x, ok)

	try("set unaddressable", func() { reflect.ValueOf(1).SetInt(2) })
	try("set unexported", func() { v.FieldByName("low").SetInt(2) })
	try("wrong kind", func() { reflect.ValueOf("x").Int() })
	try("zero value", func() { reflect.Value{}.Type() })
	try("nil map", func() { reflect.ValueOf(map[string]int(nil)).SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(1)) })
	try("bad assign", func() { v.FieldByName("I").Set(reflect.ValueOf("s")) })
	try("index", func() { s.Index(99) })
	try("closed", func() { c.Close() })
	try("unhashable", func() { reflect.ValueOf(map[any]int{}).SetMapIndex(reflect.ValueOf([]int{1}), reflect.ValueOf(1)) })
	try("uncomparable", func() { fmt.Println(any([]int{1}) == any([]int{1})) })
	try("uncomparable struct", func() { fmt.Println(any(rec{}) == any(rec{})) })
	try("map key", func() { m := map[any]int{}; m[map[string]point{}] = 1 })
	try("map key func", func() { m := map[any]int{}; _ = m[func(point) error { return nil }] })
	try("assert", func() { var e any = point{}; _ = e.(error) })
	try("assert concrete", func() { var e any = []point{}; _ = e.(map[string]chan point) })
	try("assert iface", func() { var e fmt.Stringer = point{}; _ = e.(interface{ Foo(chan int) }) })
	fmt.Println(strings.Repeat("-", 3))
	a, isS := reflect.TypeAssert[fmt.Stringer](reflect.ValueOf(point{1, 1}))
	fmt.Println(a, isS)
	n, isI := reflect.TypeAssert[int](reflect.ValueOf(5))
	fmt.Println(n, isI)
	fmt.Println(reflect.ValueOf(r.Fn).Pointer() != 0, reflect.ValueOf(&r).Pointer() != 0, reflect.ValueOf(map[int]int(nil)).IsNil())
	fmt.Printf("%v %+v\n", reflect.ValueOf(point{1, 2}), reflect.ValueOf(&point{1, 2}).Elem())
	for i, e := range reflect.ValueOf([]string{"p", "q"}).Seq2() {
		fmt.Println(i, e)
	}
}
