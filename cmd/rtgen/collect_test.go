package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// The heap of a large program gets over the limit that puts the first collection off.
func TestCollectLateLiftsItsLimit(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	collectLate()
	if got := debug.SetMemoryLimit(-1); got != 1<<30 {
		t.Fatalf("before the first collection the limit is %d", got)
	}
	runtime.GC()
	for end := time.Now().Add(10 * time.Second); debug.SetMemoryLimit(-1) != math.MaxInt64; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("a collection has run, and the limit is still %d", debug.SetMemoryLimit(-1))
		}
	}
}
