// Types made at run time.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

type K struct{ A, B int }

func (k K) String() string { return fmt.Sprint("K", k.A, k.B) }

type Emb struct{ N int }

func (e Emb) Hello() string { return fmt.Sprint("hello ", e.N) }

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
	i, s, k := reflect.TypeFor[int](), reflect.TypeFor[string](), reflect.TypeFor[K]()
	for _, t := range []reflect.Type{
		reflect.PointerTo(k), reflect.SliceOf(k), reflect.ArrayOf(7, k), reflect.MapOf(k, s), reflect.MapOf(s, reflect.SliceOf(k)),
		reflect.ChanOf(reflect.BothDir, k), reflect.ChanOf(reflect.RecvDir, k), reflect.ChanOf(reflect.SendDir, reflect.ChanOf(reflect.RecvDir, i)),
		reflect.FuncOf([]reflect.Type{i, reflect.SliceOf(k)}, []reflect.Type{s, reflect.TypeFor[error]()}, true),
		reflect.StructOf([]reflect.StructField{{Name: "X", Type: i, Tag: `json:"x"`}, {Name: "Y", Type: reflect.MapOf(s, k)}}),
		reflect.ArrayOf(0, reflect.FuncOf(nil, nil, false)),
	} {
		fmt.Println(t, t.Kind(), t.Size(), t.Comparable(), t.Name() == "")
		fmt.Printf("  %T %v\n", reflect.New(t).Elem().Interface(), reflect.Zero(t).IsZero())
	}
	fmt.Println(reflect.MapOf(s, i) == reflect.TypeFor[map[string]int](), reflect.ChanOf(reflect.RecvDir, s) == reflect.TypeFor[<-chan string](),
		reflect.FuncOf([]reflect.Type{i}, nil, false) == reflect.TypeFor[func(int)](), reflect.ArrayOf(3, s) == reflect.TypeFor[[3]string](),
		reflect.StructOf([]reflect.StructField{{Name: "Q", Type: i}}) == reflect.TypeFor[struct{ Q int }]())

	mt := reflect.MapOf(k, reflect.TypeFor[[40]int]())
	m := reflect.MakeMap(mt)
	for n := range 100 {
		var a [40]int
		a[3] = n
		m.SetMapIndex(reflect.ValueOf(K{n, -n}), reflect.ValueOf(a))
	}
	sum := 0
	for it := m.MapRange(); it.Next(); {
		sum += int(it.Value().Index(3).Int()) + int(it.Key().Field(0).Int())
	}
	fmt.Println(m.Len(), sum, m.MapIndex(reflect.ValueOf(K{5, -5})).Index(3))
	if mm, ok := m.Interface().(map[K][40]int); ok {
		fmt.Println("identical", len(mm), mm[K{7, -7}][3])
	}

	c := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, k), 3)
	c.Send(reflect.ValueOf(K{1, 2}))
	fmt.Println(c.Len(), c.Interface().(chan K) != nil)
	x, ok := c.Recv()
	fmt.Println(x, ok)

	st := reflect.StructOf([]reflect.StructField{
		{Name: "Name", Type: s, Tag: `json:"name"`},
		{Name: "Keys", Type: reflect.SliceOf(k), Tag: `json:"keys,omitempty"`},
		{Name: "hidden", Type: i, PkgPath: "main"},
	})
	v := reflect.New(st)
	fmt.Println(json.Unmarshal([]byte(`{"name":"n","keys":[{"A":1,"B":2},{"A":3}]}`), v.Interface()))
	b, err := json.Marshal(v.Interface())
	fmt.Println(string(b), err)
	fmt.Printf("%v %+v\n%T\n", v.Elem(), v.Elem(), v.Interface())
	e := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "Emb", Type: reflect.TypeFor[Emb](), Anonymous: true}})).Elem()
	e.Field(0).Field(0).SetInt(4)
	fmt.Println(e, e.NumMethod(), e.Type())
	if h, ok := e.Interface().(interface{ Hello() string }); ok {
		fmt.Println(h.Hello())
	}
	f := reflect.MakeFunc(reflect.FuncOf([]reflect.Type{s, i}, []reflect.Type{s}, false), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(strings.Repeat(in[0].String(), int(in[1].Int())))}
	})
	fmt.Println(f.Call([]reflect.Value{reflect.ValueOf("ab"), reflect.ValueOf(3)})[0], f.Interface().(func(string, int) string)("x", 4))

	try("bad map", func() { reflect.MapOf(reflect.SliceOf(i), i) })
	try("dup", func() { reflect.StructOf([]reflect.StructField{{Name: "A", Type: i}, {Name: "A", Type: i}}) })
	try("unexported", func() { reflect.StructOf([]reflect.StructField{{Name: "a", Type: i}}) })
	try("no name", func() { reflect.StructOf([]reflect.StructField{{Type: i}}) })
	try("neg", func() { reflect.ArrayOf(-1, i) })
	try("variadic", func() { reflect.FuncOf([]reflect.Type{i}, nil, true) })
	try("huge", func() { reflect.ArrayOf(1<<62, i) })
}
