package gc

// This file traces the heap, depth first. An object is marked when it is discovered and
// scanned when it comes off the stack. Several markers share the work; mark bytes are written
// without synchronisation, so two of them may both discover an object and scan it twice,
// which does no harm.

import (
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
)

// visitor is what roots are shown to: words by address, or pointers by value.
type visitor interface {
	// words shows the words of a that mask selects.
	words(a uintptr, mask uint64)
	// maybe shows words that may be stale, or no pointers at all.
	maybe(a uintptr, mask uint64)
	pointer(p uintptr)
}

// marker is the production visitor.
type marker struct {
	stack []uintptr // bases of objects marked and not scanned
	team  *team     // nil: alone
}

// shareMin is how many objects a marker has before it gives some away. Few are enough: the
// stack of a tree is as short as the tree is high.
const shareMin = 8

// team is markers that work together.
type team struct {
	n       int32        // how many
	idle    atomic.Int32 // of these, have nothing to do, or have left
	nchunks atomic.Int32 // len(chunks)
	mu      sync.Mutex   // guards chunks
	chunks  [][]uintptr  // work given away
}

// share gives the older half of the stack away: those objects have more below them.
func (m *marker) share() {
	t := m.team
	half := len(m.stack) / 2
	c := append([]uintptr(nil), m.stack[:half]...)
	m.stack = append(m.stack[:0], m.stack[half:]...)
	t.mu.Lock()
	t.chunks = append(t.chunks, c)
	t.nchunks.Store(int32(len(t.chunks)))
	t.mu.Unlock()
}

// take waits for work; it returns false when no marker has any.
func (t *team) take(m *marker) bool {
	t.idle.Add(1)
	for i := 0; ; i++ {
		if t.nchunks.Load() > 0 {
			t.mu.Lock()
			if k := len(t.chunks) - 1; k >= 0 {
				t.idle.Add(-1)
				m.stack = append(m.stack, t.chunks[k]...)
				t.chunks[k] = nil
				t.chunks = t.chunks[:k]
				t.nchunks.Store(int32(k))
				t.mu.Unlock()
				return true
			}
			t.mu.Unlock()
		}
		if t.idle.Load() >= t.n {
			return false
		}
		if i > 200 {
			time.Sleep(20 * time.Microsecond) // a list has no work to share
		} else if i > 20 {
			runtime.Gosched()
		}
	}
}

// drainAll scans until nothing is left, with helpers if there is much to do.
func (m *marker) drainAll(helpers int) {
	if helpers == 0 {
		m.drain()
		return
	}
	t := &team{n: int32(helpers) + 1}
	m.team = t
	var wg sync.WaitGroup
	for i := 0; i < helpers; i++ {
		wg.Go(func() {
			h := &marker{team: t}
			start := time.Now()
			if t.take(h) {
				h.drain()
			}
			pauses.helped.Add(int64(time.Since(start)))
		})
	}
	m.drain()
	wg.Wait()
	m.team = nil
}

func (m *marker) maybe(a uintptr, mask uint64) { m.words(a, mask) }

func (m *marker) pointer(p uintptr) { m.words(uintptr(unsafe.Pointer(&p)), 1) }

// words marks what the selected words point to.
func (m *marker) words(a uintptr, mask uint64) {
	lo, used, marks, e := space.lo, space.used, space.marks, cycle.epoch
	s := m.stack
	for ; mask != 0; mask &= mask - 1 {
		off := word(a+uintptr(bits.TrailingZeros64(mask))*8) - lo
		if off >= used {
			continue
		}
		bi := off >> blockShift
		b := &blocks[bi]
		cell := off & blockMask * uintptr(b.magic) >> 32
		if cell >= uintptr(b.ncell) { // free block, waste at the end, or
			if b.kind != kindTail {
				continue
			}
			bi -= uintptr(b.next)
			b = &blocks[bi]
			cell = 0
		}
		k := (*uint8)(at(marks + bi<<markShift + cell))
		if *k == e {
			continue
		}
		*k = e
		if b.scan != scanNone {
			s = append(s, lo+bi<<blockShift+cell*uintptr(b.cell))
		}
	}
	m.stack = s
}

func (m *marker) drain() {
	for {
		for n := len(m.stack) - 1; n >= 0; n = len(m.stack) - 1 {
			base := m.stack[n]
			m.stack = m.stack[:n]
			b := &blocks[(base-space.lo)>>blockShift]
			if b.scan == scanMask {
				m.words(base, b.mask)
			} else {
				scanObject(m, base, b)
			}
			if n >= shareMin && m.team != nil && m.team.idle.Load() > m.team.nchunks.Load() {
				m.share()
			}
		}
		if m.team == nil || !m.team.take(m) {
			return
		}
	}
}

// scanObject shows v the pointers of the object at base.
func scanObject(v visitor, base uintptr, b *block) {
	n := b.objSize() / 8 // words
	switch b.scan {
	case scanMask:
		v.words(base, b.mask)
	case scanPeriod:
		c := &classes[b.class]
		per := uintptr(c.period)
		mask, step := c.mask, per
		for ; step+per <= 64; step += per {
			mask |= c.mask << step
		}
		for ; n > step; n -= step {
			v.words(base, mask)
			base += step * 8
		}
		v.words(base, mask&lowBits(n))
	case scanBits:
		c := &classes[b.class]
		set := unsafe.Slice((*uint64)(ptr(c.bits)), c.nbits)
		per := uintptr(c.period)
		for ; n > 0; n -= min(n, per) {
			for i, mask := range set {
				if uintptr(i)*64 >= n {
					break
				}
				v.words(base+uintptr(i)*512, mask&lowBits(n-uintptr(i)*64))
			}
			base += per * 8
		}
	case scanAll:
		for ; n > 64; n -= 64 {
			v.maybe(base, ^uint64(0))
			base += 512
		}
		v.maybe(base, lowBits(n))
	case scanFrame:
		f := (*abi.Frame)(ptr(base))
		if f.Fn == nil || uintptr(unsafe.Pointer(f.Fn)) == poisonWord {
			return // free, or a stale pointer's
		}
		v.words(base, 1) // Caller
		scanBody(v, base+abi.FrameHeader, f.Site())
	}
}

// lowBits returns a mask of n bits, at most 64.
func lowBits(n uintptr) uint64 {
	if n >= 64 {
		return ^uint64(0)
	}
	return 1<<n - 1
}

// scanBody shows v the live slots of a frame body.
func scanBody(v visitor, a uintptr, site *abi.Site) {
	v.words(a, site.Live)
	for i, mask := range site.More {
		v.words(a+uintptr(i+1)*512, mask)
	}
}
