package gc

import (
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

type node struct{ l, r *node }

var nodeLayout = abi.Layout{Size: 16, Period: 16, Mask: 3}

func newWorker() *abi.W {
	Start(testWorld, "")
	w := &abi.W{Heap: NewCache()}
	testWorld.ws = append(testWorld.ws, w)
	w.Base = mmap(1 << 20)
	w.Top = w.Base
	return w
}

func TestSizeClass(t *testing.T) {
	Start(testWorld, "")
	for n := uintptr(1); n <= maxSmall; n++ {
		sc := sizeClass(n)
		if uintptr(sizes[sc]) < n || uintptr(sizes[sc-1]) >= n {
			t.Fatalf("sizeClass(%d) = %d: %d bytes", n, sc, sizes[sc])
		}
	}
}

// Every offset of every cell size leads back to its cell.
func TestFind(t *testing.T) {
	Start(testWorld, "")
	for cell := uint64(minCell); cell <= maxSmall; cell += 8 {
		magic := uint64(uint32((1<<32 + cell - 1) / cell))
		for o := uint64(0); o < blockSize; o++ {
			if o*magic>>32 != o/cell {
				t.Fatalf("cell %d offset %d: %d", cell, o, o*magic>>32)
			}
		}
	}
}

func TestDistinctAndZero(t *testing.T) {
	w := newWorker()
	seen := map[unsafe.Pointer]bool{}
	for i := 0; i < 100000; i++ {
		n := uintptr(i%300 + 1)
		l := abi.Layout{Size: n, Period: n}
		p := New(w, 0, &l)
		if seen[p] {
			t.Fatal("address given twice")
		}
		seen[p] = true
		for _, x := range unsafe.Slice((*byte)(p), n) {
			if x != 0 {
				t.Fatal("not zeroed")
			}
		}
		for j := range unsafe.Slice((*byte)(p), n) {
			unsafe.Slice((*byte)(p), n)[j] = 0xff
		}
		base, _, _, ok := find(uintptr(p) + n - 1)
		if !ok || base > uintptr(p) || base+minCell < uintptr(p) {
			t.Fatalf("find(%x+%d) = %x, %v", p, n, base, ok)
		}
	}
}
