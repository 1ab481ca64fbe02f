package load

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Build tags count, whether GOFLAGS is in the environment or in the go command's file.
func TestTags(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module m\n\ngo 1.26\n",
		"a.go":   "package main\n\nfunc main() {}\n",
		"b.go":   "//go:build some\n\npackage main\n",
		"env":    "GOFLAGS=-tags=some\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		flags, file string
		want        int
	}{{"", "off", 1}, {"-tags=some", "off", 2}, {"", filepath.Join(dir, "env"), 2}, {"-tags=other", filepath.Join(dir, "env"), 1}} {
		t.Setenv("GOFLAGS", c.flags)
		t.Setenv("GOENV", c.file)
		l, err := List(context.Background(), &Config{Dir: dir, Args: []string{"."}, Std: stock{}})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(l.loader.pkgs["m"].listed.GoFiles); got != c.want {
			t.Errorf("GOFLAGS=%s GOENV=%s: %d files, want %d", c.flags, c.file, got, c.want)
		}
	}
}
