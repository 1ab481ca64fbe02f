package compare

// This file reads the records that instrumented processes keep of themselves. A record is
// text: a line of column names, then a line for each time that the process looked at
// itself, the last one at its exit. A process that is killed leaves a torn line at most.
//
//	t rss heap goroutines created objects bytes cycles collecting pauses
//	1003241 2510848 81920 1 1 310 90112 0 0 -
//	2120310 2711552 181920 3 5 1310 190112 1 120000 14336:1,20480:1
//
// Times are in nanoseconds, t since the sampler began. All but rss, heap and goroutines
// count from the start of the process. Pauses are a histogram: upper end in nanoseconds and
// how many; there are four buckets to each power of two. probe/main.go writes it for stock,
// rtlib/stats.go for rtgen.

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Moment is one look of a process at itself.
type Moment struct {
	T          int64 `json:"t_ns"`
	RSS        int64 `json:"rss"`
	Heap       int64 `json:"heap"` // bytes in objects, dead ones not yet found included
	Goroutines int64 `json:"goroutines"`
	Created    int64 `json:"created"`
	Objects    int64 `json:"objects"`
	Bytes      int64 `json:"bytes"`
	Cycles     int64 `json:"cycles"`
	Collecting int64 `json:"collecting_ns"`
}

// Pauses is how many pauses were at most End nanoseconds long, and longer than the bucket
// before it.
type Pauses struct {
	End   int64 `json:"end_ns"`
	Count int64 `json:"count"`
}

// Series is one instrumented run.
type Series struct {
	Moments []Moment `json:"moments"`
	Pauses  []Pauses `json:"pauses"`
}

const columns = "t rss heap goroutines created objects bytes cycles collecting pauses"

// ReadSeries reads a record.
func ReadSeries(file string) (*Series, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("rtgen: an instrumented run left no record: %w", err)
	}
	return parseSeries(b, file)
}

func parseSeries(b []byte, file string) (*Series, error) {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
		b = b[:i+1]
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if lines[0] != columns || len(lines) == 1 {
		return nil, fmt.Errorf("rtgen: %s is not a record", file)
	}
	s := &Series{}
	var pauses string
	for i, l := range lines[1:] {
		f := strings.Fields(l)
		if len(f) != 10 {
			return nil, fmt.Errorf("rtgen: %s:%d: %d columns", file, i+2, len(f))
		}
		var m Moment
		for k, to := range []*int64{&m.T, &m.RSS, &m.Heap, &m.Goroutines, &m.Created, &m.Objects, &m.Bytes, &m.Cycles, &m.Collecting} {
			n, err := strconv.ParseInt(f[k], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("rtgen: %s:%d: %w", file, i+2, err)
			}
			*to = n
		}
		s.Moments = append(s.Moments, m)
		pauses = f[9]
	}
	for p := range strings.SplitSeq(pauses, ",") {
		if p == "-" {
			break
		}
		end, count, _ := strings.Cut(p, ":")
		e, err1 := strconv.ParseInt(end, 10, 64)
		c, err2 := strconv.ParseInt(count, 10, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("rtgen: %s: pauses %q", file, p)
		}
		s.Pauses = append(s.Pauses, Pauses{e, c})
	}
	slices.SortFunc(s.Pauses, func(a, b Pauses) int { return int(a.End - b.End) })
	return s, nil
}

func (s *Series) last() Moment { return s.Moments[len(s.Moments)-1] }

func (s *Series) peakGoroutines() (n int64) {
	for _, m := range s.Moments {
		n = max(n, m.Goroutines)
	}
	return n
}

func (s *Series) pauseCount() (n int64) {
	for _, p := range s.Pauses {
		n += p.Count
	}
	return n
}

// pauseQuantile returns, in seconds, the end of the bucket in which the part q of all
// pauses is reached; 0 without pauses.
func (s *Series) pauseQuantile(q float64) float64 {
	total, seen := float64(s.pauseCount()), int64(0)
	for _, p := range s.Pauses {
		if seen += p.Count; float64(seen) >= q*total {
			return float64(p.End) / 1e9
		}
	}
	return 0
}
