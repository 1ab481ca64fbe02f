//go:build rtgen

package runtime

import "unsafe"

// This file is what other packages, of std and elsewhere, link into package runtime for.

func rand() uint64

func randn(n uint32) uint32

func fastrand() uint32 { return uint32(rand()) }

func fastrand64() uint64 { return rand() }

func fastrandn(n uint32) uint32 { return randn(n) }

func nanotime() int64

func walltime() (sec int64, nsec int32)

func cputicks() int64

func write(fd uintptr, p unsafe.Pointer, n int32) int32

func memhash(p unsafe.Pointer, h, s uintptr) uintptr

func strhash(p unsafe.Pointer, h uintptr) uintptr {
	s := (*string)(p)
	return memhash(unsafe.Pointer(unsafe.StringData(*s)), h, uintptr(len(*s)))
}

func memhash64(p unsafe.Pointer, h uintptr) uintptr { return memhash(p, h, 8) }

func memhash32(p unsafe.Pointer, h uintptr) uintptr { return memhash(p, h, 4) }

func throw(s string)

func fatal(s string)

func procyield(cycles uint32)

func getAuxv() []uintptr { return append([]uintptr(nil), hostAuxv()...) }

func hostAuxv() []uintptr

// gopanic of the runtime's own checks made in guest code.
func panicmem() { panic(memoryError) }
