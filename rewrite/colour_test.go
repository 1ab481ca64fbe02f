package rewrite

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"rtgen/rewrite/colour"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// TestColours colours the program x.go of each archive and compares the classes of the main
// package's functions, and the explanations that "why" asks for, with its golden part.
func TestColours(t *testing.T) {
	files, _ := filepath.Glob("testdata/colour/*.txtar")
	if len(files) == 0 {
		t.Fatal("no test files")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src, want := ar.Files[0], &ar.Files[1]
			name := filepath.Join(t.TempDir(), src.Name)
			if err := os.WriteFile(name, src.Data, 0o666); err != nil {
				t.Fatal(err)
			}
			p, err := lower(context.Background(), &Options{Args: []string{name}})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range p.main.Funcs {
				if f == p.start {
					continue
				}
				fmt.Fprintf(&b, "%-9s %s\n", colour.ClassName(f.Class), f.Name)
			}
			for _, line := range strings.Split(string(ar.Comment), "\n") {
				if fn, ok := strings.CutPrefix(line, "why: "); ok {
					for _, f := range p.main.Funcs {
						if f.Name == fn {
							b.WriteString("\n" + strings.ReplaceAll(p.colours.Why(f), name, src.Name))
						}
					}
				}
			}
			if b.String() == string(want.Data) {
				return
			}
			if !*update {
				t.Fatalf("got\n%s\nwant\n%s", b.String(), want.Data)
			}
			want.Data = []byte(b.String())
			if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}
