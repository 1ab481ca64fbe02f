//go:build rtgen

package sync

import (
	"sync/atomic"
	"unsafe"
)

// Lock and Unlock differ from Go's in that the usual way, where nobody waits, is in sight of the inliner: a Mutex begins with
// its state, which is 1 then. Where somebody does, the look before spares an exchange that fails.

//line mutex.go:45
func (m *Mutex) Lock() {
	if s := (*int32)(unsafe.Pointer(m)); atomic.LoadInt32(s) != 0 || !atomic.CompareAndSwapInt32(s, 0, 1) {
//line mutex.go:46
		m.mu.Lock()
	}
}

//line mutex.go:64
func (m *Mutex) Unlock() {
	if s := (*int32)(unsafe.Pointer(m)); atomic.LoadInt32(s) != 1 || !atomic.CompareAndSwapInt32(s, 1, 0) {
//line mutex.go:65
		m.mu.Unlock()
	}
}
