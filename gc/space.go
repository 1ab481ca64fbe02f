package gc

// This file owns address space: the reservation, its block table and mark bytes, and which
// blocks are free.

import (
	"math/bits"
	"sync"
	"syscall"
	"unsafe"

	"rtgen/rtlib/abi"
)

const (
	blockShift = 15
	blockSize  = 1 << blockShift
	blockMask  = blockSize - 1
	minCell    = 16
	markShift  = blockShift - 4 // mark bytes per block: one for each smallest cell

	maxReserve = 256 << 30
	minReserve = 256 << 20
)

// What a block is.
const (
	kindFree uint8 = iota
	kindSmall
	kindLarge // first block of a run that holds one object
	kindTail  // another block of a run
)

// How an object's pointers are found.
const (
	scanNone   uint8 = iota
	scanMask         // at most 64 words: block.mask
	scanPeriod       // classes[block.class].mask repeats every .period words
	scanBits         // classes[block.class].bits repeats every .period words
	scanAll          // any word may be a pointer
	scanFrame        // a captured frame: through its site
)

// block describes 32 KB. While the world runs, a block belongs to the space (free), to its
// class's list, or to the one Cache that allocates in it.
type block struct {
	magic  uint32 // ceil(2^32/cell); 0 in runs, whose cell index is then always 0
	cell   uint32 // bytes per cell; 0 in runs
	mask   uint64 // kindLarge: bytes of the object
	next   uint32 // kindSmall: next block on the class's list, plus 1; kindTail: blocks back to the head
	ncell  uint16 // 0 in free blocks and tails
	class  uint16
	upto   uint16 // for verify: cells below this one were offered to a cache in this cycle
	kind   uint8
	scan   uint8
	dirty  bool // may hold other than zeros
	poison bool // free cells hold the poison pattern
}

// runSize is the size of the object that a kindLarge block begins.
func (b *block) runSize() uintptr { return uintptr(b.mask) }

// objSize is the size of the objects in a block that is kindSmall or kindLarge.
func (b *block) objSize() uintptr {
	if b.kind == kindLarge {
		return b.runSize()
	}
	return uintptr(b.cell)
}

var space struct {
	lo    uintptr // start of the heap
	size  uintptr // bytes reserved
	used  uintptr // bytes below the highest block ever used: pointers beyond mean nothing
	marks uintptr // address of the mark bytes, indexed block<<markShift + cell

	mu       sync.Mutex // guards what follows, class lists and the block table's free entries
	nblock   uint32     // blocks ever used
	limit    uint32     // blocks there are
	freeBits []uint64   // one bit per block below nblock that is free
	hint     uint32     // no free block below this one
	nfree    uint32     // free blocks below nblock
	ndirty   uint32     // of these, blocks that may be resident

	populated uint32 // blocks below this one have memory, or came in runs
}

const (
	populateFrom  = 64 // blocks that get memory page by page: 2 MB, of which small programs touch a part
	populateShare = 16
	populateMost  = 32
)

// populate has the system give memory to [a, a+n) now: page by page, as they are touched, it costs several times as much.
// Before Linux 5.14 nothing happens.
func populate(a, n uintptr) {
	syscall.RawSyscall(syscall.SYS_MADVISE, a, n, 23 /* MADV_POPULATE_WRITE */)
}

var blocks *[maxReserve / blockSize]block

func mmap(n uintptr) uintptr {
	p, _, e := syscall.RawSyscall6(syscall.SYS_MMAP, 0, n, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE, ^uintptr(0), 0)
	if e != 0 {
		return 0
	}
	return p
}

// ptr makes a pointer of an address outside the host's heap.
func ptr(a uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&a)) }

// at is ptr for addresses known not to be 0, and cheaper; the host takes it for not nil.
func at(a uintptr) unsafe.Pointer { return unsafe.Add(nil, a) }

func word(a uintptr) uintptr         { return *(*uintptr)(at(a)) }
func setWord(a uintptr, v uintptr)   { *(*uintptr)(at(a)) = v }
func bytesAt(a, n uintptr) []byte    { return unsafe.Slice((*byte)(at(a)), n) }
func wordsAt(a, n uintptr) []uintptr { return unsafe.Slice((*uintptr)(at(a)), n/8) }
func zero(a, n uintptr)              { clear(bytesAt(a, n)) }

func spaceInit() {
	if space.lo != 0 {
		return
	}
	for n := largest(); ; n >>= 1 {
		if n < minReserve {
			Throw("cannot reserve address space for the heap")
		}
		p := mmap(n + blockSize)
		if p == 0 {
			continue
		}
		space.lo = (p + blockMask) &^ blockMask
		space.size = n
		break
	}
	space.limit = uint32(space.size >> blockShift)
	space.marks = mmap(uintptr(space.limit) << markShift)
	t := mmap(unsafe.Sizeof(block{}) * uintptr(space.limit))
	if space.marks == 0 || t == 0 {
		Throw("cannot reserve address space for the heap's tables")
	}
	populate(space.marks, 16<<markShift) // the smallest program takes about as many blocks
	blocks = (*[maxReserve / blockSize]block)(ptr(t))
}

