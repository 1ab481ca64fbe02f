package gc

// This file answers runtime.ReadMemStats and runtime/debug.

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Stats are the figures of runtime.MemStats that a heap like this has. Bytes and objects
// count cells as stock counts size classes; captured frames count as stacks.
type Stats struct {
	TotalAlloc, Mallocs, Frees   uint64
	HeapAlloc, HeapObjects       uint64
	HeapSys, HeapIdle, HeapInuse uint64
	HeapReleased                 uint64
	StackInuse                   uint64 // captured frames
	GCSys                        uint64 // tables
	NextGC                       uint64
	LastGC                       uint64 // nanoseconds since 1970
	PauseTotal                   time.Duration
	Pause                        [256]uint64 // nanoseconds; the latest is [(NumGC+255)%256]
	PauseEnd                     [256]uint64
	NumGC, NumForced             uint32
	Sys                          uint64
}

var pauses struct {
	total time.Duration
	ns    [256]uint64
	end   [256]uint64
	last  uint64

	helped  atomic.Int64 // nanoseconds that helpers marked
	buckets [pauseBuckets]uint64
}

// Pauses are counted by length, in four buckets for each power of two of nanoseconds, as
// stock's metrics have them.
const pauseBuckets = 64 * 4

func pauseBucket(ns uint64) int {
	e := max(bits.Len64(ns)-3, 0)
	return e*4 + int(ns>>e)
}

// pauseBucketEnd is the end of a bucket: its pauses are shorter.
func pauseBucketEnd(i int) uint64 {
	e := max(i/4-1, 0)
	return uint64(i-e*4+1) << e
}

// freed is what previous cycles found dead, so that frees = allocations - live there.
var freed struct{ objects, bytes uint64 }

// totals returns the counts of all caches. They are exact while the world is stopped.
func totals() (mallocs, bytes uint64) {
	world.Workers(func(w *abi.W) {
		c := (*Cache)(w.Heap)
		mallocs += c.mallocs
		bytes += c.bytes
		for i := range c.cursor[:nclass] {
			k := c.cursor[i] // a copy: the worker may be using it
			if n := k.cur - k.start; k.blk != 0 && n-1 < blockSize && k.bump != 0 && blocks[k.blk-1].scan != scanFrame {
				bytes += uint64(n)
				mallocs += uint64(n / uintptr(k.bump))
			}
		}
	})
	return
}

func notePause(start time.Time, d time.Duration) {
	i := (cycle.number + 255) % 256
	pauses.total += d
	pauses.ns[i] = uint64(d)
	pauses.last = uint64(start.Add(d).UnixNano())
	pauses.end[i] = pauses.last
	pauses.buckets[pauseBucket(uint64(d))]++
}

// Figures are those of Stats that can be had while the program runs. They lag or lead by what
// is allocated meanwhile; once nothing runs they are exact.
type Figures struct {
	Objects, Bytes uint64 // allocated since the start
	Heap           uint64 // bytes in objects, dead ones not yet found included
	Cycles         uint32
	Collecting     time.Duration // of all threads
}

// ReadFigures fills f, and calls pause for each bucket of pauses in use, shortest first.
func ReadFigures(f *Figures, pause func(end time.Duration, n uint64)) {
	f.Objects, f.Bytes = totals()
	f.Heap = f.Bytes - min(f.Bytes, freed.bytes)
	f.Cycles = cycle.number
	f.Collecting = pauses.total + time.Duration(pauses.helped.Load())
	for i, n := range pauses.buckets {
		if n != 0 {
			pause(time.Duration(pauseBucketEnd(i)), n)
		}
	}
}

func tableBytes() int64 {
	return int64(space.nblock) * int64(1<<markShift+unsafe.Sizeof(block{}))
}

// ReadStats stops the world to fill s.
func ReadStats(w *abi.W, sp abi.SP, s *Stats) {
	for !world.Stop(w, sp) {
	}
	defer world.Start(w)
	*s = Stats{}
	s.Mallocs, s.TotalAlloc = totals()
	s.Frees = freed.objects
	s.HeapObjects = s.Mallocs - s.Frees
	s.HeapAlloc = s.TotalAlloc - freed.bytes
	s.HeapSys = uint64(space.used)
	s.HeapIdle = uint64(space.nfree) << blockShift
	s.HeapInuse = s.HeapSys - s.HeapIdle
	s.HeapReleased = uint64(space.nfree-space.ndirty) << blockShift
	s.StackInuse = uint64(cycle.liveBytes - cycle.liveHeap)
	s.GCSys = uint64(tableBytes())
	s.Sys = s.HeapSys + s.GCSys
	s.NextGC = uint64(cycle.liveBytes + pacer.trigger.Load())
	if pacer.trigger.Load() == math.MaxInt64 {
		s.NextGC = math.MaxUint64
	}
	s.LastGC = pauses.last
	s.PauseTotal = pauses.total
	s.Pause = pauses.ns
	s.PauseEnd = pauses.end
	s.NumGC = cycle.number
	s.NumForced = cycle.forced
}

// SetGCPercent sets GOGC (negative: off) and returns the old value.
func SetGCPercent(n int) int {
	old := pacer.percent.Swap(int64(max(n, -1)))
	pacer.setTrigger()
	return int(old)
}

// SetMemoryLimit sets GOMEMLIMIT in bytes and returns the old value; negative only asks.
func SetMemoryLimit(n int64) int64 {
	if n < 0 {
		return pacer.limit.Load()
	}
	old := pacer.limit.Swap(n)
	pacer.setTrigger()
	return old
}

// FreeOSMemory collects and gives every free block back.
func FreeOSMemory(w *abi.W, sp abi.SP) {
	Collect(w, sp)
	space.mu.Lock()
	scavenge(0)
	space.mu.Unlock()
}

func envPercent(s string) int64 {
	if s == "off" {
		return -1
	}
	if n, err := strconv.ParseInt(s, 10, 32); err == nil {
		return max(n, -1)
	}
	return 100
}

// envLimit parses GOMEMLIMIT: a number with an optional suffix B, KiB, MiB, GiB, TiB.
func envLimit(s string) int64 {
	if s == "" || s == "off" {
		return math.MaxInt64
	}
	shift := 0
	t := strings.TrimSuffix(s, "B")
	for i, u := range []string{"Ki", "Mi", "Gi", "Ti"} {
		if strings.HasSuffix(t, u) {
			t, shift = strings.TrimSuffix(t, u), 10*(i+1)
			break
		}
	}
	n, err := strconv.ParseInt(t, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64>>shift {
		Throw("malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`")
	}
	return n << shift
}
