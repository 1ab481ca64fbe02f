// Package iter links to reflect and runtime, with types of its own, and does not import reflect.
package iter

import "unsafe"

type hiter struct {
	key, elem, typ, m                          unsafe.Pointer
	entryOffset, dirOffset, clearSeq, depth, i uint64
	tab, group                                 unsafe.Pointer
	entry                                      uint64
}

// Sum adds up the keys and values of m.
func Sum(m map[int64]int) (keys int64, values int) {
	var i any = m
	e := (*[2]unsafe.Pointer)(unsafe.Pointer(&i))
	var it hiter
	for mapiterinit(e[0], e[1], &it); mapiterkey(&it) != nil; mapiternext(&it) {
		keys += *(*int64)(mapiterkey(&it))
		values += *(*int)(it.elem)
	}
	return
}

//go:linkname mapiterinit runtime.mapiterinit
//go:noescape
func mapiterinit(t, m unsafe.Pointer, it *hiter)

//go:linkname mapiterkey reflect.mapiterkey
//go:noescape
func mapiterkey(it *hiter) unsafe.Pointer

//go:linkname mapiternext reflect.mapiternext
//go:noescape
func mapiternext(it *hiter)
