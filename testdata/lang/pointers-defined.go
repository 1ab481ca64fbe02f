// Types defined as pointers: what they point to has methods, they have none.
package main

import (
	"fmt"
	"math/big"
)

type T struct{ n int }

func (t *T) Add(d int) *T { t.n += d; return t }
func (t T) Value() int    { return t.n }

type P *T

type Big *big.Int

type Array *[4]int

type holder struct{ p P }

type pair[E any] struct{ a, b E }

func (p *pair[E]) Swap() { p.a, p.b = p.b, p.a }

type Pair[E any] *pair[E]

func swapped[E any](p Pair[E]) E {
	(*p).Swap()
	return p.a
}

func main() {
	p := P(&T{1})
	(*p).Add(2)
	fmt.Println(p.n, (*p).Value(), (&*p).n)
	f, g := (*p).Add, (*p).Value
	f(3)
	fmt.Println(p.n, g())

	var i any = &*p
	var j any = p
	_, isT := i.(*T)
	_, isP := j.(P)
	fmt.Printf("%T %T %v %v\n", i, j, isT, isP)

	h := holder{p}
	(*h.p).Add(4)
	defer (*h.p).Add(5)
	fmt.Println(h.p.n, (*h.p).Value())

	b := Big(big.NewInt(1 << 40))
	fmt.Println((*b).Bytes(), (*b).String())

	a := Array(&[4]int{1, 2, 3, 4})
	for i, x := range a {
		a[i] = x * x
	}
	fmt.Println(len(a), a[1:3], *a, cap(a[:2]))

	fmt.Println(swapped(Pair[string](&pair[string]{"a", "b"})))

	var none P
	defer func() { fmt.Println(recover()) }()
	fmt.Println((*none).Value())
}
