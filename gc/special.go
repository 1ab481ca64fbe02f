package gc

// This file is about objects with a finalizer, cleanups or weak pointers.
//
// Order of events, as in the host: everything that an object with a finalizer refers to
// is a root, the object itself is not. So of a chain only the first is found dead, and of
// a cycle none. When an object is found dead, its weak pointers are cleared, then its
// finalizer is queued, which keeps it for one more cycle; without a finalizer its cleanups
// are queued and it is gone.

import (
	"slices"
	"sync"
	"unsafe"

	"rtgen/rtlib/abi"
)

// special is what is attached to one object. Guest pointers are uintptrs, so that neither
// collector takes them for references by accident.
type special struct {
	finals   []final // more than one if 8-byte objects share the cell
	cleanups []cleanup
	weak     []weakRef
}

type final struct {
	arg uintptr // the pointer that SetFinalizer was given
	fn  uintptr // func(*abi.W, abi.SP, unsafe.Pointer)
}

type cleanup struct {
	id uint64
	fn uintptr // func(*abi.W, abi.SP)
}

type weakRef struct {
	addr   uintptr // may be interior
	handle uintptr // a word in the guest's heap that holds addr, or 0 once the object is dead
}

var specials struct {
	mu     sync.Mutex
	table  map[uintptr]*special // by the object's base
	lastID uint64
}

// Due is a call that the collector owes to the program.
type Due struct {
	Final   func(w *abi.W, sp abi.SP, p unsafe.Pointer) // finalizer, with its object
	P       unsafe.Pointer
	Cleanup func(w *abi.W, sp abi.SP) // if Final is nil
}

var queue struct {
	items   []queued // under specials.mu
	runner  func(w *abi.W, sp abi.SP)
	running bool
}

type queued struct{ fn, arg uintptr } // arg 0: a cleanup

// SetRunner sets the guest function that is started, on a goroutine of its own, when calls
// are due. It takes them from Next until there are none, and then returns:
//
//	for { d, ok := next(); if !ok { return }; d() }
func SetRunner(fn func(w *abi.W, sp abi.SP)) { queue.runner = fn }

// Next takes the next call that is due. Once it has returned false another runner may start.
func Next() (d Due, ok bool) {
	specials.mu.Lock()
	defer specials.mu.Unlock()
	if len(queue.items) == 0 {
		queue.running = false
		return d, false
	}
	q := queue.items[0]
	queue.items = queue.items[1:]
	if q.arg != 0 {
		d.Final = *(*func(*abi.W, abi.SP, unsafe.Pointer))(unsafe.Pointer(&q.fn))
		d.P = ptr(q.arg)
	} else {
		d.Cleanup = *(*func(*abi.W, abi.SP))(unsafe.Pointer(&q.fn))
	}
	return d, true
}

// Idle reports whether no calls are due or under way.
func Idle() bool {
	specials.mu.Lock()
	defer specials.mu.Unlock()
	return len(queue.items) == 0 && !queue.running
}

// of returns the special of the object p points into, making it if make is set; nil if p
// points to no heap object. specials.mu is held.
func of(p unsafe.Pointer, make bool) (s *special, base uintptr) {
	base, _, _, ok := find(uintptr(p))
	if !ok {
		return nil, 0
	}
	s = specials.table[base]
	if s == nil && make {
		if specials.table == nil {
			specials.table = map[uintptr]*special{}
		}
		s = new(special)
		specials.table[base] = s
	}
	return s, base
}

// What SetFinalizer reports.
const (
	FinalOK         = iota
	FinalNotHeap    // a global or zero-size object: nothing to do
	FinalNotAtStart // "pointer not at beginning of allocated block"
	FinalAlready    // "finalizer already set"
)

// SetFinalizer makes fn the finalizer of the object at p, or with nil removes it.
func SetFinalizer(p unsafe.Pointer, fn func(w *abi.W, sp abi.SP, p unsafe.Pointer)) int {
	specials.mu.Lock()
	defer specials.mu.Unlock()
	s, base := of(p, fn != nil)
	if base == 0 {
		return FinalNotHeap
	}
	if b := &blocks[(base-space.lo)>>blockShift]; uintptr(p) != base && !(b.cell == minCell && uintptr(p) == base+8) {
		drop(base, s)
		return FinalNotAtStart
	}
	if s == nil {
		return FinalOK
	}
	i := slices.IndexFunc(s.finals, func(f final) bool { return f.arg == uintptr(p) })
	switch {
	case fn == nil && i >= 0:
		s.finals = slices.Delete(s.finals, i, i+1)
		drop(base, s)
	case fn != nil && i >= 0:
		return FinalAlready
	case fn != nil:
		s.finals = append(s.finals, final{uintptr(p), *(*uintptr)(unsafe.Pointer(&fn))})
	}
	return FinalOK
}

