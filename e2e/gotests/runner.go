package main

// This file builds and runs the tests of one package, and judges them.

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"rtgen/e2e/run"
)

// known.txt holds one line per known failure: "path.TestName" or "path", tab, reason. Reasons
// that begin with "sometimes: " may pass; those that begin with "stock: " fail with the stock
// toolchain too, on some machines, and are not run.
//
//go:embed known.txt
var knownTxt string

type known map[string]string

func loadKnown() (known, error) {
	k := known{}
	for i, line := range strings.Split(knownTxt, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("known.txt:%d: want test, tab, reason", i+1)
		}
		if k[name] != "" {
			return nil, fmt.Errorf("known.txt:%d: %s is listed twice", i+1, name)
		}
		k[name] = strings.TrimSpace(reason)
	}
	return k, nil
}

// of returns the names of path's tests that are listed.
func (k known) of(path string) []string {
	var out []string
	for name := range k {
		if rest, ok := strings.CutPrefix(name, path+"."); ok && !strings.Contains(rest, "/") {
			out = append(out, rest)
		}
	}
	slices.Sort(out)
	return out
}

// runner builds and runs test binaries with one tool.
type runner struct {
	o     options
	known known
	tmp   string   // the tool's cache, and the binary
	build []string // command up to -o
	env   []string
}

func newRunner(o options, k known) (*runner, error) {
	r := &runner{o: o, known: k}
	switch o.tool {
	case "stock":
		r.build = []string{"go", "test", "-vet=off", "-c"}
		r.known = known{}
	case "rtgen":
		if o.bin == "" {
			var err error
			if o.bin, err = run.BuildRtgen(); err != nil {
				return nil, err
			}
		}
		r.build = []string{o.bin, "test", "-c"}
	default:
		return nil, fmt.Errorf("-tool %s: want rtgen or stock", o.tool)
	}
	tmp, err := os.MkdirTemp("", "gotests-*")
	if err != nil {
		return nil, err
	}
	r.tmp = tmp
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return nil, err
	}
	settings := o.rtgen
	if o.workers > 0 {
		settings = strings.TrimPrefix(fmt.Sprintf("%s,w=%d", settings, o.workers), ",")
	}
	// The rewritten source of a test binary is 50 MB; nobody needs it a second time.
	r.env = []string{"GOFLAGS=-buildvcs=false", "CGO_ENABLED=0", "RTGEN=" + settings,
		"GOCACHE=" + strings.TrimSpace(string(cache)), "XDG_CACHE_HOME=" + filepath.Join(tmp, "cache")}
	return r, nil
}

func (r *runner) close() { os.RemoveAll(r.tmp) }

// result is what came of a package.
type result struct {
	path           string
	count          count
	building, took time.Duration
	broken         string // why there is no binary
	failed         []verdict
	better         []string
}

// verdict is how a test ended.
type verdict struct {
	name string
	how  string // "PASS", "SKIP", "FAIL", or why the binary ended while the test ran
	text string
}

// test tests one package.
func (r *runner) test(ctx context.Context, path string) *result {
	p := &result{path: path}
	exe := filepath.Join(r.tmp, "test")
	defer os.RemoveAll(filepath.Join(r.tmp, "cache"))
	defer os.Remove(exe)
	dir, args, err := r.source(path)
	if err != nil {
		p.broken = err.Error()
		return p
	}
	start := time.Now()
	b := run.Exec(ctx, run.Limits{Time: r.o.build, Memory: 8 << 30},
		run.Cmd{Dir: dir, Args: append(append(slices.Clone(r.build), "-o", exe), args...), Env: r.env})
	p.building = time.Since(start)
	if !b.OK() {
		p.broken = b.Status() + "\n" + string(b.Output)
		return p
	}
	listed := r.known.of(path)
	skip := listed
	start = time.Now()
	// A test that takes the binary down is left out of the next run.
	for range 20 {
		verdicts, end := r.run(ctx, dir, exe, r.o.tests, skip, r.o.timeout)
		finished := end == ""
		for _, v := range verdicts {
			skip = append(skip, v.name)
			switch v.how {
			case "PASS":
				p.count.pass++
			case "SKIP":
				p.count.skip++
			default:
				p.count.fail++
				p.failed = append(p.failed, v)
			}
		}
		if finished {
			break
		}
		if len(verdicts) == 0 {
			p.count.fail++
			p.failed = append(p.failed, verdict{"(no test)", end, ""})
			break
		}
	}
	for _, name := range listed {
		reason := r.known[path+"."+name]
		if strings.HasPrefix(reason, "stock: ") || !regexp.MustCompile(r.o.tests).MatchString(name) {
			p.count.known++
			continue
		}
		verdicts, end := r.run(ctx, dir, exe, "^"+name+"$", nil, min(r.o.timeout, 30*time.Second))
		if end == "" && len(verdicts) == 1 && verdicts[0].how == "PASS" && !strings.HasPrefix(reason, "sometimes: ") {
			p.count.better++
			p.better = append(p.better, name)
		} else {
			p.count.known++
		}
	}
	p.took = time.Since(start)
	return p
}

