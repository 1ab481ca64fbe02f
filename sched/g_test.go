package sched

import (
	"testing"
	"unsafe"
)

// TestSizeOfG: ten million goroutines want 200 bytes each, frames and what they close over included.
func TestSizeOfG(t *testing.T) {
	if n := unsafe.Sizeof(G{}); n != 96 {
		t.Errorf("G has %d bytes; want 96", n)
	}
	if perSlab%gBatch != 0 {
		t.Errorf("%d records in a slab; want a multiple of %d", perSlab, gBatch)
	}
}

func TestCreated(t *testing.T) {
	for _, c := range []struct{ id, by uint64 }{
		{2, 1}, {1 << 40, 1}, {1 << 40, idFar - 1}, {17, 40}, {idFar + 5, idFar + 1}, {idFar + 1, idFar + 16}, {idFar, idFar - 1},
		{7<<32 + 3, 7<<32 - 5}, {7<<32 - 5, 7<<32 + 3}, {9<<31 + 3, 9<<31 - 1<<29}, {3 << 31, 3<<31 - 1<<30 + 1},
	} {
		if by := nearID(c.id, shortID(c.by)); by != c.by {
			t.Errorf("goroutine %d was made by %d; want %d", c.id, by, c.by)
		}
	}
	at := uintptr(unsafe.Pointer(&coroFn))
	g := G{site: uint32(at)}
	if site, _ := g.Created(); site != at {
		t.Errorf("site %#x; want %#x", site, at)
	}
}