// largest is how much to reserve: where the address space is limited (ulimit -v), a quarter, for the host's runtime,
// the shadow stacks and the program want some too.
func largest() uintptr {
	n := uintptr(maxReserve)
	for uint64(n) > abi.AddressSpace()/4 && n > minReserve {
		n >>= 1
	}
	return n
}

// blockAddr returns where block i starts.
func blockAddr(i uint32) uintptr { return space.lo + uintptr(i)<<blockShift }

// markAt returns the mark byte of a cell.
func markAt(b uint32, cell uintptr) *uint8 {
	return (*uint8)(at(space.marks + uintptr(b)<<markShift + cell))
}

// In reports whether p points into the guest's heap.
func In(p unsafe.Pointer) bool { return uintptr(p)-space.lo < space.used }

// find returns the base of the object that p points into, its block (the head of a run) and
// its cell. ok is false if p is no pointer into a cell.
func find(p uintptr) (base uintptr, bi uint32, cell uintptr, ok bool) {
	off := p - space.lo
	if off >= space.used {
		return 0, 0, 0, false
	}
	bi = uint32(off >> blockShift)
	b := &blocks[bi]
	switch b.kind {
	case kindSmall:
		o := off & blockMask
		cell = o * uintptr(b.magic) >> 32
		return p - o + cell*uintptr(b.cell), bi, cell, cell < uintptr(b.ncell)
	case kindTail:
		bi -= b.next
		fallthrough
	case kindLarge:
		return blockAddr(bi), bi, 0, true
	}
	return 0, 0, 0, false
}

// takeBlocks finds n free blocks in a row; space.mu is held. It returns false if the
// reservation is exhausted.
func takeBlocks(n uint32) (uint32, bool) {
	if space.nfree >= n {
		if n == 1 {
			for i := space.hint >> 6; i < uint32(len(space.freeBits)); i++ {
				if v := space.freeBits[i]; v != 0 {
					b := i<<6 + uint32(bits.TrailingZeros64(v))
					space.hint = b + 1
					claim(b, 1)
					return b, true
				}
			}
		} else if b, ok := freeRun(n); ok {
			claim(b, n)
			return b, true
		}
	}
	if n > space.limit-space.nblock {
		return 0, false
	}
	b := space.nblock
	space.nblock += n
	if b >= populateFrom && n <= populateMost && space.nblock > space.populated {
		b := max(b, space.populated)
		ahead := min(max(b/populateShare, space.nblock-b), populateMost, space.limit-b)
		space.populated = b + ahead
		populate(blockAddr(b), uintptr(ahead)<<blockShift)
		populate(space.marks+uintptr(b)<<markShift, uintptr(ahead)<<markShift)
	}
	for uint32(len(space.freeBits))<<6 < space.nblock {
		space.freeBits = append(space.freeBits, 0)
	}
	space.used = uintptr(space.nblock) << blockShift
	return b, true
}

// freeRun is first fit.
func freeRun(n uint32) (uint32, bool) {
	run := uint32(0)
	for i := space.hint &^ 63; i < space.nblock; {
		v := space.freeBits[i>>6]
		switch {
		case v == 0:
			run = 0
			i += 64
			continue
		case v == ^uint64(0) && i&63 == 0 && run+64 < n:
			run += 64
			i += 64
			continue
		}
		if v>>(i&63)&1 == 0 {
			run = 0
		} else if run++; run == n {
			return i + 1 - n, true
		}
		i++
	}
	return 0, false
}

func claim(b, n uint32) {
	for i := b; i < b+n; i++ {
		space.freeBits[i>>6] &^= 1 << (i & 63)
		if blocks[i].dirty {
			space.ndirty--
		}
	}
	space.nfree -= n
}

// giveBlocks frees n blocks from b on; space.mu is held or the world stopped.
func giveBlocks(b, n uint32) {
	for i := b; i < b+n; i++ {
		x := &blocks[i]
		*x = block{dirty: x.dirty, poison: x.poison}
		if x.dirty {
			space.ndirty++
		}
		space.freeBits[i>>6] |= 1 << (i & 63)
	}
	space.nfree += n
	space.hint = min(space.hint, b)
}

// scavenge returns the memory of free blocks to the system, highest first, until at most
// keep free blocks are resident. space.mu is held or the world stopped. It returns bytes.
func scavenge(keep uint32) (n uintptr) {
	for hi := int64(space.nblock) - 1; hi >= 0 && space.ndirty > keep; hi-- {
		if !freeDirty(uint32(hi)) {
			continue
		}
		lo := hi
		for lo > 0 && space.ndirty > keep+uint32(hi-lo)+1 && freeDirty(uint32(lo-1)) {
			lo--
		}
		sz := uintptr(hi-lo+1) << blockShift
		a := blockAddr(uint32(lo))
		syscall.RawSyscall(syscall.SYS_MADVISE, a, sz, syscall.MADV_DONTNEED)
		for i := lo; i <= hi; i++ {
			blocks[i].dirty = false
			blocks[i].poison = false
		}
		space.ndirty -= uint32(hi - lo + 1)
		n += sz
		hi = lo
	}
	return n
}

func freeDirty(i uint32) bool { return blocks[i].kind == kindFree && blocks[i].dirty }
