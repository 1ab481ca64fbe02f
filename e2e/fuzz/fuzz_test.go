package fuzz

import (
	"flag"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"rtgen/e2e/run"
)

var (
	seed = flag.Uint64("seed", 1, "first seed")
	n    = flag.Int("programs", 3, "programs to compare")
	keep = flag.String("keep", "", "folder for programs on which the two differ")
)

var (
	runLimits   = run.Limits{Time: 30 * time.Second, Memory: 2 << 30}
	buildLimits = run.Limits{Time: 5 * time.Minute, Memory: 6 << 30}
)

// TestDifferential compares rtgen's binaries with the stock ones on random programs, with
// one worker and under heap stress.
func TestDifferential(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	if sources, _ := filepath.Glob("../../cmd/rtgen/*.go"); sources == nil && os.Getenv("RTGEN_BIN") == "" {
		t.Skip("no cmd/rtgen yet")
	}
	path, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	rtgen, err := run.Rtgen(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range *n {
		s := *seed + uint64(i)
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			src := write(t, dir, s)
			want := build(t, run.Stock(), dir, "stock.exe")
			if want.Why != "" || want.Code != 0 {
				t.Fatalf("stock: %s\n%s", want.Status(), want.Output)
			}
			bin := filepath.Join(dir, "rtgen.exe")
			if res := rtgen.Build(t.Context(), buildLimits, dir, bin, "main.go"); !res.OK() {
				report(t, s, src, fmt.Sprintf("build: %s\n%s", res.Status(), res.Output))
				return
			}
			for _, env := range []string{"w=1", "w=2", "w=1,stress=5,verify,poison", "w=2,stress=50,verify,poison,yield"} {
				res := run.Exec(t.Context(), runLimits, run.Cmd{Args: []string{bin}, Env: []string{"RTGEN=" + env}})
				if res.Status() != want.Status() || settled(res.Output) != settled(want.Output) {
					report(t, s, src, fmt.Sprintf("RTGEN=%s: %s\ngot:\n%s\nwant:\n%s", env, res.Status(), res.Output, want.Output))
					return
				}
			}
		})
	}
}

func write(t *testing.T, dir string, seed uint64) []byte {
	raw := Program(rand.New(rand.NewPCG(seed, 0)))
	src, err := format.Source([]byte(raw))
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, raw)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.go"), src, 0o666); err != nil {
		t.Fatal(err)
	}
	return src
}

func build(t *testing.T, tool *run.Tool, dir, out string) run.Result {
	bin := filepath.Join(dir, out)
	if res := tool.Build(t.Context(), buildLimits, dir, bin, "main.go"); !res.OK() {
		t.Fatalf("%s build: %s\n%s", tool.Name, res.Status(), res.Output)
	}
	return run.Exec(t.Context(), runLimits, run.Cmd{Args: []string{bin}})
}

// settled is out with one text for the two that a value method called through a nil pointer panics with: gc has a wrapper say the
// first, and the second where it sees the type behind an interface and calls the method itself.
func settled(out []byte) string { return nilReceiver.ReplaceAllString(string(out), "nil receiver") }

var nilReceiver = regexp.MustCompile(`value method \S+ called using nil \S+ pointer|runtime error: invalid memory address or nil pointer dereference`)

func report(t *testing.T, seed uint64, src []byte, what string) {
	if *keep != "" {
		path := filepath.Join(*keep, fmt.Sprintf("seed%d.go", seed))
		if err := os.WriteFile(path, src, 0o666); err != nil {
			t.Error(err)
		}
	}
	t.Errorf("seed %d: %s", seed, what)
}

// The generator's own promises: programs compile, end, and print the same twice.
func TestPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	for i := range *n {
		s := *seed + uint64(i)
		dir := t.TempDir()
		write(t, dir, s)
		a := build(t, run.Stock(), dir, "a.exe")
		b := run.Exec(t.Context(), runLimits, run.Cmd{Args: []string{filepath.Join(dir, "a.exe")}, Env: []string{"GOMAXPROCS=1"}})
		if a.Status() != "exit status 0" || string(a.Output) != string(b.Output) {
			t.Errorf("seed %d: %s, then %s\n%s\n%s", s, a.Status(), b.Status(), a.Output, b.Output)
		}
	}
}
