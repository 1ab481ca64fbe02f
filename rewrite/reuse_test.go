package rewrite

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestReuse rewrites programs that differ in what may suspend and in which instances they need,
// all over one cache, and expects what comes out without one, on one processor.
func TestReuse(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	cache := t.TempDir()
	files := func(name, cache string) map[string]string {
		out, err := Program(context.Background(), &Options{Args: []string{name}, Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		if err := out.Module.Write(dir); err != nil {
			t.Fatal(err)
		}
		m := map[string]string{}
		err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			rel, _ := filepath.Rel(dir, path)
			m[rel] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for i, src := range []string{
		`import "fmt"; func main() { fmt.Println(1) }`,
		`import "sort"; type s []int; func (s) Len() int { return 0 }; func (s) Swap(i, j int) {}
		func (s) Less(i, j int) bool { return true }; func main() { sort.Sort(s(nil)) }`,
		`import "sort"; type s []int; func (s) Len() int { return 0 }; func (s) Swap(i, j int) {}
		var c chan bool; func (s) Less(i, j int) bool { return <-c }; func main() { sort.Sort(s(nil)) }`,
		`import ("slices"; "strings"; "fmt"); func main() { fmt.Println(slices.Max([]string{"a"}), strings.Map(func(r rune) rune { return r }, "x")) }`,
		`import ("slices"; "strings"; "fmt"); var c chan rune
		func main() { fmt.Println(slices.Max([]int{1}), strings.Map(func(r rune) rune { return <-c }, "x")) }`,
	} {
		name := filepath.Join(t.TempDir(), "x.go")
		if err := os.WriteFile(name, []byte("package main\n"+src), 0o666); err != nil {
			t.Fatal(err)
		}
		procs := runtime.GOMAXPROCS(1)
		want := files(name, "")
		runtime.GOMAXPROCS(max(procs, 4))
		for _, round := range []string{"first", "second"} {
			got := files(name, cache)
			for f := range want {
				if got[f] != want[f] {
					t.Errorf("program %d, %s time over the cache: %s differs", i, round, f)
				}
			}
			if len(got) != len(want) {
				t.Errorf("program %d, %s time over the cache: %d files, want %d", i, round, len(got), len(want))
			}
		}
	}
	if kept, _ := filepath.Glob(filepath.Join(cache, "*.go")); len(kept) == 0 {
		t.Error("nothing was kept")
	}
}
