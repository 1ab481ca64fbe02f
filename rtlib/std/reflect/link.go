//go:build rtgen

package reflect

import (
	"internal/abi"
	"internal/runtime/maps"
	"internal/unsafeheader"
	"unsafe"
)

// This file is what programs link to in reflect, and in runtime where types are concerned: an rtgen:link directive
// gives the symbol that a function stands in for, if it is not std that asks. Programs have the types from interfaces
// that they took apart, as the words that stand there, or from each other's results; a descriptor is accepted too.

// described is the descriptor of a type that comes from outside.
func described(t unsafe.Pointer) *abi.Type {
	if abi.IsDescriptor(t) {
		return (*abi.Type)(t)
	}
	return abi.GuestType(t)
}

func shown(t *abi.Type) unsafe.Pointer { return abi.HostWord(t) }

//rtgen:link link_unsafe_New reflect.unsafe_New
func link_unsafe_New(t unsafe.Pointer) unsafe.Pointer { return unsafe_New(described(t)) }

//rtgen:link link_unsafe_NewArray reflect.unsafe_NewArray
func link_unsafe_NewArray(t unsafe.Pointer, n int) unsafe.Pointer {
	return unsafe_NewArray(described(t), n)
}

//rtgen:link link_typedmemmove reflect.typedmemmove
func link_typedmemmove(t, dst, src unsafe.Pointer) { typedmemmove(described(t), dst, src) }

//rtgen:link link_typedmemclr reflect.typedmemclr
func link_typedmemclr(t, p unsafe.Pointer) { typedmemclr(described(t), p) }

//rtgen:link link_typedslicecopy reflect.typedslicecopy
func link_typedslicecopy(t unsafe.Pointer, dst, src unsafeheader.Slice) int {
	return typedslicecopy(described(t), dst, src)
}

//rtgen:link link_typehash reflect.typehash
func link_typehash(t, p unsafe.Pointer, h uintptr) uintptr { return typehash(described(t), p, h) }

//rtgen:link link_growslice reflect.growslice
func link_growslice(t unsafe.Pointer, old unsafeheader.Slice, num int) unsafeheader.Slice {
	return growslice(described(t), old, num)
}

//rtgen:link link_ifaceE2I reflect.ifaceE2I
func link_ifaceE2I(t unsafe.Pointer, src any, dst unsafe.Pointer) {
	ifaceE2I(described(t), insideAny(src), dst)
}

//rtgen:link link_ifaceIndir reflect.ifaceIndir
func link_ifaceIndir(t unsafe.Pointer) bool { return !described(t).IsDirectIface() }

//rtgen:link link_toType reflect.toType
func link_toType(t unsafe.Pointer) Type { return toType(described(t)) }

// ---- maps ----

//rtgen:link link_makemap reflect.makemap
func link_makemap(t unsafe.Pointer, n int) unsafe.Pointer { return makemap(described(t), n) }

//rtgen:link link_mapaccess reflect.mapaccess
func link_mapaccess(t, m, key unsafe.Pointer) unsafe.Pointer { return mapaccess(described(t), m, key) }

//rtgen:link link_mapaccess_faststr reflect.mapaccess_faststr
func link_mapaccess_faststr(t, m unsafe.Pointer, key string) unsafe.Pointer {
	return mapaccess_faststr(described(t), m, key)
}

//rtgen:link link_mapassign reflect.mapassign
func link_mapassign(t, m, key, val unsafe.Pointer) { mapassign(described(t), m, key, val) }

//rtgen:link link_mapassign_faststr reflect.mapassign_faststr
func link_mapassign_faststr(t, m unsafe.Pointer, key string, val unsafe.Pointer) {
	mapassign_faststr(described(t), m, key, val)
}

//rtgen:link link_mapdelete reflect.mapdelete
func link_mapdelete(t, m, key unsafe.Pointer) { mapdelete(described(t), m, key) }

//rtgen:link link_mapdelete_faststr reflect.mapdelete_faststr
func link_mapdelete_faststr(t, m unsafe.Pointer, key string) { mapdelete_faststr(described(t), m, key) }

//rtgen:link link_mapclear reflect.mapclear
func link_mapclear(t, m unsafe.Pointer) { mapclear(described(t), m) }

