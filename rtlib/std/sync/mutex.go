//go:build rtgen

package sync

import (
	"sync/atomic"
	"unsafe"
)

// Lock and Unlock differ from Go's in that the usual way, where nobody waits, is in sight of the inliner: a Mutex begins with
// its state, which is 1 then.

//line mutex.go:45
func (m *Mutex) Lock() {
	if !atomic.CompareAndSwapInt32((*int32)(unsafe.Pointer(m)), 0, 1) {
//line mutex.go:46
		m.mu.Lock()
	}
}

//line mutex.go:64
func (m *Mutex) Unlock() {
	if !atomic.CompareAndSwapInt32((*int32)(unsafe.Pointer(m)), 1, 0) {
//line mutex.go:65
		m.mu.Unlock()
	}
}
