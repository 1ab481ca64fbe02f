// Bench measures what rtgen is judged by: each program of testdata is built by rtgen and
// by the stock toolchain, the two binaries run in turn, and the medians of the ratios
// rewritten/stock are printed.
//
//	go run ./e2e/bench                    all of them
//	go run ./e2e/bench -run 'ping|spawn'  some
//	go run ./e2e/bench -n 21 -w 1         more rounds, one worker on both sides
//
// Ratios are of CPU time unless the heading says otherwise; wall time is given beside it.
// Below 1 the rewritten program is the faster one. Both binaries run with the same
// number of processors (GOMAXPROCS, RTGEN w=). The column "goal" is what the project
// wants to reach, not a promise.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"rtgen/e2e/run"
)

// A figure is one program and the ratio that is wanted for it; 0 if none is set.
type figure struct {
	program string
	goal    float64
}

var figures = []figure{
	{"nbody", 1.05},
	{"fannkuch", 1.05},
	{"spectralnorm", 1.05},
	{"ifacechain", 1.2},
	{"pingpong", 0.2},
	{"buffered", 0.35},
	{"spawn", 0.12},
	{"gosched", 0.12},
	{"select8", 0.4},
	{"ring503", 0.2},
	{"sieve", 0.3},
	{"mutex", 1.0},
	{"mutexcontended", 0.5},
	{"rwmutexcontended", 0.5},
	{"fanout1000", 0.25},
	{"workerpool", 0.5},
	{"timerchurn", 0.7},
	{"echo1000", 1.0}, // of wall time
	{"parked", 0.25},
	{"binarytrees", 0},
	{"mapwords", 0},
	{"sprintf", 1.2},
	{"json", 1.2},
}

func main() {
	pattern := flag.String("run", "", "only the figures whose name matches `regexp`")
	n := flag.Int("n", 7, "`rounds`: each runs every binary once")
	workers := flag.Int("w", 1, "`workers` of both sides")
	bin := flag.String("bin", "", "rtgen `binary`; built from this module if empty")
	dir := flag.String("dir", "e2e/bench/testdata", "`folder` of the programs")
	flag.Parse()
	if err := bench(*dir, *pattern, *bin, *n, *workers); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(dir, pattern, bin string, rounds, workers int) error {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if bin == "" {
		if bin, err = run.BuildRtgen(); err != nil {
			return err
		}
	}
	tool, err := run.Rtgen(bin)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "rtgen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)

	tw := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "figure\tratio\twall\tmemory\tgoal\tstock CPU\t")
	for _, f := range figures {
		if !re.MatchString(f.program) {
			continue
		}
		if err := compare(tw, tool, dir, tmp, f, rounds, workers); err != nil {
			fmt.Fprintf(tw, "%s\t%v\t\t\t\t\t\n", f.program, firstLine(err))
		}
		tw.Flush()
	}
	if re.MatchString("hello") {
		if err := hello(tool, dir, tmp, rounds, workers); err != nil {
			fmt.Printf("hello: %v\n", firstLine(err))
		}
	}
	if re.MatchString("build") {
		if err := builds(tool, dir, tmp); err != nil {
			fmt.Printf("build: %v\n", firstLine(err))
		}
	}
	return nil
}

