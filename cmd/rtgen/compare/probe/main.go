//go:build ignore

package main

// This file is added to an instrumented stock program. Its sampler writes what the process
// uses to the file that RTGEN_STATS names, in the form of cmd/rtgen/compare/series.go.
// The program's own package is a crowded place: everything is inside of init, and imports
// have names of their own. A package that means something else by len or int64 cannot be
// built with this file, and is compared without records.

import (
	rtgenos "os"
	rtgenruntime "runtime"
	rtgenmetrics "runtime/metrics"
	rtgenstrconv "strconv"
	rtgenatomic "sync/atomic"
	rtgensyscall "syscall"
	rtgentime "time"
	_ "unsafe"
)

type rtgenExitHook struct {
	F            func()
	RunOnFailure bool
}

//go:linkname rtgenAddExitHook internal/runtime/exithook.Add
func rtgenAddExitHook(rtgenExitHook)

func init() {
	name := rtgenos.Getenv("RTGEN_STATS")
	if name == "" {
		return
	}
	rtgenos.Unsetenv("RTGEN_STATS")
	file, err := rtgensyscall.Open(name, rtgensyscall.O_CREAT|rtgensyscall.O_EXCL|rtgensyscall.O_WRONLY|rtgensyscall.O_APPEND|rtgensyscall.O_CLOEXEC, 0666)
	if err != nil {
		return
	}
	statm, _ := rtgensyscall.Open("/proc/self/statm", rtgensyscall.O_RDONLY|rtgensyscall.O_CLOEXEC, 0)
	samples := []rtgenmetrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/sched/goroutines:goroutines"},
		{Name: "/sched/goroutines-created:goroutines"},
		{Name: "/gc/heap/allocs:objects"},
		{Name: "/gc/heap/tiny/allocs:objects"},
		{Name: "/gc/heap/allocs:bytes"},
		{Name: "/gc/cycles/total:gc-cycles"},
		{Name: "/cpu/classes/gc/total:cpu-seconds"},
		{Name: "/cpu/classes/gc/pause:cpu-seconds"},
		{Name: "/sched/pauses/total/gc:seconds"},
	}
	begin := rtgentime.Now()
	var ticks, alive rtgenatomic.Int64 // goroutines that were the sampler's, and that are
	// What reading allocates for its results is not the program's.
	var before, after rtgenruntime.MemStats
	rtgenruntime.ReadMemStats(&before)
	rtgenmetrics.Read(samples)
	rtgenruntime.ReadMemStats(&after)
	ownObjects, ownBytes := int64(after.Mallocs-before.Mallocs), int64(after.TotalAlloc-before.TotalAlloc)
	var line, text [4096]byte
	busy := make(chan struct{}, 1) // the hook at exit and the sampler take turns
	look := func(exact bool) {
		busy <- struct{}{}
		defer func() { <-busy }()
		n, _ := rtgensyscall.Pread(statm, text[:], 0)
		rss, word := int64(0), 0
		for _, c := range text[:n] {
			if c == ' ' {
				word++
			} else if word == 1 {
				rss = rss*10 + int64(c-'0')
			}
		}
		rtgenmetrics.Read(samples)
		out := line[:0]
		put := func(n int64) {
			out = rtgenstrconv.AppendInt(out, n, 10)
			out = append(out, ' ')
		}
		count := func(i int) int64 { return int64(samples[i].Value.Uint64()) }
		put(int64(rtgentime.Since(begin)))
		put(rss * int64(rtgenos.Getpagesize()))
		put(count(0))
		// The metrics count the runtime's own goroutines too; those do not end.
		running := int64(rtgenruntime.NumGoroutine())
		put(running - alive.Load())
		put(count(2) - (count(1) - running) - ticks.Load())
		objects, bytes := count(3)+count(4), count(5)
		if exact {
			// The metrics leave out what lies in spans in use; at the beginning and at the end
			// nobody minds that the exact count stops the world.
			rtgenruntime.ReadMemStats(&after)
			objects, bytes = int64(after.Mallocs), int64(after.TotalAlloc)
		}
		put(objects - ownObjects)
		put(bytes - ownBytes)
		put(count(6))
		// Pauses are accounted as if every processor were busy meanwhile; one is.
		gc, pause := samples[7].Value.Float64(), samples[8].Value.Float64()
		put(int64((gc - pause + pause/float64(rtgenruntime.GOMAXPROCS(0))) * 1e9))
		h := samples[9].Value.Float64Histogram()
		some := false
		for i, c := range h.Counts {
			if c == 0 || i+1 >= len(h.Buckets) {
				continue
			}
			end := h.Buckets[i+1]
			if end > 1e6 { // the last one is open
				end = h.Buckets[i]
			}
			if some {
				out = append(out, ',')
			}
			some = true
			out = rtgenstrconv.AppendInt(out, int64(end*1e9), 10)
			out = append(out, ':')
			out = rtgenstrconv.AppendUint(out, c, 10)
		}
		if !some {
			out = append(out, '-')
		}
		out = append(out, '\n')
		rtgensyscall.Write(file, out)
	}
	rtgensyscall.Write(file, []byte("t rss heap goroutines created objects bytes cycles collecting pauses\n"))
	look(true)
	rtgenAddExitHook(rtgenExitHook{func() { look(true) }, true})
	// A timer's function, not a goroutine: a program may wait until it has no other.
	var timer *rtgentime.Timer
	tick := func() {
		ticks.Add(1)
		alive.Add(1)
		defer alive.Add(-1)
		look(false)
		// Every millisecond at first, then ever less often: a record stays small.
		wait := rtgentime.Since(begin) / 400
		if wait < rtgentime.Millisecond {
			wait = rtgentime.Millisecond
		}
		timer.Reset(wait)
	}
	busy <- struct{}{}
	timer = rtgentime.AfterFunc(rtgentime.Millisecond, tick)
	<-busy
}
