// Package e2e holds the tests that compile and run whole programs.
package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rtgen/e2e/run"
)

// A way is one setting under which every program must behave as the stock binary does.
type way struct {
	name  string
	rtgen string // environment RTGEN
}

var ways = []way{
	{"w1", "w=1"},
	{"w2", "w=2"},
	{"stress", "w=1,stress=97,yield"},
}

// TestLang runs each program of testdata/lang built by the stock toolchain and built by
// rtgen, and compares stdout, stderr and exit status.
func TestLang(t *testing.T) { programs(t, "lang") }

// TestStd does the same for programs of one corner of the standard library each.
func TestStd(t *testing.T) { programs(t, "std") }

// TestReflect does the same for programs that reflect.
func TestReflect(t *testing.T) { programs(t, "reflect") }

// TestSched does the same for programs of channels, locks, timers, the poller and signals, and runs them with many more
// workers than there are processors, too, and with several that yield at every poll.
func TestSched(t *testing.T) { programs(t, "sched", way{"w64", "w=64"}, way{"w8yield", "w=8,yield"}) }

// programs compares each program of testdata/dir, in the usual ways and more.
func programs(t *testing.T, dir string, more ...way) {
	dir = "../testdata/" + dir
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	known := knownFailures(t, dir)
	tool := rtgen(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, tool, file, known, name, more...)
		})
	}
}

// knownFailures reads known.txt in dir, if there is one: program or program/way, tab, reason.
func knownFailures(t *testing.T, dir string) map[string]string {
	known := map[string]string{}
	b, err := os.ReadFile(dir + "/known.txt")
	if os.IsNotExist(err) {
		return known
	} else if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("known.txt:%d: want name, tab, reason", i+1)
		}
		known[name] = reason
	}
	return known
}

func rtgen(t *testing.T) *run.Tool {
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	if sources, _ := filepath.Glob("../cmd/rtgen/*.go"); sources == nil && os.Getenv("RTGEN_BIN") == "" {
		t.Skip("no cmd/rtgen yet")
	}
	path, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	tool, err := run.Rtgen(path)
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

var limits = run.Limits{Time: 60 * time.Second, Memory: 2 << 30}
var buildLimits = run.Limits{Time: 5 * time.Minute, Memory: 6 << 30}

// Programs that are large on purpose see SMALL=1 under stress. More are ways to run the program besides the usual ones.
func compare(t *testing.T, tool *run.Tool, file string, known map[string]string, name string, more ...way) {
	file, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	want := oracle(t, file, dir)
	bin := filepath.Join(dir, "rtgen.exe")
	failed := map[string]string{}
	if res := tool.Build(t.Context(), buildLimits, filepath.Dir(file), bin, filepath.Base(file)); !res.OK() {
		failed[name] = fmt.Sprintf("build: %s\n%s", res.Status(), res.Output)
	} else {
		ways := slices.Concat(ways, more)
		for _, w := range ways {
			env := []string{"RTGEN=" + w.rtgen}
			if strings.Contains(w.rtgen, "stress") {
				env = append(env, "SMALL=1")
			}
			res := run.Exec(t.Context(), limits, run.Cmd{Args: []string{bin}, Env: env})
			if d := differ(res, want); d != "" {
				failed[name+"/"+w.name] = d
			}
		}
		if len(failed) == len(ways) {
			failed = map[string]string{name: failed[name+"/"+ways[0].name]}
		}
	}
	for what, d := range failed {
		if reason := known[what]; reason != "" || known[name] != "" {
			t.Logf("known failure %s: %s", what, reason)
			continue
		}
		t.Errorf("%s: %s", what, d)
	}
	for what, reason := range known {
		if (what == name || strings.HasPrefix(what, name+"/")) && failed[what] == "" {
			t.Errorf("%s passes: take it out of known.txt (%s)", what, reason)
		}
	}
}

// oracle runs the program built by the stock toolchain.
func oracle(t *testing.T, file, dir string) run.Result {
	bin := filepath.Join(dir, "stock.exe")
	if res := run.Stock().Build(t.Context(), buildLimits, filepath.Dir(file), bin, filepath.Base(file)); !res.OK() {
		t.Fatalf("stock build: %s\n%s", res.Status(), res.Output)
	}
	res := run.Exec(t.Context(), limits, run.Cmd{Args: []string{bin}})
	if res.Why != "" {
		t.Fatalf("stock: %s\n%s", res.Why, res.Output)
	}
	return res
}

var (
	frameArgs   = regexp.MustCompile(`(?m)^([^\s].*)\((?:0x[0-9a-f]+|[{}?.,_ ]|)*\)$`)
	frameOffset = regexp.MustCompile(`(?m)^(\t.*:[0-9]+)(?: \+0x[0-9a-f]+)?$`)
	goroutineID = regexp.MustCompile(`goroutine [0-9]+`)
	runtimeLine = regexp.MustCompile(`(?m)^(\t.*/src/(?:internal/)?runtime/.*\.go):[0-9]+`)
	address     = regexp.MustCompile(`\b(addr|pc|sp|code)=0x[0-9a-f]+`)
)

// normal removes from a traceback what no two builds share: argument words, code offsets,
// goroutine numbers, and lines of the runtime's own source.
func normal(out string) string {
	out = frameArgs.ReplaceAllString(out, "$1(...)")
	out = frameOffset.ReplaceAllString(out, "$1")
	out = runtimeLine.ReplaceAllString(out, "$1")
	out = goroutineID.ReplaceAllString(out, "goroutine N")
	return address.ReplaceAllString(out, "$1=N")
}

// differ describes the first difference between two runs, "" if there is none.
func differ(got, want run.Result) string {
	if got.Status() != want.Status() {
		return fmt.Sprintf("%s, want %s\n%s", got.Status(), want.Status(), tail(got.Output))
	}
	g := strings.Split(normal(string(got.Output)), "\n")
	w := strings.Split(normal(string(want.Output)), "\n")
	for i := 0; i < len(g) || i < len(w); i++ {
		at := func(s []string) string {
			if i < len(s) {
				return s[i]
			}
			return "(end of output)"
		}
		if at(g) != at(w) {
			return fmt.Sprintf("line %d:\n  got  %s\n  want %s", i+1, at(g), at(w))
		}
	}
	return ""
}

func tail(b []byte) string {
	if len(b) > 2000 {
		return "…" + string(b[len(b)-2000:])
	}
	return string(b)
}
