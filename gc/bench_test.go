package gc

import (
	hostdebug "runtime/debug"
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Benchmarks come in pairs, Ours and Stock; quote the ratio.

func benchWorker() (*abi.W, abi.SP) {
	testWorld = &fakeWorld{}
	world = testWorld
	w := newWorker()
	return w, w.Base
}

var (
	sinkNode *node
	sinkAny  any
)

func BenchmarkNewOurs(b *testing.B) {
	for _, l := range []*abi.Layout{{Size: 16, Period: 16, Mask: 3}, {Size: 64, Period: 64, Mask: 0x55}, {Size: 256, Period: 256, Mask: 1}} {
		b.Run(itoa(uint64(l.Size)), func(b *testing.B) {
			w, sp := benchWorker()
			for i := 0; i < b.N; i++ {
				New(w, sp, l)
			}
		})
	}
}

func BenchmarkNewStock(b *testing.B) {
	type t64 struct {
		a, b, c, d *int
		_          [4]int
	}
	type t256 struct {
		a *int
		_ [31]int
	}
	b.Run("16", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sinkNode = new(node)
		}
	})
	b.Run("64", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sinkAny = new(t64)
		}
	})
	b.Run("256", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sinkAny = new(t256)
		}
	})
}

func BenchmarkBytesOurs(b *testing.B) {
	w, sp := benchWorker()
	for i := 0; i < b.N; i++ {
		NewBytes(w, sp, i&63+1)
	}
}

var sinkBytes []byte

func BenchmarkBytesStock(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sinkBytes = make([]byte, i&63+1)
	}
}

func BenchmarkFrame(b *testing.B) {
	w, _ := benchWorker()
	fn := &abi.Func{Size: 64}
	for i := 0; i < b.N; i++ {
		FreeFrame(w, NewFrame(w, fn))
	}
}

// What cps/gen makes of a function that builds a tree.
type treeFrame struct{ l, r, site uintptr }

var (
	treeFn    = abi.Func{Name: "tree", Size: unsafe.Sizeof(treeFrame{})}
	treeSites = [...]abi.Site{{Fn: &treeFn}, {Fn: &treeFn, Live: 1}, {Fn: &treeFn, Live: 3}}
)

func treeOurs(w *abi.W, sp abi.SP, d int) *node {
	fr := (*treeFrame)(unsafe.Add(nil, sp))
	if d <= 0 {
		fr.site = uintptr(unsafe.Pointer(&treeSites[0]))
		return (*node)(New(w, sp+unsafe.Sizeof(treeFrame{}), &nodeLayout))
	}
	fr.site = uintptr(unsafe.Pointer(&treeSites[0]))
	l := treeOurs(w, sp+unsafe.Sizeof(treeFrame{}), d-1)
	fr.l = uintptr(unsafe.Pointer(l))
	fr.site = uintptr(unsafe.Pointer(&treeSites[1]))
	r := treeOurs(w, sp+unsafe.Sizeof(treeFrame{}), d-1)
	fr.r = uintptr(unsafe.Pointer(r))
	fr.site = uintptr(unsafe.Pointer(&treeSites[2]))
	n := (*node)(New(w, sp+unsafe.Sizeof(treeFrame{}), &nodeLayout))
	n.l, n.r = l, r
	return n
}

func treeStock(d int) *node {
	if d <= 0 {
		return new(node)
	}
	l := treeStock(d - 1)
	r := treeStock(d - 1)
	return &node{l, r}
}

func (n *node) count() int {
	if n.l == nil {
		return 1
	}
	return 1 + n.l.count() + n.r.count()
}

const treeDepth = 18

func BenchmarkTreesOurs(b *testing.B) {
	// The host's collector has nothing to do here.
	defer hostdebug.SetGCPercent(hostdebug.SetGCPercent(400))
	w, sp := benchWorker()
	for i := 0; i < b.N; i++ {
		fr := (*treeFrame)(unsafe.Add(nil, sp))
		fr.site = uintptr(unsafe.Pointer(&treeSites[0]))
		sp1 := sp + unsafe.Sizeof(treeFrame{})
		long := treeOurs(w, sp1, treeDepth)
		fr.l = uintptr(unsafe.Pointer(long))
		fr.site = uintptr(unsafe.Pointer(&treeSites[1]))
		n := 0
		for d := 4; d <= treeDepth; d += 4 {
			for j := 0; j < 1<<(treeDepth-d+4); j++ {
				n += treeOurs(w, sp1, d).count()
			}
		}
		if long.count() != 1<<(treeDepth+1)-1 || n == 0 {
			b.Fatal("tree damaged")
		}
	}
}

func BenchmarkTreesStock(b *testing.B) {
	for i := 0; i < b.N; i++ {
		long := treeStock(treeDepth)
		n := 0
		for d := 4; d <= treeDepth; d += 4 {
			for j := 0; j < 1<<(treeDepth-d+4); j++ {
				n += treeStock(d).count()
			}
		}
		if long.count() != 1<<(treeDepth+1)-1 || n == 0 {
			b.Fatal("tree damaged")
		}
	}
}
