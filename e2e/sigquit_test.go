package e2e

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"

	"rtgen/e2e/run"
)

// TestSigquit looks for what stock's dump has, too: its first line, and of each goroutine the state, the function, and who
// made it. The function of the one that runs is looked for in ours alone: stock leaves it out when the signal comes to another
// thread, or at the entry of a function in assembly.
func TestSigquit(t *testing.T) {
	tool := rtgen(t)
	file, err := filepath.Abs("../testdata/panics/sigquit.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range []*run.Tool{run.Stock(), tool} {
		bin := filepath.Join(t.TempDir(), "prog.exe")
		if res := tool.Build(t.Context(), buildLimits, filepath.Dir(file), bin, filepath.Base(file)); !res.OK() {
			t.Fatalf("%s: %s\n%s", tool.Name, res.Status(), res.Output)
		}
		for _, w := range ways[:2] {
			cmd := exec.Command(bin)
			cmd.Env = append(cmd.Environ(), "RTGEN="+w.rtgen)
			out, err := cmd.CombinedOutput()
			if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != 2 {
				t.Errorf("%s, %s: %v; want exit status 2", tool.Name, w.name, err)
			}
			wants := []string{"SIGQUIT: quit\nPC=", " [select (no cases)]:\n", "\nmain.main()\n", " [chan receive]:\n", "\nmain.waiter(",
				"\ncreated by main.main in goroutine 1\n"}
			if tool.Name != run.Stock().Name {
				wants = append(wants, "\nmain.spinner(")
			}
			for _, want := range wants {
				if !bytes.Contains(out, []byte(want)) {
					t.Errorf("%s, %s: no %q in\n%s", tool.Name, w.name, want, out)
				}
			}
		}
	}
}