//rtgen:link link_maplen reflect.maplen
func link_maplen(m unsafe.Pointer) int { return maplen(m) }

// mapIter is what callers have as the iterator of releases before Go 1.24: key and value first, and no more
// pointers in between than here.
type mapIter struct {
	key, elem unsafe.Pointer
	typ       *abi.MapType
	it        *maps.Iter
}

//rtgen:link link_mapiterinit reflect.mapiterinit
func link_mapiterinit(t, m unsafe.Pointer, it *mapIter) {
	it.typ = mapType(described(t))
	it.it = new(maps.Iter)
	it.it.Init(it.typ, (*maps.Map)(m))
	link_mapiternext(it)
}

//rtgen:link link_mapiternext reflect.mapiternext
func link_mapiternext(it *mapIter) {
	it.it.Next()
	it.key, it.elem = it.it.Key(), it.it.Elem()
}

//rtgen:link link_mapiterkey reflect.mapiterkey
func link_mapiterkey(it *mapIter) unsafe.Pointer { return it.it.Key() }

//rtgen:link link_mapiterelem reflect.mapiterelem
func link_mapiterelem(it *mapIter) unsafe.Pointer { return it.it.Elem() }

// ---- all types that there are ----

// link_typelinks lists the program's types as gc's does: the sections' bases and, for each, the offsets of types.
//
//rtgen:link link_typelinks reflect.typelinks
func link_typelinks() (sections []unsafe.Pointer, offsets [][]int32) {
	for i := 0; ; i++ {
		base, n := rtgen_typelinks(i, nil)
		if base == nil {
			return sections, offsets
		}
		offs := make([]int32, n)
		rtgen_typelinks(i, offs)
		sections, offsets = append(sections, base), append(offsets, offs)
	}
}

// rtgen_typelinks returns the base of section i and how many offsets it has, and copies those to offs.
func rtgen_typelinks(i int, offs []int32) (base unsafe.Pointer, n int)

// link_resolveTypeOff is given the base of a section, or a type.
//
//rtgen:link link_resolveTypeOff reflect.resolveTypeOff
func link_resolveTypeOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	if abi.IsDescriptor(t) {
		return shown((*abi.Type)(resolveTypeOff(t, off)))
	}
	return rtgen_hostTypeOff(t, off)
}

//rtgen:link link_resolveNameOff reflect.resolveNameOff
func link_resolveNameOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	return resolveNameOff(unsafe.Pointer(described(t)), off)
}

//rtgen:link link_resolveTextOff reflect.resolveTextOff
func link_resolveTextOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	return resolveTextOff(unsafe.Pointer(described(t)), off)
}

func rtgen_hostTypeOff(base unsafe.Pointer, off int32) unsafe.Pointer

// ---- methods of *rtype ----

func linked(t unsafe.Pointer) *rtype { return toRType(described(t)) }

//rtgen:link link_rtype_Align reflect.(*rtype).Align
func link_rtype_Align(t unsafe.Pointer) int { return linked(t).Align() }

//rtgen:link link_rtype_FieldAlign reflect.(*rtype).FieldAlign
func link_rtype_FieldAlign(t unsafe.Pointer) int { return linked(t).FieldAlign() }

//rtgen:link link_rtype_Method reflect.(*rtype).Method
func link_rtype_Method(t unsafe.Pointer, i int) Method { return linked(t).Method(i) }

//rtgen:link link_rtype_MethodByName reflect.(*rtype).MethodByName
func link_rtype_MethodByName(t unsafe.Pointer, s string) (Method, bool) {
	return linked(t).MethodByName(s)
}

//rtgen:link link_rtype_NumMethod reflect.(*rtype).NumMethod
func link_rtype_NumMethod(t unsafe.Pointer) int { return linked(t).NumMethod() }

//rtgen:link link_rtype_Name reflect.(*rtype).Name
func link_rtype_Name(t unsafe.Pointer) string { return linked(t).Name() }

//rtgen:link link_rtype_PkgPath reflect.(*rtype).PkgPath
func link_rtype_PkgPath(t unsafe.Pointer) string { return linked(t).PkgPath() }

//rtgen:link link_rtype_Size reflect.(*rtype).Size
func link_rtype_Size(t unsafe.Pointer) uintptr { return linked(t).Size() }

