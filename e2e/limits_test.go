package e2e

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"rtgen/e2e/run"
)

// A program runs in an address space of 4 GB, in which stock's runs.
func TestAddressSpace(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	bin, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(t.TempDir(), "prog")
	if out, err := exec.Command(bin, "build", "-o", exe, "../testdata/lang/garbage.go").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	command := func(shell string) (string, int) {
		r := run.ExecCmd(context.Background(), run.Limits{Time: time.Minute}, exec.Command("sh", "-c", shell, exe), false)
		return string(r.Output), r.Code
	}
	want, _ := command("$0")
	for _, workers := range []string{"2", "16"} { // sixteen full stacks would be more than that
		if got, code := command("ulimit -v 4000000 && RTGEN=w=" + workers + " $0"); got != want || code != 0 {
			t.Errorf("w=%s: status %d, output\n%s\nwithout the limit\n%s", workers, code, got, want)
		}
	}
}
