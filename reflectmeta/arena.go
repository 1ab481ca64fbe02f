package reflectmeta

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// This file owns the memory of descriptors. It is the host's, pointer-free in the host's eyes and
// never freed; what descriptors point to is static, lies here too, or is kept by keep.

var arena struct {
	sync.Mutex
	chunks [][]uint64 // keeps them alive
	free   []uint64   // rest of the last chunk
	kept   []any
}

const chunkWords = 8192

// arenaAlloc returns n zeroed bytes, aligned to 8.
func arenaAlloc(n uintptr) unsafe.Pointer {
	words := int(n+7) / 8
	if words == 0 {
		words = 1
	}
	arena.Lock()
	defer arena.Unlock()
	if words > len(arena.free) {
		if words > chunkWords/4 {
			c := make([]uint64, words)
			arena.chunks = append(arena.chunks, c)
			return unsafe.Pointer(&c[0])
		}
		arena.free = make([]uint64, chunkWords)
		arena.chunks = append(arena.chunks, arena.free)
	}
	p := &arena.free[0]
	arena.free = arena.free[words:]
	return unsafe.Pointer(p)
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
	i := t.n
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
