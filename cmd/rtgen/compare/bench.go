package compare

// This file compares the benchmarks of a package:
//
//	toolchain: stock
//	goos: linux
//	pkg: example.org/queue
//	BenchmarkPush-2   1000000   120 ns/op   16 B/op   1 allocs/op
//	toolchain: rtgen
//	BenchmarkPush-2   …
//
// benchstat -col toolchain reads that.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// BenchOptions say which benchmarks to compare.
type BenchOptions struct {
	Package string
	Args    []string // of both test binaries, as -test.bench=.
	Runs    int      // turns, at least 1
	Workers []int    // as in Options
	Keep    string   // as in Options

	// RewriteTest builds the tests of Package through rtgen and puts the binary at out.
	RewriteTest func(ctx context.Context, pkg, out string) error

	Out io.Writer // gets the benchmarks' lines as they come
	Log func(format string, args ...any)
}

// BenchReport is what the benchmarks measured.
type BenchReport struct {
	Package string     `json:"package"`
	Machine Machine    `json:"machine"`
	Rows    []BenchRow `json:"rows"`
	Missing []string   `json:"missing,omitempty"` // what one side did that the other did not
}

// BenchRow is one benchmark in one unit. Less is better.
type BenchRow struct {
	Name  string         `json:"name"` // without "Benchmark"
	Unit  string         `json:"unit"` // "ns/op"
	Value Pair[Estimate] `json:"value"`
	Ratio Estimate       `json:"ratio"`
}

// RunBench compares. As in Run, an error says that there is nothing to compare.
func RunBench(ctx context.Context, o *BenchOptions) (*BenchReport, error) {
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	s := &session{Options: &Options{Keep: o.Keep, Log: o.Log}, Context: ctx}
	clean, err := s.prepare()
	if err != nil {
		return nil, err
	}
	defer clean()
	out, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", "--", o.Package).Output()
	if err != nil {
		return nil, listError(err)
	}
	dir := strings.TrimSpace(string(out))
	if strings.Contains(dir, "\n") {
		return nil, fmt.Errorf("rtgen: %s is more than one package", o.Package)
	}
	s.bin = Pair[string]{filepath.Join(s.dir, "stock.test"), filepath.Join(s.dir, "rtgen.test")}
	o.Log("building with stock")
	if err := s.goTool("test", "-c", "-o", s.bin.Stock, o.Package); err != nil {
		return nil, err
	}
	if _, err := os.Stat(s.bin.Stock); err != nil {
		return nil, fmt.Errorf("rtgen: %s has no tests", o.Package)
	}
	if err := o.RewriteTest(ctx, o.Package, s.bin.Rtgen); err != nil {
		return nil, err
	}
	r := &BenchReport{Package: o.Package, Machine: machine()}
	var seen measurements
	workers := o.Workers
	if len(workers) == 0 {
		workers = []int{0}
	}
	for _, w := range workers {
		for turn := range o.Runs {
			for side := range Sides {
				o.Log("%s: turn %d of %d", side, turn+1, o.Runs)
				text, failed, err := s.bench(side, w, dir, o.Args)
				if err != nil {
					return nil, err
				}
				if failed != "" {
					r.Missing = append(r.Missing, fmt.Sprintf("%s: %s", side, failed))
				}
				text = cpuLine.ReplaceAll(text, nil) // each side finds its own words for the one machine
				if _, err := fmt.Fprintf(o.Out, "toolchain: %s\ncpu: %s\n%s", side, r.Machine.CPU, text); err != nil {
					return nil, err
				}
				seen.read(text, side)
			}
			if len(r.Missing) > 0 {
				break
			}
		}
	}
	rows, missing := seen.rows()
	r.Rows, r.Missing = rows, append(r.Missing, missing...)
	return r, nil
}

var cpuLine = regexp.MustCompile(`(?m)^cpu: .*\n`)

// bench runs one test binary. failed says how it ended if not well.
func (s *session) bench(side Side, workers int, dir string, args []string) (text []byte, failed string, err error) {
	cmd := exec.CommandContext(s, *s.bin.at(side), append([]string{"-test.run=^$", "-test.paniconexit0"}, args...)...)
	ownGroup(cmd)
	cmd.Dir = dir
	cmd.Env = append(environment(side, workers, ""), "PWD="+dir)
	text, err = cmd.CombinedOutput()
	if s.Err() != nil {
		return nil, "", s.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return text, exit.Error(), nil
	}
	return text, "", err
}

// listError is a failure of go list in its own words.
func listError(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

// measurements are values in the order in which they were first seen.
type measurements struct {
	keys   []benchKey
	values map[benchKey]*Pair[[]float64]
}

type benchKey struct{ name, unit string }

// read takes the results out of a benchmark's output.
func (m *measurements) read(text []byte, side Side) {
	for line := range bytes.Lines(text) {
		f := strings.Fields(string(line))
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
			continue
		}
		if _, err := strconv.Atoi(f[1]); err != nil {
			continue
		}
		for i := 2; i+1 < len(f); i += 2 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				break
			}
			k := benchKey{strings.TrimPrefix(f[0], "Benchmark"), f[i+1]}
			if m.values == nil {
				m.values = map[benchKey]*Pair[[]float64]{}
			}
			p := m.values[k]
			if p == nil {
				p = new(Pair[[]float64])
				m.values[k] = p
				m.keys = append(m.keys, k)
			}
			*p.at(side) = append(*p.at(side), v)
		}
	}
}

// rows pairs the sides. What only one of them measured is missing.
func (m *measurements) rows() (rows []BenchRow, missing []string) {
	if len(m.keys) == 0 {
		return nil, []string{"no benchmark ran"}
	}
	for _, k := range m.keys {
		p := m.values[k]
		if len(p.Stock) != len(p.Rtgen) {
			missing = append(missing, fmt.Sprintf("%s: %d results in %s of stock, %d of rtgen", k.name, len(p.Stock), k.unit, len(p.Rtgen)))
			continue
		}
		rows = append(rows, BenchRow{k.name, k.unit, Pair[Estimate]{Estimated(p.Stock), Estimated(p.Rtgen)}, ratios(p.Stock, p.Rtgen)})
	}
	return rows, missing
}

// WriteBenchTable prints r. No line of it is one that benchstat takes for a result.
func WriteBenchTable(w io.Writer, r *BenchReport) error {
	cells := [][]string{{"", "", "stock", "rtgen", "ratio", "", ""}}
	for _, x := range r.Rows {
		row := Row{Ratio: x.Ratio}
		cells = append(cells, []string{"  " + x.Name, x.Unit, number(x.Value.Stock.Median), number(x.Value.Rtgen.Median), row.RatioText(), x.Ratio.Interval(), row.Verdict()})
	}
	var b strings.Builder
	b.WriteString("\n" + align(cells))
	for _, m := range r.Missing {
		b.WriteString("  only on one side, or failed: " + m + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// number writes a value as the testing package does: three digits, or all before the point.
func number(v float64) string {
	if v == float64(int64(v)) || v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return digits(v)
}
