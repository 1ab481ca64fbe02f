//go:build rtgen

package reflect

import (
	"internal/abi"
	"internal/runtime/maps"
	"internal/unsafeheader"
	"unsafe"
)

// This file is what programs link to in runtime that is about types: see link.go.

//rtgen:link link_mallocgc runtime.mallocgc
func link_mallocgc(size uintptr, t unsafe.Pointer, needzero bool) unsafe.Pointer {
	if t == nil {
		return unsafe.Pointer(unsafe.SliceData(make([]uint64, (size+7)/8)))
	}
	d := described(t)
	if size <= d.Size_ {
		return unsafe_New(d)
	}
	return unsafe_NewArray(d, int(size/d.Size_))
}

//rtgen:link link_newobject runtime.newobject
func link_newobject(t unsafe.Pointer) unsafe.Pointer { return unsafe_New(described(t)) }

//rtgen:link link_newarray runtime.newarray
func link_newarray(t unsafe.Pointer, n int) unsafe.Pointer { return unsafe_NewArray(described(t), n) }

//rtgen:link link_makeslice runtime.makeslice
func link_makeslice(t unsafe.Pointer, len, cap int) unsafe.Pointer {
	return unsafe_NewArray(described(t), cap)
}

//rtgen:link link_runtime_growslice runtime.growslice
func link_runtime_growslice(old unsafe.Pointer, newLen, oldCap, num int, t unsafe.Pointer) unsafeheader.Slice {
	data, n := rtgen_growslice(described(t), old, newLen-num, oldCap, num)
	return unsafeheader.Slice{Data: data, Len: newLen, Cap: n}
}

//rtgen:link link_runtime_typedmemmove runtime.typedmemmove
func link_runtime_typedmemmove(t, dst, src unsafe.Pointer) { typedmemmove(described(t), dst, src) }

//rtgen:link link_runtime_typedmemclr runtime.typedmemclr
func link_runtime_typedmemclr(t, p unsafe.Pointer) { typedmemclr(described(t), p) }

//rtgen:link link_runtime_typedslicecopy runtime.typedslicecopy
func link_runtime_typedslicecopy(t, dst unsafe.Pointer, dstLen int, src unsafe.Pointer, srcLen int) int {
	return typedslicecopy(described(t), unsafeheader.Slice{Data: dst, Len: dstLen, Cap: dstLen}, unsafeheader.Slice{Data: src, Len: srcLen, Cap: srcLen})
}

//rtgen:link link_runtime_typehash runtime.typehash
func link_runtime_typehash(t, p unsafe.Pointer, h uintptr) uintptr {
	return typehash(described(t), p, h)
}

//rtgen:link link_runtime_makemap runtime.makemap
func link_runtime_makemap(t unsafe.Pointer, hint int, m *maps.Map) unsafe.Pointer {
	return unsafe.Pointer(maps.NewMap(mapType(described(t)), uintptr(max(hint, 0)), m, 1<<47))
}

//rtgen:link link_runtime_mapiterinit runtime.mapiterinit
func link_runtime_mapiterinit(t, m unsafe.Pointer, it *mapIter) { link_mapiterinit(t, m, it) }

//rtgen:link link_runtime_mapiternext runtime.mapiternext
func link_runtime_mapiternext(it *mapIter) { link_mapiternext(it) }

//rtgen:link link_runtime_mapclear runtime.mapclear
func link_runtime_mapclear(t, m unsafe.Pointer) { mapclear(described(t), m) }

//rtgen:link link_runtime_mapaccess1 runtime.mapaccess1
func link_runtime_mapaccess1(t, m, key unsafe.Pointer) unsafe.Pointer {
	p, _ := link_runtime_mapaccess2(t, m, key)
	return p
}

