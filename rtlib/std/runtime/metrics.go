//go:build rtgen

package runtime

import (
	"internal/godebugs"
	"sync/atomic"
	"unsafe"
)

// This file is what package runtime/metrics reads: the metrics that this runtime has, and the counters of
// GODEBUG settings that were heeded.

// metricSample is runtime/metrics.Sample.
type metricSample struct {
	name    string
	kind    int
	scalar  uint64
	pointer unsafe.Pointer
}

// The values of metricSample.kind.
const (
	metricBad = iota
	metricUint64
)

// memMetrics are read off MemStats, so none of them costs anything until it is asked for.
var memMetrics = [...]struct {
	name string
	read func(m *MemStats) uint64
}{
	{"/gc/cycles/automatic:gc-cycles", func(m *MemStats) uint64 { return uint64(m.NumGC - m.NumForcedGC) }},
	{"/gc/cycles/forced:gc-cycles", func(m *MemStats) uint64 { return uint64(m.NumForcedGC) }},
	{"/gc/cycles/total:gc-cycles", func(m *MemStats) uint64 { return uint64(m.NumGC) }},
	{"/gc/heap/allocs:bytes", func(m *MemStats) uint64 { return m.TotalAlloc }},
	{"/gc/heap/allocs:objects", func(m *MemStats) uint64 { return m.Mallocs }},
	{"/gc/heap/frees:bytes", func(m *MemStats) uint64 { return m.TotalAlloc - m.HeapAlloc }},
	{"/gc/heap/frees:objects", func(m *MemStats) uint64 { return m.Frees }},
	{"/gc/heap/goal:bytes", func(m *MemStats) uint64 { return m.NextGC }},
	{"/gc/heap/objects:objects", func(m *MemStats) uint64 { return m.HeapObjects }},
	{"/memory/classes/heap/free:bytes", func(m *MemStats) uint64 { return m.HeapIdle - m.HeapReleased }},
	{"/memory/classes/heap/objects:bytes", func(m *MemStats) uint64 { return m.HeapAlloc }},
	{"/memory/classes/heap/released:bytes", func(m *MemStats) uint64 { return m.HeapReleased }},
	{"/memory/classes/total:bytes", func(m *MemStats) uint64 { return m.Sys }},
	{"/sched/gomaxprocs:threads", func(*MemStats) uint64 { return uint64(GOMAXPROCS(0)) }},
	{"/sched/goroutines:goroutines", func(*MemStats) uint64 { return uint64(NumGoroutine()) }},
}

//go:linkname readMetrics runtime/metrics.runtime_readMetrics
func readMetrics(samples unsafe.Pointer, len, cap int) {
	var m MemStats
	ReadMemStats(&m)
	list := unsafe.Slice((*metricSample)(samples), len)
	for i := range list {
		s := &list[i]
		s.kind, s.scalar, s.pointer = metricBad, 0, nil
		if v, ok := readMetric(s.name, &m); ok {
			s.kind, s.scalar = metricUint64, v
		}
	}
}

func readMetric(name string, m *MemStats) (uint64, bool) {
	for i := range memMetrics {
		if memMetrics[i].name == name {
			return memMetrics[i].read(m), true
		}
	}
	setting, ok := godebugMetric(name)
	if !ok {
		return 0, false
	}
	if setting == "panicnil" { // the runtime's own
		return nilPanics(), true
	}
	for c := godebugCounters.Load(); c != nil; c = c.next {
		if c.name == name {
			return c.read(), true
		}
	}
	for i := range godebugs.All {
		if g := &godebugs.All[i]; g.Name == setting {
			return 0, !g.Opaque
		}
	}
	return 0, false
}

// godebugCounter is the counter of a setting that package internal/godebug has counted.
type godebugCounter struct {
	name string
	read func() uint64
	next *godebugCounter
}

var godebugCounters atomic.Pointer[godebugCounter]

//go:linkname godebug_registerMetric internal/godebug.registerMetric
func godebug_registerMetric(name string, read func() uint64) {
	c := &godebugCounter{name: name, read: read}
	for {
		c.next = godebugCounters.Load()
		if godebugCounters.CompareAndSwap(c.next, c) {
			return
		}
	}
}

// nilPanics is how often panic(nil) has panicked with nil, which GODEBUG=panicnil=1 lets it do.
func nilPanics() uint64

const (
	godebugBefore = "/godebug/non-default-behavior/"
	godebugBehind = ":events"
)

// godebugMetric cuts the setting out of the name of its metric.
func godebugMetric(name string) (setting string, ok bool) {
	n := len(name) - len(godebugBehind)
	if n < len(godebugBefore) || name[:len(godebugBefore)] != godebugBefore || name[n:] != godebugBehind {
		return "", false
	}
	return name[len(godebugBefore):n], true
}

//go:linkname readMetricNames runtime/metrics.runtime_readMetricNames
func readMetricNames() []string {
	var list []string
	for i := range memMetrics {
		list = append(list, memMetrics[i].name)
	}
	for i := range godebugs.All {
		if g := &godebugs.All[i]; !g.Opaque {
			list = append(list, godebugBefore+g.Name+godebugBehind)
		}
	}
	return list
}

// The same, for the tests of package runtime/metrics.
//
//go:linkname testMetricNames runtime/metrics_test.runtime_readMetricNames
func testMetricNames() []string { return readMetricNames() }
