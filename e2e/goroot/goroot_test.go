package main

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// sampleSize is how much of the suite `go test` runs; the whole of it takes -all.
const sampleSize = 60

func TestSample(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs programs")
	}
	if sources, _ := filepath.Glob("../../cmd/rtgen/*.go"); sources == nil && os.Getenv("RTGEN_BIN") == "" {
		t.Skip("no cmd/rtgen yet")
	}
	o := options{sample: sampleSize, tool: "rtgen", rtgen: os.Getenv("RTGEN"), jobs: runtime.NumCPU(),
		timeout: time.Minute, build: 5 * time.Minute, memory: 4096}
	tests, err := choose(o)
	if err != nil {
		t.Fatal(err)
	}
	known, err := loadKnown()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRunner(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range runAll(t.Context(), r, tests, o, known) {
		switch word(v) {
		case "FAIL":
			t.Errorf("%s: %s: %s", v.Test, v.Stage, v.Detail)
		case "BETTER":
			t.Errorf("%s passes: take it out of known.txt (%s)", v.Test, v.Known)
		}
	}
}

// The list is the one that the rule gives: README.md states these counts.
func TestList(t *testing.T) {
	tests, err := loadTests()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	seen := map[string]bool{}
	for _, x := range tests {
		counts[x.Tier[:1]]++
		counts[x.Recipe]++
		if seen[x.Path] {
			t.Errorf("%s is listed twice", x.Path)
		}
		seen[x.Path] = true
		src, err := os.ReadFile(filepath.Join(runtime.GOROOT(), "test", x.Path))
		if err != nil {
			t.Error(err)
			continue
		}
		rec, err := parseRecipe(string(src))
		if err != nil {
			t.Errorf("%s: %v", x.Path, err)
		} else if rec.Action != x.Recipe {
			t.Errorf("%s: recipe %q, listed as %q", x.Path, rec.Action, x.Recipe)
		}
	}
	want := map[string]int{"A": 1076, "B": 53, "run": 985, "rundir": 115, "runoutput": 22, "runindir": 4, "errorcheckandrundir": 3}
	if !reflect.DeepEqual(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
	known, err := loadKnown()
	if err != nil {
		t.Fatal(err)
	}
	for path := range known {
		if !seen[path] {
			t.Errorf("known.txt: %s is not in tests.tsv", path)
		}
	}
}

func TestRecipe(t *testing.T) {
	for _, c := range []struct {
		line string
		want Recipe
	}{
		{"// run", Recipe{Action: "run", Args: []string{}}},
		{"//go:build !wasm\n\n// run arg1 arg2", Recipe{Action: "run", Args: []string{"arg1", "arg2"}}},
		{"// runoutput ./rotate.go", Recipe{Action: "runoutput", Files: []string{"rotate.go"}, Args: []string{}}},
		{"// run -gcflags '-l=4 -d=x'", Recipe{Action: "run", Args: []string{}}},
		{"// run -gcflags=all='-N -l'", Recipe{Action: "run", Args: []string{}}},
		{"// rundir -ldflags -strictdups=2 -w=0", Recipe{Action: "rundir", Args: []string{}}},
		{"// rundir -s", Recipe{Action: "rundir", SingleFile: true, Args: []string{}}},
		{"// runindir -gomodversion 1.23", Recipe{Action: "runindir", GoVersion: "1.23", Args: []string{}}},
		{"// errorcheckandrundir -0 -m -d=inlfuncswithclosures=1", Recipe{Action: "errorcheckandrundir", Args: []string{}}},
		{"// run -t 7 -godebug a=1", Recipe{Action: "run", Timeout: 7 * time.Second, Debug: "a=1", Args: []string{}}},
	} {
		got, err := parseRecipe(c.line + "\n\npackage main\n")
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v, %v; want %+v", c.line, got, err, c.want)
		}
	}
}

func TestRundirModule(t *testing.T) {
	dir := t.TempDir()
	for name, src := range map[string]string{
		"a.go":  "package a\n",
		"a2.go": "package a\n",
		"b.go":  "package b; import (\n. \"./a\"; \"fmt\")\n",
		"z.go":  "package main\nimport \"./b\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := rundirModule(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"go.mod":  "module test\n\ngo 1.26\n",
		"a/a.go":  "package a\n",
		"a/a2.go": "package a\n",
		"b/b.go":  "package b; import (\n. \"test/a\"; \"fmt\")\n",
		"z.go":    "package main\nimport \"test/b\"\n",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if got, err = rundirModule(dir, true); err != nil || got["a2/a2.go"] == "" {
		t.Errorf("single files: %q, %v", got, err)
	}
}

func TestCause(t *testing.T) {
	for _, c := range [][3]string{
		{"", "exit status 2", "exit status 2"},
		{"# command-line-arguments\na.go:3:4: rtgen: no goto at 0x1f", "", "rtgen: no goto at N"},
		{"x\npanic: runtime error: index out of range [5]\n\ngoroutine 1", "", "panic: runtime error: index out of range [N]"},
	} {
		if got := cause(c[0], c[1]); got != c[2] {
			t.Errorf("cause(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestSampleIsSpread(t *testing.T) {
	tests, err := choose(options{sample: sampleSize})
	if err != nil {
		t.Fatal(err)
	}
	dirs := map[string]bool{}
	for _, x := range tests {
		dirs[filepath.Dir(x.Path)] = true
	}
	if len(tests) != sampleSize || len(dirs) < 6 {
		t.Errorf("%d tests of %d folders: %s", len(tests), len(dirs), strings.Join(keys(dirs), " "))
	}
}

func keys(m map[string]bool) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestRtgenEnv(t *testing.T) {
	for _, c := range []struct {
		value   string
		workers int
		stress  int
		rest    string
	}{
		{"", 0, 0, ""},
		{"", 2, 0, "w=2"},
		{"stress=7", 1, 7, "w=1"},
		{"verify,stress=70,poison", 0, 70, "verify,poison"},
	} {
		stress, rest, err := rtgenEnv(c.value, c.workers)
		if err != nil || stress != c.stress || strings.Join(rest, ",") != c.rest {
			t.Errorf("rtgenEnv(%q, %d) = %d, %q, %v", c.value, c.workers, stress, rest, err)
		}
	}
	for _, bad := range []string{"stress=", "stress=0", "w=1,stress=x"} {
		if _, _, err := rtgenEnv(bad, 0); err == nil {
			t.Errorf("rtgenEnv(%q) is no error", bad)
		}
	}
}
