package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	report "rtgen/cmd/rtgen/compare"
)

// comparison starts rtgen compare in a folder that holds prog.go, with a folder of its own
// for temporary files.
func comparison(t *testing.T, prog string, args ...string) (cmd *exec.Cmd, tmp string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "prog.go"), []byte(prog), 0o666); err != nil {
		t.Fatal(err)
	}
	tmp = filepath.Join(dir, "tmp")
	if err := os.Mkdir(tmp, 0o777); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(rtgen(t).Args[0], append([]string{"compare"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "PWD="+dir)
	return cmd, tmp
}

// finish waits for cmd and returns its output and status. Nothing may be left in tmp.
func finish(t *testing.T, cmd *exec.Cmd, tmp string) (stdout, stderr string, status int) {
	t.Helper()
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	e := cmd.Run()
	var exit *exec.ExitError
	if e != nil && !errors.As(e, &exit) {
		t.Fatal(e)
	}
	isEmpty(t, tmp)
	return out.String(), err.String(), cmd.ProcessState.ExitCode()
}

func isEmpty(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("left behind: %s", e.Name())
	}
}

func TestCompare(t *testing.T) {
	const (
		hello = `package main

func main() { println("hello") }
`
		// Prints what it gets.
		echo = `package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	b, err := io.ReadAll(os.Stdin)
	fmt.Printf("%q %q %v\n", os.Args[1:], b, err)
	os.Exit(len(b))
}
`
		// The two sides do not agree on what runs below a program.
		frames = `package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	fmt.Println("one")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("sys", m.OtherSys, m.StackSys, m.GCSys)
	fmt.Println("took", time.Now().UnixNano())
	fmt.Println("three")
}
`
		crash = `package main

type t struct{ a, b int }

//go:noinline
func (p *t) get(s string) int { return p.a + len(s) }

func main() {
	go func() { select {} }()
	var p *t
	println(p.get("x"))
}
`
	)
	quick := []string{"-n", "1", "--records", "0"}
	for _, c := range []struct {
		name, prog, stdin string
		args              []string
		status            int
		want              []string // regular expressions, in order
	}{
		{"same", hello, "", append(quick, "prog.go"), 0, []string{
			`^prog.go: rtgen beside stock go1\.\d+`, `all processors: same output and exit status 0 in 4 runs`,
			`1 run in turn, .* stock +rtgen +ratio`, `\n  wall .*s +[0-9.]+ .?s +[0-9.]+`, `\n  CPU `, `\n  peak memory +[0-9.]+ MB`, `\n  binary size +[0-9.]+ MB`, `\n  build again `,
			`note: fewer than 5 timed runs`}},
		{"workers", hello, "", append(quick, "-w", "1,2", "prog.go"), 0, []string{`1 worker: same`, `2 workers: same`}},
		{"arguments, input, status", echo, "in\n", append(quick, "prog.go", "--", "-x", "--", "y z"), 0, []string{`^prog.go -x -- y z:`, `same output and exit status 3 in 4 runs`}},
		{"crash", crash, "", append(quick, "prog.go"), 0, []string{`same output and exit status 2 in 4 runs`}},
		{"different", frames, "", append(quick, "prog.go"), 1, []string{
			`all processors: DIFFERENT BEHAVIOUR\n\nstandard output differs at line 2\n    1   one\n  - 2   sys \d+ .*\(stock\)\n  - 3   took .*\n  - 4   three\n  \+ 2   sys .*\(rtgen\)\n`}},
		{"unsteady", strings.Replace(frames, `fmt.Println("sys"`, `println("sys"`, 1), "", append(quick, "prog.go"), 1, []string{`differs at line 2\n    1   one\n  - 2   took`}},
		{"filter", frames, "", append(quick, "--filter", "grep -v sys | sed s/[0-9]//g", "prog.go"), 0, []string{`same output and exit status 0`}},
		{"no records", "package main\n\nfunc len(s string) int { return 1 }\n\nfunc main() { println(len(\"\")) }\n", "", []string{"-n", "1", "prog.go"}, 0, []string{`same output`, `note: no records, since stock does not build the instrumented program: `}},
		{"filter that fails", hello, "", append(quick, "--filter", "exit 7", "prog.go"), 2, []string{`rtgen: filter "exit 7": exit status 7`}},
		{"does not compile", "package main\n\nfunc main() { x := 1 }\n", "", append(quick, "prog.go"), 2, []string{`prog.go:3:15: declared and not used: x`}},
		{"no such package", hello, "", append(quick, "./nowhere"), 2, []string{`go.mod file not found`}},
		{"does not end", "package main\n\nfunc main() { for {} }\n", "", append(quick, "--timeout", "300ms", "prog.go"), 2, []string{`prog.stock did not end within 300ms`}},
		{"nothing", hello, "", nil, 2, []string{`rtgen: compare what\?`}},
		{"no such flag", hello, "", []string{"--nonsense", "prog.go"}, 2, []string{`unknown flag: --nonsense`}},
		{"forgotten dashes", hello, "", []string{"prog.go", "x"}, 2, []string{`stand behind --`}},
		{"no runs", hello, "", []string{"-n", "0", "prog.go"}, 2, []string{`at least one run`}},
		{"no workers", hello, "", []string{"-w", "0", "prog.go"}, 2, []string{`at least one worker`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd, tmp := comparison(t, c.prog, c.args...)
			cmd.Stdin = strings.NewReader(c.stdin)
			stdout, stderr, status := finish(t, cmd, tmp)
			text := stdout
			if c.status == 2 {
				text = stderr
				if stdout != "" {
					t.Errorf("standard output: %s", stdout)
				}
			} else if stderr != "" {
				t.Errorf("standard error: %s", stderr)
			}
			if status != c.status || !regexp.MustCompile("(?s)"+strings.Join(c.want, ".*")).MatchString(text) {
				t.Errorf("status %d, want %d; output:\n%s\nwant %q", status, c.status, text, c.want)
			}
		})
	}
}

