//go:build rtgen

package pprof

import (
	"internal/profilerecord"
	"runtime"
	"unsafe"
)

// The goroutine profile is real; nothing else is sampled, so the other profiles are empty.

func pprof_goroutineProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	recs := make([]runtime.StackRecord, len(p))
	n, ok = runtime.GoroutineProfile(recs)
	if !ok {
		return n, false
	}
	for i := range n {
		p[i].Stack = recs[i].Stack()
	}
	return n, true
}

func pprof_goroutineLeakProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	return 0, true
}

func pprof_cyclesPerSecond() int64 { return 1e9 }

func pprof_memProfileInternal(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return 0, true
}

func pprof_blockProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_mutexProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_threadCreateInternal(p []profilerecord.StackRecord) (n int, ok bool) { return 0, true }

func pprof_fpunwindExpand(dst, src []uintptr) int { return copy(dst, src) }

func pprof_makeProfStack() []uintptr { return make([]uintptr, 128) }

func runtime_goroutineleakcount() int { return 0 }

func runtime_goroutineLeakGC() {}

// readProfile gives the CPU profile's header, 100 Hz, and its end.
func readProfile() (data []uint64, tags []unsafe.Pointer, eof bool) {
	return []uint64{3, 0, 100}, []unsafe.Pointer{nil}, true
}