// link_runtime_mapaccess2 returns, as gc's does, a pointer to a zero value if there is none.
//
//rtgen:link link_runtime_mapaccess2 runtime.mapaccess2
func link_runtime_mapaccess2(t, m, key unsafe.Pointer) (unsafe.Pointer, bool) {
	mt := mapType(described(t))
	if p, ok := mapaccess2(mt, (*maps.Map)(m), key); ok {
		return p, true
	}
	if mt.Elem.Size_ > abi.ZeroValSize {
		return unsafe_New(mt.Elem), false
	}
	return unsafe.Pointer(&zeroVal[0]), false
}

//rtgen:link link_runtime_mapassign runtime.mapassign
func link_runtime_mapassign(t, m, key unsafe.Pointer) unsafe.Pointer {
	return mapassign1(mapType(described(t)), (*maps.Map)(m), key)
}

//rtgen:link link_runtime_mapdelete runtime.mapdelete
func link_runtime_mapdelete(t, m, key unsafe.Pointer) { mapdelete(described(t), m, key) }

//rtgen:link link_runtime_mapaccess1_fast32 runtime.mapaccess1_fast32
func link_runtime_mapaccess1_fast32(t, m unsafe.Pointer, key uint32) unsafe.Pointer {
	return link_runtime_mapaccess1(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapaccess2_fast32 runtime.mapaccess2_fast32
func link_runtime_mapaccess2_fast32(t, m unsafe.Pointer, key uint32) (unsafe.Pointer, bool) {
	return link_runtime_mapaccess2(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapassign_fast32 runtime.mapassign_fast32
func link_runtime_mapassign_fast32(t, m unsafe.Pointer, key uint32) unsafe.Pointer {
	return link_runtime_mapassign(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapdelete_fast32 runtime.mapdelete_fast32
func link_runtime_mapdelete_fast32(t, m unsafe.Pointer, key uint32) {
	link_runtime_mapdelete(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapaccess1_fast64 runtime.mapaccess1_fast64
func link_runtime_mapaccess1_fast64(t, m unsafe.Pointer, key uint64) unsafe.Pointer {
	return link_runtime_mapaccess1(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapaccess2_fast64 runtime.mapaccess2_fast64
func link_runtime_mapaccess2_fast64(t, m unsafe.Pointer, key uint64) (unsafe.Pointer, bool) {
	return link_runtime_mapaccess2(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapassign_fast64 runtime.mapassign_fast64
func link_runtime_mapassign_fast64(t, m unsafe.Pointer, key uint64) unsafe.Pointer {
	return link_runtime_mapassign(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapdelete_fast64 runtime.mapdelete_fast64
func link_runtime_mapdelete_fast64(t, m unsafe.Pointer, key uint64) {
	link_runtime_mapdelete(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapaccess1_faststr runtime.mapaccess1_faststr
func link_runtime_mapaccess1_faststr(t, m unsafe.Pointer, key string) unsafe.Pointer {
	return link_runtime_mapaccess1(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapaccess2_faststr runtime.mapaccess2_faststr
func link_runtime_mapaccess2_faststr(t, m unsafe.Pointer, key string) (unsafe.Pointer, bool) {
	return link_runtime_mapaccess2(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapassign_faststr runtime.mapassign_faststr
func link_runtime_mapassign_faststr(t, m unsafe.Pointer, key string) unsafe.Pointer {
	return link_runtime_mapassign(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapdelete_faststr runtime.mapdelete_faststr
func link_runtime_mapdelete_faststr(t, m unsafe.Pointer, key string) {
	link_runtime_mapdelete(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapassign_fast32ptr runtime.mapassign_fast32ptr
func link_runtime_mapassign_fast32ptr(t, m, key unsafe.Pointer) unsafe.Pointer {
	return link_runtime_mapassign(t, m, unsafe.Pointer(&key))
}

//rtgen:link link_runtime_mapassign_fast64ptr runtime.mapassign_fast64ptr
func link_runtime_mapassign_fast64ptr(t, m, key unsafe.Pointer) unsafe.Pointer {
	return link_runtime_mapassign(t, m, unsafe.Pointer(&key))
}
