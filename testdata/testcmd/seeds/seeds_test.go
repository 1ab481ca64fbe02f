// Package seeds has a fuzz target with a corpus, and nothing else.
package seeds

import "testing"

func FuzzSum(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		sum := 0
		for _, x := range b {
			sum += int(x)
		}
		if sum != n {
			t.Errorf("%d, want %d", sum, n)
		}
	})
}
