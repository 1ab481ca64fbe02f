package compare

// This file looks for what makes measurements doubtful.

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// watch is a stretch of time on a machine that may have others to serve.
type watch struct {
	start time.Time
	busy  time.Duration // of all processors, when it began
	self  time.Duration // this process's own, then
	ours  time.Duration // CPU time that the runs took
}

func watchMachine() *watch {
	return &watch{start: time.Now(), busy: machineBusy(), self: selfCPU()}
}

// Others may take this part of one processor before it is mentioned.
const tolerated = 0.15

// note says how busy others kept the machine, if they did.
func (w *watch) note() []string {
	wall := time.Since(w.start)
	others := machineBusy() - w.busy - w.ours - (selfCPU() - w.self)
	if used := others.Seconds() / wall.Seconds(); wall > time.Second/2 && used > tolerated {
		return []string{fmt.Sprintf("the machine was busy: other processes kept %.1f of %d processors busy meanwhile", used, runtime.NumCPU())}
	}
	return nil
}

// machineBusy is the time that all processors were not idle, since the machine was started,
// with what a host took from them.
func machineBusy() time.Duration {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	var user, nice, system, idle, iowait, irq, softirq, steal int64
	line, _, _ := strings.Cut(string(b), "\n")
	if _, err := fmt.Sscanf(line, "cpu %d %d %d %d %d %d %d %d", &user, &nice, &system, &idle, &iowait, &irq, &softirq, &steal); err != nil {
		return 0
	}
	return time.Duration(user+nice+system+irq+softirq+steal) * (time.Second / 100)
}

func selfCPU() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// spreadNotes warns of runs that vary much, and of too few.
func spreadNotes(turns []Pair[Sample]) (notes []string) {
	if n := len(turns); n < 5 {
		notes = append(notes, "fewer than 5 timed runs of each give no interval: ranges are shown")
	}
	for side := range Sides {
		var wall []float64
		for i := range turns {
			wall = append(wall, turns[i].at(side).Wall.Seconds())
		}
		if e := Estimated(wall); e.N > 1 && e.Spread() > 0.1 {
			notes = append(notes, fmt.Sprintf("wall time of %s varies by ±%.0f %% from run to run", side, 100*e.Spread()))
		}
	}
	return notes
}
