package e2e

import (
	"testing"

	"rtgen/e2e/run"
)

// A program reads the build information that go run gives it, named as a package and as a file.
func TestBuildInfo(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	bin, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	for _, arg := range []string{".", "main.go"} {
		want, _ := inModule(t, "../testdata/buildinfo", "", "go", "run", arg)
		if got, code := inModule(t, "../testdata/buildinfo", "", bin, "run", arg); got != want || code != 0 {
			t.Errorf("%s: status %d, output\n%s\nstock's\n%s", arg, code, got, want)
		}
	}
}