// Records agree with what the program does, on both sides.
func TestCompareRecords(t *testing.T) {
	const prog = `package main

import (
	"os"
	"runtime"
	"time"
)

var keep [64][]byte

func main() {
	gate := make(chan bool)
	for range 1000 {
		go func() { <-gate }()
	}
	for i := range 50000 {
		keep[i%64] = make([]byte, 1024)
	}
	time.Sleep(20 * time.Millisecond)
	runtime.GC()
	close(gate)
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
	os.Exit(3)
}
`
	cmd, tmp := comparison(t, prog, "-n", "1", "--records", "1", "--json", "out.json", "--html", "out.html", "-o", "kept", "prog.go")
	stdout, stderr, status := finish(t, cmd, tmp)
	if status != 0 || stderr != "" {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	b, err := os.ReadFile(filepath.Join(cmd.Dir, "out.json"))
	if err != nil {
		t.Fatal(err)
	}
	if page, err := os.ReadFile(filepath.Join(cmd.Dir, "out.html")); err != nil || !bytes.Contains(page, []byte("Goroutines over time")) {
		t.Errorf("page: %v, %.100s", err, page)
	}
	var r report.Report
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	between := map[string][2]float64{
		"wall": {0.01, 10}, "CPU": {0.001, 10}, "peak memory": {1e6, 1e8},
		"collections": {3, 200}, "pauses": {3, 400}, "pause, longest": {1e-6, 1}, "collector CPU": {1e-6, 5},
		"allocations": {50000, 60000}, "allocated": {51.2e6, 60e6}, "goroutines": {1001, 1003}, "peak goroutines": {1001, 1003},
		"binary size": {1e6, 1e7},
	}
	for _, row := range r.Settings[0].Rows {
		want, ok := between[row.Name]
		if !ok {
			continue
		}
		delete(between, row.Name)
		for side, v := range map[string]float64{"stock": row.Value.Stock.Median, "rtgen": row.Value.Rtgen.Median} {
			if v < want[0] || v > want[1] {
				t.Errorf("%s of %s is %v, not in %v", row.Name, side, v, want)
			}
		}
	}
	for name := range between {
		t.Errorf("no row %q", name)
	}
	for _, name := range []string{"prog.stock", "prog.rtgen", "all.stock.record", "all.rtgen.record", "stock.stdout"} {
		if _, err := os.Stat(filepath.Join(cmd.Dir, "kept", name)); err != nil {
			t.Error(err)
		}
	}
}

// An interrupt ends the program under measurement and leaves nothing behind.
func TestCompareInterrupted(t *testing.T) {
	const prog = `package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	os.WriteFile(os.Args[1], fmt.Appendf(nil, "%d", os.Getpid()), 0666)
	time.Sleep(time.Minute)
}
`
	// Whatever is being built.
	for _, d := range []time.Duration{300, 600, 1200} {
		cmd, tmp := comparison(t, prog, "prog.go", "--", filepath.Join(t.TempDir(), "pid"))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(d * time.Millisecond)
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 130 {
			t.Errorf("after %d ms: status %d, want 130", d, code)
		}
		isEmpty(t, tmp)
	}
	mark := filepath.Join(t.TempDir(), "pid")
	cmd, tmp := comparison(t, prog, "-n", "1", "--records", "0", "prog.go", "--", mark)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for end := time.Now().Add(3 * time.Minute); pid == 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		b, _ := os.ReadFile(mark)
		pid, _ = strconv.Atoi(string(b))
	}
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	if pid == 0 {
		t.Fatal("the program never ran")
	}
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("status %d, want 130", code)
	}
	isEmpty(t, tmp)
	if state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil && !strings.Contains(string(state), ") Z ") {
		t.Errorf("process %d still runs: %s", pid, state)
	}
}

