package reflectmeta

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// This file maps host type words to descriptors. The other way is a load: header.Host.

// header lies in front of every descriptor. rtlib/std knows Host's place.
type header struct {
	text   unsafe.Pointer // *byte, an encoded name; written once, atomically
	ptr    unsafe.Pointer // *Type, pointer to this type; the same
	layout unsafe.Pointer // *abi.Layout; the same
	Info   unsafe.Pointer // *Signature for funcs, *[]int32 for reordered interfaces; the same
	Host   *Type          // nil for the group types of maps
}

const headerSize = unsafe.Sizeof(header{})

func (t *Type) header() *header {
	return (*header)(unsafe.Add(unsafe.Pointer(t), -int(headerSize)))
}

// known is the table that For reads: open addressing, at most half full, replaced when it grows.
// An entry never changes once its key is set; a miss is settled under lock.
var (
	known atomic.Pointer[hashTable]
	lock  sync.Mutex // held while descriptors are derived
	count int        // entries of known; guarded by lock
)

type hashTable struct {
	shift   uint
	entries []entry
}

type entry struct{ host, guest unsafe.Pointer }

func init() { known.Store(newTable(6)) }

func newTable(bits uint) *hashTable {
	return &hashTable{shift: 64 - bits, entries: make([]entry, 1<<bits)}
}

func (h *hashTable) slot(p unsafe.Pointer) int {
	return int(uint64(uintptr(p)) * 0x9E3779B97F4A7C15 >> h.shift)
}

func (h *hashTable) get(p unsafe.Pointer) unsafe.Pointer {
	for i := h.slot(p); ; i++ {
		e := &h.entries[i&(len(h.entries)-1)]
		switch atomic.LoadPointer(&e.host) {
		case p:
			return e.guest
		case nil:
			return nil
		}
	}
}

func (h *hashTable) put(host, guest unsafe.Pointer) {
	for i := h.slot(host); ; i++ {
		e := &h.entries[i&(len(h.entries)-1)]
		if e.host == nil {
			e.guest = guest
			atomic.StorePointer(&e.host, host)
			return
		}
	}
}

// publish makes a complete descriptor visible; lock is held.
func publish(host, guest *Type) {
	t := known.Load()
	if count*2 >= len(t.entries) {
		n := newTable(64 - t.shift + 1)
		for _, e := range t.entries {
			if e.host != nil {
				n.put(e.host, e.guest)
			}
		}
		known.Store(n)
		t = n
	}
	t.put(unsafe.Pointer(host), unsafe.Pointer(guest))
	count++
}

// For returns the guest's descriptor for a host type word, nil for nil.
func For(word unsafe.Pointer) *Type {
	if word == nil {
		return nil
	}
	if g := known.Load().get(word); g != nil {
		return (*Type)(g)
	}
	return derive((*Type)(word))
}

// Host returns the host type word of a descriptor.
func Host(t *Type) unsafe.Pointer { return unsafe.Pointer(t.header().Host) }

// Elem is the descriptor of what a pointer, slice, array, channel or map type is made of.
func (t *Type) Elem() *Type {
	switch t.Kind {
	case Array:
		return t.array().Elem
	case Chan:
		return t.channel().Elem
	case Map:
		return t.mapt().Elem
	case Pointer, Slice:
		return t.ptr().Elem
	}
	return nil
}
