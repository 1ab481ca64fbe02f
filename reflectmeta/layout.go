package reflectmeta

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file says where the pointers of a type are, in the collector's terms.

// bits has a bit for each word of a type: 1 for a pointer into the guest's heap.
type bits []uint64

func (b *bits) set(off uintptr) {
	i := off / 8
	for uintptr(len(*b)) <= i/64 {
		*b = append(*b, 0)
	}
	(*b)[i/64] |= 1 << (i % 64)
}

// ptrBytes is the offset behind the last pointer.
func (b bits) ptrBytes() uintptr {
	for i := len(b)*64 - 1; i >= 0; i-- {
		if b[i/64]&(1<<(i%64)) != 0 {
			return uintptr(i+1) * 8
		}
	}
	return 0
}

// mark sets the bits of a value of host type t at an offset. Type words of interfaces are not marked:
// they are the host's.
func (b *bits) mark(off uintptr, t *Type) {
	if t.PtrBytes == 0 {
		return
	}
	switch t.Kind {
	case Chan, Func, Map, Pointer, Slice, String, UnsafePointer:
		b.set(off)
	case Interface:
		b.set(off + 8)
	case Array:
		a := t.array()
		for i := uintptr(0); i < a.Len; i++ {
			b.mark(off+i*a.Elem.Size, a.Elem)
		}
	case Struct:
		for i := range t.strct().Fields {
			f := &t.strct().Fields[i]
			b.mark(off+f.Offset, f.Typ)
		}
	}
}

func makeLayout(size, period uintptr, b *bits) *abi.Layout {
	l := (*abi.Layout)(arenaAlloc(unsafe.Sizeof(abi.Layout{})))
	l.Size, l.Period = size, period
	switch {
	case len(*b) == 0:
	case period <= 64*8:
		l.Mask = (*b)[0]
	default:
		n := int(period/8+63) / 64
		l.Bits = unsafe.Slice((*uint64)(arenaAlloc(uintptr(n)*8)), n)
		copy(l.Bits, *b)
	}
	return l
}

// LayoutOf returns the layout of a host type's values. It is made once per type.
func LayoutOf(word unsafe.Pointer) *abi.Layout { return For(word).Layout() }

// Layout returns the layout of a descriptor's values.
func (t *Type) Layout() *abi.Layout {
	p := &t.header().layout
	if l := atomic.LoadPointer(p); l != nil {
		return (*abi.Layout)(l)
	}
	h := t.header().Host
	e := h
	for e.Kind == Array && e.array().Elem.Size > 0 && e.PtrBytes > 0 {
		e = e.array().Elem
	}
	var b bits
	period := e.Size
	if h.PtrBytes == 0 {
		period = h.Size
	} else {
		b.mark(0, e)
	}
	l := makeLayout(h.Size, period, &b)
	if !atomic.CompareAndSwapPointer(p, nil, unsafe.Pointer(l)) {
		l = (*abi.Layout)(atomic.LoadPointer(p))
	}
	return l
}
