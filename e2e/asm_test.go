package e2e

import (
	"testing"

	"rtgen/e2e/run"
)

// A program's own assembly goes along where it stands alone; what does not is refused, with the reason.
func TestAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	bin, err := run.BuildRtgen()
	if err != nil {
		t.Fatal(err)
	}
	command := func(rtgen string, words ...string) (string, int) {
		return inModule(t, "../testdata/asm", rtgen, words...)
	}
	want, _ := command("", "go", "run", ".")
	for _, rtgen := range []string{"", "w=1,stress=1,verify,poison"} {
		if got, code := command(rtgen, bin, "run", "."); got != want || code != 0 {
			t.Errorf("RTGEN=%s: status %d, output\n%s\nstock's\n%s", rtgen, code, got, want)
		}
	}
	want = `./refused/refused.go:6:6: rtgen: function asm/refused.g is assembly that does not stand alone (refused_amd64.s:6: uses the goroutine); build tags may leave it out
./refused/refused.go:8:6: rtgen: function asm/refused.calls is assembly that does not stand alone (refused_amd64.s:13: uses ·twice); build tags may leave it out
./refused/refused.go:12:6: rtgen: function asm/refused.header is assembly that does not stand alone (header_amd64.s:4: includes other.h); build tags may leave it out
./refused/refused.go:14:6: rtgen: function asm/refused.looks is assembly and takes or returns a map[int]int, which the rewritten program has in another form
./refused/refused.go:16:6: rtgen: function asm/refused.nowhere has no body, and no hook stands in for it
`
	if got, code := command("", bin, "run", "./refused"); got != want || code == 0 {
		t.Errorf("status %d, output\n%s\nwant\n%s", code, got, want)
	}
	if got, code := command("", bin, "run", "--tags", "noasm", "./refused"); got != "without assembly\n" || code != 0 {
		t.Errorf("with a tag: status %d, output\n%s", code, got)
	}
}
