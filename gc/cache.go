package gc

// This file is the allocator's fast path and its worker-owned half.

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// cursor is a hole being filled. Its words are zero from cur to end.
type cursor struct {
	cur, end uintptr // both 0 if there is none
	start    uintptr // where counting begins
	blk      uint32  // block being swept, plus 1
	scan     uint16  // its first cell not looked at yet
	bump     uint16
}

// Cache is one worker's part of the heap; only that worker, and the collector while the
// world is stopped, touch it. It lies outside the host's heap.
type Cache struct {
	cursor [maxClass]cursor

	// Counted since the last flush to the pacer.
	fresh uintptr // bytes of holes and large objects acquired

	// Counted since the program began, without what the cursors' open holes hold.
	mallocs, bytes uint64

	frames [frameLists]uintptr // free frames by size/16, linked through their first word
	tick   uint64              // safepoints passed, in stress mode
}

// zeroBase is the address of objects without size. It has none itself: the linker gives all such variables, those
// of the program too, the address of the host's runtime.zerobase.
var zeroBase [0]uint64

// NewCache returns a worker's cache, for W.Heap.
func NewCache() unsafe.Pointer {
	p := mmap(unsafe.Sizeof(Cache{}))
	if p == 0 {
		Throw("cannot reserve address space for a worker's cache")
	}
	return ptr(p)
}

// New allocates one zeroed object of layout l. If sp is not 0, w stands at a safepoint and
// New may collect.
//
//go:nosplit
func New(w *abi.W, sp abi.SP, l *abi.Layout) unsafe.Pointer {
	k := &(*Cache)(w.Heap).cursor[uint16(l.ID)]
	p := k.cur
	if p == k.end {
		return newSlow(w, sp, l)
	}
	k.cur = p + uintptr(k.bump)
	return at(p)
}

// A layout's ID is its class or, while it has none, its allocations in 16-byte units << 16.
// Updates race: all that is lost is part of a count.
const coldID = 1 << 16

//go:noinline
func newSlow(w *abi.W, sp abi.SP, l *abi.Layout) unsafe.Pointer {
	id := uint32(uint16(l.ID))
	if id == 0 {
		switch n := l.Size; {
		case n == 0:
			return unsafe.Pointer(&zeroBase)
		case n > maxSmall:
			return newLarge(w, sp, n, l)
		case !l.HasPointers():
			id = noneClass + sizeClass(n)
			atomic.StoreUint32(&l.ID, id)
		case l.ID>>16 < coldBytes/16:
			atomic.StoreUint32(&l.ID, l.ID+uint32(n+15)/16*coldID)
			id = mixedClass + sizeClass(n)
		default:
			p := shape(l, n)
			p.cell = uint32(n)
			id = classOf(l, p)
			atomic.StoreUint32(&l.ID, id)
		}
	}
	return at(alloc(w, sp, id))
}

// NewArray allocates n zeroed elements of layout l; the product of the sizes does not
// overflow.
//
//go:nosplit
func NewArray(w *abi.W, sp abi.SP, l *abi.Layout, n int) unsafe.Pointer {
	size := l.Size * uintptr(n)
	if size-1 < 1024 {
		id := noneClass + uint32(sizeTo8[(size+7)>>3])
		if l.HasPointers() {
			id += mixedClass
		}
		k := &(*Cache)(w.Heap).cursor[uint16(id)]
		if p := k.cur; p != k.end {
			k.cur = p + uintptr(k.bump)
			return at(p)
		}
	}
	return newArraySlow(w, sp, l, size)
}

//go:noinline
func newArraySlow(w *abi.W, sp abi.SP, l *abi.Layout, size uintptr) unsafe.Pointer {
	if size-1 >= maxSmall {
		if size == 0 {
			return unsafe.Pointer(&zeroBase)
		}
		return newLarge(w, sp, size, l)
	}
	id := noneClass + sizeClass(size)
	if l.HasPointers() {
		id += mixedClass
	}
	return at(alloc(w, sp, id))
}

