package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// TestTogether runs several rtgens at once over one empty cache, on one program and on another
// of the same name: each gets the program that it asked for.
func TestTogether(t *testing.T) {
	dir := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "RTGEN_TEST_MAIN=1", "RTGEN=", "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "GOCACHE="+goCache(t))
	for _, name := range []string{"one", "two"} {
		src := fmt.Sprintf("package main\n\nfunc main() { println(%q) }\n", name)
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "x.go"), []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for i := range 4 {
		name := []string{"one", "two"}[i%2]
		wg.Go(func() {
			args := []string{"run", "x.go"}
			if i == 3 {
				args = []string{"rewrite", "-o", "out", "x.go"}
			}
			cmd := exec.Command(exe, args...)
			cmd.Dir, cmd.Env = filepath.Join(dir, name), env
			out, err := cmd.CombinedOutput()
			if err != nil || i != 3 && string(out) != name+"\n" || i == 3 && len(out) > 0 {
				t.Errorf("%v in %s: %v\n%s", args, name, err, out)
			}
		})
	}
	wg.Wait()
}

// TestDamagedCache cuts every file of the cache in half, as a full disk might. The next run must
// believe none of them.
func TestDamagedCache(t *testing.T) {
	dir := t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cache := filepath.Join(dir, "cache")
	env := append(os.Environ(), "RTGEN_TEST_MAIN=1", "RTGEN=", "XDG_CACHE_HOME="+cache, "GOCACHE="+goCache(t))
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte("package main\n\nfunc main() { println(\"sound\") }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		cmd := exec.Command(exe, "run", "x.go")
		cmd.Dir, cmd.Env = dir, env
		if out, err := cmd.CombinedOutput(); err != nil || string(out) != "sound\n" {
			t.Fatalf("%v\n%s", err, out)
		}
		cut := 0
		err := filepath.WalkDir(cache, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			st, err := e.Info()
			if err != nil || st.Size() == 0 {
				return err
			}
			cut++
			return os.Truncate(name, st.Size()/2)
		})
		if err != nil || cut < 100 {
			t.Fatalf("%d files cut: %v", cut, err)
		}
	}
}
