// The words of a reflect.Type, taken apart by unsafe, agree with those that interfaces hold.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type words struct{ typ, ptr unsafe.Pointer }

type point struct{ X, Y int }

func (p *point) String() string { return fmt.Sprintf("(%d, %d)", p.X, p.Y) }

// wordOf is what interfaces hold for values of type t.
func wordOf(t reflect.Type) unsafe.Pointer { return (*words)(unsafe.Pointer(&t)).ptr }

// typeOf is the way back: only the type word is looked at.
func typeOf(word unsafe.Pointer) reflect.Type {
	return reflect.TypeOf(*(*any)(unsafe.Pointer(&words{typ: word})))
}

// value makes an interface of a type and a data word.
func value(t reflect.Type, data unsafe.Pointer) (x any) {
	*(*words)(unsafe.Pointer(&x)) = words{wordOf(t), data}
	return x
}

func main() {
	for _, x := range []any{1, "s", point{}, &point{}, []int{}, map[string]*point{}, func() {}} {
		t := reflect.TypeOf(x)
		fmt.Println(t, wordOf(t) == (*words)(unsafe.Pointer(&x)).typ, typeOf(wordOf(t)) == t, (*(*[2]unsafe.Pointer)(unsafe.Pointer(&t)))[1] == wordOf(t), (*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1] == wordOf(t))
	}
	p := &point{3, 4}
	x := value(reflect.TypeOf(p), unsafe.Pointer(p))
	s, ok := x.(fmt.Stringer)
	fmt.Println(s, ok, x == any(p))
	y := value(reflect.TypeOf(p).Elem(), unsafe.Pointer(p))
	fmt.Println(y, y.(point).X, reflect.ValueOf(y).Field(1).Int())

	// Writing goes to the variable itself.
	t, u := reflect.TypeOf(1), reflect.TypeOf("")
	(*words)(unsafe.Pointer(&t)).ptr = *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(&u), 8))
	fmt.Println(t == u)
}
