package main

// This file reads the suite: which tests there are (tests.tsv), which are known to fail
// (known.txt), and the recipe on the first line of each test.

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tests.tsv holds one line per applicable test: path below GOROOT/test, recipe, tier, note.
// README.md in this folder gives the rule by which the 1129 were chosen.
//
//go:embed tests.tsv
var testsTSV string

// known.txt holds one line per known failure: path, tab, reason.
//
//go:embed known.txt
var knownTxt string

// Test is one program of the suite.
type Test struct {
	Path   string // "fixedbugs/bug248.go"
	Recipe string // "run", "rundir", "runoutput", "runindir", "errorcheckandrundir"
	Tier   string // "A": only output and status matter; "B…": needs frames, MemStats, finalizers or faults
	Note   string
}

func loadTests() ([]Test, error) {
	var tests []Test
	for i, line := range strings.Split(strings.TrimSuffix(testsTSV, "\n"), "\n") {
		if i == 0 || line == "" {
			continue // heading
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("tests.tsv:%d: %d columns, want 4", i+1, len(f))
		}
		tests = append(tests, Test{f[0], f[1], f[2], f[3]})
	}
	return tests, nil
}

// loadKnown maps a test's path to the reason why it is known to fail.
func loadKnown() (map[string]string, error) {
	known := map[string]string{}
	for i, line := range strings.Split(knownTxt, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		path, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("known.txt:%d: want path, tab, reason", i+1)
		}
		if known[path] != "" {
			return nil, fmt.Errorf("known.txt:%d: %s is listed twice", i+1, path)
		}
		known[path] = strings.TrimSpace(reason)
	}
	return known, nil
}

// Recipe is the parsed first line of a test.
type Recipe struct {
	Action     string
	Files      []string // arguments that name further source files, as `go run` takes them
	Args       []string // arguments of the program
	SingleFile bool     // -s: each file of the directory is a package
	GoVersion  string   // -gomodversion
	Debug      string   // -godebug
	Timeout    time.Duration
}

// parseRecipe reads the recipe as cmd/internal/testdir does. Flags for the compiler are
// dropped: the list holds only tests that pass without them.
func parseRecipe(src string) (Recipe, error) {
	var r Recipe
	line := ""
	for l := range strings.SplitSeq(src, "\n") {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "//go:build") || strings.HasPrefix(l, "// +build") {
			continue
		}
		line = strings.TrimSpace(strings.TrimPrefix(l, "//"))
		break
	}
	f, err := splitQuoted(line)
	if err != nil || len(f) == 0 {
		return r, fmt.Errorf("no recipe in %q", line)
	}
	r.Action = f[0]
	f = f[1:]
	for len(f) > 0 && strings.HasPrefix(f[0], "-") {
		value := func() string {
			if len(f) < 2 {
				return ""
			}
			f = f[1:]
			return f[0]
		}
		switch f[0] {
		case "-s":
			r.SingleFile = true
		case "-t":
			n, err := strconv.Atoi(value())
			if err != nil {
				return r, fmt.Errorf("recipe %q: %v", line, err)
			}
			r.Timeout = time.Duration(n) * time.Second
		case "-gomodversion":
			r.GoVersion = value()
		case "-godebug":
			r.Debug = value()
		case "-goexperiment", "-gcflags", "-ldflags":
			value()
		}
		f = f[1:]
	}
	// An -ldflags recipe lists several flags after it; they all start with "-".
	for len(f) > 0 && strings.HasSuffix(f[0], ".go") && r.Action != "rundir" {
		r.Files = append(r.Files, strings.TrimPrefix(f[0], "./"))
		f = f[1:]
	}
	r.Args = f
	return r, nil
}

// splitQuoted splits s at blanks; single or double quotes group.
func splitQuoted(s string) ([]string, error) {
	var out []string
	word, in, quote := "", false, rune(0)
	for _, c := range s {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word += string(c)
		case c == '\'' || c == '"':
			quote, in = c, true
		case c == ' ' || c == '\t':
			if in {
				out, word, in = append(out, word), "", false
			}
		default:
			word, in = word+string(c), true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("unclosed quote in %q", s)
	}
	if in {
		out = append(out, word)
	}
	return out, nil
}

// expected returns what the test must print, stdout and stderr together.
func expected(root, path string) (string, error) {
	b, err := os.ReadFile(filepath.Join(root, strings.TrimSuffix(path, ".go")+".out"))
	if os.IsNotExist(err) {
		return "", nil
	}
	return string(b), err
}
