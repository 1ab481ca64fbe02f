package abi

// This file takes memory from the system, for what lives outside both heaps.

import (
	"syscall"
	"unsafe"
)

// Reserve maps n zeroed bytes that cost memory only once they are touched. It panics if
// the system refuses.
func Reserve(n uintptr) unsafe.Pointer {
	const flags = syscall.MAP_PRIVATE | syscall.MAP_ANON | syscall.MAP_NORESERVE
	p, _, errno := syscall.RawSyscall6(syscall.SYS_MMAP, 0, n, syscall.PROT_READ|syscall.PROT_WRITE, flags, ^uintptr(0), 0)
	if errno != 0 {
		panic("rtgen: cannot map memory: " + errno.Error())
	}
	return unsafe.Pointer(Ptr[byte](p))
}

// AddressSpace is how many bytes the process may map (ulimit -v), the largest number if as many as it likes.
func AddressSpace() uint64 {
	limit := syscall.Rlimit{Cur: 1<<64 - 1}
	syscall.Getrlimit(syscall.RLIMIT_AS, &limit) // it fails nowhere; if it did, there would be no limit to heed
	return limit.Cur
}

// Guard makes n bytes at p fault when touched; both are multiples of the page size.
func Guard(p unsafe.Pointer, n uintptr) {
	syscall.RawSyscall(syscall.SYS_MPROTECT, uintptr(p), n, syscall.PROT_NONE)
}

// Release gives n bytes at p, from Reserve, back to the system.
func Release(p unsafe.Pointer, n uintptr) {
	syscall.RawSyscall(syscall.SYS_MUNMAP, uintptr(p), n, 0)
}

func growRet(w *W, n uintptr) {
	if w.Ret != nil {
		Release(w.Ret, w.RetLen)
	}
	n = (n + 4095) &^ 4095
	w.Ret, w.RetLen = Reserve(n), n
}
