package go126

import (
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is sync/atomic: on pointers, whose words are stored as integers, since the host's write barrier has no
// business with guest pointers, and for packages whose words are theirs alone.

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

// CompareAndSwapInt32 is sync/atomic's for the words of packages that only goroutines touch, as are the following. While one
// worker is awake, they need no locked instruction.
func CompareAndSwapInt32(p *int32, old, new int32) bool {
	return sched.CompareAndSwapUint32((*uint32)(unsafe.Pointer(p)), uint32(old), uint32(new))
}

func CompareAndSwapUint64(p *uint64, old, new uint64) bool {
	return sched.CompareAndSwapUint64(p, old, new)
}

func AddInt32(p *int32, d int32) int32 { return sched.AddInt32(p, d) }

func AddUint64(p *uint64, d uint64) uint64 { return sched.AddUint64(p, d) }

// AtomicPin and AtomicUnpin bracket the first store of an atomic.Value, so that it is not interrupted for
// long; a worker is not preempted between safepoints anyway.
func AtomicPin() int { return 0 }

// AtomicUnpin ends AtomicPin.
func AtomicUnpin() {}

// ptr makes a pointer of an address outside the host's heap.
func ptr(x uintptr) unsafe.Pointer { return unsafe.Pointer(abi.Ptr[byte](x)) }