// source returns what to build: a folder, and arguments of the tool there.
func (r *runner) source(path string) (dir string, args []string, err error) {
	if path == "runtime" {
		return runtimeTests(filepath.Join(r.tmp, "runtime_test"))
	}
	return filepath.Join(runtime.GOROOT(), "src", path), []string{"."}, nil
}

// run runs the tests that match pattern, and are not in skip. end says why the binary ended
// before it was through.
func (r *runner) run(ctx context.Context, dir, exe, pattern string, skip []string, limit time.Duration) (out []verdict, end string) {
	args := []string{exe, "-test.short", "-test.v=test2json", "-test.paniconexit0", "-test.timeout=" + limit.String()}
	if pattern != "" {
		args = append(args, "-test.run="+pattern)
	}
	if len(skip) > 0 {
		args = append(args, "-test.skip=^("+strings.Join(skip, "|")+")$")
	}
	b := run.Exec(ctx, run.Limits{Time: limit + 10*time.Second, Memory: 4 << 30}, run.Cmd{Dir: dir, Args: args, Env: r.env})
	verdicts, through := parse(string(b.Output))
	if !through {
		return verdicts, b.Status()
	}
	return verdicts, ""
}

// parse reads the output of a test binary with -test.v=test2json, which marks its own lines by
// a byte. through says whether the binary came to its end.
func parse(out string) (verdicts []verdict, through bool) {
	type state struct {
		text strings.Builder
		over bool
	}
	tests := map[string]*state{}
	var order []string
	paused := map[string]bool{}
	var now *state
	var rest strings.Builder // behind the last test's last line
	for line := range strings.Lines(out) {
		line = strings.TrimLeft(line, "\x0e\x0f\x10")
		marked, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "\x16")
		if !ok {
			if i := strings.Index(line, "\x16"); i >= 0 { // behind output without a newline
				marked, ok = line[i+1:], true
			}
		}
		if !ok {
			if now != nil {
				now.text.WriteString(line)
			}
			rest.WriteString(line)
			continue
		}
		rest.Reset()
		f := strings.Fields(marked)
		switch {
		case len(f) == 1 && (f[0] == "PASS" || f[0] == "FAIL"):
			through = true
		case len(f) < 3:
		case f[0] == "===" && f[1] != "NAME":
			name, _, _ := strings.Cut(f[2], "/")
			if tests[name] == nil {
				tests[name] = &state{}
				order = append(order, name)
			}
			now = tests[name]
			paused[name] = f[1] == "PAUSE" && name == f[2]
		case f[0] == "===":
			name, _, _ := strings.Cut(f[2], "/")
			if tests[name] != nil {
				now = tests[name]
			}
		case f[0] == "---" && tests[f[2]] != nil:
			s := tests[f[2]]
			s.over = true
			verdicts = append(verdicts, verdict{f[2], strings.TrimSuffix(f[1], ":"), s.text.String()})
		case f[0] == "---":
			// of a subtest
		}
	}
	if through {
		return verdicts, true
	}
	for _, name := range order {
		if s := tests[name]; !s.over && !paused[name] {
			verdicts = append(verdicts, verdict{name, "the binary ended", rest.String()})
		}
	}
	return verdicts, false
}

// report prints what came of a package; everything is as expected if it returns true.
func (p *result) report(w io.Writer, r *runner) bool {
	if p.broken != "" {
		if reason := r.known[p.path]; reason != "" {
			fmt.Fprintf(w, "known  %s does not build: %s\n", p.path, reason)
			return true
		}
		fmt.Fprintf(w, "FAIL   %s does not build (%v)\n%s\n", p.path, p.building.Round(time.Second), indent(p.broken, 40))
		return false
	}
	if r.known[p.path] != "" {
		p.better = append(p.better, "the package builds")
	}
	ok := p.count.fail == 0 && len(p.better) == 0
	word := map[bool]string{true: "ok    ", false: "FAIL  "}[ok]
	fmt.Fprintf(w, "%s %s: %v (build %v, run %v)\n", word, p.path, p.count, p.building.Round(time.Second/10), p.took.Round(time.Second/10))
	for _, v := range p.failed {
		fmt.Fprintf(w, "  FAIL %s.%s: %s\n", p.path, v.name, v.how)
		if r.o.verbose {
			fmt.Fprintln(w, indent(v.text, 60))
		}
	}
	for _, name := range p.better {
		fmt.Fprintf(w, "  BETTER %s.%s passes: take it out of known.txt\n", p.path, name)
	}
	return ok
}

// indent shows at most n lines of s.
func indent(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	if len(lines) > n {
		lines = append(lines[:n-n/4], append([]string{"…"}, lines[len(lines)-n/4:]...)...)
	}
	return "    " + strings.Join(lines, "\n    ")
}
