package gc

// This file decides when to collect, and runs a cycle.

import (
	"math"
	"math/bits"
	"os"
	"sync/atomic"
	"time"

	"rtgen/rtlib/abi"
)

const (
	minHeap    = 4 << 20
	flushBytes = 64 << 10 // a cache reports what it acquired in steps of this
)

// pacer: the next cycle begins when alloc reaches trigger.
var pacer pacerState

type pacerState struct {
	alloc   atomic.Int64 // bytes acquired by caches since the last cycle
	trigger atomic.Int64 // set while the world is stopped, or by setTrigger's callers

	budget int64 // bytes that may still be acquired before the next major cycle
	rest   int   // major cycles to come without minor ones between
	shy    int   // what rest is set to when a minor cycle frees little: doubles each time, up to 8

	percent atomic.Int64 // GOGC; negative: off
	limit   atomic.Int64 // GOMEMLIMIT
}

func (p *pacerState) add(n uintptr) { p.alloc.Add(int64(n)) }
func (p *pacerState) due() bool     { return p.alloc.Load() >= p.trigger.Load() }

func pacerInit() {
	pacer.percent.Store(envPercent(os.Getenv("GOGC")))
	pacer.limit.Store(envLimit(os.Getenv("GOMEMLIMIT")))
	pacer.setTrigger()
}

// setTrigger computes the trigger, and when the next major cycle is due, from what survived the
// last cycle and the last major one.
func (p *pacerState) setTrigger() {
	live, major := cycle.liveBytes, cycle.majorBytes
	t := int64(math.MaxInt64)
	p.budget = t
	if g := p.percent.Load(); g >= 0 {
		p.budget = max(major+major*g/100, minHeap*g/100) - live
		t = p.budget
		if !debug.major && p.rest == 0 {
			frames := live - cycle.liveHeap // looked at in every cycle
			t = min(t, max(nursery, major/4, 2*frames))
			if p.budget < nursery/2 { // not worth a minor cycle of its own
				p.budget = 0
				t = nursery / 2
			}
		}
	}
	if l := p.limit.Load(); l != math.MaxInt64 {
		// Close to the limit, still let the heap turn over between cycles.
		t = min(t, max(l-live-tableBytes(), live/16+(1<<20)))
		p.budget = min(p.budget, t)
	}
	if debug.off {
		t = math.MaxInt64
	}
	p.trigger.Store(max(t, 64<<10))
}

// cycle describes the last cycle. Written while the world is stopped.
var cycle = struct {
	epoch      uint8 // never 0, the mark of a fresh block's cells
	running    bool
	liveBytes  int64  // in cells and runs, frames included
	majorBytes int64  // liveBytes of the last major cycle
	liveHeap   int64  // without frames
	number     uint32 // cycles run
	forced     uint32 // of these, by runtime.GC
}{epoch: 1}

// Safepoint is called by a worker that polls, so that it collects if that is due.
func Safepoint(w *abi.W, sp abi.SP) { allocPoint(w, sp, (*Cache)(w.Heap)) }

func allocPoint(w *abi.W, sp abi.SP, c *Cache) {
	if cycle.running {
		return // in a function that BeforeCycle registered
	}
	if atomic.LoadUint32(&w.Poll)&abi.PollStop != 0 {
		world.Safepoint(w, sp) // a program without loops polls nowhere else
	}
	if debug.stress != 0 {
		atomic.OrUint32(&w.Poll, abi.PollGC) // polls are safepoints like any
		if c.tick++; (c.tick+debug.seed)%debug.stress == 0 {
			collect(w, sp, false)
		}
		return
	}
	if pacer.due() {
		collect(w, sp, false)
	}
	if atomic.LoadUint32(&w.Poll)&abi.PollGC != 0 {
		atomic.AndUint32(&w.Poll, ^abi.PollGC)
	}
}

// BeforeCycle has each major cycle begin with a call of f, while the world is stopped: f neither
// allocates nor suspends. For sync.Pool.
func BeforeCycle(f func(w *abi.W, sp abi.SP)) { beforeCycle = append(beforeCycle, f) }

var beforeCycle []func(w *abi.W, sp abi.SP)

// Collect runs a full cycle that began after the call: runtime.GC.
func Collect(w *abi.W, sp abi.SP) { collect(w, sp, true) }

func collect(w *abi.W, sp abi.SP, force bool) {
	for !world.Stop(w, sp) {
		if !force {
			return // another worker collected meanwhile
		}
	}
	start := time.Now()
	cycle.running = true
	minor := !force && minorDue()
	if !minor {
		for _, f := range beforeCycle {
			f(w, sp)
		}
	}
	runCycle(minor)
	cycle.running = false
	if force {
		cycle.forced++
	}
	d := time.Since(start)
	notePause(start, d)
	run := len(queue.items) > 0 && queue.runner != nil && !queue.running
	if run {
		queue.running = true
	}
	world.Start(w)
	if run {
		world.Go(w, sp, queue.runner)
	}
}

