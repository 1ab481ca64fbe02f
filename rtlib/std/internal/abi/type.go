//go:build rtgen

package abi

import "unsafe"

// Interfaces hold the host's type words. What describes a type to the guest is another object, which
// package reflectmeta makes when it is first asked for.

// TypeOf returns the descriptor of a's dynamic type.
func TypeOf(a any) *Type

// GuestType returns the descriptor for a type word, nil for nil.
func GuestType(word unsafe.Pointer) *Type

// IsDescriptor reports whether p is a descriptor and not a type word.
func IsDescriptor(p unsafe.Pointer) bool

// HostWord returns the type word for a descriptor: it lies in front of it.
func HostWord(t *Type) unsafe.Pointer {
	if t == nil {
		return nil
	}
	return *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(t), -8))
}

// Unpack takes an interface value apart.
func Unpack(a any) (t *Type, data unsafe.Pointer)

// Pack makes an interface value of a type and its data word.
func Pack(t *Type, data unsafe.Pointer) any
