// Goroot runs the executable programs of Go's own test directory through rtgen and
// judges them as Go's own driver does.
//
//	go run ./e2e/goroot -all                 everything
//	go run ./e2e/goroot -sample 60           every n-th test, the same ones each time
//	go run ./e2e/goroot -run 'chan/.*' -v    some, with what went wrong
//	go run ./e2e/goroot -all -rtgen stress=7 under heap stress (environment RTGEN of the programs)
//	go run ./e2e/goroot -all -tool stock     the harness itself, against the stock toolchain
//
// A test passes if it builds, exits with status 0 and prints exactly its .out file, or
// nothing if there is none (stdout and stderr together). The run fails if a test fails
// that known.txt does not list, and also if one passes that it does list: the list can
// only shrink.
//
// Of the 1206 executable programs in the suite 1129 are applicable: README.md in this
// folder gives the rule and the counts.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"rtgen/e2e/run"
)

type options struct {
	all     bool
	sample  int
	pattern string
	only    string
	tier    string
	tool    string
	bin     string
	rtgen   string
	workers int
	jobs    int
	timeout time.Duration
	build   time.Duration
	memory  int64
	verbose bool
	json    string
	groups  int
}

func main() {
	var o options
	flag.BoolVar(&o.all, "all", false, "run every applicable test")
	flag.IntVar(&o.sample, "sample", 0, "run a fixed sample of `n` tests, spread over the list")
	flag.StringVar(&o.pattern, "run", "", "run the tests whose path matches `regexp`")
	flag.StringVar(&o.only, "failed", "", "run the tests that failed according to `file`, written by -json")
	flag.StringVar(&o.tier, "tier", "", "run only tier `A or B`")
	flag.StringVar(&o.tool, "tool", "rtgen", "`rtgen or stock`: what builds the programs")
	flag.StringVar(&o.bin, "bin", "", "rtgen `binary`; built from this module if empty")
	flag.StringVar(&o.rtgen, "rtgen", os.Getenv("RTGEN"), "`value` of RTGEN for the programs, as in stress=7")
	flag.IntVar(&o.workers, "w", 0, "`workers` of the programs; 0: their own choice")
	flag.IntVar(&o.jobs, "j", runtime.NumCPU(), "tests to run at once")
	flag.DurationVar(&o.timeout, "timeout", 60*time.Second, "limit for one execution")
	flag.DurationVar(&o.build, "buildtimeout", 5*time.Minute, "limit for one build")
	flag.Int64Var(&o.memory, "memory", 4096, "limit for one program, in MB of resident memory")
	flag.BoolVar(&o.verbose, "v", false, "print each test as it ends, and what failing ones printed")
	flag.StringVar(&o.json, "json", "", "write all verdicts to `file`")
	flag.IntVar(&o.groups, "groups", 25, "print at most `n` groups of failures by cause")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "goroot: no arguments expected, see -help")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := suite(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "goroot:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// suite selects, runs and reports; ok says whether everything was as expected.
func suite(ctx context.Context, o options) (ok bool, err error) {
	tests, err := choose(o)
	if err != nil {
		return false, err
	}
	known := map[string]string{}
	if o.tool == "rtgen" {
		if known, err = loadKnown(); err != nil {
			return false, err
		}
	}
	r, err := newRunner(o)
	if err != nil {
		return false, err
	}
	start := time.Now()
	verdicts := runAll(ctx, r, tests, o, known)
	if o.json != "" {
		b, err := json.MarshalIndent(verdicts, "", " ")
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(o.json, append(b, '\n'), 0o666); err != nil {
			return false, err
		}
	}
	ok = report(os.Stdout, verdicts, known, o, time.Since(start))
	if n := len(tests) - len(verdicts); n > 0 {
		return false, fmt.Errorf("interrupted: %d of %d tests were not run", n, len(tests))
	}
	return ok, nil
}

// choose applies the selecting options to the list.
func choose(o options) ([]Test, error) {
	tests, err := loadTests()
	if err != nil {
		return nil, err
	}
	if !o.all && o.sample == 0 && o.pattern == "" && o.only == "" && o.tier == "" {
		return nil, fmt.Errorf("choose tests with -all, -sample, -run, -failed or -tier")
	}
	if o.pattern != "" {
		re, err := regexp.Compile("^(?:" + o.pattern + ")$")
		if err != nil {
			return nil, err
		}
		tests = slices.DeleteFunc(tests, func(t Test) bool { return !re.MatchString(t.Path) })
	}
	if o.tier != "" {
		tests = slices.DeleteFunc(tests, func(t Test) bool { return !strings.HasPrefix(t.Tier, o.tier) })
	}
	if o.only != "" {
		b, err := os.ReadFile(o.only)
		if err != nil {
			return nil, err
		}
		var old []Verdict
		if err := json.Unmarshal(b, &old); err != nil {
			return nil, fmt.Errorf("%s: %v", o.only, err)
		}
		failed := map[string]bool{}
		for _, v := range old {
			failed[v.Test] = !v.Pass
		}
		tests = slices.DeleteFunc(tests, func(t Test) bool { return !failed[t.Path] })
	}
	if n := o.sample; n > 0 && n < len(tests) {
		var some []Test
		for i := range n {
			some = append(some, tests[i*len(tests)/n])
		}
		tests = some
	}
	return tests, nil
}

func newRunner(o options) (*Runner, error) {
	cache, err := run.CacheDir()
	if err != nil {
		return nil, err
	}
	r := &Runner{
		Root:  filepath.Join(runtime.GOROOT(), "test"),
		Cache: filepath.Join(cache, "bin"),
		Work:  filepath.Join(cache, "src"),
		Build: run.Limits{Time: o.build, Memory: 8 << 30},
		Run:   run.Limits{Time: o.timeout, Memory: o.memory << 20},
	}
	switch o.tool {
	case "stock":
		r.Tool = run.Stock()
	case "rtgen":
		if o.bin == "" {
			if o.bin, err = run.BuildRtgen(); err != nil {
				return nil, err
			}
		}
		if r.Tool, err = run.Rtgen(o.bin); err != nil {
			return nil, err
		}
		if r.Stress, r.Env, err = rtgenEnv(o.rtgen, o.workers); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("-tool %s: want rtgen or stock", o.tool)
	}
	if _, err := os.Stat(r.Root); err != nil {
		return nil, fmt.Errorf("no test suite: %v", err)
	}
	r.prune()
	return r, nil
}

// runAll runs the tests, in no order, and tells of those that end unlike what is expected as they end. What it returns has
// none of the tests that an interrupt cut off.
func runAll(ctx context.Context, r *Runner, tests []Test, o options, known map[string]string) []Verdict {
	var verdicts []Verdict
	next := make(chan Test)
	var wg sync.WaitGroup
	var mu sync.Mutex
	failed := 0
	for range max(o.jobs, 1) {
		wg.Go(func() {
			for t := range next {
				v := r.run(ctx, t)
				if ctx.Err() != nil {
					return
				}
				v.Known = known[v.Test]
				mu.Lock()
				verdicts = append(verdicts, v)
				if !v.Pass {
					failed++
				}
				if o.verbose {
					fmt.Printf("%-6s %s (build %d ms, run %d ms)\n", word(v), v.Test, v.BuildMS, v.RunMS)
					if !v.Pass {
						fmt.Println(indent(v.Stage + ": " + v.Detail))
					}
				} else {
					if word(v) == "FAIL" || word(v) == "BETTER" {
						fmt.Printf("%s %s\t%s: %s\n", word(v), v.Test, v.Stage, v.Cause)
					}
					if n := len(verdicts); n%100 == 0 {
						fmt.Printf("%d of %d, %d failed\n", n, len(tests), failed)
					}
				}
				mu.Unlock()
			}
		})
	}
feed:
	for _, t := range tests {
		select {
		case next <- t:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	slices.SortFunc(verdicts, func(a, b Verdict) int { return strings.Compare(a.Test, b.Test) })
	return verdicts
}

// word is the verdict in one word.
func word(v Verdict) string {
	switch {
	case v.Pass && v.Known != "" && !strings.HasPrefix(v.Known, "sometimes: "):
		return "BETTER"
	case v.Pass:
		return "ok"
	case v.Known != "":
		return "known"
	}
	return "FAIL"
}

// report prints the summary; everything is as expected if it returns true.
func report(w *os.File, verdicts []Verdict, known map[string]string, o options, wall time.Duration) bool {
	type count struct{ pass, total int }
	tiers := map[string]*count{"A": {}, "B": {}}
	var unexpected, better []Verdict
	groups := map[string][]string{}
	for _, v := range verdicts {
		c := tiers[v.Tier[:1]]
		c.total++
		if v.Pass {
			c.pass++
			if word(v) == "BETTER" {
				better = append(better, v)
			}
			continue
		}
		if v.Known == "" {
			unexpected = append(unexpected, v)
		}
		key := v.Stage + ": " + v.Cause
		groups[key] = append(groups[key], v.Test)
	}
	var keys []string
	for k := range groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := len(groups[b]) - len(groups[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, k := range keys {
		if i == o.groups {
			fmt.Fprintf(w, "… %d more groups\n", len(keys)-i)
			break
		}
		names := groups[k]
		fmt.Fprintf(w, "%4d × %s\n       %s\n", len(names), k, strings.Join(names[:min(4, len(names))], " "))
	}
	total := count{}
	for _, name := range []string{"A", "B"} {
		c := tiers[name]
		total.pass += c.pass
		total.total += c.total
		fmt.Fprintf(w, "tier %s: %d of %d pass\n", name, c.pass, c.total)
	}
	fmt.Fprintf(w, "%d of %d pass in %s\n", total.pass, total.total, seconds(wall))
	reportStress(w, verdicts)
	for _, v := range unexpected {
		fmt.Fprintf(w, "FAIL %s\t%s: %s\n", v.Test, v.Stage, v.Cause)
	}
	for _, v := range better {
		fmt.Fprintf(w, "BETTER %s passes: take it out of known.txt (%s)\n", v.Test, v.Known)
	}
	return len(unexpected)+len(better) == 0
}

// reportStress says at which K of stress=K the programs ended.
func reportStress(w io.Writer, verdicts []Verdict) {
	at := map[int]int{}
	for _, v := range verdicts {
		at[v.Stress]++
	}
	delete(at, 0)
	for _, k := range slices.Sorted(maps.Keys(at)) {
		fmt.Fprintf(w, "stress=%d: %d\n", k, at[k])
	}
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ")
}
