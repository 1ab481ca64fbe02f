// Package compare builds a program with rtgen and with the stock toolchain and runs the two
// binaries in turn.
//
//	stock  rtgen  │ stock  rtgen  stock  rtgen …  │ stock  rtgen …
//	   warm-up    │ timed: wall, CPU, memory      │ instrumented: collector, allocations,
//	              │                               │ goroutines and memory over time
//
// Outputs and exit statuses of all these runs but the instrumented ones are held against
// each other. Ratios are rewritten/stock of the two runs of one turn, so that whatever
// slows the machine for longer than a run falls on both sides. A ratio is given as the
// median over the turns, with an interval (see [Estimate]).
package compare

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Options say what to compare, and how.
type Options struct {
	Args     []string      // a main package or its files, as go build takes them
	ProgArgs []string      // arguments of the program
	Stdin    io.Reader     // read to its end once, and given to every run; nil for none
	Filter   string        // shell command that outputs go through before they are compared
	Runs     int           // timed turns, at least 1
	Probes   int           // instrumented turns; 0 for none
	Workers  []int         // GOMAXPROCS and RTGEN's w, one setting after another; 0 leaves both alone
	Timeout  time.Duration // of one run
	Keep     string        // folder that keeps binaries, outputs and records; "" for a temporary one

	// Rewrite builds Args through rtgen and puts the executable at out.
	Rewrite func(ctx context.Context, args []string, out string) error

	Log func(format string, args ...any) // told what happens; nil for nobody
}

// session is the state of one Run.
type session struct {
	*Options
	tmp      string       // removed at the end
	dir      string       // binaries, outputs, records
	bin      Pair[string] // uninstrumented executables
	probe    Pair[string] // instrumented ones; rtgen's is the same
	runner   string       // see package runner
	unprobed string       // why there are no records, if so
	stdin    string       // file
	context.Context
}

// Run compares. An error says that there is nothing to compare: the program does not build,
// a run cannot start or does not end. Different behaviour is no error; Report says it.
func Run(ctx context.Context, o *Options) (*Report, error) {
	s := &session{Options: o, Context: ctx}
	if s.Log == nil {
		s.Log = func(string, ...any) {}
	}
	clean, err := s.prepare()
	if err != nil {
		return nil, err
	}
	defer clean()
	r := &Report{Program: programName(o.Args), Args: o.ProgArgs, Machine: machine(), Filter: o.Filter}
	if r.Builds, err = s.build(); err != nil {
		return nil, err
	}
	workers := o.Workers
	if len(workers) == 0 {
		workers = []int{0}
	}
	for _, w := range workers {
		set, err := s.setting(w)
		if err != nil {
			return nil, err
		}
		set.Rows = set.Figures(r.Builds)
		r.Settings = append(r.Settings, set)
	}
	return r, nil
}

// prepare makes the folders and the file of standard input.
func (s *session) prepare() (clean func(), err error) {
	if s.tmp, err = os.MkdirTemp("", "rtgen-compare-"); err != nil {
		return nil, err
	}
	clean = func() { os.RemoveAll(s.tmp) }
	if err := s.fill(); err != nil {
		clean()
		return nil, err
	}
	return clean, nil
}

func (s *session) fill() (err error) {
	s.dir = s.tmp
	if s.Keep != "" {
		if s.dir, err = filepath.Abs(s.Keep); err != nil {
			return err
		}
		if err := os.MkdirAll(s.dir, 0o777); err != nil {
			return err
		}
	}
	if s.Probes > 0 && strings.Contains(s.dir, ",") { // RTGEN cannot name the record
		return fmt.Errorf("rtgen: %s: a comma cannot be in the name of the folder", s.dir)
	}
	s.stdin = os.DevNull
	if s.Stdin != nil {
		s.Log("reading standard input")
		s.stdin = filepath.Join(s.tmp, "stdin")
		if err := s.readStdin(); err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
	}
	return nil
}

// readStdin copies standard input to a file. It gives up when the context is cancelled:
// a read of a pipe does not.
func (s *session) readStdin() error {
	f, err := os.Create(s.stdin)
	if err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(f, s.Stdin)
		if e := f.Close(); err == nil {
			err = e
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-s.Done():
		return s.Err()
	}
}

// setting does all runs with one number of workers.
func (s *session) setting(workers int) (*Setting, error) {
	set := &Setting{Workers: workers}
	judge := judge{filter: s.filter}
	busy := watchMachine()
	for turn := range s.Runs + 1 { // the first one is to warm up
		s.Log("%s: run %d of %d", set.Label(), turn, s.Runs)
		var pair Pair[Sample]
		for side := range Sides {
			x, err := s.execute(side, workers, *s.bin.at(side), "", s.Timeout)
			if err != nil {
				return nil, err
			}
			if err := judge.add(side, x); err != nil {
				return nil, err
			}
			busy.ours += x.CPU
			*pair.at(side) = x.Sample
		}
		if turn > 0 {
			set.Runs = append(set.Runs, pair)
		}
	}
	set.Behaviour = judge.verdict()
	set.Notes = append(set.Notes, busy.note()...)
	set.Notes = append(set.Notes, spreadNotes(set.Runs)...)
	if err := s.instrumented(set); err != nil {
		return nil, err
	}
	return set, nil
}

// instrumented does the runs whose processes keep records of themselves.
func (s *session) instrumented(set *Setting) error {
	if s.unprobed != "" {
		set.note("%s", s.unprobed)
		return nil
	}
	limit := min(3*set.longest()+5*time.Second, s.Timeout)
	for turn := range s.Probes {
		s.Log("%s: instrumented run %d of %d", set.Label(), turn+1, s.Probes)
		var pair Pair[*Series]
		for side := range Sides {
			rec := filepath.Join(s.dir, fmt.Sprintf("%s.%s.record", set.fileLabel(), side))
			os.Remove(rec)
			x, err := s.execute(side, set.Workers, *s.probe.at(side), rec, limit)
			if errors.Is(err, errTimeout) {
				// In stock a timer that is set keeps the runtime from seeing a deadlock.
				set.note("an instrumented run of %s was ended after %v; its figures stop there", side, limit.Round(time.Second))
			} else if err != nil {
				return fmt.Errorf("instrumented: %w", err)
			}
			p, err := ReadSeries(rec)
			if err != nil {
				return err
			}
			if want := *set.Runs[0].at(side); x != nil && x.Status != want.Status {
				set.note("an instrumented run of %s ended with %s, the others with %s: its figures are of another course", side, x.Status, want.Status)
			}
			*pair.at(side) = p
		}
		set.Probes = append(set.Probes, pair)
	}
	return nil
}
