package go126

import (
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"rtgen/gc"
	"rtgen/reflectmeta"
	"rtgen/rtlib"
	"rtgen/rtlib/abi"
)

// This file is types and memory for reflect, internal/reflectlite and internal/abi. Descriptors
// are the guest's *internal/abi.Type.

func ReflectTypeOf(x any) *reflectmeta.Type { return reflectmeta.For(reflectmeta.Word(x)) }

func ReflectGuestType(word unsafe.Pointer) *reflectmeta.Type { return reflectmeta.For(word) }

func ReflectIsDescriptor(p unsafe.Pointer) bool { return reflectmeta.IsDescriptor(p) }

// ReflectTypelinks returns the base of section i of the host's types, nil behind the last, and how many offsets it
// has, and copies them to offs.
func ReflectTypelinks(i int, offs []int32) (base unsafe.Pointer, n int) {
	return reflectmeta.Typelinks(i, offs)
}

func ReflectHostTypeOff(base unsafe.Pointer, off int32) unsafe.Pointer {
	return reflectmeta.HostTypeOff(base, off)
}

func ReflectUnpack(x any) (*reflectmeta.Type, unsafe.Pointer) {
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(&x))
	return reflectmeta.For(w[0]), w[1]
}

func ReflectPack(t *reflectmeta.Type, data unsafe.Pointer) (x any) {
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(&x))
	w[0], w[1] = reflectmeta.Host(t), data // one by one: an array would be put together elsewhere and copied
	return x
}

func ReflectNameOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	return reflectmeta.ResolveName((*reflectmeta.Type)(t), off)
}

func ReflectTypeOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	return reflectmeta.ResolveType(t, off)
}

func ReflectTextOff(t unsafe.Pointer, off int32) unsafe.Pointer {
	return reflectmeta.ResolveText((*reflectmeta.Type)(t), off)
}

func ReflectAddOff(p unsafe.Pointer) int32 { return reflectmeta.AddOffset(p) }

func ReflectPtrTo(t *reflectmeta.Type) *reflectmeta.Type { return t.Pointer() }

func ReflectChanOf(dir int, t *reflectmeta.Type) *reflectmeta.Type { return reflectmeta.ChanOf(dir, t) }

func ReflectMapOf(key, elem *reflectmeta.Type) *reflectmeta.Type { return reflectmeta.MapOf(key, elem) }

func ReflectSliceOf(t *reflectmeta.Type) *reflectmeta.Type { return reflectmeta.SliceOf(t) }

func ReflectArrayOf(n int, t *reflectmeta.Type) *reflectmeta.Type { return reflectmeta.ArrayOf(n, t) }

func types(ps []unsafe.Pointer) []*reflectmeta.Type {
	ts := make([]*reflectmeta.Type, len(ps))
	for i, p := range ps {
		ts[i] = (*reflectmeta.Type)(p)
	}
	return ts
}

func ReflectFuncOf(ts []unsafe.Pointer, in int, variadic bool) *reflectmeta.Type {
	return reflectmeta.FuncOf(types(ts[:in]), types(ts[in:]), variadic)
}

func ReflectStructOf(names, pkgs, tags []string, ts []unsafe.Pointer, embedded []bool) *reflectmeta.Type {
	fs := make([]reflectmeta.Field, len(names))
	for i := range fs {
		fs[i] = reflectmeta.Field{
			Name: strings.Clone(names[i]), PkgPath: strings.Clone(pkgs[i]), Tag: strings.Clone(tags[i]),
			Type: (*reflectmeta.Type)(ts[i]), Embedded: embedded[i],
		}
	}
	return reflectmeta.StructOf(fs)
}

func ReflectMethodIndex(t unsafe.Pointer, i int) int {
	return reflectmeta.MethodIndex((*reflectmeta.Type)(t), i)
}

// ReflectIfaceE2I stores src at dst as a value of an interface type with methods.
func ReflectIfaceE2I(w *abi.W, sp abi.SP, t *reflectmeta.Type, src any, dst unsafe.Pointer) {
	hostIfaceE2I(reflectmeta.Host(t), src, dst)
}

//go:linkname hostIfaceE2I reflect.ifaceE2I
//go:noescape
func hostIfaceE2I(t unsafe.Pointer, src any, dst unsafe.Pointer)

func ReflectTypehash(w *abi.W, sp abi.SP, t *reflectmeta.Type, p unsafe.Pointer, seed uintptr) uintptr {
	return reflectmeta.Hash(t, p, seed)
}

func ReflectMemmove(dst, src unsafe.Pointer, n uintptr) {
	copy(unsafe.Slice((*byte)(dst), n), unsafe.Slice((*byte)(src), n))
	abi.DirtyRange(dst, n)
}

// ReflectGrowslice is append's growth for reflect: room for num more than n.
func ReflectGrowslice(w *abi.W, sp abi.SP, t *reflectmeta.Type, data unsafe.Pointer, n, c, num int) (unsafe.Pointer, int) {
	return rtlib.GrowSlice(w, sp, t.Layout(), data, n, c, num)
}

var keepMethods bool // never set; the compiler does not know

// ReflectKeepMethods makes the linker keep all exported methods: it looks for calls of Method in what it links.
func ReflectKeepMethods() {
	if keepMethods {
		reflect.TypeFor[error]().Method(len(hostTypes))
	}
}

var hostTypes []reflect.Type

// newOf allocates a value of a layout without passing a safepoint.
func newOf(w *abi.W, l *abi.Layout) unsafe.Pointer { return gc.New(w, 0, l) }

// ReflectStaticUint64s is the host's table of small numbers, which nobody can write to. The host's reflect
// gives the index of a first field from it.
func ReflectStaticUint64s() *[256]uint64 { return staticUint64s() }

var staticUint64s = sync.OnceValue(func() *[256]uint64 {
	return (*[256]uint64)(unsafe.Pointer(unsafe.SliceData(reflect.TypeFor[struct{ A int }]().Field(0).Index)))
})
