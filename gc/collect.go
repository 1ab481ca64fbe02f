package gc

// This file decides when to collect.

import (
	"sync/atomic"

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
	trigger atomic.Int64 // set while the world is stopped
}

func (p *pacerState) add(n uintptr) { p.alloc.Add(int64(n)) }
func (p *pacerState) due() bool     { return p.alloc.Load() >= p.trigger.Load() }

func pacerInit() { pacer.trigger.Store(minHeap) }

var cycle = struct {
	epoch uint8 // of the last cycle; never 0, the mark of a fresh block's cells
}{epoch: 1}

// Safepoint is called by a worker that polls: it collects if that is due.
func Safepoint(w *abi.W, sp abi.SP) { allocPoint(w, sp, (*Cache)(w.Heap)) }

func allocPoint(w *abi.W, sp abi.SP, c *Cache) {}

// Collect runs a full cycle.
func Collect(w *abi.W, sp abi.SP) {}
