//go:build rtgen

package reflect

import (
	"internal/abi"
	"unsafe"
)

// This file is called where a program takes interfaces and reflect's values apart by unsafe: see
// rtgen/cps/build/words.go. Outside, a reflect.Type or a Value holds the type word that interfaces hold for the type;
// inside, its descriptor.

func words(p unsafe.Pointer) *[2]unsafe.Pointer { return (*[2]unsafe.Pointer)(p) }

// typeWords returns a copy of t's words, outside.
func typeWords(t Type) *[2]unsafe.Pointer {
	outsideType(&t)
	return words(unsafe.Pointer(&t))
}

func outsideType(p *Type) {
	if r, ok := (*p).(*rtype); ok {
		outside(unsafe.Pointer(p), r)
	}
}

func outsideAny(p *any) {
	if r, ok := (*p).(*rtype); ok {
		outside(unsafe.Pointer(p), r)
	}
}

// outside turns the interface at p, which holds r.
func outside(p unsafe.Pointer, r *rtype) {
	if abi.IsDescriptor(unsafe.Pointer(r)) {
		words(p)[1] = abi.HostWord(&r.t)
	}
}

func insideType(t Type) Type {
	if r, ok := t.(*rtype); ok && r != nil && !abi.IsDescriptor(unsafe.Pointer(r)) {
		return toRType(abi.GuestType(unsafe.Pointer(r)))
	}
	return t
}

// insideAny also accepts a descriptor for a type word.
func insideAny(x any) any {
	if w := words(unsafe.Pointer(&x)); abi.IsDescriptor(w[0]) {
		w[0] = abi.HostWord((*abi.Type)(w[0]))
	}
	if r, ok := x.(*rtype); ok {
		return insideType(r)
	}
	return x
}

// descriptor is where the fields lie of the type whose word, or descriptor, t is.
func descriptor(t unsafe.Pointer) unsafe.Pointer {
	if t == nil || abi.IsDescriptor(t) {
		return t
	}
	return unsafe.Pointer(abi.GuestType(t))
}

func outsideValue(p *Value) {
	if abi.IsDescriptor(unsafe.Pointer(p.typ_)) {
		p.typ_ = (*abi.Type)(abi.HostWord(p.typ_))
	}
}

func insideValue(v Value) Value {
	if v.typ_ != nil && !abi.IsDescriptor(unsafe.Pointer(v.typ_)) {
		v.typ_ = abi.GuestType(unsafe.Pointer(v.typ_))
	}
	return v
}
