package e2e

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"rtgen/rewrite"
)

// ARCHITECTURE.md lists the steps that the code has, in the code's order and words, and
// only packages that exist.
func TestArchitecture(t *testing.T) {
	b, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	var want strings.Builder
	want.WriteString("| step | what it does |\n| --- | --- |\n")
	for _, s := range rewrite.Stages() {
		fmt.Fprintf(&want, "| %s | %s |\n", s.Name, s.Doc)
	}
	if !strings.Contains(text, want.String()) {
		t.Errorf("the table of steps should be\n%s", want.String())
	}
	rows := regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)`").FindAllStringSubmatch(text, -1)
	if len(rows) < 10 {
		t.Errorf("%d packages listed", len(rows))
	}
	for _, r := range rows {
		if _, err := os.Stat("../" + r[1]); err != nil {
			t.Errorf("ARCHITECTURE.md: %v", err)
		}
	}
}

// The commands that README.md and HACKING.md name are there.
func TestPaths(t *testing.T) {
	for _, paper := range []string{"README.md", "HACKING.md", "RATIONALE.md"} {
		b, err := os.ReadFile("../" + paper)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:\./|\s)((?:cmd|e2e|examples|testdata|rewrite|cps|rtlib)/[a-zA-Z0-9_/.-]*[a-zA-Z0-9])`).FindAllStringSubmatch(string(b), -1) {
			if _, err := os.Stat("../" + m[1]); err != nil {
				t.Errorf("%s: %v", paper, err)
			}
		}
	}
}
