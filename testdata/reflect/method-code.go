// The code of a method, taken from reflect and called as a func value with the receiver in front.
package main

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"unsafe"
)

type Counter struct{ n int }

func (c *Counter) Add(a, b int, s string) (string, error) {
	c.n += a + b
	return s + fmt.Sprint(c.n), nil
}

func (c *Counter) Wait(ch chan int) error {
	c.n = <-ch
	return fmt.Errorf("got %d", c.n)
}

type Box struct{ p *int }

func (b Box) Get(f float64, more ...int) float64 { return f + float64(*b.p+len(more)) }

// method is m of x's type as a func value that takes x's data word.
func method[F any](x any, name string) F {
	m, _ := reflect.TypeOf(x).MethodByName(name)
	code := m.Func.Pointer()
	if f := runtime.FuncForPC(code); !strings.HasSuffix(f.Name(), "."+name) {
		fmt.Println("the code of", name, "is that of", f.Name())
	}
	p := &code
	return *(*F)(unsafe.Pointer(&p))
}

func main() {
	c := &Counter{}
	add := method[func(unsafe.Pointer, int, int, string) (string, error)](c, "Add")
	fmt.Println(add(unsafe.Pointer(c), 1, 2, "n = "))
	fmt.Println(add(unsafe.Pointer(c), 3, 4, "n = "))

	// One that waits.
	ch := make(chan int)
	go func() {
		runtime.Gosched()
		ch <- 7
	}()
	wait := method[func(unsafe.Pointer, chan int) error](c, "Wait")
	fmt.Println(wait(unsafe.Pointer(c), ch), c.n)

	n := 40
	get := method[func(unsafe.Pointer, float64, []int) float64](Box{&n}, "Get")
	fmt.Println(get(unsafe.Pointer(&n), 1.5, []int{1, 2}))

	a, _ := reflect.TypeOf(c).MethodByName("Add")
	b, _ := reflect.TypeOf(c).MethodByName("Add")
	fmt.Println(a.Func.Pointer() == b.Func.Pointer())
	fmt.Println(a.Func.Call([]reflect.Value{reflect.ValueOf(c), reflect.ValueOf(1), reflect.ValueOf(1), reflect.ValueOf("")})[0])
}
