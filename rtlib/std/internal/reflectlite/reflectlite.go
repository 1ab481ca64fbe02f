//go:build rtgen

package reflectlite

import (
	"internal/abi"
	"internal/runtime/maps"
	"unsafe"
)

// What touches the representation of interfaces: they hold the host's type words.

func packEface(v Value) any {
	t := v.typ()
	data := v.ptr
	switch {
	case !t.IsDirectIface():
		if v.flag&flagIndir == 0 {
			panic("bad indir")
		}
		if v.flag&flagAddr != 0 {
			data = unsafe_New(t)
			typedmemmove(t, data, v.ptr)
		}
	case v.flag&flagIndir != 0:
		data = *(*unsafe.Pointer)(v.ptr)
	}
	return abi.Pack(t, data)
}

func unpackEface(i any) Value {
	t, data := abi.Unpack(i)
	if t == nil {
		return Value{}
	}
	f := flag(t.Kind())
	if !t.IsDirectIface() {
		f |= flagIndir
	}
	return Value{t, data, f}
}

func maplen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int((*maps.Map)(m).Used())
}

func escapes(x any) {}

//rtgen:drop dummy
