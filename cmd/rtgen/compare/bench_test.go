package compare

import (
	"strings"
	"testing"
)

func TestBenchRows(t *testing.T) {
	const head = "goos: linux\npkg: x\ncpu: y\n"
	var m measurements
	for range 5 {
		m.read([]byte(head+"BenchmarkA-2 \t 100\t 20.0 ns/op\t 16 B/op\t 1 allocs/op\nBenchmarkOnly-2 10 5 ns/op\nBenchmarkNoise\nPASS\n"), Stock)
		m.read([]byte(head+"BenchmarkA-2 \t 200\t 10.0 ns/op\t 16 B/op\t 1 allocs/op\nPASS\n"), Rtgen)
	}
	rows, missing := m.rows()
	r := &BenchReport{Rows: rows, Missing: missing}
	var b strings.Builder
	if err := WriteBenchTable(&b, r); err != nil {
		t.Fatal(err)
	}
	const want = `
                  stock  rtgen  ratio
  A-2      ns/op     20     10   0.50  0.50–0.50  less
  A-2       B/op     16     16   1.00  1.00–1.00  the same
  A-2  allocs/op      1      1   1.00  1.00–1.00  the same
  only on one side, or failed: Only-2: 5 results in ns/op of stock, 0 of rtgen
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	var none measurements
	none.read([]byte(head+"PASS\n"), Stock)
	if _, missing := none.rows(); len(missing) != 1 {
		t.Errorf("%q", missing)
	}
}