// The benchmarks of a package come out in the form that benchstat reads, with a table.
func TestCompareBench(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.org/queue\n\ngo 1.26\n",
		"queue_test.go": `package queue

import "testing"

var sink []byte

func BenchmarkMake(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = make([]byte, 64)
	}
}

func BenchmarkChan(b *testing.B) {
	c := make(chan int, 1)
	for b.Loop() {
		c <- 1
		<-c
	}
}

func TestNotRun(t *testing.T) { t.Fatal("a test ran") }
`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	compare := func(args ...string) (stdout, stderr string, status int) {
		cmd, tmp := comparison(t, "", args...)
		cmd.Dir = dir
		return finish(t, cmd, tmp)
	}
	stdout, stderr, status := compare("-bench", "Make|Chan", "-benchtime=10000x", "-n", "2", ".")
	if status != 0 || stderr != "" {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	const turn = `toolchain: (stock|rtgen)\ncpu: .*\ngoos: linux\ngoarch: amd64\npkg: example.org/queue\nBenchmarkMake\S* +\t +10000\t +[0-9.]+ ns/op\t +64 B/op\t +1 allocs/op\nBenchmarkChan\S* .* ns/op.*\nPASS\n`
	if !regexp.MustCompile(`^(` + turn + `){4}\n +stock +rtgen +ratio\n  Make\S* +ns/op .*\n  Make\S* +B/op +64 +64 +1\.00`).MatchString(stdout) {
		t.Errorf("%s", stdout)
	}
	if n := strings.Count(stdout, "toolchain: rtgen\n"); n != 2 {
		t.Errorf("rtgen ran %d times", n)
	}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--bench", "Nothing", "-n", "1", "."}, 1, "no benchmark ran"},
		{[]string{"--bench", ".", "--html", "x.html", "."}, 2, "--html does not go with --bench"},
		{[]string{"--bench", ".", "x.go"}, 2, "wants one package"},
		{[]string{"--bench", ".", "./nowhere"}, 2, "nowhere"},
	} {
		stdout, stderr, status := compare(c.args...)
		if status != c.status || !strings.Contains(stdout+stderr, c.want) {
			t.Errorf("%q: status %d\n%s%s", c.args, status, stdout, stderr)
		}
	}
}
