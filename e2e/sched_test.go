package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestSched does for the programs of testdata/sched what TestLang does for those of testdata/lang.
func TestSched(t *testing.T) {
	files, err := filepath.Glob("../testdata/sched/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	tool := rtgen(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, tool, file, nil, name)
		})
	}
}
