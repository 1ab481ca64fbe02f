//go:build rtgen

package metrics

import (
	"runtime"
	"unsafe"
)

// runtime_readMetrics answers the metrics that this runtime has; the others are bad, like unknown names.
func runtime_readMetrics(samples unsafe.Pointer, len, cap int) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	list := unsafe.Slice((*Sample)(samples), len)
	for i := range list {
		v := &list[i].Value
		*v = Value{kind: KindUint64}
		switch list[i].Name {
		case "/gc/cycles/total:gc-cycles":
			v.scalar = uint64(m.NumGC)
		case "/gc/cycles/forced:gc-cycles":
			v.scalar = uint64(m.NumForcedGC)
		case "/gc/cycles/automatic:gc-cycles":
			v.scalar = uint64(m.NumGC - m.NumForcedGC)
		case "/gc/heap/allocs:bytes":
			v.scalar = m.TotalAlloc
		case "/gc/heap/allocs:objects":
			v.scalar = m.Mallocs
		case "/gc/heap/frees:bytes":
			v.scalar = m.TotalAlloc - m.HeapAlloc
		case "/gc/heap/frees:objects":
			v.scalar = m.Frees
		case "/gc/heap/goal:bytes":
			v.scalar = m.NextGC
		case "/gc/heap/objects:objects":
			v.scalar = m.HeapObjects
		case "/memory/classes/heap/objects:bytes":
			v.scalar = m.HeapAlloc
		case "/memory/classes/heap/free:bytes":
			v.scalar = m.HeapIdle - m.HeapReleased
		case "/memory/classes/heap/released:bytes":
			v.scalar = m.HeapReleased
		case "/memory/classes/total:bytes":
			v.scalar = m.Sys
		case "/sched/gomaxprocs:threads":
			v.scalar = uint64(runtime.GOMAXPROCS(0))
		case "/sched/goroutines:goroutines":
			v.scalar = uint64(runtime.NumGoroutine())
		default:
			*v = Value{}
		}
	}
}
