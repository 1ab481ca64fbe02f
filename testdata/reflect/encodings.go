// Packages that live on reflection: gob, xml, csv-like printing, sort, errors.
package main

import (
	"bytes"
	"encoding/gob"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"unique"
)

type Shape interface{ Area() float64 }

type Square struct{ Side float64 }

type Circle struct{ R float64 }

func (s Square) Area() float64  { return s.Side * s.Side }
func (c *Circle) Area() float64 { return 3 * c.R * c.R }

type Doc struct {
	XMLName xml.Name `xml:"doc"`
	ID      int      `xml:"id,attr"`
	Title   string   `xml:"title"`
	Items   []Item   `xml:"items>item"`
	Note    string   `xml:",comment"`
	Extra   *Item    `xml:"extra,omitempty"`
}

type Item struct {
	Name string  `xml:"name"`
	Qty  float32 `xml:"qty,attr"`
	On   bool    `xml:"on"`
}

type Message struct {
	From, To string
	Body     []byte
	Meta     map[string]Shape
	Next     *Message
	Nums     [4]uint16
	Any      any
}

type stack[T any] struct {
	items []T
	mu    sync.Mutex
	top   *T
	count atomic.Int64
}

func (s *stack[T]) Push(v T) {
	s.items = append(s.items, v)
	s.top = &s.items[len(s.items)-1]
	s.count.Add(1)
}
func (s *stack[T]) peek() T { return *s.top }

type tree[K interface{ ~int | ~string }, V any] struct {
	key         K
	val         V
	left, right *tree[K, V]
}

func (t *tree[K, V]) insert(k K, v V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{key: k, val: v}
	case k < t.key:
		t.left = t.left.insert(k, v)
	default:
		t.right = t.right.insert(k, v)
	}
	return t
}

type code int

func (c code) Error() string        { return fmt.Sprint("code ", int(c)) }
func (c code) Is(target error) bool { return target == fs.ErrExist }

type hidden interface{ secret() string }

type keeper struct{ hidden }

type secretive string

func (s secretive) secret() string { return "s:" + string(s) }

func main() {
	gob.Register(Square{})
	gob.Register(&Circle{})
	var buf bytes.Buffer
	m := Message{From: "a", To: "b", Body: []byte("hello"), Meta: map[string]Shape{"s": Square{2}}, Next: &Message{From: "c", Nums: [4]uint16{1, 2, 3, 4}}, Any: &Circle{1}}
	fmt.Println(gob.NewEncoder(&buf).Encode(m))
	var back Message
	fmt.Println(gob.NewDecoder(&buf).Decode(&back))
	fmt.Println(back.From, string(back.Body), back.Meta["s"].Area(), back.Next.Nums, back.Any.(Shape).Area(), reflect.DeepEqual(m, back))

	d := Doc{ID: 3, Title: "t & u", Items: []Item{{"x", 1.5, true}, {"y", 2, false}}, Note: " note "}
	out, err := xml.MarshalIndent(d, "", " ")
	fmt.Println(string(out), err)
	var d2 Doc
	fmt.Println(xml.Unmarshal(out, &d2), d2.ID, d2.Title, d2.Items)
	fmt.Println(xml.Unmarshal([]byte("<doc id='z'></doc>"), &d2))

	s := &stack[code]{}
	s.Push(3)
	s.Push(4)
	fmt.Printf("%T %v %v\n", s, s.items, s.peek())
	fmt.Printf("%+v\n", reflect.TypeOf(*s).Field(0))
	for i := range reflect.TypeOf(*s).NumField() {
		f := reflect.TypeOf(*s).Field(i)
		fmt.Println(f.Name, f.Type, f.PkgPath)
	}
	var t *tree[string, []int]
	for _, k := range []string{"m", "c", "x", "d"} {
		t = t.insert(k, []int{len(k)})
	}
	fmt.Printf("%T %v %+v\n", t, t.left.right.key, *t.left.right)
	fmt.Printf("%#v\n", *t.left.right)
	fmt.Println(reflect.TypeOf(t).Elem().Name(), reflect.TypeOf(t).Elem().Field(2).Type)

	err = fmt.Errorf("a: %w, %w", code(7), fs.ErrNotExist)
	var c code
	fmt.Println(errors.As(err, &c), int(c), errors.Is(err, fs.ErrExist), errors.Is(err, os.ErrNotExist), errors.Is(err, fs.ErrClosed))
	fmt.Printf("%T %T %T\n", err, errors.Join(err, err), errors.Unwrap(fmt.Errorf("%w", err)))

	people := []struct {
		Name string
		Age  int
	}{{"A", 30}, {"B", 20}, {"C", 25}}
	sort.Slice(people, func(i, j int) bool { return people[i].Age < people[j].Age })
	fmt.Println(people)
	sort.SliceStable(people, func(i, j int) bool { return people[i].Name > people[j].Name })
	fmt.Println(people, slices.Sorted(maps.Keys(map[code]bool{3: true, 1: false})))

	k := keeper{secretive("x")}
	fmt.Printf("%v %+v %T %s\n", k, k, k.hidden, k.secret())
	fmt.Println(reflect.TypeOf(k).NumMethod(), reflect.TypeOf((*hidden)(nil)).Elem().Method(0).Name, reflect.TypeOf((*hidden)(nil)).Elem().Method(0).PkgPath)
	_, isHidden := any(k).(hidden)
	fmt.Println(isHidden, reflect.TypeOf(k).Implements(reflect.TypeFor[hidden]()), reflect.TypeFor[secretive]().Implements(reflect.TypeFor[hidden]()))

	h := unique.Make(Item{"u", 1, true})
	fmt.Println(h == unique.Make(Item{"u", 1, true}), h.Value(), h == unique.Make(Item{"v", 1, true}))
	seed := maphash.MakeSeed()
	fmt.Println(maphash.Comparable(seed, Item{"a", 1, true}) == maphash.Comparable(seed, Item{"a", 1, true}), maphash.String(seed, "x") == maphash.String(seed, "x"))
	var sm sync.Map
	sm.Store(Item{Name: "k"}, 1)
	sm.Store("s", 2)
	v, ok := sm.Load(Item{Name: "k"})
	fmt.Println(v, ok)
	var av atomic.Value
	av.Store([]int{1})
	fmt.Println(av.Load())

	w := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	fmt.Fprintf(w, "%v\t%v\n%T\t%T\n", 1, "b", sm.Load, strings.NewReader)
	w.Flush()
	fmt.Printf("%v %d %v\n", []any{nil, (*int)(nil), error(nil)}, []any{1, "x"}, struct {
		a any
		e error
		f func()
	}{})
	fmt.Printf("%v %v\n", map[any]int{3: 1, 2: 2, 1: 3}, map[[2]int]string{{2, 1}: "x", {1, 2}: "y"})
	fmt.Printf("%6.2f|%-8s|%+d|%x|%q|%U|%e|%08b|%t\n", 3.14159, "ab", 5, "hi", 'x', 0x1F600, 12345.678, 5, true)
}
