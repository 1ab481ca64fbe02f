package compare

// This file is the report as data: what --json writes and what table and page show.

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Side is one of the two toolchains.
type Side int

const (
	Stock Side = iota
	Rtgen
	Sides // how many there are
)

func (s Side) String() string { return [...]string{"stock", "rtgen"}[s] }

// Pair holds the same thing of both sides.
type Pair[T any] struct {
	Stock T `json:"stock"`
	Rtgen T `json:"rtgen"`
}

func (p *Pair[T]) at(s Side) *T {
	if s == Stock {
		return &p.Stock
	}
	return &p.Rtgen
}

// Report is all that one comparison found.
type Report struct {
	Program  string     `json:"program"`
	Args     []string   `json:"args,omitempty"`
	Filter   string     `json:"filter,omitempty"`
	Machine  Machine    `json:"machine"`
	Builds   Builds     `json:"builds"`
	Settings []*Setting `json:"settings"`
}

// Same reports whether the program behaved the same in every setting.
func (r *Report) Same() bool {
	for _, s := range r.Settings {
		if !s.Behaviour.Same {
			return false
		}
	}
	return true
}

// Machine is where the report was made.
type Machine struct {
	CPU        string    `json:"cpu"`
	Processors int       `json:"processors"`
	OS         string    `json:"os"`
	Go         string    `json:"go"`
	Time       time.Time `json:"time"`
}

func machine() Machine {
	m := Machine{CPU: "unknown", Processors: runtime.NumCPU(), OS: runtime.GOOS + "/" + runtime.GOARCH, Time: time.Now().UTC().Truncate(time.Second)}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, _ := strings.Cut(line, ":"); strings.TrimSpace(k) == "model name" {
				m.CPU = strings.TrimSpace(v)
				break
			}
		}
	}
	m.Go = goVersion()
	return m
}

// Setting is the runs with one number of workers.
type Setting struct {
	Workers   int             `json:"workers"` // 0: as many as the machine has processors
	Behaviour Behaviour       `json:"behaviour"`
	Rows      []Row           `json:"rows"`
	Notes     []string        `json:"notes,omitempty"` // what casts doubt on the figures
	Runs      []Pair[Sample]  `json:"runs"`
	Probes    []Pair[*Series] `json:"probes,omitempty"`
}

func (s *Setting) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

// Row returns the row of that name, a zero one if there is none.
func (s *Setting) Row(name string) Row {
	for _, r := range s.Rows {
		if r.Name == name {
			return r
		}
	}
	return Row{Name: name}
}

// longest is the wall time of the longest run.
func (s *Setting) longest() (d time.Duration) {
	for _, p := range s.Runs {
		d = max(d, p.Stock.Wall, p.Rtgen.Wall)
	}
	return d
}

// Label names the setting.
func (s *Setting) Label() string {
	switch s.Workers {
	case 0:
		return "all processors"
	case 1:
		return "1 worker"
	}
	return fmt.Sprintf("%d workers", s.Workers)
}

func (s *Setting) fileLabel() string {
	if s.Workers == 0 {
		return "all"
	}
	return fmt.Sprintf("w%d", s.Workers)
}

// Sample is what one timed run used.
type Sample struct {
	Wall   time.Duration `json:"wall_ns"`
	CPU    time.Duration `json:"cpu_ns"`    // user and system
	Memory int64         `json:"rss_bytes"` // largest resident set
	Status string        `json:"status"`    // "exit status 0", "signal: killed"
}

// Row is one figure on both sides. Less is better wherever one is better than the other.
type Row struct {
	Name  string         `json:"name"`
	Doc   string         `json:"doc"`
	Group string         `json:"group"` // "timed", "instrumented" or "built"
	Unit  Unit           `json:"unit"`
	Value Pair[Estimate] `json:"value"`
	Ratio Estimate       `json:"ratio"` // rtgen/stock; N is 0 if stock's value is 0 somewhere
}

// programName is what args are called in a heading.
func programName(args []string) string {
	if len(args) > 0 && strings.HasSuffix(args[0], ".go") {
		return filepath.Base(args[0])
	}
	return strings.Join(args, " ")
}
