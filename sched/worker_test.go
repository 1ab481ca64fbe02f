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
