package abi

import "unsafe"

// This file is the write barrier: who stores a pointer into memory that may be of the guest's heap says so,
// before or after, with no safepoint in between.
//
//	p.next = q   →   p.next = q; abi.Dirty(unsafe.Pointer(&p.next))
//
// A minor collection takes what survived an earlier one for live without looking at it. What such
// old objects point to it finds by their cards: 1 KB of addresses each, whose byte is 1 if a pointer
// was stored there since the last collection. Cards of addresses outside the heap share bytes
// with the heap's and mean nothing. The barrier has no branch: marking a card of the shadow stack
// or of a global costs less than asking.

// CardShift is the logarithm of a card's size.
const CardShift = 10

// cardBits is the logarithm of the number of cards: those of the largest heap.
const cardBits = 28

// cards is the card table.
var cards = Reserve(1 << cardBits)

// Card returns the byte of address a's card.
func Card(a uintptr) *uint8 {
	return (*uint8)(unsafe.Add(cards, a>>CardShift&(1<<cardBits-1)))
}

// Dirty says that a pointer, or a value of at most 64 bytes with pointers, is stored at p.
func Dirty(p unsafe.Pointer) { *Card(uintptr(p)) = 1 }

// DirtyRange says that pointers are stored in the n bytes at p.
func DirtyRange(p unsafe.Pointer, n uintptr) {
	if n == 0 {
		return
	}
	for a := uintptr(p) >> CardShift; a <= (uintptr(p)+n-1)>>CardShift; a++ {
		*Card(a << CardShift) = 1
	}
}
