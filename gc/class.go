package gc

// This file decides which class an object belongs to.

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

// sizes are the host's size classes, so that append grows as it does there.
var sizes = [...]uint16{0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208,
	224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152,
	1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528,
	6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384,
	18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768}

const (
	nsize    = 60    // sizes up to maxSmall, the zero included
	maxSmall = 16384 // larger objects are runs of blocks

	noneClass  = 0 // pointer-free cells: noneClass + size class. Class 0 has no cells.
	mixedClass = nsize
	frameClass = 2 * nsize
	ownClass   = 3 * nsize // the first class of one layout
	maxClass   = 1 << 16

	// A layout that has allocated this much gets a class of its own.
	coldBytes = 16 << 10
)

// class says what the blocks on its list, and their cells, are like.
type class struct {
	cell   uint32 // 0: runs only
	bump   uint32 // what one allocation takes: the cell or, of 8-byte objects, half of it
	mask   uint64
	period uint32 // words
	scan   uint8
	list   uint32 // first block with holes not yet offered in this cycle, plus 1; under space.mu
	bits   uintptr
	nbits  uintptr
}

// pattern identifies a class of its own.
type pattern struct {
	cell, period uint32
	mask         uint64
	bits         *uint64
	scan         uint8
}

var (
	classes   *[maxClass]class
	nclass    uint32
	byShape   map[pattern]uint32 // under space.mu
	sizeTo8   [1024/8 + 1]uint8
	sizeTo128 [(maxSmall-1024)/128 + 1]uint8
)

func classInit() {
	if classes != nil {
		return
	}
	t := mmap(maxClass * unsafe.Sizeof(class{}))
	if t == 0 {
		Throw("cannot reserve address space for the heap's classes")
	}
	classes = (*[maxClass]class)(ptr(t))
	byShape = map[pattern]uint32{}
	sc := 0
	for n := 0; n <= maxSmall; n++ {
		if n > int(sizes[sc]) {
			sc++
		}
		if n <= 1024 && n%8 == 0 {
			sizeTo8[n/8] = uint8(sc)
		} else if n > 1024 && n%128 == 0 {
			sizeTo128[(n-1024)/128] = uint8(sc)
		}
	}
	for sc := 1; sc < nsize; sc++ {
		n := uint32(sizes[sc])
		c := class{cell: max(n, minCell), bump: n}
		classes[noneClass+sc] = c
		c.scan = scanAll
		classes[mixedClass+sc] = c
		c.scan = scanFrame
		classes[frameClass+sc] = c
	}
	nclass = ownClass
}

// sizeClass returns the index in sizes of the smallest that holds n ≤ maxSmall bytes.
func sizeClass(n uintptr) uint32 {
	if n <= 1024 {
		return uint32(sizeTo8[(n+7)>>3])
	}
	return uint32(sizeTo128[(n-1024+127)>>7])
}

// MaxAlloc is the most bytes of an object. Stock's make complains of lengths that need more,
// and reports less as out of memory.
const MaxAlloc = 1 << 48

// RoundUp returns the bytes that the stock allocator gives to a request for n, of which
// append makes use: capacities are visible to programs.
func RoundUp(n uintptr, noscan bool) uintptr {
	const header = 8 // stock's, of pointerful objects over 512 bytes
	req := n
	if n <= 32768-header {
		if !noscan && n > 512 {
			req += header
		}
		return stockSize(req) - (req - n)
	}
	if n+8191 < n {
		return n
	}
	return (n + 8191) &^ 8191
}

func stockSize(n uintptr) uintptr {
	if n <= maxSmall {
		return uintptr(sizes[sizeClass(n)])
	}
	for _, s := range sizes[nsize:] {
		if n <= uintptr(s) {
			return uintptr(s)
		}
	}
	return n
}

// shape says how n bytes of objects of layout l are scanned.
func shape(l *abi.Layout, n uintptr) (p pattern) {
	if !l.HasPointers() {
		return p
	}
	period := l.Period
	if period == 0 {
		period = l.Size
	}
	p.period = uint32(period / 8)
	if l.Bits != nil {
		p.scan, p.bits = scanBits, &l.Bits[0]
		return p
	}
	p.mask = l.Mask
	switch {
	case n <= 512:
		p.scan = scanMask
		for i := period / 8; i < n/8; i += period / 8 {
			p.mask |= l.Mask << i
		}
		p.period = 0
	case p.period < 64 && l.Mask == 1<<p.period-1:
		p = pattern{scan: scanAll}
	default:
		p.scan = scanPeriod
	}
	return p
}

// classOf returns the class of cells for objects of layout l, or, with cell 0, of runs.
func classOf(l *abi.Layout, p pattern) uint32 {
	space.mu.Lock()
	defer space.mu.Unlock()
	if id, ok := byShape[p]; ok {
		return id
	}
	if nclass == maxClass {
		if p.cell == 0 {
			Throw("too many layouts")
		}
		return mixedClass + sizeClass(uintptr(p.cell))
	}
	id := nclass
	classes[id] = class{cell: p.cell, bump: p.cell, mask: p.mask, period: p.period, scan: p.scan}
	if p.bits != nil {
		classes[id].bits = uintptr(unsafe.Pointer(p.bits)) // byShape's key keeps them
		classes[id].nbits = uintptr(len(l.Bits))
	}
	if p.cell != 0 && p.cell < minCell { // two one-word objects share a cell, and its mask shows both
		classes[id].cell = minCell
		classes[id].mask |= p.mask << 1
	}
	byShape[p] = id
	nclass++
	return id
}
