package go126

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file is sync/atomic on pointers. The words are stored as integers: the host's write barrier has no
// business with guest pointers.

func word(p unsafe.Pointer) *uintptr { return (*uintptr)(p) }

// AtomicStorePointer is sync/atomic.StorePointer.
func AtomicStorePointer(w *abi.W, sp abi.SP, addr, val unsafe.Pointer) {
	atomic.StoreUintptr(word(addr), uintptr(val))
	abi.Dirty(addr)
}

// AtomicSwapPointer is sync/atomic.SwapPointer.
func AtomicSwapPointer(w *abi.W, sp abi.SP, addr, val unsafe.Pointer) unsafe.Pointer {
	old := ptr(atomic.SwapUintptr(word(addr), uintptr(val)))
	abi.Dirty(addr)
	return old
}

// AtomicCompareAndSwapPointer is sync/atomic.CompareAndSwapPointer.
func AtomicCompareAndSwapPointer(w *abi.W, sp abi.SP, addr, old, new unsafe.Pointer) bool {
	ok := atomic.CompareAndSwapUintptr(word(addr), uintptr(old), uintptr(new))
	abi.Dirty(addr)
	return ok
}

// AtomicPin and AtomicUnpin bracket the first store of an atomic.Value, so that it is not interrupted for
// long; a worker is not preempted between safepoints anyway.
func AtomicPin() int { return 0 }

// AtomicUnpin ends AtomicPin.
func AtomicUnpin() {}

// ptr makes a pointer of an address outside the host's heap.
func ptr(x uintptr) unsafe.Pointer { return unsafe.Pointer(abi.Ptr[byte](x)) }
