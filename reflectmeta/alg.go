package reflectmeta

import (
	"math/rand/v2"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file makes the guest's Equal and Hasher functions. They reach no safepoint and ignore w and sp.

// Error is a run-time error raised by this package; the runtime turns it into the guest's, as it does
// the host's own.
type Error string

func (e Error) Error() string { return "runtime error: " + string(e) }

// RuntimeError makes it a runtime.Error of the host.
func (e Error) RuntimeError() {}

type (
	equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool
	hashFunc  = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr
)

// Rand makes the hashes of NaNs differ. The scheduler may replace it by a seeded one before the program starts.
var Rand = rand.Uint64

// Static functions have static closures: nothing to keep.
var (
	equal0     equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return true }
	equal8     equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return *(*uint8)(p) == *(*uint8)(q) }
	equal16    equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return *(*uint16)(p) == *(*uint16)(q) }
	equal32    equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return *(*uint32)(p) == *(*uint32)(q) }
	equal64    equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return *(*uint64)(p) == *(*uint64)(q) }
	equalStr   equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return *(*string)(p) == *(*string)(q) }
	equalEface equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool {
		x, y := (*eface)(p), (*eface)(q)
		return x.typ == y.typ && equalData(x.typ, x.data, y.data)
	}
	equalIface equalFunc = func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool {
		x, y := (*iface)(p), (*iface)(q)
		return x.tab == y.tab && (x.tab == nil || equalData(x.tab.Type, x.data, y.data))
	}

	hash32    hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return hostHash32(p, seed) }
	hash64    hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return hostHash64(p, seed) }
	hashStr   hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return strhash(p, seed) }
	hashF32   hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return f32hash(p, seed) }
	hashF64   hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return f64hash(p, seed) }
	hashEface hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return efaceHash(p, seed) }
	hashIface hashFunc = func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return ifaceHash(p, seed) }
)

func funcAddr[F any](f F) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&f)) }

// equalOf returns the guest's Equal for a host type, nil if its values do not compare.
func equalOf(h *Type) unsafe.Pointer {
	if h.Equal == nil {
		return nil
	}
	if h.TFlag&FlagRegularMemory != 0 {
		switch h.Size {
		case 0:
			return funcAddr(equal0)
		case 1:
			return funcAddr(equal8)
		case 2:
			return funcAddr(equal16)
		case 4:
			return funcAddr(equal32)
		case 8:
			return funcAddr(equal64)
		}
	}
	switch h.Kind {
	case String:
		return funcAddr(equalStr)
	case Interface:
		if len(h.iface().Methods) == 0 {
			return funcAddr(equalEface)
		}
		return funcAddr(equalIface)
	}
	eq := hostEqual(h)
	return closure(equalFunc(func(w *abi.W, sp abi.SP, p, q unsafe.Pointer) bool { return eq(p, q) }))
}

// hostEqual is the host's Equal of a host type.
func hostEqual(h *Type) func(p, q unsafe.Pointer) bool {
	return *(*func(p, q unsafe.Pointer) bool)(unsafe.Pointer(&h.Equal))
}

// equalData compares what two interfaces of the same dynamic type hold.
func equalData(t *Type, x, y unsafe.Pointer) bool {
	if t == nil {
		return true
	}
	if t.Equal == nil {
		panic(Error("comparing uncomparable type " + t.text()))
	}
	if t.TFlag&FlagDirectIface != 0 {
		return x == y
	}
	return hostEqual(t)(x, y)
}

// hasherOf returns the guest's hash function for a host type, nil if its values have none.
func hasherOf(h *Type) unsafe.Pointer {
	if h.Equal == nil {
		return nil
	}
	if h.TFlag&FlagRegularMemory != 0 {
		switch h.Size {
		case 4:
			return funcAddr(hash32)
		case 8:
			return funcAddr(hash64)
		}
	}
	switch h.Kind {
	case String:
		return funcAddr(hashStr)
	case Float32:
		return funcAddr(hashF32)
	case Float64:
		return funcAddr(hashF64)
	case Interface:
		if len(h.iface().Methods) == 0 {
			return funcAddr(hashEface)
		}
		return funcAddr(hashIface)
	}
	return closure(hashFunc(func(w *abi.W, sp abi.SP, p unsafe.Pointer, seed uintptr) uintptr { return hash(h, p, seed) }))
}