// drop forgets s if nothing is left in it.
func drop(base uintptr, s *special) {
	if s != nil && len(s.finals) == 0 && len(s.cleanups) == 0 && len(s.weak) == 0 {
		delete(specials.table, base)
	}
}

// AddCleanup has fn called once the object that p points into is gone. It returns an
// identity for StopCleanup, or 0 if p does not point into the heap.
func AddCleanup(p unsafe.Pointer, fn func(w *abi.W, sp abi.SP)) uint64 {
	specials.mu.Lock()
	defer specials.mu.Unlock()
	s, base := of(p, true)
	if base == 0 {
		return 0
	}
	specials.lastID++
	s.cleanups = append(s.cleanups, cleanup{specials.lastID, *(*uintptr)(unsafe.Pointer(&fn))})
	return specials.lastID
}

// StopCleanup cancels an AddCleanup, if it is not due yet. p is the pointer it was given.
func StopCleanup(p uintptr, id uint64) {
	specials.mu.Lock()
	defer specials.mu.Unlock()
	s, base := of(ptr(p), false)
	if s == nil {
		return
	}
	for i, c := range s.cleanups {
		if c.id == id {
			s.cleanups = append(s.cleanups[:i], s.cleanups[i+1:]...)
			drop(base, s)
			return
		}
	}
}

// MakeWeak returns the handle of weak pointers to p, one for each p while it lives: two weak
// pointers are equal if their handles are. It may collect, so p must have a root.
func MakeWeak(w *abi.W, sp abi.SP, p unsafe.Pointer) unsafe.Pointer {
	h := New(w, sp, &handleLayout) // before taking the lock
	specials.mu.Lock()
	defer specials.mu.Unlock()
	s, base := of(p, true)
	if base == 0 {
		// A global, or an object without size: it lives for ever.
		*(*uintptr)(h) = uintptr(p)
		for _, r := range eternal {
			if r.addr == uintptr(p) {
				return ptr(r.handle)
			}
		}
		eternal = append(eternal, weakRef{uintptr(p), uintptr(h)})
		return h
	}
	for _, r := range s.weak {
		if r.addr == uintptr(p) {
			return ptr(r.handle)
		}
	}
	*(*uintptr)(h) = uintptr(p)
	s.weak = append(s.weak, weakRef{uintptr(p), uintptr(h)})
	return h
}

// handleLayout gives handles a cell each: 16 bytes, so that they do not share one.
var handleLayout = abi.Layout{Size: 16, Period: 16}

var eternal []weakRef // of objects outside the heap; under specials.mu

// Strong returns what the weak handle h points to, nil once that is dead.
func Strong(h unsafe.Pointer) unsafe.Pointer {
	if h == nil {
		return nil
	}
	// The world does not stop here, so the word and the object agree.
	return ptr(*(*uintptr)(h))
}

// specialRoots shows v what specials and the queue keep alive.
func specialRoots(v visitor) {
	for base, s := range specials.table {
		for _, c := range s.cleanups {
			v.pointer(c.fn)
		}
		for _, f := range s.finals {
			v.pointer(f.fn)
		}
		if len(s.finals) > 0 {
			// Not the object, but all it refers to.
			if b := &blocks[(base-space.lo)>>blockShift]; b.scan != scanNone {
				scanObject(v, base, b)
			}
		}
	}
	for _, q := range queue.items {
		v.pointer(q.fn)
		v.pointer(q.arg)
	}
	for _, r := range eternal {
		v.pointer(r.handle)
	}
}

// settleSpecials queues and clears what the marking that just ended found dead.
func settleSpecials(m *marker) {
	for base, s := range specials.table {
		_, bi, cell, _ := find(base)
		if *markAt(bi, cell) == cycle.epoch {
			for _, r := range s.weak {
				m.pointer(r.handle)
			}
			continue
		}
		for _, r := range s.weak {
			setWord(r.handle, 0)
		}
		s.weak = nil
		if len(s.finals) > 0 {
			for _, f := range s.finals {
				queue.items = append(queue.items, queued{f.fn, f.arg})
				m.pointer(f.fn)
			}
			m.pointer(base)
			s.finals = nil
			drop(base, s)
			continue
		}
		for _, c := range s.cleanups {
			queue.items = append(queue.items, queued{c.fn, 0})
			m.pointer(c.fn)
		}
		delete(specials.table, base)
	}
}