// NewBytes allocates n zeroed bytes without pointers.
//
//go:nosplit
func NewBytes(w *abi.W, sp abi.SP, n int) unsafe.Pointer {
	if uint(n)-1 < 1024 {
		k := &(*Cache)(w.Heap).cursor[noneClass+uint16(sizeTo8[(uint(n)+7)>>3])]
		if p := k.cur; p != k.end {
			k.cur = p + uintptr(k.bump)
			return at(p)
		}
	}
	return newBytesSlow(w, sp, n)
}

//go:noinline
func newBytesSlow(w *abi.W, sp abi.SP, n int) unsafe.Pointer {
	if uint(n)-1 >= maxSmall {
		if n == 0 {
			return unsafe.Pointer(&zeroBase)
		}
		return newLarge(w, sp, uintptr(n), &bytesLayout)
	}
	return at(alloc(w, sp, noneClass+sizeClass(uintptr(n))))
}

// NewConservative allocates n zeroed bytes any word of which may be a pointer.
func NewConservative(w *abi.W, sp abi.SP, n uintptr) unsafe.Pointer {
	if n-1 >= maxSmall {
		if n == 0 {
			return unsafe.Pointer(&zeroBase)
		}
		return newLarge(w, sp, n, &wordsLayout)
	}
	return at(alloc(w, sp, mixedClass+sizeClass(n)))
}

var (
	bytesLayout = abi.Layout{Size: 1, Period: 1}
	wordsLayout = abi.Layout{Size: 8, Period: 8, Mask: 1}
)

// alloc takes a cell of class id.
func alloc(w *abi.W, sp abi.SP, id uint32) uintptr {
	k := &(*Cache)(w.Heap).cursor[uint16(id)]
	p := k.cur
	if p == k.end {
		refill(w, sp, id)
		p = k.cur
	}
	k.cur = p + uintptr(k.bump)
	return p
}

// refill gives the cursor of class id a hole.
//
//go:noinline
func refill(w *abi.W, sp abi.SP, id uint32) {
	c := (*Cache)(w.Heap)
	if sp != 0 {
		allocPoint(w, sp, c)
	} else if pacer.due() {
		atomic.OrUint32(&w.Poll, abi.PollGC)
	}
	k := &c.cursor[uint16(id)]
	if k.cur != k.end {
		return // in stress mode, a collection's finalizers may allocate
	}
	c.count(k)
	cl := &classes[uint16(id)]
	for {
		if k.blk != 0 {
			if nextHole(k) {
				break
			}
			blocks[k.blk-1].upto = blocks[k.blk-1].ncell
		}
		k.blk = takeBlock(id, cl) + 1
		k.scan = 0
		k.bump = uint16(cl.bump)
	}
	if debug.stress != 0 && k.end-k.cur > uintptr(cl.cell) {
		// One cell at a time, so that every allocation is a safepoint.
		b := &blocks[k.blk-1]
		k.scan = uint16((k.cur-blockAddr(k.blk-1))/uintptr(cl.cell)) + 1
		k.end = k.cur + uintptr(b.cell)
	}
	n := k.end - k.cur
	b := &blocks[k.blk-1]
	if debug.poison {
		checkPoison(b, k.cur, n)
	}
	if b.dirty {
		zero(k.cur, n)
	}
	b.dirty = true
	k.start = k.cur
	if c.fresh += n; c.fresh >= flushBytes {
		pacer.add(c.fresh)
		c.fresh = 0
	}
}

// count adds what was allocated from the cursor's hole. Frames are not the program's.
func (c *Cache) count(k *cursor) {
	if n := k.cur - k.start; n != 0 && blocks[k.blk-1].scan != scanFrame {
		c.bytes += uint64(n)
		c.mallocs += uint64(n / uintptr(k.bump))
		k.start = k.cur
	}
}

