package e2e

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"rtgen/e2e/run"
)

// Linknames between packages bind as in stock, in both directions; what cannot be bound is refused.
func TestLinkname(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	bin, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	command := func(words ...string) (string, int) { return inModule(t, "../testdata/linkname", "", words...) }
	want, _ := command("go", "run", ".")
	if got, code := command(bin, "run", "."); got != want || code != 0 {
		t.Errorf("status %d, output\n%s\nstock's\n%s", code, got, want)
	}
	want = `./refused/refused.go:9:5: rtgen: variable main.none is linked to runtime.noSuchVariable, which rtgen's standard library does not have
./refused/refused.go:12:5: rtgen: variable main.wide is linked to runtime.haveHighResSleep, which has 1 bytes, not 8
./refused/refused.go:15:6: rtgen: function linkname/refused.rtypeOf is linked to reflect.rtypeOf, which has type descriptors of another form here
`
	if got, code := command(bin, "run", "./refused"); got != want || code == 0 {
		t.Errorf("status %d, output\n%s\nwant\n%s", code, got, want)
	}
}

// inModule runs a command in the folder of a module, with RTGEN set to rtgen, and returns what it prints and its status.
func inModule(t *testing.T, dir, rtgen string, words ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=", "RTGEN="+rtgen, "CGO_ENABLED=0")
	r := run.ExecCmd(context.Background(), run.Limits{Time: 5 * time.Minute}, cmd, false)
	if r.Why != "" {
		t.Fatalf("%v: %s\n%s", words, r.Why, r.Output)
	}
	return string(r.Output), r.Code
}
