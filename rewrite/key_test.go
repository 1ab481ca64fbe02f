package rewrite

import (
	"os"
	"testing"
)

// A tool that the go command has built is known by its build ID; one without is not.
func TestBuildID(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if len(buildID(f)) < 80 {
		t.Errorf("the build ID of %s is %q", exe, buildID(f))
	}
	source, err := os.Open("key.go")
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	if id := buildID(source); id != nil {
		t.Errorf("a text file has the build ID %q", id)
	}
}
