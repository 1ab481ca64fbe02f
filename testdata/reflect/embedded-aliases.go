package main

// A field that embeds a type by an alias is called after the alias.

import (
	"errors"
	"fmt"
	"reflect"
)

type (
	Int   int
	Num   = Int
	small = Int
	List  [2]int
	Pair  = List
	Fail  = error
	Sayer = interface{ Say() string }
	Gen   [1]int
	Box   [1]int
	any2  = any
)

func (i Int) Say() string { return fmt.Sprint("Int ", int(i)) }
func (l *List) Len() int  { return len(l) }

type S struct {
	Int
	Num2 Num
	*Pair
}

type (
	N struct{ Num }
	M struct{ small }
	F struct{ Fail }
	Y struct{ Sayer }
	A struct{ any2 }
)

func local[T any](x T) (any, any) {
	type C = []T
	type D = int32
	a := struct{ D }{D: 1}
	return a, struct {
		x C
		D
	}{C{x}, 2}
}

func fields(v any) {
	t := reflect.TypeOf(v)
	fmt.Println(t, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Printf("  %s %v %q %v %v\n", f.Name, f.Type, f.PkgPath, f.Anonymous, f.Offset)
	}
	fmt.Printf("%v %+v\n", v, v)
}

func main() {
	n := N{3}
	n.Num++
	fmt.Println(n.Say(), n.Num.Say(), N{Num: 4})
	m := M{5}
	m.small *= 2
	fmt.Println(m.Say(), m)
	s := S{1, 2, &Pair{3, 4}}
	fmt.Println(s.Len(), s.Pair[1], s.Int.Say())
	f := F{errors.New("failed")}
	fmt.Println(f.Error(), f.Fail)
	fmt.Println(Y{Num(7)}.Say())
	fields(n)
	fields(m)
	fields(S{})
	fields(f)
	fields(Y{})
	fields(A{1})
	a, b := local("x")
	fields(a)
	fields(b)
	{
		type C = int32
		a = struct{ C }{}
	}
	{
		type C = uint32
		b = struct{ C }{}
	}
	fmt.Println(a == b, a == any(struct{ D int32 }{}))
	fmt.Printf("%T %T\n", a, b)
}
