package go126

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"unsafe"
)

// This file is functions without effects, and the atomics whose host names differ.

// BytesCount is internal/bytealg.Count.
func BytesCount(b []byte, c byte) int {
	sep := [1]byte{c}
	return bytes.Count(b, sep[:])
}

// StringCount is internal/bytealg.CountString.
func StringCount(s string, c byte) int {
	sep := [1]byte{c}
	return strings.Count(s, unsafe.String(&sep[0], 1))
}

// Rand is runtime.rand.
func Rand() uint64 { return rand.Uint64() }

// Randn is runtime.randn: a number below n.
func Randn(n uint32) uint32 { return uint32(uint64(uint32(rand.Uint64())) * uint64(n) >> 32) }

//go:linkname hostX86 internal/cpu.X86
var hostX86 [0]byte

// X86 is internal/cpu.X86, as the host has filled it in.
func X86() unsafe.Pointer { return unsafe.Pointer(&hostX86) }

//go:linkname memhash runtime.memhash
//go:noescape
func memhash(p unsafe.Pointer, h, s uintptr) uintptr

// Memhash is runtime.memhash: the hash of s bytes at p with seed h.
func Memhash(p unsafe.Pointer, h, s uintptr) uintptr { return memhash(p, h, s) }

// StoreReluintptr is internal/runtime/atomic.StoreReluintptr; package sync passes pointers in it.
func StoreReluintptr(p *uintptr, v uintptr) uintptr {
	atomic.StoreUintptr(p, v)
	return 0
}

//go:linkname procyield runtime.procyield
func procyield(cycles uint32)

// Procyield is runtime.procyield.
func Procyield(cycles uint32) { procyield(cycles) }
