package rtlib

// This file is types.

import (
	"unsafe"

	"rtgen/reflectmeta"
	"rtgen/rtlib/abi"
)

// MapTypeCache names a map type for its operations. Known to cps/gen.
type MapTypeCache = reflectmeta.MapTypeCache

// MapType returns the guest's *internal/abi.MapType.
func MapType(c *MapTypeCache) unsafe.Pointer { return reflectmeta.MapTypeOf(c) }

// LayoutOf returns the layout of the type with a host type word.
func LayoutOf(word unsafe.Pointer) *abi.Layout { return reflectmeta.LayoutOf(word) }

// RegisterTypeNames adds names of types that do not follow from their spelling: see reflectmeta.
func RegisterTypeNames(table string) { reflectmeta.RegisterTypeNames(table) }

// GrowSlice is Grow for types known at run time: it returns array and capacity of a slice with room for n
// elements more than oldLen.
func GrowSlice(w *abi.W, sp abi.SP, l *abi.Layout, old unsafe.Pointer, oldLen, oldCap, n int) (unsafe.Pointer, int) {
	return growSlice(w, sp, l, old, oldLen, oldCap, n)
}

// CallHasher calls the hash function of a type descriptor, which reaches no safepoint.
func CallHasher(f func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr, p unsafe.Pointer, seed uintptr) uintptr {
	return f(nil, 0, p, seed)
}

// CallEqual calls the comparison of a type descriptor, which reaches no safepoint.
func CallEqual(f func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool, p, q unsafe.Pointer) bool {
	return f(nil, 0, p, q)
}
