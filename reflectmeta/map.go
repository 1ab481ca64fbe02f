package reflectmeta

import (
	"sync/atomic"
	"unsafe"
)

// This file fills in map types: slots, groups and flags are computed as by
// cmd/compile/internal/reflectdata/map.go.

// fillMap completes a map type. A group is
//
//	struct { ctrl uint64; slots [8]struct { key K; elem V } }
//
// with keys and elements of more than 128 bytes replaced by pointers.
func (d *deriving) fillMap(m *MapType, p parts) {
	m.Key, m.Elem = d.guest(p.key), d.guest(p.elem)
	m.Hasher = hasherOf(p.key)
	key, elem := slotPart(p.key), slotPart(p.elem)
	m.ElemOff = align(key.size, elem.align)
	slotAlign := max(key.align, elem.align)
	m.SlotSize = m.ElemOff + elem.size
	if elem.size == 0 && m.SlotSize > 0 {
		m.SlotSize++ // the address of a final zero-size field must not be that of the next object
	}
	m.SlotSize = align(m.SlotSize, slotAlign)
	m.GroupSize = 8 + mapGroupSlots*m.SlotSize
	if m.SlotSize == 0 {
		m.GroupSize += 8
	}
	if needKeyUpdate(p.key) {
		m.Flags |= mapNeedKeyUpdate
	}
	if hashMightPanic(p.key) {
		m.Flags |= mapHashMightPanic
	}
	if p.key.Size > mapMaxInline {
		m.Flags |= mapIndirectKey
	}
	if p.elem.Size > mapMaxInline {
		m.Flags |= mapIndirectElem
	}

	var b bits
	for i := uintptr(0); i < mapGroupSlots; i++ {
		off := 8 + i*m.SlotSize
		key.mark(&b, off)
		elem.mark(&b, off+m.ElemOff)
	}
	mem := arenaAlloc(headerSize + unsafe.Sizeof(structType{}))
	m.Group = (*Type)(unsafe.Add(mem, headerSize))
	*m.Group = Type{Size: m.GroupSize, PtrBytes: b.ptrBytes(), Align: 8, FieldAlign: 8, Kind: Struct}
	m.Group.header().layout = unsafe.Pointer(makeLayout(m.GroupSize, m.GroupSize, &b))
}

// slot is a key or element as it lies in a map's group.
type slot struct {
	t           *Type // nil: a pointer to it
	size, align uintptr
}

func slotPart(t *Type) slot {
	if t.Size > mapMaxInline {
		return slot{size: 8, align: 8}
	}
	return slot{t, t.Size, uintptr(t.FieldAlign)}
}

func (s slot) mark(b *bits, off uintptr) {
	if s.t == nil {
		b.set(off)
	} else {
		b.mark(off, s.t)
	}
}

func align(x, n uintptr) uintptr { return (x + n - 1) &^ (n - 1) }

// needKeyUpdate reports whether equal keys may differ: assigning to an entry must store the key again.
func needKeyUpdate(t *Type) bool {
	switch k, _ := shape(t); k {
	case Float32, Float64, Complex64, Complex128, Interface, String:
		return true
	case Array:
		return needKeyUpdate(t.array().Elem)
	case Struct:
		for _, f := range t.strct().Fields {
			if needKeyUpdate(f.Typ) {
				return true
			}
		}
	}
	return false
}

func hashMightPanic(t *Type) bool {
	switch k, _ := shape(t); k {
	case Interface:
		return true
	case Array:
		return hashMightPanic(t.array().Elem)
	case Struct:
		for _, f := range t.strct().Fields {
			if hashMightPanic(f.Typ) {
				return true
			}
		}
	}
	return false
}

// MapTypeCache names a map type in generated code:
//
//	var ʀmt_k = rt.MapTypeCache{Proto: abi.Map[string, int]{}}
//
// Proto has the map's type; T is the descriptor once MapTypeOf has been asked for it.
type MapTypeCache struct {
	Proto any
	T     unsafe.Pointer // *MapType; written once, atomically
}

// MapTypeOf returns the guest's *internal/abi.MapType for a map operation.
func MapTypeOf(c *MapTypeCache) unsafe.Pointer {
	if t := atomic.LoadPointer(&c.T); t != nil {
		return t
	}
	return mapTypeSlow(c)
}

func mapTypeSlow(c *MapTypeCache) unsafe.Pointer {
	t := unsafe.Pointer(For(Word(c.Proto)))
	atomic.StorePointer(&c.T, t)
	return t
}
