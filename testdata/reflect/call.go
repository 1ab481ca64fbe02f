// Calling and making functions through reflect, across suspensions too.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"
)

type acc struct {
	n    int
	log  []string
	big  [20]int
	name string
}

func (a *acc) Add(n int, why ...string) (int, error) {
	a.n += n
	a.log = append(a.log, why...)
	if a.n > 100 {
		return a.n, errors.New("too much")
	}
	return a.n, nil
}

func (a acc) Name() string                     { return "acc " + a.name }
func (a acc) Big(f float32, g float64) [20]int { a.big[0] = int(f) + int(g); return a.big }
func (a *acc) Wait(c chan int, d time.Duration) (v int, ok bool, s string) {
	time.Sleep(d)
	runtime.Gosched()
	v, ok = <-c
	return v, ok, a.name
}

type namer interface{ Name() string }

type word int

func (w word) Twice() word { return w * 2 }

type ptr struct{ p *int }

func (p ptr) Get() int { return *p.p }

func sum(xs ...int) (t int) {
	for _, x := range xs {
		t += x
	}
	return t
}

func mixed(a int8, b string, c float32, d []int, e any, f func() int, g [2]string, h struct{}, i bool, j complex128, k uint16) string {
	return fmt.Sprint(a, b, c, d, e, f(), g, h, i, j, k)
}

