// What programs link to in reflect takes the type words that interfaces hold, and so do interfaces that are put
// together by unsafe.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"unsafe"
)

//go:linkname unsafe_New reflect.unsafe_New
func unsafe_New(t unsafe.Pointer) unsafe.Pointer

//go:linkname typedmemmove reflect.typedmemmove
func typedmemmove(t, dst, src unsafe.Pointer)

//go:linkname unsafe_NewArray reflect.unsafe_NewArray
func unsafe_NewArray(t unsafe.Pointer, n int) unsafe.Pointer

//go:linkname typedslicecopy reflect.typedslicecopy
//go:noescape
func typedslicecopy(t unsafe.Pointer, dst, src header) int

//go:linkname makemap reflect.makemap
func makemap(t unsafe.Pointer, n int) unsafe.Pointer

//go:linkname mapassign reflect.mapassign
//go:noescape
func mapassign(t, m, key, val unsafe.Pointer)

//go:linkname mapaccess reflect.mapaccess
//go:noescape
func mapaccess(t, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapiterinit reflect.mapiterinit
//go:noescape
func mapiterinit(t, m unsafe.Pointer, it *hiter)

//go:linkname mapiternext reflect.mapiternext
//go:noescape
func mapiternext(it *hiter)

//go:linkname ifaceE2I reflect.ifaceE2I
func ifaceE2I(t unsafe.Pointer, src any, dst unsafe.Pointer)

//go:linkname kind reflect.(*rtype).Kind
//go:noescape
func kind(*rtype) reflect.Kind

//go:linkname elem reflect.(*rtype).Elem
//go:noescape
func elem(*rtype) reflect.Type

//go:linkname ptrTo reflect.(*rtype).ptrTo
//go:noescape
func ptrTo(*rtype) *rtype

//go:linkname toType reflect.toType
//go:noescape
func toType(*rtype) reflect.Type

//go:linkname typelinks reflect.typelinks
func typelinks() (sections []unsafe.Pointer, offsets [][]int32)

//go:linkname resolveTypeOff reflect.resolveTypeOff
func resolveTypeOff(base unsafe.Pointer, off int32) unsafe.Pointer

//go:linkname mallocgc runtime.mallocgc
//go:noescape
func mallocgc(size uintptr, typ unsafe.Pointer, zero bool) unsafe.Pointer

//go:linkname mapaccess2_faststr runtime.mapaccess2_faststr
//go:noescape
func mapaccess2_faststr(t, m unsafe.Pointer, key string) (unsafe.Pointer, bool)

//go:linkname next runtime.mapiternext
//go:noescape
func next(it unsafe.Pointer) (nothing unsafe.Pointer)

type rtype struct{ _ [48]byte }

type header struct {
	data     unsafe.Pointer
	len, cap int
}

type hiter struct {
	key, value, t, h, buckets, bptr unsafe.Pointer
	overflow, oldoverflow           *[]unsafe.Pointer
	startBucket                     uintptr
	offset                          uint8
	wrapped                         bool
	B, i                            uint8
	bucket, checkBucket             uintptr
}

type eface struct{ typ, data unsafe.Pointer }

// unpack takes any value apart, a reflect.Type too.
func unpack(x any) *eface { return (*eface)(unsafe.Pointer(&x)) }

func pack(typ, data unsafe.Pointer) any {
	var x any
	e := (*eface)(unsafe.Pointer(&x))
	e.typ = typ
	e.data = data
	return x
}

// named returns what it put together without naming it.
func named(typ, data unsafe.Pointer) (x any) {
	e := (*eface)(unsafe.Pointer(&x))
	e.typ, e.data = typ, data
	return
}

type Point struct{ X, Y int }

func (p *Point) String() string { return fmt.Sprint(p.X, "/", p.Y) }

type value struct {
	eface
	flag uintptr
}

// zero makes a reflect.Value of a new t.
func zero(t reflect.Type) (v reflect.Value) {
	const indir, addr = 1 << 7, 1 << 8
	w := (*value)(unsafe.Pointer(&v))
	w.typ = (*eface)(unsafe.Pointer(&t)).data
	w.flag = uintptr(t.Kind()) | indir | addr
	w.data = mallocgc(t.Size(), w.typ, true)
	return
}

func typeWord(v reflect.Value) unsafe.Pointer { return (*value)(unsafe.Pointer(&v)).typ }

func main() {
	p := &Point{3, 4}
	t := reflect.TypeOf(p)
	pt := unpack(t).data
	fmt.Println(pt == unpack(p).typ, t.Elem(), pack(pt, unsafe.Pointer(p)) == any(p), named(pt, unsafe.Pointer(p)))
	st := unpack(t.Elem()).data
	fmt.Println(st == unpack(*p).typ, pack(st, unsafe.Pointer(p)))

	// A type that goes through an interface and back.
	var u any = t
	e := (*eface)(unsafe.Pointer(&u))
	e.data = st
	fmt.Println(u, u.(reflect.Type).Kind(), u == any(t.Elem()))
	var v reflect.Type = t
	(*eface)(unsafe.Pointer(&v)).data = st
	fmt.Println(v, v.Kind(), v == t.Elem(), (func() reflect.Type { return v })())
	fmt.Println(*(*any)(unsafe.Pointer(&eface{unpack(u).typ, pt})))

	q := (*Point)(unsafe_New(st))
	typedmemmove(st, unsafe.Pointer(q), unsafe.Pointer(p))
	a := (*[3]Point)(unsafe_NewArray(st, 3))
	n := typedslicecopy(st, header{unsafe.Pointer(a), 3, 3}, header{unsafe.Pointer(q), 1, 1})
	fmt.Println(q, n, *a)
	var s fmt.Stringer
	ifaceE2I(unpack(reflect.TypeFor[fmt.Stringer]()).data, p, unsafe.Pointer(&s))
	fmt.Println(s)

	mt := unpack(map[string]*Point{}).typ
	m := makemap(mt, 3)
	for i, k := range []string{"a", "b", "c"} {
		v := &Point{i, i}
		mapassign(mt, m, unsafe.Pointer(&k), unsafe.Pointer(&v))
	}
	k := "b"
	fmt.Println(*(**Point)(mapaccess(mt, m, unsafe.Pointer(&k))), mapaccess(mt, nil, unsafe.Pointer(&k)) == nil, len(pack(mt, m).(map[string]*Point)))
	var keys []string
	var it hiter
	for mapiterinit(mt, m, &it); it.key != nil; mapiternext(&it) {
		keys = append(keys, *(*string)(it.key)+(*(**Point)(it.value)).String())
	}
	sort.Strings(keys)
	fmt.Println(keys)
	var none hiter
	mapiterinit(mt, nil, &none)
	fmt.Println(none.key == nil)

	v1, ok := mapaccess2_faststr(mt, m, "c")
	_, no := mapaccess2_faststr(mt, m, "d")
	mapiterinit(mt, m, &it)
	n = 0
	for ; it.key != nil; n++ {
		next(unsafe.Pointer(&it))
	}
	fmt.Println(*(**Point)(v1), ok, no, n)

	z := zero(t.Elem())
	z.Field(1).SetInt(5)
	w := value{eface: eface{st, unsafe.Pointer(q)}, flag: uintptr(reflect.Struct) | 1<<7}
	fmt.Println(z, typeWord(z) == st, z.Type() == t.Elem(), *(*reflect.Value)(unsafe.Pointer(&w)))

	r := (*rtype)(pt)
	fmt.Println(kind(r), elem(r), toType(ptrTo(r)), unsafe.Pointer(ptrTo(r)) == unpack(&p).typ, toType(r) == t)

	found := false
	sections, offsets := typelinks()
	for i, base := range sections {
		for _, off := range offsets[i] {
			var x any = t
			(*eface)(unsafe.Pointer(&x)).data = resolveTypeOff(base, off)
			found = found || x.(reflect.Type) == t
		}
	}
	fmt.Println(found)
}