// nextHole moves the cursor to the next run of unmarked cells in its block.
func nextHole(k *cursor) bool {
	b := &blocks[k.blk-1]
	marks := space.marks + uintptr(k.blk-1)<<markShift
	n := uintptr(b.ncell)
	e := uintptr(cycle.epoch)
	// Mark bytes beyond the last cell are never set.
	i := uintptr(k.scan)
	for i < n && i&7 != 0 && markByte(marks+i) == e {
		i++
	}
	if i < n && i&7 == 0 {
		all := uintptr(e * 0x0101010101010101)
		for i < n && word(marks+i) == all {
			i += 8
		}
		for i < n && markByte(marks+i) == e {
			i++
		}
	}
	if i >= n {
		return false
	}
	j := i + 1
	for j < n && j&7 != 0 && markByte(marks+j) != e {
		j++
	}
	if j < n && j&7 == 0 {
		all := uint64(e * 0x0101010101010101)
		for j < n {
			// A byte of x is zero where a cell is marked.
			x := uint64(word(marks+j)) ^ all
			if z := (x - 0x0101010101010101) &^ x & 0x8080808080808080; z != 0 {
				j += uintptr(bits.TrailingZeros64(z) / 8)
				break
			}
			j += 8
		}
		j = min(j, n)
	}
	start := blockAddr(k.blk - 1)
	k.cur = start + i*uintptr(b.cell)
	k.end = start + j*uintptr(b.cell)
	k.scan = uint16(j)
	return true
}

func markByte(a uintptr) uintptr { return uintptr(*(*uint8)(at(a))) }

// takeBlock takes a block with holes from the class's list, or a free one.
func takeBlock(id uint32, cl *class) uint32 {
	space.mu.Lock()
	if i := cl.list; i != 0 {
		cl.list = blocks[i-1].next
		blocks[i-1].next = 0
		space.mu.Unlock()
		return i - 1
	}
	i, ok := takeBlocks(1)
	if !ok {
		outOfMemory(blockSize)
	}
	space.mu.Unlock()
	b := &blocks[i]
	if b.dirty && cl.scan == scanFrame {
		zero(blockAddr(i), blockSize) // the collector reads free frames
		b.poison = false
	}
	*b = block{
		magic: uint32((1<<32 + uint64(cl.cell) - 1) / uint64(cl.cell)),
		cell:  cl.cell, mask: cl.mask,
		ncell: uint16(blockSize / cl.cell), class: uint16(id),
		scan: cl.scan, dirty: b.dirty, poison: b.poison,
	}
	clearMarks(i)
	b.kind = kindSmall
	return i
}

// clearMarks makes all cells of a block unmarked in the current epoch.
func clearMarks(i uint32) {
	zero(space.marks+uintptr(i)<<markShift, (uintptr(blocks[i].ncell)+7)&^7)
}

// newLarge allocates a run of blocks for n bytes of objects of layout l.
func newLarge(w *abi.W, sp abi.SP, n uintptr, l *abi.Layout) unsafe.Pointer {
	c := (*Cache)(w.Heap)
	nb := (n + blockMask) >> blockShift
	if nb == 0 || nb > uintptr(space.limit) {
		outOfMemory(n)
	}
	if sp != 0 {
		pacer.add(c.fresh + nb<<blockShift)
		c.fresh = 0
		allocPoint(w, sp, c)
	} else {
		c.fresh += nb << blockShift
	}
	p := shape(l, n)
	id := uint32(0)
	if p.scan == scanBits || p.scan == scanPeriod {
		id = classOf(l, p)
	}
	space.mu.Lock()
	i, ok := takeBlocks(uint32(nb))
	if !ok && sp != 0 {
		space.mu.Unlock()
		Collect(w, sp)
		space.mu.Lock()
		i, ok = takeBlocks(uint32(nb))
	}
	if !ok {
		outOfMemory(n)
	}
	for j := uint32(1); j < uint32(nb); j++ {
		b := &blocks[i+j]
		*b = block{next: j, dirty: b.dirty}
		b.kind = kindTail
	}
	b := &blocks[i]
	*b = block{mask: uint64(n), dirty: b.dirty, scan: p.scan, class: uint16(id), ncell: 1, upto: 1}
	b.kind = kindLarge
	*markAt(i, 0) = 0
	space.mu.Unlock()
	// Dirty blocks may be resident; the others read as zeros.
	for j := i; j < i+uint32(nb); j++ {
		if blocks[j].dirty {
			zero(blockAddr(j), blockSize)
		}
		blocks[j].dirty = true
	}
	c.bytes += uint64(n+8191) &^ 8191
	c.mallocs++
	return at(blockAddr(i))
}

func outOfMemory(n uintptr) {
	Throw("runtime: out of memory: cannot allocate " + itoa(uint64(n)) + "-byte block")
}
