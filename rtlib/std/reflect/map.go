//go:build rtgen

package reflect

import (
	"internal/abi"
	"internal/runtime/maps"
	"unsafe"
)

// This file has the map operations. Stock's runtime wraps them around internal/runtime/maps.

//go:linkname mapaccess2 runtime.mapaccess2
func mapaccess2(t *abi.MapType, m *maps.Map, key unsafe.Pointer) (unsafe.Pointer, bool)

//go:linkname mapaccess2_faststr runtime.mapaccess2_faststr
func mapaccess2_faststr(t *abi.MapType, m *maps.Map, key string) (unsafe.Pointer, bool)

//go:linkname mapassign1 runtime.mapassign
func mapassign1(t *abi.MapType, m *maps.Map, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapassign1_faststr runtime.mapassign_faststr
func mapassign1_faststr(t *abi.MapType, m *maps.Map, key string) unsafe.Pointer

func mapType(t *abi.Type) *abi.MapType { return (*abi.MapType)(unsafe.Pointer(t)) }

func makemap(t *abi.Type, cap int) unsafe.Pointer {
	return unsafe.Pointer(maps.NewMap(mapType(t), uintptr(max(cap, 0)), nil, 1<<47))
}

func mapaccess(t *abi.Type, m unsafe.Pointer, key unsafe.Pointer) unsafe.Pointer {
	p, ok := mapaccess2(mapType(t), (*maps.Map)(m), key)
	if !ok {
		return nil
	}
	return p
}

func mapaccess_faststr(t *abi.Type, m unsafe.Pointer, key string) unsafe.Pointer {
	p, ok := mapaccess2_faststr(mapType(t), (*maps.Map)(m), key)
	if !ok {
		return nil
	}
	return p
}

func mapassign(t *abi.Type, m unsafe.Pointer, key, val unsafe.Pointer) {
	p := mapassign1(mapType(t), (*maps.Map)(m), key)
	typedmemmove(mapType(t).Elem, p, val)
}

func mapassign_faststr(t *abi.Type, m unsafe.Pointer, key string, val unsafe.Pointer) {
	p := mapassign1_faststr(mapType(t), (*maps.Map)(m), key)
	typedmemmove(mapType(t).Elem, p, val)
}

func mapdelete(t *abi.Type, m unsafe.Pointer, key unsafe.Pointer) {
	if m != nil {
		(*maps.Map)(m).Delete(mapType(t), key)
	}
}

func mapdelete_faststr(t *abi.Type, m unsafe.Pointer, key string) {
	mapdelete(t, m, unsafe.Pointer(&key))
}

func maplen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int((*maps.Map)(m).Used())
}

func mapclear(t *abi.Type, m unsafe.Pointer) {
	if m != nil {
		(*maps.Map)(m).Clear(mapType(t))
	}
}

//rtgen:drop mapassign0 mapassign_faststr0