func vals(xs ...any) (out []reflect.Value) {
	for _, x := range xs {
		out = append(out, reflect.ValueOf(x))
	}
	return out
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
	fmt.Println(reflect.ValueOf(sum).Call(vals(1, 2, 3))[0], reflect.ValueOf(sum).CallSlice(vals([]int{4, 5}))[0], reflect.ValueOf(sum).Call(nil)[0])
	fmt.Println(reflect.ValueOf(mixed).Call(vals(int8(-3), "str", float32(1.5), []int{1, 2}, "any", func() int { return 77 }, [2]string{"g", "h"}, struct{}{}, true, 1+2i, uint16(65535)))[0])
	fmt.Println(len(reflect.ValueOf(func() {}).Call(nil)))

	a := &acc{name: "x"}
	v := reflect.ValueOf(a)
	out := v.MethodByName("Add").Call(vals(60, "one", "two"))
	fmt.Println(out[0], out[1].IsNil(), a.log)
	out = v.Method(0).Call(vals(60))
	fmt.Println(out[0], out[1].Interface())
	fmt.Println(v.MethodByName("Name").Call(nil)[0], v.Elem().MethodByName("Name").Call(nil)[0])
	fmt.Println(v.MethodByName("Big").Call(vals(float32(1.25), 2.75))[0].Index(0))
	m := v.MethodByName("Add").Interface().(func(int, ...string) (int, error))
	n, err := m(1, "three")
	fmt.Println(n, err, a.log)
	name := reflect.ValueOf(*a).MethodByName("Name").Interface().(func() string)
	a.name = "changed"
	fmt.Println(name())
	var nm namer = a
	fmt.Println(reflect.ValueOf(&nm).Elem().Method(0).Call(nil)[0], reflect.ValueOf(&nm).Elem().NumMethod())
	tm, _ := reflect.TypeOf(a).MethodByName("Add")
	fmt.Println(tm.Type, tm.Func.Call(vals(a, 5, "four"))[0], a.log)
	tn, _ := reflect.TypeOf(*a).MethodByName("Name")
	fmt.Println(tn.Func.Call(vals(*a))[0], tn.Func.Interface().(func(acc) string)(acc{name: "direct"}))
	fmt.Println(reflect.ValueOf(word(21)).Method(0).Call(nil)[0].Int(), reflect.ValueOf(ptr{&a.n}).Method(0).Call(nil)[0])
	fmt.Println(strings.HasSuffix(runtime.FuncForPC(reflect.ValueOf(sum).Pointer()).Name(), "main.sum"))

	swap := reflect.MakeFunc(reflect.TypeFor[func(int, string) (string, int)](), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{in[1], in[0]}
	}).Interface().(func(int, string) (string, int))
	fmt.Println(swap(1, "a"))
	vf := reflect.MakeFunc(reflect.TypeFor[func(float64, ...[]int) ([3]any, error)](), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf([3]any{in[0].Interface(), in[1].Len(), nil}), reflect.Zero(reflect.TypeFor[error]())}
	}).Interface().(func(float64, ...[]int) ([3]any, error))
	fmt.Println(vf(2.5, []int{1}, nil))

	// Everything again with suspensions in the callee.
	c := make(chan int)
	var wg sync.WaitGroup
	results := make([]string, 6)
	for i := range 3 {
		wg.Go(func() {
			out := reflect.ValueOf(&acc{name: fmt.Sprint("w", i)}).MethodByName("Wait").Call(vals(c, time.Duration(i)*time.Millisecond))
			results[i] = fmt.Sprint(out[1], out[2])
			out[0].Int()
		})
		wg.Go(func() {
			f := reflect.MakeFunc(reflect.TypeFor[func(chan int, string) (int, []string)](), func(in []reflect.Value) []reflect.Value {
				x, _ := in[0].Recv()
				runtime.Gosched()
				y, _ := in[0].Recv()
				return []reflect.Value{reflect.ValueOf(int(x.Int()*0 + y.Int()*0 + 5)), reflect.ValueOf([]string{in[1].String()})}
			}).Interface().(func(chan int, string) (int, []string))
			n, s := f(c, fmt.Sprint("m", i))
			results[3+i] = fmt.Sprint(n, s)
		})
	}
	for i := range 9 {
		c <- i
	}
	wg.Wait()
	fmt.Println(results)

	w := reflect.ValueOf(&acc{name: "mv"}).MethodByName("Wait").Interface().(func(chan int, time.Duration) (int, bool, string))
	go func() { time.Sleep(time.Millisecond); c <- 99 }()
	fmt.Println(w(c, 0))

	// Select.
	c1, c2, quit := make(chan int), make(chan string, 1), make(chan struct{})
	go func() {
		for i := range 3 {
			c1 <- i
			time.Sleep(100 * time.Microsecond)
		}
		c2 <- "done"
		for len(c2) > 0 { // else the select may take either
			time.Sleep(100 * time.Microsecond)
		}
		close(quit)
	}()
	var got []string
	cases := []reflect.SelectCase{
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c1)},
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c2)},
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(quit)},
	}
	for {
		i, x, ok := reflect.Select(cases)
		got = append(got, fmt.Sprint(i, x, ok))
		if i == 2 {
			break
		}
	}
	sort.Strings(got)
	fmt.Println(got)
	i, _, _ := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: reflect.ValueOf(c1), Send: reflect.ValueOf(1)}, {Dir: reflect.SelectDefault}})
	fmt.Println(i)

	try("few", func() { reflect.ValueOf(swap).Call(vals(1)) })
	try("many", func() { reflect.ValueOf(swap).Call(vals(1, "", 3)) })
	try("type", func() { reflect.ValueOf(swap).Call(vals("x", 1)) })
	try("nil", func() { reflect.ValueOf((func())(nil)).Call(nil) })
	try("not func", func() { reflect.ValueOf(1).Call(nil) })
	try("panics", func() { reflect.ValueOf(func() { panic("inside") }).Call(nil) })
	try("made panics", func() {
		reflect.MakeFunc(reflect.TypeFor[func()](), func([]reflect.Value) []reflect.Value { panic(errors.New("made")) }).Interface().(func())()
	})
	try("suspends and panics", func() {
		reflect.ValueOf(func() { time.Sleep(time.Millisecond); var p *acc; p.n++ }).Call(nil)
	})
	try("wrong count", func() {
		reflect.MakeFunc(reflect.TypeFor[func() int](), func([]reflect.Value) []reflect.Value { return nil }).Call(nil)
	})
}
