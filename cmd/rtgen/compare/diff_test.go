package compare

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func secs(x float64) time.Duration { return time.Duration(x * float64(time.Second)) }

func TestDiff(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, c := range []struct{ name, a, b, want string }{
		{"equal", "a\nb\n", "a\nb\n", ""},
		{"first line", "a\n", "b\n", `at line 1
  - 1   a   (stock)
  + 1   b   (rtgen)
`},
		{"context on both sides", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n", `at line 5
    2   2
    3   3
    4   4
  - 5   5   (stock)
  - 6   6
  - 7   7
  - 8   8
  + 5   five   (rtgen)
  + 6   6
  + 7   7
  + 8   8
`},
		{"one ends", "a\nb\n", "a\n", `at line 2
    1   a
  - 2   b   (stock)
  +     (rtgen ends here)
`},
		{"line feed", "a\n", "a", `at line 1
  - 1   a   (stock)
  + 1   a (no line feed)   (rtgen)
`},
		{"nothing at all", "", "\x00é\n", `at line 1
  -     (stock ends here)
  + 1   ·é   (rtgen)
`},
		{"long lines", long + "a" + long + "\n", long + "b" + long + "\n", `at line 1
  - 1   …` + strings.Repeat("x", 50) + "a" + strings.Repeat("x", 48) + `…   (stock)
  + 1   …` + strings.Repeat("x", 50) + "b" + strings.Repeat("x", 48) + `…   (rtgen)
`},
	} {
		if got := diff([]byte(c.a), []byte(c.b), "stock", "rtgen"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestFilter(t *testing.T) {
	for _, c := range []struct{ command, in, want, err string }{
		{"sed s/[0-9]/N/g", "a1 22\n", "aN NN\n", ""},
		{"grep -v time", "time 3\n", "", ""}, // grep selects nothing: status 1
		{"no-such-command-here", "x", "", "no-such-command-here"},
		{"exit 3", "x", "", "exit status 3"},
	} {
		got, err := filter(context.Background(), c.command, []byte(c.in))
		if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %q, %v", c.command, got, err)
		}
	}
}

// Tracebacks of the two builds are the same but for addresses.
func TestPlainCrash(t *testing.T) {
	stock := "panic: runtime error: x\n[signal SIGSEGV: code=0x1 addr=0x0 pc=0x47a79c]\n\ngoroutine 1 [running]:\nmain.f(...)\n\t/p.go:3\nmain.(*T).g(0xc000012345, {0x1, 0x2})\n\t/p.go:4 +0x1c\n"
	rtgen := "panic: runtime error: x\n[signal SIGSEGV: code=0x1 addr=0x0 pc=0x0]\n\ngoroutine 1 [running]:\nmain.f(...)\n\t/p.go:3 +0x37\nmain.(*T).g(...)\n\t/p.go:4 +0x33\n"
	if a, b := string(plainCrash([]byte(stock))), string(plainCrash([]byte(rtgen))); a != b {
		t.Errorf("%s\n%s", a, b)
	}
	if text := "address 0x123\n"; string(plainCrash([]byte(text))) != text {
		t.Error("text that is no traceback was changed")
	}
}

func TestJudge(t *testing.T) {
	dir := t.TempDir()
	x := func(status, stdout, stderr string) *execution {
		out, err := filepath.Join(dir, "out"), filepath.Join(dir, "err")
		os.WriteFile(out, []byte(stdout), 0o666)
		os.WriteFile(err, []byte(stderr), 0o666)
		return &execution{Sample: Sample{Status: status}, stdout: out, stderr: err}
	}
	const ok = "exit status 0"
	for _, c := range []struct {
		name, want string
	}{
		{name: "same"},
		{name: "status", want: "stock ends with exit status 0, rtgen with exit status 3"},
		{name: "output", want: "standard output differs at line 1"},
		{name: "error", want: "standard error differs at line 2"},
		{name: "later", want: "standard output differs at line 1"},
		{name: "unsteady", want: "the output of stock is not the same in every run; name a filter for what changes\nstandard output differs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := judge{filter: func(b []byte) ([]byte, error) { return b, nil }}
			add := func(side Side, e *execution) {
				if err := j.add(side, e); err != nil {
					t.Fatal(err)
				}
			}
			add(Stock, x(ok, "a\n", "e\nf\n"))
			switch c.name {
			case "status":
				add(Rtgen, x("exit status 3", "a\n", "e\nf\n"))
			case "output":
				add(Rtgen, x(ok, "b\n", "e\nf\n"))
			case "error":
				add(Rtgen, x(ok, "a\n", "e\ng\n"))
			case "later":
				add(Rtgen, x(ok, "a\n", "e\nf\n"))
				add(Stock, x(ok, "a\n", "e\nf\n"))
				add(Rtgen, x(ok, "c\n", "e\nf\n"))
			case "unsteady":
				add(Rtgen, x(ok, "a\n", "e\nf\n"))
				add(Stock, x(ok, "z\n", "e\nf\n"))
			default:
				add(Rtgen, x(ok, "a\n", "e\nf\n"))
			}
			v := j.verdict()
			if v.Same != (c.want == "") || !strings.HasPrefix(v.Detail, c.want) {
				t.Errorf("%+v", v)
			}
		})
	}
}
