package compare

import (
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	for want, c := range map[string]struct {
		u Unit
		x float64
	}{
		"0": {Seconds, 0}, "1.20 s": {Seconds, 1.2}, "999 ms": {Seconds, 0.9994}, "1.00 s": {Seconds, 0.9996}, "12.0 µs": {Seconds, 12e-6}, "3.00 ns": {Seconds, 3e-9},
		"17 B": {Bytes, 17}, "1.50 kB": {Bytes, 1500}, "2.07 MB": {Bytes, 2.07e6}, "123 MB": {Bytes, 123.4e6},
		"200008": {Count, 200008}, "8.45 M": {Count, 8.45e6}, "0.50": {Count, 0.5},
	} {
		if got := c.u.Format(c.x); got != want {
			t.Errorf("%v %q: %q, want %q", c.x, c.u, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	turn := func(stock, rtgen float64) Pair[Sample] {
		return Pair[Sample]{Sample{Wall: secs(stock), CPU: secs(2 * stock), Memory: 1e6, Status: "exit status 0"}, Sample{Wall: secs(rtgen), CPU: secs(2 * stock), Memory: 2e6}}
	}
	s := &Setting{Workers: 2, Behaviour: Behaviour{Same: true, Runs: 12, Status: "exit status 0"},
		Runs: []Pair[Sample]{turn(1, 0.5), turn(1, 0.5), turn(1.1, 0.55), turn(1, 0.6), turn(1, 0.4)}}
	s.Probes = []Pair[*Series]{{
		&Series{Moments: []Moment{{Goroutines: 9}, {Goroutines: 1, Created: 12, Objects: 100, Bytes: 2000}}},
		&Series{Moments: []Moment{{Goroutines: 3, Created: 12, Objects: 100, Bytes: 1000, Cycles: 1, Collecting: 2e6}}, Pauses: []Pauses{{1000, 99}, {5000, 1}}},
	}}
	s.Rows = s.Figures(Builds{Build{Bytes: 100}, Build{Bytes: 150}})
	s.note("a note")
	var b strings.Builder
	r := &Report{Program: "x.go", Args: []string{"-a"}, Machine: Machine{Go: "go1", Processors: 2}, Settings: []*Setting{s}}
	if err := WriteTable(&b, r); err != nil {
		t.Fatal(err)
	}
	const want = `x.go -a: rtgen beside stock go1 on 2 processors

2 workers: same output and exit status 0 in 12 runs

5 runs in turn, after one to warm up    stock    rtgen  ratio
  wall                                 1.00 s   500 ms   0.50  0.40–0.60  less
  CPU                                  2.00 s   2.00 s   1.00  1.00–1.00  the same
  peak memory                         1.00 MB  2.00 MB   2.00  2.00–2.00  more
1 run that kept a record                stock    rtgen  ratio
  collector CPU                             0  2.00 ms      -
  collections                               0        1      -
  pauses                                    0      100      -
  pause, median                             0  1.00 µs      -
  pause, 99 %                               0  1.00 µs      -
  pause, longest                            0  5.00 µs      -
  allocations                             100      100   1.00
  allocated                           2.00 kB  1.00 kB   0.50
  goroutines                               12       12   1.00
  peak goroutines                           9        3   0.33
the executables                         stock    rtgen  ratio
  binary size                           100 B    150 B   1.50
  build                                     0        0   1.00
  build again                               0        0   1.00
note: a note
`
	got := b.String()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.Behaviour = Behaviour{Detail: "standard output differs at line 1\n"}
	b.Reset()
	WriteTable(&b, r)
	if !strings.Contains(b.String(), "2 workers: DIFFERENT BEHAVIOUR\n\nstandard output differs at line 1\n\n5 runs") {
		t.Errorf("%s", b.String())
	}
	if r.Same() {
		t.Error("the report says it is the same")
	}
}

func TestParseSeries(t *testing.T) {
	s, err := parseSeries([]byte(columns+"\n1 2 3 4 5 6 7 8 9 -\n2 2 3 8 5 6 7 8 9 4096:3,1024:1\n3 2 3 "), "x")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Moments) != 2 || s.last().T != 2 || s.last().Collecting != 9 || s.peakGoroutines() != 8 {
		t.Errorf("%+v", s)
	}
	if s.pauseCount() != 4 || s.pauseQuantile(0.2) != 1024e-9 || s.pauseQuantile(1) != 4096e-9 {
		t.Errorf("%+v", s.Pauses)
	}
	for _, bad := range []string{"", "x\n", columns + "\n", columns + "\n1 2\n", columns + "\n1 2 3 4 5 6 7 8 x -\n", columns + "\n1 2 3 4 5 6 7 8 9 a:b\n"} {
		if _, err := parseSeries([]byte(bad), "x"); err == nil {
			t.Errorf("%q is taken for a record", bad)
		}
	}
}
