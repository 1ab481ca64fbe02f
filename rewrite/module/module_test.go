package module

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

func newModule(t *testing.T, files map[string]string) *Module {
	t.Helper()
	m, err := New(fstest.MapFS{"gc/gc.go": {Data: []byte("package gc\n")}, "gc/gc_test.go": {}}, []string{"gc"})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		m.Add(name, []byte(text))
	}
	return m
}

func stamp(t *testing.T, name string) time.Time {
	t.Helper()
	st, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return st.ModTime()
}

func TestWriteKeepsEqualFilesAndSweeps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := newModule(t, map[string]string{"g/x/x.go": "package x\n", "g/y/y.go": "package y\n"}).Write(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "gc/gc_test.go")); err == nil {
		t.Error("a test of the runtime was written")
	}
	x, old := filepath.Join(dir, "g/x/x.go"), time.Unix(1e9, 0)
	if err := os.Chtimes(x, old, old); err != nil {
		t.Fatal(err)
	}
	if err := newModule(t, map[string]string{"g/x/x.go": "package x\n"}).Write(dir); err != nil {
		t.Fatal(err)
	}
	if !stamp(t, x).Equal(old) {
		t.Error("an unchanged file was written again")
	}
	if _, err := os.Stat(filepath.Join(dir, "g/y")); err == nil {
		t.Error("a package that is gone left its folder behind")
	}
}

func TestWriteSparesForeignFolders(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "precious.go")
	if err := os.WriteFile(mine, []byte("package precious\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := newModule(t, nil).Write(dir); err == nil {
		t.Error("a foreign folder was taken over")
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
	if list, _ := os.ReadDir(filepath.Dir(dir)); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
}

func TestLockExcludes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "m")
	unlock, err := Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan bool)
	go func() {
		again, err := Lock(t.Context(), dir)
		if err == nil {
			again()
		}
		got <- err == nil
	}()
	select {
	case <-got:
		t.Fatal("two hold the lock")
	case <-time.After(50 * time.Millisecond):
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := Lock(ctx, dir); err != context.DeadlineExceeded {
		t.Errorf("error %v of one that waits no longer", err)
	}
	unlock()
	if !<-got {
		t.Error("the lock was not given on")
	}
}

// kept makes a folder in cache that was last used then, and returns what gives its lock back.
func kept(t *testing.T, cache, name string, used time.Time) (unlock func()) {
	t.Helper()
	dir := filepath.Join(cache, name)
	unlock, err := Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	os.Chtimes(dir+lockSuffix, used, used)
	return unlock
}

// left are the names in cache.
func left(cache string) []string {
	list, _ := filepath.Glob(filepath.Join(cache, "*"))
	for i := range list {
		list[i] = filepath.Base(list[i])
	}
	return list
}

func TestTrimRemovesTheOldestOfMany(t *testing.T) {
	cache := t.TempDir()
	for age, name := range []string{"today", "yesterday", "before"} {
		kept(t, cache, name, time.Now().AddDate(0, 0, -age))()
	}
	Trim(cache, time.Now().AddDate(-1, 0, 0), 2)
	want := []string{"today", "today.lock", "yesterday", "yesterday.lock"}
	if got := left(cache); !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}

func TestTrimSparesWhatIsUsed(t *testing.T) {
	cache := t.TempDir()
	old := time.Now().Add(-time.Hour)
	kept(t, cache, "old", old)()
	defer kept(t, cache, "held", old)()
	kept(t, cache, "new", time.Now())()
	Trim(cache, time.Now().Add(-time.Minute), 10)
	want := []string{"held", "held.lock", "new", "new.lock"}
	if got := left(cache); !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}
