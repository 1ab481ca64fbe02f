package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// README.md's table is what the committed result file gives.
func TestReadme(t *testing.T) {
	res, err := readResults("results.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTable(string(b), res.table())
	if err != nil {
		t.Fatal(err)
	}
	if want != string(b) {
		t.Error("README.md's table is not that of results.json: go run ./e2e/bench -table")
	}
	if len(res.Figures) == 0 || res.Machine.Go == "" || res.Machine.CPU == "" || res.Machine.Time.IsZero() || res.Rtgen == "" {
		t.Errorf("the result file does not say where it is from: %+v", res.Machine)
	}
	for _, f := range res.Figures {
		for _, w := range []string{"1", "2"} {
			for _, r := range f.Settings[w].Rows {
				if r.Ratio.N != res.Rounds || r.Ratio.Median <= 0 {
					t.Errorf("%s, %s workers, %s: %+v", f.Program, w, r.Name, r.Ratio)
				}
			}
			if n := len(f.Settings[w].Rows); n != 3 {
				t.Errorf("%s, %s workers: %d rows", f.Program, w, n)
			}
		}
	}
}

// Every program of the suite is there and says what it measures; every program that is
// there is in the suite, or says that it is none of the table.
func TestSuite(t *testing.T) {
	in := map[string]bool{}
	for _, c := range suite {
		for _, f := range c.figures {
			in[f.program] = true
			if text, err := measures("testdata", f.program); err != nil {
				t.Error(err)
			} else if len(text) < 20 || strings.Contains(text, "|") {
				t.Errorf("%s: %q", f.program, text)
			}
		}
	}
	files, _ := filepath.Glob("testdata/*.go")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		text, err := measures("testdata", name)
		if err != nil {
			t.Error(err)
		}
		if !in[name] && !strings.Contains(text, "Not a figure of the table") {
			t.Errorf("%s is not in the suite", name)
		}
		delete(in, name)
	}
	for name := range in {
		t.Errorf("%s is in the suite but not there", name)
	}
}