// Hash hashes the value at p of the type that a descriptor describes: reflect's typehash.
func Hash(t *Type, p unsafe.Pointer, seed uintptr) uintptr { return hash(t.header().Host, p, seed) }

// hash agrees with what hasherOf returns, for every type.
func hash(t *Type, p unsafe.Pointer, seed uintptr) uintptr {
	if t.TFlag&FlagRegularMemory != 0 {
		switch t.Size {
		case 4:
			return hostHash32(p, seed)
		case 8:
			return hostHash64(p, seed)
		}
		return memhash(p, seed, t.Size)
	}
	switch t.Kind {
	case Float32:
		return f32hash(p, seed)
	case Float64:
		return f64hash(p, seed)
	case Complex64:
		return f32hash(unsafe.Add(p, 4), f32hash(p, seed))
	case Complex128:
		return f64hash(unsafe.Add(p, 8), f64hash(p, seed))
	case String:
		return strhash(p, seed)
	case Interface:
		if len(t.iface().Methods) == 0 {
			return efaceHash(p, seed)
		}
		return ifaceHash(p, seed)
	case Array:
		a := t.array()
		for i := uintptr(0); i < a.Len; i++ {
			seed = hash(a.Elem, unsafe.Add(p, i*a.Elem.Size), seed)
		}
		return seed
	case Struct:
		if k, _ := shape(t); k != Struct {
			break
		}
		for i := range t.strct().Fields {
			f := &t.strct().Fields[i]
			if !f.Name.blank() {
				seed = hash(f.Typ, unsafe.Add(p, f.Offset), seed)
			}
		}
		return seed
	}
	if t.Equal != nil { // a channel whose host type is not regular memory
		return memhash(p, seed, t.Size)
	}
	panic(Error("hash of unhashable type " + t.text()))
}

func efaceHash(p unsafe.Pointer, seed uintptr) uintptr {
	e := (*eface)(p)
	return dataHash(e.typ, &e.data, seed)
}

func ifaceHash(p unsafe.Pointer, seed uintptr) uintptr {
	i := (*iface)(p)
	if i.tab == nil {
		return seed
	}
	return dataHash(i.tab.Type, &i.data, seed)
}

// Constants of runtime/alg.go.
const (
	c0 = uintptr(2860486313)
	c1 = uintptr(3267000013)
)

func dataHash(t *Type, data *unsafe.Pointer, seed uintptr) uintptr {
	if t == nil {
		return seed
	}
	if t.Equal == nil {
		panic(Error("hash of unhashable type " + t.text()))
	}
	if t.TFlag&FlagDirectIface != 0 {
		return c1 * hash(t, unsafe.Pointer(data), seed^c0)
	}
	return c1 * hash(t, *data, seed^c0)
}

func f32hash(p unsafe.Pointer, h uintptr) uintptr {
	switch f := *(*float32)(p); {
	case f == 0:
		return c1 * (c0 ^ h) // +0, -0
	case f != f:
		return c1 * (c0 ^ h ^ uintptr(Rand()))
	}
	return memhash(p, h, 4)
}

func f64hash(p unsafe.Pointer, h uintptr) uintptr {
	switch f := *(*float64)(p); {
	case f == 0:
		return c1 * (c0 ^ h)
	case f != f:
		return c1 * (c0 ^ h ^ uintptr(Rand()))
	}
	return memhash(p, h, 8)
}

// The host's functions for regular memory of four and of eight bytes, which cannot be linked to. Its maps name them.
var (
	hostHash32 = hostHasher(map[uint32]bool(nil))
	hostHash64 = hostHasher(map[uint64]bool(nil))
)

func hostHasher(m any) func(p unsafe.Pointer, seed uintptr) uintptr {
	t := (*MapType)(unsafe.Pointer((*eface)(unsafe.Pointer(&m)).typ))
	return *(*func(unsafe.Pointer, uintptr) uintptr)(unsafe.Pointer(&t.Hasher))
}

//go:linkname memhash runtime.memhash
//go:noescape
func memhash(p unsafe.Pointer, seed, size uintptr) uintptr

//go:linkname strhash runtime.strhash
//go:noescape
func strhash(p unsafe.Pointer, seed uintptr) uintptr