// runCycle collects; the world is stopped. See minor.go for what minor means.
func runCycle(minor bool) {
	old, alloc := cycle.liveBytes, pacer.alloc.Load()
	world.Workers(func(w *abi.W) { (*Cache)(w.Heap).reset() })
	var chk *checker
	if debug.verify {
		chk = newChecker(minor)
	}
	m := &marker{stack: markStack[:0]}
	if minor {
		forgetFrames()
		scanCards(m)
	} else {
		if cycle.epoch++; cycle.epoch == 0 {
			zero(space.marks, uintptr(space.nblock)<<markShift)
			cycle.epoch = 1
		}
		scanCards(nil)
	}
	if chk != nil {
		chk.stale = &recorder{marker: m}
		roots(chk.stale)
	} else {
		roots(m)
	}
	h := 0
	if cycle.liveBytes >= parallelMin || debug.stress != 0 {
		h = helpers
	}
	m.drainAll(h)
	if chk != nil {
		chk.run()
	}
	settleSpecials(m)
	m.drain()
	markStack = m.stack[:0]
	if cap(markStack) > 1<<20 {
		markStack = nil
	}
	freeUnmarked()
	switch {
	case !minor:
		cycle.majorBytes = cycle.liveBytes
		pacer.rest = max(0, pacer.rest-1)
	case cycle.liveBytes-old > alloc/2: // most of the young survive: they had better grow old first
		pacer.shy = min(max(1, 2*pacer.shy), 8)
		pacer.rest = pacer.shy
	default:
		pacer.shy = 0
	}
	cycle.number++
	pacer.alloc.Store(0)
	pacer.setTrigger()
	// Keep resident what the next cycle will need; of what is beyond, give back half.
	if need := uint32(min(max(pacer.trigger.Load(), pacer.budget)>>blockShift, int64(space.limit))) + 64; space.ndirty > need {
		scavenge(need + (space.ndirty-need)/2)
	}
	if debug.trace {
		kind := " major: "
		if minor {
			kind = " minor: "
		}
		os.Stderr.WriteString("gc " + itoa(uint64(cycle.number)) + kind + itoa(uint64((old+alloc)>>10)) + "→" +
			itoa(uint64(cycle.liveBytes>>10)) + " KB, trigger +" + itoa(uint64(pacer.trigger.Load()>>10)) + " KB\n")
	}
}

var markStack []uintptr

// A heap of which this much survived last time is worth the start of helpers.
const parallelMin = 2 << 20

// helpers is how many markers may join the collecting worker.
var helpers int

// reset takes back a cache's holes and free frames.
func (c *Cache) reset() {
	for i := range c.cursor[:nclass] {
		if k := &c.cursor[i]; k.blk != 0 {
			c.count(k)
			b := &blocks[k.blk-1]
			b.upto = uint16((k.cur - blockAddr(k.blk-1) + uintptr(b.cell) - 1) / uintptr(b.cell))
			*k = cursor{}
		}
	}
	c.frames = [frameLists]uintptr{}
	c.fresh = 0
}

// freeUnmarked gives blocks without marked cells back to the space and lists those with
// holes by class, lowest address first.
func freeUnmarked() {
	for i := range classes[:nclass] {
		classes[i].list = 0
	}
	var bytes, frames, heap int64
	var objects uint64
	for i := int64(space.nblock) - 1; i >= 0; i-- {
		b := &blocks[i]
		switch b.kind {
		case kindSmall:
			live := countMarks(uint32(i), b)
			if live == 0 {
				if debug.poison {
					fillPoison(blockAddr(uint32(i)), blockSize)
					b.poison, b.dirty = true, true
				}
				giveBlocks(uint32(i), 1)
				continue
			}
			n := int64(live) * int64(b.cell)
			bytes += n
			if b.scan == scanFrame {
				frames += n
			} else {
				heap += n
				objects += uint64(live)
			}
			if debug.poison && b.scan != scanFrame {
				poisonFree(uint32(i), b)
			}
			// A block nearly full is not worth the search for its holes.
			if live < uint32(b.ncell)-uint32(b.ncell)/32 {
				c := &classes[b.class]
				b.next = c.list
				c.list = uint32(i) + 1
			}
			b.upto = 0
		case kindLarge:
			nb := uint32((b.runSize() + blockMask) >> blockShift)
			if *markAt(uint32(i), 0) != cycle.epoch {
				if debug.poison {
					for j := uint32(i); j < uint32(i)+nb; j++ {
						fillPoison(blockAddr(j), blockSize)
						blocks[j].poison, blocks[j].dirty = true, true
					}
				}
				giveBlocks(uint32(i), nb)
				continue
			}
			bytes += int64(nb) << blockShift
			if b.scan == scanFrame {
				frames += int64(nb) << blockShift
			} else {
				heap += int64(b.runSize()+8191) &^ 8191
				objects++
			}
		}
	}
	cycle.liveBytes = bytes
	cycle.liveHeap = bytes - frames
	mallocs, total := totals()
	freed.objects = mallocs - objects
	freed.bytes = total - min(total, uint64(heap))
}

// countMarks returns how many cells of a block are marked.
func countMarks(i uint32, b *block) (n uint32) {
	const lsb, msb = 0x0101010101010101, 0x8080808080808080
	all := uint64(cycle.epoch) * lsb
	for _, v := range wordsAt(space.marks+uintptr(i)<<markShift, (uintptr(b.ncell)+7)&^7) {
		x := uint64(v) ^ all // bytes of marked cells are 0
		n += 8 - uint32(bits.OnesCount64((x&^msb+^uint64(msb)|x)&msb))
	}
	return n
}
