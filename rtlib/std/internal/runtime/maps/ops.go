//go:build rtgen

package maps

import (
	"internal/abi"
	"unsafe"
)

// The operations that stock's compiler and runtime wrap around this package.

func rtgen_makemap(typ *abi.MapType, hint int) *Map {
	if hint < 0 {
		hint = 0
	}
	return NewMap(typ, uintptr(hint), nil, 1<<47)
}

func rtgen_mapdelete(typ *abi.MapType, m *Map, key unsafe.Pointer) {
	if m == nil || m.Used() == 0 {
		if err := mapKeyError(typ, key); err != nil {
			panic(err)
		}
		return
	}
	m.Delete(typ, key)
}

func rtgen_mapclear(typ *abi.MapType, m *Map) {
	if m != nil && m.Used() != 0 {
		m.Clear(typ)
	}
}
