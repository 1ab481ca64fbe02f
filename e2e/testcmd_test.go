package e2e

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"rtgen/e2e/run"
)

// rtgen test prints what go test prints, times apart, and ends as it does.
func TestTestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("builds test binaries")
	}
	bin, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{
		".",
		"-v .",
		"",
		"-run TestExternal|TestAdd ./...",
		"-run ^TestAdd$ -count 2 -v -short .",
		"-run Nope ./seeds .",
		"-v -run /right ./seeds",
		"-list . .",
		"-run TestAllocs -bench . -benchtime 20x",
		"-skip Fail|Helper|wrong -failfast . ./seeds",
		"-run TestExternal -bench N$ -benchmem -benchtime=5x . -args one -two",
		"-timeout 20ms -run TestPlace ./notests",
		"panic -run TestPlace .",
	} {
		t.Run(args, func(t *testing.T) {
			words := strings.Fields(args)
			env := append(os.Environ(), "GOFLAGS=", "RTGEN=", "CGO_ENABLED=0")
			if len(words) > 0 && words[0] == "panic" {
				words, env = words[1:], append(env, "TESTCMD_PANIC=1")
			}
			test := func(command ...string) (string, int) {
				command = append(command, words...)
				cmd := exec.Command(command[0], command[1:]...)
				cmd.Dir, cmd.Env = "../testdata/testcmd", env
				r := run.ExecCmd(context.Background(), run.Limits{Time: 5 * time.Minute}, cmd, false)
				if r.Why != "" {
					t.Fatalf("%v: %s\n%s", command, r.Why, r.Output)
				}
				return withoutTimes(string(r.Output)), r.Code
			}
			want, wantCode := test("go", "test", "-vet=off", "-count=1")
			got, code := test(bin, "test", "-count=1")
			if got != want || code != wantCode {
				t.Errorf("status %d, output\n%s\ngo test: status %d, output\n%s", code, got, wantCode, want)
			}
		})
	}
}

// withoutTimes masks what differs from run to run, or between runtimes: durations, results of
// benchmarks, addresses, and the frames of the runtime.
func withoutTimes(s string) string {
	for _, m := range []struct{ re, to string }{
		{`\d+\.\d+s`, "T"},
		{`(Benchmark\S+\s+\d+)\s+[\d.]+ ns/op(\s+[\d.]+ things)?(\s+\d+ B/op)?`, "$1 N ns/op$2"},
		{`cpu: .*\n`, ""},
		{`-test\.(paniconexit0|timeout=\S+|testlogfile=\S+) ?`, ""},
		{`(?s)goroutine \d+ \[running\]:.*?\n(FAIL\t)`, "goroutines\n$1"},
	} {
		s = regexp.MustCompile(m.re).ReplaceAllString(s, m.to)
	}
	return s
}
