package e2e

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rtgen/e2e/run"
)

// firstLineOnly are the ways to die after which stock prints its own runtime's frames.
var firstLineOnly = map[string]bool{"bad error": true}

// TestUncaught ends testdata/panics/uncaught.go in all the ways that it knows.
func TestUncaught(t *testing.T) {
	tool := rtgen(t)
	file, err := filepath.Abs("../testdata/panics/uncaught.go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	stock, bin := filepath.Join(dir, "stock.exe"), filepath.Join(dir, "rtgen.exe")
	for out, tool := range map[string]*run.Tool{stock: run.Stock(), bin: tool} {
		if res := tool.Build(t.Context(), buildLimits, filepath.Dir(file), out, filepath.Base(file)); !res.OK() {
			t.Fatalf("%s: %s\n%s", tool.Name, res.Status(), res.Output)
		}
	}
	list := run.Exec(t.Context(), limits, run.Cmd{Args: []string{stock}})
	if !list.OK() {
		t.Fatalf("%s\n%s", list.Status(), list.Output)
	}
	for _, name := range strings.Split(strings.TrimSpace(string(list.Output)), "\n") {
		t.Run(name, func(t *testing.T) {
			want := run.Exec(t.Context(), limits, run.Cmd{Args: []string{stock, name}})
			for _, w := range ways {
				got := run.Exec(t.Context(), limits, run.Cmd{Args: []string{bin, name}, Env: []string{"RTGEN=" + w.rtgen}})
				if firstLineOnly[name] {
					want.Output, _, _ = bytes.Cut(want.Output, []byte("\n"))
					got.Output, _, _ = bytes.Cut(got.Output, []byte("\n"))
				}
				got.Output, want.Output = dataWords(got.Output), dataWords(want.Output)
				if d := differ(got, want); d != "" {
					t.Errorf("%s: %s", w.name, d)
				}
			}
		})
	}
}

// dataWord is how a panic value prints that is neither basic nor has methods: by its address.
var dataWord = regexp.MustCompile(`(?m)^(\t*panic: \(.*\)) 0x[0-9a-f]+`)

func dataWords(out []byte) []byte { return dataWord.ReplaceAll(out, []byte("$1 0xN")) }
