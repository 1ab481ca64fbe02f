//go:build rtgen

package debug

import (
	"runtime"
	"time"
)

// readGCStats appends pauses, their ends and three totals, in the order that ReadGCStats expects.
func readGCStats(p *[]time.Duration) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	n := int(m.NumGC)
	if n > len(m.PauseNs) {
		n = len(m.PauseNs)
	}
	s := (*p)[:0]
	for i := range n {
		s = append(s, time.Duration(m.PauseNs[(int(m.NumGC)+255-i)%256]))
	}
	for i := range n {
		s = append(s, time.Duration(m.PauseEnd[(int(m.NumGC)+255-i)%256]))
	}
	*p = append(s, time.Duration(m.LastGC), time.Duration(m.NumGC), time.Duration(m.PauseTotalNs))
}

func runtime_setCrashFD(fd uintptr) uintptr { return setCrashFD(fd) }

func setCrashFD(fd uintptr) uintptr

// WriteHeapDump would write the heap as gc's runtime lays it out; this heap is another.
func WriteHeapDump(fd uintptr) { panic("runtime/debug: WriteHeapDump is not supported by rtgen") }