//rtgen:link link_rtype_String reflect.(*rtype).String
func link_rtype_String(t unsafe.Pointer) string { return linked(t).String() }

//rtgen:link link_rtype_Kind reflect.(*rtype).Kind
func link_rtype_Kind(t unsafe.Pointer) Kind { return linked(t).Kind() }

//rtgen:link link_rtype_Implements reflect.(*rtype).Implements
func link_rtype_Implements(t unsafe.Pointer, u Type) bool { return linked(t).Implements(insideType(u)) }

//rtgen:link link_rtype_AssignableTo reflect.(*rtype).AssignableTo
func link_rtype_AssignableTo(t unsafe.Pointer, u Type) bool {
	return linked(t).AssignableTo(insideType(u))
}

//rtgen:link link_rtype_ConvertibleTo reflect.(*rtype).ConvertibleTo
func link_rtype_ConvertibleTo(t unsafe.Pointer, u Type) bool {
	return linked(t).ConvertibleTo(insideType(u))
}

//rtgen:link link_rtype_Comparable reflect.(*rtype).Comparable
func link_rtype_Comparable(t unsafe.Pointer) bool { return linked(t).Comparable() }

//rtgen:link link_rtype_Bits reflect.(*rtype).Bits
func link_rtype_Bits(t unsafe.Pointer) int { return linked(t).Bits() }

//rtgen:link link_rtype_ChanDir reflect.(*rtype).ChanDir
func link_rtype_ChanDir(t unsafe.Pointer) ChanDir { return linked(t).ChanDir() }

//rtgen:link link_rtype_IsVariadic reflect.(*rtype).IsVariadic
func link_rtype_IsVariadic(t unsafe.Pointer) bool { return linked(t).IsVariadic() }

//rtgen:link link_rtype_Elem reflect.(*rtype).Elem
func link_rtype_Elem(t unsafe.Pointer) Type { return linked(t).Elem() }

//rtgen:link link_rtype_Field reflect.(*rtype).Field
func link_rtype_Field(t unsafe.Pointer, i int) StructField { return linked(t).Field(i) }

//rtgen:link link_rtype_FieldByIndex reflect.(*rtype).FieldByIndex
func link_rtype_FieldByIndex(t unsafe.Pointer, index []int) StructField {
	return linked(t).FieldByIndex(index)
}

//rtgen:link link_rtype_FieldByName reflect.(*rtype).FieldByName
func link_rtype_FieldByName(t unsafe.Pointer, s string) (StructField, bool) {
	return linked(t).FieldByName(s)
}

//rtgen:link link_rtype_FieldByNameFunc reflect.(*rtype).FieldByNameFunc
func link_rtype_FieldByNameFunc(t unsafe.Pointer, f func(string) bool) (StructField, bool) {
	return linked(t).FieldByNameFunc(f)
}

//rtgen:link link_rtype_In reflect.(*rtype).In
func link_rtype_In(t unsafe.Pointer, i int) Type { return linked(t).In(i) }

//rtgen:link link_rtype_Out reflect.(*rtype).Out
func link_rtype_Out(t unsafe.Pointer, i int) Type { return linked(t).Out(i) }

//rtgen:link link_rtype_Key reflect.(*rtype).Key
func link_rtype_Key(t unsafe.Pointer) Type { return linked(t).Key() }

//rtgen:link link_rtype_Len reflect.(*rtype).Len
func link_rtype_Len(t unsafe.Pointer) int { return linked(t).Len() }

//rtgen:link link_rtype_NumField reflect.(*rtype).NumField
func link_rtype_NumField(t unsafe.Pointer) int { return linked(t).NumField() }

//rtgen:link link_rtype_NumIn reflect.(*rtype).NumIn
func link_rtype_NumIn(t unsafe.Pointer) int { return linked(t).NumIn() }

//rtgen:link link_rtype_NumOut reflect.(*rtype).NumOut
func link_rtype_NumOut(t unsafe.Pointer) int { return linked(t).NumOut() }

//rtgen:link link_rtype_ptrTo reflect.(*rtype).ptrTo
func link_rtype_ptrTo(t unsafe.Pointer) unsafe.Pointer { return shown(linked(t).ptrTo()) }