func firstLine(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

// pair builds a program with both tools.
func pair(tool *run.Tool, dir, tmp, program string) (ours, stock string, err error) {
	for _, t := range []*run.Tool{tool, run.Stock()} {
		out := filepath.Join(tmp, program+"."+t.Name)
		res := t.Build(context.Background(), run.Limits{Time: 10 * time.Minute}, dir, out, program+".go")
		if !res.OK() {
			return "", "", fmt.Errorf("%s does not build it: %s", t.Name, strings.TrimSpace(string(res.Output)))
		}
	}
	return filepath.Join(tmp, program+"."+tool.Name), filepath.Join(tmp, program+".stock"), nil
}

type sample struct {
	cpu, wall time.Duration
	memory    int64 // largest resident set, KB
	output    string
}

func execute(bin string, workers int) (sample, error) {
	cmd := exec.Command(bin)
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", workers), fmt.Sprintf("RTGEN=w=%d", workers))
	start := time.Now()
	out, err := cmd.CombinedOutput()
	s := sample{wall: time.Since(start), output: string(out)}
	if err != nil {
		return s, fmt.Errorf("%s: %v: %s", filepath.Base(bin), err, tail(s.output))
	}
	s.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	s.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	return s, nil
}

func tail(s string) string { return s[max(0, len(s)-200):] }

// turns runs both binaries in turn and returns their samples, the first round left out.
func turns(ours, stock string, rounds, workers int) (a, b []sample, err error) {
	for i := range rounds + 1 {
		x, err := execute(ours, workers)
		if err != nil {
			return nil, nil, err
		}
		y, err := execute(stock, workers)
		if err != nil {
			return nil, nil, err
		}
		if x.output != y.output {
			return nil, nil, fmt.Errorf("outputs differ: %q and %q", tail(x.output), tail(y.output))
		}
		if i > 0 {
			a, b = append(a, x), append(b, y)
		}
	}
	return a, b, nil
}

// median of f over all pairs.
func median(a, b []sample, f func(x, y sample) float64) float64 {
	var r []float64
	for i := range a {
		r = append(r, f(a[i], b[i]))
	}
	slices.Sort(r)
	if n := len(r); n%2 == 0 {
		return (r[n/2-1] + r[n/2]) / 2
	}
	return r[len(r)/2]
}

func compare(tw *tabwriter.Writer, tool *run.Tool, dir, tmp string, f figure, rounds, workers int) error {
	ours, stock, err := pair(tool, dir, tmp, f.program)
	if err != nil {
		return err
	}
	a, b, err := turns(ours, stock, rounds, workers)
	if err != nil {
		return err
	}
	goal := "-"
	if f.goal > 0 {
		goal = fmt.Sprintf("%.2f", f.goal)
	}
	fmt.Fprintf(tw, "%s\t%.2f\t%.2f\t%.2f\t%s\t%.0f ms\t\n", f.program,
		median(a, b, func(x, y sample) float64 { return x.cpu.Seconds() / y.cpu.Seconds() }),
		median(a, b, func(x, y sample) float64 { return x.wall.Seconds() / y.wall.Seconds() }),
		median(a, b, func(x, y sample) float64 { return float64(x.memory) / float64(y.memory) }),
		goal,
		median(a, b, func(x, y sample) float64 { return y.cpu.Seconds() * 1e3 }))
	return nil
}

// hello compares start-up and size.
func hello(tool *run.Tool, dir, tmp string, rounds, workers int) error {
	ours, stock, err := pair(tool, dir, tmp, "hello")
	if err != nil {
		return err
	}
	a, b, err := turns(ours, stock, rounds*5, workers)
	if err != nil {
		return err
	}
	x, err := os.Stat(ours)
	if err != nil {
		return err
	}
	y, err := os.Stat(stock)
	if err != nil {
		return err
	}
	fmt.Printf("hello from exec to exit: %+.2f ms (stock %.2f ms; goal +3)\n",
		median(a, b, func(x, y sample) float64 { return (x.wall - y.wall).Seconds() * 1e3 }),
		median(a, b, func(x, y sample) float64 { return y.wall.Seconds() * 1e3 }))
	fmt.Printf("hello binary: %.2f of stock's %.1f MB (goal 2.5)\n", float64(x.Size())/float64(y.Size()), float64(y.Size())/1e6)
	return nil
}

// builds compares the wall time of building a program that imports fmt and encoding/json
// a second time, and after a change of one line. The program is copied: nothing is
// written to the checkout. It compares with `go build` under the same two conditions.
func builds(tool *run.Tool, dir, tmp string) error {
	src, err := os.ReadFile(filepath.Join(dir, "json.go"))
	if err != nil {
		return err
	}
	work := filepath.Join(tmp, "edit")
	if err := os.Mkdir(work, 0o777); err != nil {
		return err
	}
	text := strings.Replace(string(src), "import \"encoding/json\"", "import (\n\t\"encoding/json\"\n\t\"fmt\"\n)", 1)
	text = strings.Replace(text, "println(n)", "fmt.Println(n)", 1)
	build := func(t *run.Tool, edit int) (time.Duration, error) {
		s := strings.Replace(text, "range 60000", fmt.Sprintf("range %d", 60000+edit), 1)
		if err := os.WriteFile(filepath.Join(work, "prog.go"), []byte(s), 0o666); err != nil {
			return 0, err
		}
		res := t.Build(context.Background(), run.Limits{Time: 10 * time.Minute}, work, filepath.Join(work, t.Name+".exe"), "prog.go")
		if !res.OK() {
			return 0, fmt.Errorf("%s: %s: %s", t.Name, res.Status(), res.Output)
		}
		return res.Wall, nil
	}
	stock := run.Stock()
	for _, c := range []struct {
		name string
		edit bool
		goal float64
	}{{"second build, unchanged", false, 3}, {"build after a change of one line", true, 5}} {
		var ratios []float64
		var walls []float64
		for i := range 6 {
			edit := 0
			if c.edit {
				edit = i + 1 + int(time.Now().UnixNano()%1e6)
			}
			x, err := build(tool, edit)
			if err != nil {
				return err
			}
			y, err := build(stock, edit)
			if err != nil {
				return err
			}
			if i > 0 { // the first one fills both caches
				ratios = append(ratios, x.Seconds()/y.Seconds())
				walls = append(walls, y.Seconds())
			}
		}
		slices.Sort(ratios)
		slices.Sort(walls)
		fmt.Printf("%s: %.1f of go build's %.2f s (goal %.0f)\n", c.name, ratios[len(ratios)/2], walls[len(walls)/2], c.goal)
	}
	return nil
}
