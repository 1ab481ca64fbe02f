package rtlib

// This file keeps a record of what the program uses over time, if RTGEN has stats=FILE: the
// file must not exist. Each line is what one look at the counts of scheduler and collector
// found; looks are a millisecond apart at first and then further, so that a record stays
// small, and the last one is at exit. `rtgen compare` reads it (there is the format, in
// compare/series.go). A program without the setting pays nothing.

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"rtgen/gc"
	"rtgen/sched"
)

// recorder writes the record.
type recorder struct {
	sync.Mutex
	file, statm *os.File
	begin       time.Time
	line        []byte
	text        [128]byte
}

// startStats begins a record if opts asks for one. A child process that inherits the setting
// finds that the file exists, and keeps none.
func startStats(opts string) {
	for _, o := range strings.Split(opts, ",") {
		name, ok := strings.CutPrefix(o, "stats=")
		if !ok {
			continue
		}
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o666)
		if err != nil {
			return
		}
		file.WriteString("t rss heap goroutines created objects bytes cycles collecting pauses\n")
		r := &recorder{file: file, begin: time.Now()}
		r.statm, _ = os.Open("/proc/self/statm")
		r.look()
		sched.AtExit = r.look
		go r.run()
	}
}

func (r *recorder) run() {
	for {
		time.Sleep(max(time.Millisecond, time.Since(r.begin)/400))
		r.look()
	}
}

// look appends a line.
func (r *recorder) look() {
	r.Lock()
	defer r.Unlock()
	b := r.line[:0]
	put := func(n int64) { b = append(strconv.AppendInt(b, n, 10), ' ') }
	var f gc.Figures
	var pauses []byte
	gc.ReadFigures(&f, func(end time.Duration, n uint64) {
		if pauses != nil {
			pauses = append(pauses, ',')
		}
		pauses = strconv.AppendInt(pauses, int64(end), 10)
		pauses = append(pauses, ':')
		pauses = strconv.AppendUint(pauses, n, 10)
	})
	if pauses == nil {
		pauses = []byte("-")
	}
	put(int64(time.Since(r.begin)))
	put(r.resident())
	put(int64(f.Heap))
	put(int64(sched.Count()))
	put(int64(sched.Created()))
	put(int64(f.Objects))
	put(int64(f.Bytes))
	put(int64(f.Cycles))
	put(int64(f.Collecting))
	b = append(append(b, pauses...), '\n')
	r.file.Write(b)
	r.line = b
}

// resident is the resident set, in bytes: the second number in statm, which counts pages.
func (r *recorder) resident() int64 {
	n, _ := r.statm.ReadAt(r.text[:], 0)
	f := strings.Fields(string(r.text[:n]))
	if len(f) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(f[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
