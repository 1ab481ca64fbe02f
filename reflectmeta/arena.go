package reflectmeta

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file owns the memory of descriptors. It lies outside the host's heap and is never freed; what descriptors
// point to is static, lies here too, or is kept by keep. Descriptors are told from type words by where they are.

var arena struct {
	sync.Mutex
	lo   uintptr // start of the reservation
	next uintptr // first free byte
	kept []any
}

const arenaSize = 256 << 20 // reserved, not used: a descriptor takes some hundred bytes

// arenaAlloc returns n zeroed bytes, aligned to 8.
func arenaAlloc(n uintptr) unsafe.Pointer {
	arena.Lock()
	defer arena.Unlock()
	if arena.next == 0 {
		arena.next = uintptr(abi.Reserve(arenaSize))
		atomic.StoreUintptr(&arena.lo, arena.next)
	}
	p := arena.next
	arena.next += max(n+7, 8) &^ 7
	if arena.next > arena.lo+arenaSize {
		panic("reflectmeta: out of room for type descriptors")
	}
	return unsafe.Pointer(abi.Ptr[byte](p))
}

// IsDescriptor reports whether p is a descriptor, or part of one, and not a type word.
func IsDescriptor(p unsafe.Pointer) bool {
	lo := atomic.LoadUintptr(&arena.lo)
	return lo != 0 && uintptr(p)-lo < arenaSize
}

func arenaBytes(b []byte) *byte {
	p := arenaAlloc(uintptr(len(b)))
	copy(unsafe.Slice((*byte)(p), len(b)), b)
	return (*byte)(p)
}

// keep keeps x alive: something that only a descriptor refers to.
func keep(x any) {
	arena.Lock()
	arena.kept = append(arena.kept, x)
	arena.Unlock()
}

// closure keeps a func value made here, and returns its address.
func closure[F any](f F) unsafe.Pointer {
	keep(f)
	return *(*unsafe.Pointer)(unsafe.Pointer(&f))
}

// offsets is the table behind negative offsets: append-only, read without a lock.
var offsets offsetTable

type offsetTable struct {
	mu    sync.Mutex
	n     int32
	pages [1 << 12]atomic.Pointer[[1 << 12]unsafe.Pointer]
}

// add returns a new offset that stands for p.
func (t *offsetTable) add(p unsafe.Pointer) int32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	i := t.n + 1 // -1 stands for nothing: see ResolveType
	if int(i) >= 1<<24 {
		panic("reflectmeta: out of offsets")
	}
	pg := t.pages[i>>12].Load()
	if pg == nil {
		pg = new([1 << 12]unsafe.Pointer)
		t.pages[i>>12].Store(pg)
	}
	atomic.StorePointer(&pg[i&(1<<12-1)], p)
	return -i
}

func (t *offsetTable) at(off int32) unsafe.Pointer {
	i := -off
	return atomic.LoadPointer(&t.pages[i>>12].Load()[i&(1<<12-1)])
}
