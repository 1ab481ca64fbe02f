//go:build rtgen

package reflect

import (
	"internal/abi"
	"internal/unsafeheader"
	"unsafe"
)

// This file has what touches the representation of interfaces, which hold the host's type words, and memory.

func packEface(v Value) any { return abi.Pack(v.typ(), packEfaceData(v)) }

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

// TypeAssert is GOROOT's, but for how it makes an interface of type T.
func TypeAssert[T any](v Value) (T, bool) {
	if v.flag == 0 {
		panic(&ValueError{"reflect.TypeAssert", Invalid})
	}
	if v.flag&flagRO != 0 {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	if v.flag&flagMethod != 0 {
		v = makeMethodValue("TypeAssert", v)
	}
	typ := abi.TypeFor[T]()
	if v.kind() == Interface {
		x, ok := packIfaceValueIntoEmptyIface(v).(T)
		return x, ok
	}
	if typ.Kind() == abi.Interface {
		x, ok := packEface(v).(T)
		return x, ok
	}
	if typ != v.typ() {
		var zero T
		return zero, false
	}
	if v.flag&flagIndir == 0 {
		return *(*T)(unsafe.Pointer(&v.ptr)), true
	}
	return *(*T)(v.ptr), true
}

func typedmemclrpartial(t *abi.Type, ptr unsafe.Pointer, off, size uintptr) {
	clear(unsafe.Slice((*byte)(ptr), size))
}

func typedslicecopy(t *abi.Type, dst, src unsafeheader.Slice) int {
	n := min(dst.Len, src.Len)
	if n > 0 {
		memmove(dst.Data, src.Data, uintptr(n)*t.Size_)
	}
	return n
}

func typedarrayclear(t *abi.Type, ptr unsafe.Pointer, n int) {
	if n > 0 && t.Size_ > 0 {
		clear(unsafe.Slice((*byte)(ptr), uintptr(n)*t.Size_))
	}
}

// growslice returns a slice with the length of old and room for num more.
func growslice(t *abi.Type, old unsafeheader.Slice, num int) unsafeheader.Slice {
	data, n := rtgen_growslice(t, old.Data, old.Len, old.Cap, num)
	return unsafeheader.Slice{Data: data, Len: old.Len, Cap: n}
}

func rtgen_growslice(t *abi.Type, data unsafe.Pointer, len, cap, num int) (unsafe.Pointer, int)

// unsafeslice panics as unsafe.Slice does.
func unsafeslice(t *abi.Type, ptr unsafe.Pointer, n int) {
	if t.Size_ > 0 && n > 0 && uintptr(n) > ^uintptr(0)/t.Size_ {
		n = -1
	}
	_ = unsafe.Slice((*struct{})(ptr), n)
	if n > 0 && t.Size_ > 0 {
		_ = unsafe.Slice((*byte)(ptr), uintptr(n)*t.Size_)
	}
}

func verifyNotInHeapPtr(p uintptr) bool { return p != ^uintptr(0) }

func escapes(x any) {}

func contentEscapes(x unsafe.Pointer) {}

func (v Value) Pointer() uintptr {
	switch k := v.kind(); k {
	case Pointer, Chan, Map, UnsafePointer:
		return uintptr(v.pointer())
	case Func:
		return uintptr(v.funcCode())
	case Slice:
		return uintptr((*unsafeheader.Slice)(v.ptr).Data)
	case String:
		return uintptr((*unsafeheader.String)(v.ptr).Data)
	}
	panic(&ValueError{"reflect.Value.Pointer", v.kind()})
}

func (v Value) UnsafePointer() unsafe.Pointer {
	switch k := v.kind(); k {
	case Pointer, Chan, Map, UnsafePointer:
		return v.pointer()
	case Func:
		return v.funcCode()
	case Slice:
		return (*unsafeheader.Slice)(v.ptr).Data
	case String:
		return (*unsafeheader.String)(v.ptr).Data
	}
	panic(&ValueError{"reflect.Value.UnsafePointer", v.kind()})
}

// funcCode is the code of a function. Those of MakeFunc share theirs, but for methods.
func (v Value) funcCode() unsafe.Pointer {
	if v.flag&flagMethod != 0 {
		return rtgen_funcCode(nil)
	}
	p := v.pointer()
	if p != nil {
		p = rtgen_funcCode(p)
	}
	return p
}

// rtgen_funcCode returns the code of a func value; for nil, that which values of MakeFunc share.
func rtgen_funcCode(fn unsafe.Pointer) unsafe.Pointer

//rtgen:drop dummy callReflect callMethod methodReceiver storeRcvr callGC debugReflectCall call nonEmptyInterface
