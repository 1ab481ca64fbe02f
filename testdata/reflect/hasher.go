// Fields that are read through an interface's type word are those of gc's descriptors: maphash has a map type's hash
// function from there.
package main

import (
	"fmt"
	"reflect"
	"unsafe"
)

type rtype struct {
	size, ptrBytes        uintptr
	hash                  uint32
	flags, align, fieldAl uint8
	kind                  uint8
	equal                 func(p, q unsafe.Pointer) bool
	gcdata                *byte
	name, ptrToThis       int32
}

type maptype struct {
	rtype
	key, elem, group *rtype
	hasher           func(unsafe.Pointer, uintptr) uintptr
}

type eface struct {
	typ  *rtype
	data unsafe.Pointer
}

func hasher[K comparable]() func(unsafe.Pointer, uintptr) uintptr {
	return typeOf((map[K]struct{})(nil)).hasher
}

// typeOf is not inlined: gc would read the descriptor while it compiles.
//
//go:noinline
func typeOf(m any) *maptype {
	return (*struct {
		typ  *maptype
		data unsafe.Pointer
	})(unsafe.Pointer(&m)).typ
}

//go:noinline
func unpack(x any) *eface { return (*eface)(unsafe.Pointer(&x)) }

type pair struct {
	s string
	n int
}

func main() {
	h := hasher[pair]()
	p, q, r := pair{"a", 1}, pair{string([]byte("a")), 1}, pair{"b", 1}
	hash := func(x *pair) uintptr { return h(unsafe.Pointer(x), 7) }
	fmt.Println(hash(&p) == hash(&q), hash(&p) == hash(&r), h(unsafe.Pointer(&p), 8) == hash(&p))

	x := unpack(p)
	fmt.Println(x.typ.size, x.typ.align, reflect.Kind(x.typ.kind), x.typ.equal(unsafe.Pointer(&p), unsafe.Pointer(&q)))
	m := typeOf(map[string]*pair{})
	fmt.Println(reflect.Kind(m.kind), reflect.Kind(m.key.kind), m.elem.size)
	defer func() { fmt.Println(recover()) }()
	fmt.Println(unpack(nil).typ.size)
}
