//go:build rtgen

package sync

import (
	"sync/atomic"
	"unsafe"
)

// poolSize is one more than the largest number runtime_procPin may return now: workers are
// numbered, not processors, and there are more of them while some are in system calls.
func poolSize() int

func (p *Pool) pinSlow() (*poolLocal, int) {
	runtime_procUnpin()
	allPoolsMu.Lock()
	defer allPoolsMu.Unlock()
	pid := runtime_procPin()
	s := p.localSize
	l := p.local
	if uintptr(pid) < s {
		return indexLocal(l, pid), pid
	}
	if p.local == nil {
		allPools = append(allPools, p)
	}
	size := max(poolSize(), pid+1)
	local := make([]poolLocal, size)
	atomic.StorePointer(&p.local, unsafe.Pointer(&local[0]))
	runtime_StoreReluintptr(&p.localSize, uintptr(size))
	return &local[pid], pid
}
