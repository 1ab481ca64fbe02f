package gc

// This file keeps alive what only the runtime's own structures, in the host's heap, refer to.

import (
	"sync"
	"unsafe"
)

// Handle names a pinned object.
type Handle uint32

var pins struct {
	mu   sync.Mutex
	ptrs []uintptr // indexed by Handle; 0 is free. Handle 0 is never used.
	free []Handle
}

// Pin makes p a root until Unpin. Pinning an object n times takes n calls of Unpin.
func Pin(p unsafe.Pointer) Handle {
	pins.mu.Lock()
	defer pins.mu.Unlock()
	if n := len(pins.free); n > 0 {
		h := pins.free[n-1]
		pins.free = pins.free[:n-1]
		pins.ptrs[h] = uintptr(p)
		return h
	}
	if len(pins.ptrs) == 0 {
		pins.ptrs = append(pins.ptrs, 0)
	}
	pins.ptrs = append(pins.ptrs, uintptr(p))
	return Handle(len(pins.ptrs) - 1)
}

// Pinned returns what was pinned.
func Pinned(h Handle) unsafe.Pointer {
	pins.mu.Lock()
	defer pins.mu.Unlock()
	return ptr(pins.ptrs[h])
}

// Unpin ends a Pin. Handle 0 is allowed and means nothing.
func Unpin(h Handle) {
	if h == 0 {
		return
	}
	pins.mu.Lock()
	pins.ptrs[h] = 0
	pins.free = append(pins.free, h)
	pins.mu.Unlock()
}
