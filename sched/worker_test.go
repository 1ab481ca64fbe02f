package sched

import (
	"slices"
	"testing"

	"rtgen/rtlib/abi"
)

// TestHeapBeforeList: a worker has its allocator when others can find it, as the collector does at any time.
func TestHeapBeforeList(t *testing.T) {
	list, cache := workers.list.Load(), NewHeapCache
	defer func() {
		workers.list.Store(list)
		NewHeapCache = cache
	}()
	made := false
	NewHeapCache = func(w *abi.W) {
		made = true
		if slices.ContainsFunc(allWorkers(), func(p *worker) bool { return &p.w == w }) {
			t.Error("the worker is listed already")
		}
	}
	newWorker()
	if !made {
		t.Error("no allocator was made")
	}
}

func TestStackSize(t *testing.T) {
	const none = 1<<64 - 1
	for _, c := range []struct {
		id    int
		space uint64
		want  uintptr
	}{
		{0, none, maxStack}, {63, none, maxStack}, {10000, none, maxStack},
		{0, 4 << 30, 512 << 20}, {1, 4 << 30, 256 << 20}, {63, 4 << 30, minStack},
	} {
		if got := stackSize(c.id, c.space); got != c.want {
			t.Errorf("worker %d of an address space of %d: %d, want %d", c.id, c.space, got, c.want)
		}
	}
}
