// This file raises panics, and holds the record that each one has while it is handled.

package rtpanic

import (
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// record is a panic being handled. It lives in the host's heap, is freed by the host's collector, and is a
// root of ours (see Roots): a panic must be able to begin where no safepoint is allowed, for
// example in a frame whose site word is stale because the host raised it.
type record struct {
	abi.Panic // first: an *abi.Panic is the record's address

	top       abi.SP     // where deferred calls run: above the frames that panicked
	raised    bool       // on its way to a handler, which has not seen it yet
	returning bool       // recovered, and the rest of the list runs as it does on return
	repanic   bool       // a later panic has the same value: print it once
	signal    bool       // the host's nil dereference: printed with a signal line
	pending   string     // text of a host error whose guest value is not made yet
	kind      ErrorKind  // of pending
	raisers   []abi.Site // stock's functions that raise it, innermost first
	trace     []uintptr  // pcs, innermost first, once the panicking frames are about to go
	gone      int        // how many at the front of trace are of frames that no walk finds
	text      string     // how Value prints, once its Error or String method has run
	bubble    uint32     // of the deadBubble that Value is

	lender *record // the same panic in another goroutine, which waits for this one

	next, prev *record // all records
}

var (
	recordsMu sync.Mutex
	records   record // ring of all records: keeps them alive and lets the collector find them
)

func init() { records.next, records.prev = &records, &records }

// newRecord returns an empty record. The worker's spare one is among records already.
func newRecord(w *abi.W) *record {
	if w.FreePanic != nil {
		p := of(w.FreePanic)
		w.FreePanic = nil
		return p
	}
	p := &record{}
	recordsMu.Lock()
	p.next, p.prev = records.next, &records
	p.next.prev, p.prev.next = p, p
	recordsMu.Unlock()
	return p
}

// free is called when nothing refers to p but host panics that are over. A borrowed panic may be freed twice.
func (p *record) free(w *abi.W) {
	if w.FreePanic == nil && p.lender == nil {
		*p = record{next: p.next, prev: p.prev}
		w.FreePanic = &p.Panic
		return
	}
	p.remove()
}

func (p *record) remove() {
	recordsMu.Lock()
	p.next.prev, p.prev.next = p.prev, p.next
	recordsMu.Unlock()
}

// Roots calls visit with every word of a panic record that may point into the guest heap. The collector
// calls it when it copies the stacks, with the workers stopped.
func Roots(visit func(word uintptr)) {
	for p := records.next; p != &records; p = p.next {
		v := *(*[2]uintptr)(unsafe.Pointer(&p.Value))
		visit(v[1])
		visit(uintptr(unsafe.Pointer(p.DeferFrame)))
	}
}

func of(p *abi.Panic) *record { return (*record)(unsafe.Pointer(p)) }

func (p *record) link() *record { return of(p.Link) }

// push makes p the goroutine's innermost panic.
func push(w *abi.W, p *record) {
	p.Link = w.G.Panic
	w.G.Panic = &p.Panic
}

// nilAllowed is set while GODEBUG has panicnil=1: panic(nil) panics with nil.
var nilAllowed atomic.Bool

var nilPanics atomic.Uint64

// NilPanics is how often panic(nil) has panicked with nil.
func NilPanics() uint64 { return nilPanics.Load() }

// SetGodebug heeds the settings of a value of the environment variable GODEBUG, of which the last one of a name counts.
func SetGodebug(settings string) {
	allowed := false
	for s := range strings.SplitSeq(settings, ",") {
		if v, ok := strings.CutPrefix(s, "panicnil="); ok {
			allowed = v == "1"
		}
	}
	nilAllowed.Store(allowed)
}

// Panic is panic(v). It is called with the first free byte of the shadow stack behind a frame
// whose site is written, and does not return.
func Panic(w *abi.W, sp abi.SP, v any) {
	if v == nil && nilAllowed.Load() {
		nilPanics.Add(1)
	} else if v == nil {
		v = newError(w, sp, NilPanic, "panic called with nil argument")
	}
	raise(w, sp, v)
}

// raise begins a panic with value v.
func raise(w *abi.W, sp abi.SP, v any) {
	p := newRecord(w)
	p.Value, p.top, p.raised = v, sp, true
	push(w, p)
	panic(&p.Panic)
}

// Goexit is runtime.Goexit: it runs the goroutine's deferred calls and ends it.
func Goexit(w *abi.W, sp abi.SP) {
	p := newRecord(w)
	p.Goexit, p.top, p.raised = true, sp, true
	push(w, p)
	panic(&p.Panic)
}

// begun returns the guest panic that the host's recover has just returned as r, or nil for one the host raised. It is the
// innermost one, and not always the one that the host panic began with: see Handle.
func begun(w *abi.W, r any) *record {
	if _, ok := r.(*abi.Panic); ok {
		return of(w.G.Panic)
	}
	return nil
}

// begin makes a guest panic of host panic r. sp is free stack behind frames whose sites are good. at is the innermost frame's
// site with the line where the panic came from, if that is known. It reaches no safepoint; materialise makes the value later.
func begin(w *abi.W, sp abi.SP, r any) (p *record, at *abi.Site) {
	p = newRecord(w)
	p.top = sp
	p.kind, p.pending, p.signal = classify(r)
	p.raisers = raisers(p.pending, p.signal)
	at = p.hostTrace(w, sp)
	push(w, p)
	return p, at
}

// materialise makes the guest's error value of a panic that the host raised.
func materialise(w *abi.W, sp abi.SP, p *record) {
	if p.pending != "" {
		p.Value = newError(w, sp, p.kind, p.pending)
		p.pending = ""
	}
}
