// Types as reflect shows them: names, paths, kinds, fields, tags, methods.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"
	"unsafe"
)

type (
	thing struct {
		A  int    `json:"a,omitempty"`
		b  string `x:"y"`
		_  int8
		in inner
		*Base
		error
	}
	inner       struct{ x, y float32 }
	Base        struct{ N int }
	Celsius     float64
	names       []string
	table       map[string]*thing
	feed        <-chan int
	handler     func(w io.Writer, args ...any) (int, error)
	List[T any] struct {
		head *node[T]
		Len  int
	}
	node[T any] struct {
		val  T
		next *node[T]
	}
	pair[K comparable, V any] struct {
		Key K
		Val V
	}
	shaper interface {
		Area() float64
		scale(float64)
	}
)

func (b *Base) Inc()                    { b.N++ }
func (b Base) String() string           { return fmt.Sprint("base ", b.N) }
func (c Celsius) F() float64            { return float64(c)*9/5 + 32 }
func (c Celsius) hidden()               {}
func (n names) Len() int                { return len(n) }
func (l *List[T]) Push(v T)             { l.head = &node[T]{v, l.head}; l.Len++ }
func (l List[T]) All(f func(T) bool)    {}
func (t table) Get(k string) *thing     { return t[k] }
func (f handler) Serve(w io.Writer) int { return 0 }

func show(v any) {
	t := reflect.TypeOf(v)
	fmt.Printf("%v name=%q pkg=%q kind=%v size=%d align=%d cmp=%v methods=%d\n",
		t, t.Name(), t.PkgPath(), t.Kind(), t.Size(), t.Align(), t.Comparable(), t.NumMethod())
	for i := range t.NumMethod() {
		m := t.Method(i)
		fmt.Printf("  method %d %s %v pkg=%q\n", m.Index, m.Name, m.Type, m.PkgPath)
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Printf("  field %s %v tag=%q off=%d idx=%v emb=%v pkg=%q exp=%v\n", f.Name, f.Type, f.Tag, f.Offset, f.Index, f.Anonymous, f.PkgPath, f.IsExported())
		}
	case reflect.Func:
		for i := range t.NumIn() {
			fmt.Println("  in", t.In(i))
		}
		for i := range t.NumOut() {
			fmt.Println("  out", t.Out(i))
		}
		fmt.Println("  variadic", t.IsVariadic())
	case reflect.Map:
		fmt.Println("  key", t.Key(), "elem", t.Elem())
	case reflect.Chan:
		fmt.Println("  dir", t.ChanDir(), "elem", t.Elem())
	case reflect.Pointer, reflect.Slice, reflect.Array:
		fmt.Println("  elem", t.Elem())
	}
}

func main() {
	type local struct{ L int }
	show(thing{})
	show(&thing{})
	show(Celsius(1))
	show(names{})
	show(table{})
	show(feed(nil))
	show(handler(nil))
	show(List[int]{})
	show(&List[string]{})
	show(List[pair[string, []time.Duration]]{})
	show(pair[inner, map[Celsius]local]{})
	show(local{})
	show([]local{})
	show(make(chan<- chan int))
	show(make(chan (<-chan int)))
	show(func(int, ...string) (a, b error) { return })
	show(map[[2]string]chan struct{}{})
	show(struct {
		X int `k:"v"`
		y []byte
	}{})
	show(struct{}{})
	show([3]*int{})
	show(unsafe.Pointer(nil))
	show(errors.New("x"))
	show(io.EOF)
	show(time.Second)
	show(&strings.Builder{})
	show(&sync.Mutex{})
	show(os.Stdout)
	show(reflect.ValueOf(1))
	show(complex64(1))

	for _, p := range []any{(*error)(nil), (*shaper)(nil), (*io.ReadWriteCloser)(nil), (*any)(nil), (*interface{ m(int) })(nil), (*fmt.Stringer)(nil)} {
		t := reflect.TypeOf(p).Elem()
		fmt.Printf("%v name=%q pkg=%q kind=%v n=%d\n", t, t.Name(), t.PkgPath(), t.Kind(), t.NumMethod())
		for i := range t.NumMethod() {
			m := t.Method(i)
			fmt.Printf("  %s %v pkg=%q\n", m.Name, m.Type, m.PkgPath)
		}
	}
	st := reflect.TypeFor[fmt.Stringer]()
	fmt.Println(reflect.TypeOf(Base{}).Implements(st), reflect.TypeOf(&Base{}).Implements(st), reflect.TypeOf(thing{}).Implements(st), reflect.TypeOf(1).Implements(st))
	fmt.Println(reflect.TypeOf(thing{}).Implements(reflect.TypeFor[error]()), reflect.TypeOf(errors.New("")).Implements(reflect.TypeFor[error]()))
	f, ok := reflect.TypeOf(thing{}).FieldByName("N")
	fmt.Println(f.Name, f.Index, f.Type, ok)
	f, ok = reflect.TypeOf(thing{}).FieldByName("error")
	fmt.Println(f.Name, f.Index, f.Type, f.PkgPath, f.Anonymous, ok)
	m, ok := reflect.TypeOf(&Base{}).MethodByName("Inc")
	fmt.Println(m.Name, m.Type, ok)
	fmt.Println(reflect.TypeOf(1) == reflect.TypeOf(2), reflect.TypeOf([]int{}) == reflect.SliceOf(reflect.TypeOf(1)), reflect.TypeOf(table{}) == reflect.TypeOf(map[string]*thing{}))
	fmt.Println(reflect.TypeOf(table{}).ConvertibleTo(reflect.TypeOf(map[string]*thing{})), reflect.TypeOf(names{}).AssignableTo(reflect.TypeOf([]string{})))
	fmt.Println(reflect.TypeFor[chan int]().AssignableTo(reflect.TypeFor[feed]()), reflect.TypeFor[feed]().AssignableTo(reflect.TypeFor[chan int]()))
	fmt.Println(reflect.VisibleFields(reflect.TypeOf(thing{}))[4].Name)
}
