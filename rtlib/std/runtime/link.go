//go:build rtgen

package runtime

import "unsafe"

// This file is what other packages, of std and elsewhere, link into package runtime for. Package runtime
// cannot use maps, which import it.

func rand() uint64

func randn(n uint32) uint32

func fastrand() uint32 { return uint32(rand()) }

func fastrand64() uint64 { return rand() }

func fastrandn(n uint32) uint32 { return randn(n) }

func cheaprand() uint32 { return uint32(rand()) }

func cheaprand64() int64 { return int64(rand()) }

func cheaprandn(n uint32) uint32 { return randn(n) }

func nanotime() int64

func walltime() (sec int64, nsec int32)

func cputicks() int64

func write(fd uintptr, p unsafe.Pointer, n int32) int32

func memhash(p unsafe.Pointer, h, s uintptr) uintptr

func strhash(p unsafe.Pointer, h uintptr) uintptr {
	s := (*string)(p)
	return memhash(unsafe.Pointer(unsafe.StringData(*s)), h, uintptr(len(*s)))
}

func stringHash(s string, seed uintptr) uintptr {
	return memhash(unsafe.Pointer(unsafe.StringData(s)), seed, uintptr(len(s)))
}

func memmove(to, from unsafe.Pointer, n uintptr)

func memclrNoHeapPointers(p unsafe.Pointer, n uintptr) { clear(unsafe.Slice((*byte)(p), n)) }

func memequal(p, q unsafe.Pointer, n uintptr) bool {
	return unsafe.String((*byte)(p), n) == unsafe.String((*byte)(q), n)
}

func memhash64(p unsafe.Pointer, h uintptr) uintptr { return memhash(p, h, 8) }

func memhash32(p unsafe.Pointer, h uintptr) uintptr { return memhash(p, h, 4) }

func throw(s string)

func fatal(s string)

func procyield(cycles uint32)

func getAuxv() []uintptr { return append([]uintptr(nil), hostAuxv()...) }

func hostAuxv() []uintptr

// nilMapError is what package internal/runtime/maps panics with.
func nilMapError() error { return plainError("assignment to entry in nil map") }

// What package internal/godebug wants to know of: the environment now, and each change of it.

var godebugUpdate func(string, string)

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(string, string)) {
	godebugUpdate = update
	update("", hostGetenv("GODEBUG"))
}

// The runtime counts its own settings without the help of that package.
//
//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(newIncNonDefault func(string) func()) {}

//go:linkname syscall_runtimeSetenv syscall.runtimeSetenv
func syscall_runtimeSetenv(key, value string) {
	if key == "GODEBUG" {
		godebugIs(value)
	}
}

//go:linkname syscall_runtimeUnsetenv syscall.runtimeUnsetenv
func syscall_runtimeUnsetenv(key string) {
	if key == "GODEBUG" {
		godebugIs("")
	}
}

func godebugIs(value string) {
	setGodebug(value)
	if godebugUpdate != nil {
		godebugUpdate("", value)
	}
}

// setGodebug tells the part of the runtime that is host code.
func setGodebug(value string)

func hostGetenv(key string) string

// vgetrandom is the vDSO's getrandom, which needs state of the thread; callers fall back to the system call.
func vgetrandom(p []byte, flags uint32) (ret int, supported bool) { return -1, false }
