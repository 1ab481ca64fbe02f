package compare

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestEstimated(t *testing.T) {
	for _, c := range []struct {
		xs        []float64
		med       float64
		low, high float64
		coverage  float64
	}{
		{nil, 0, 0, 0, 0},
		{[]float64{7}, 7, 7, 7, 0},
		{[]float64{3, 1}, 2, 1, 3, 0.5},
		{[]float64{5, 1, 3, 2, 4}, 3, 1, 5, 0.9375},
		{[]float64{7, 6, 5, 4, 3, 2, 1}, 4, 1, 7, 1 - 2.0/128},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 100}, 4.5, 2, 7, 1 - 2*9.0/256},
	} {
		e := Estimated(c.xs)
		if e.N != len(c.xs) || e.Median != c.med || e.Low != c.low || e.High != c.high || math.Abs(e.Coverage-c.coverage) > 1e-12 {
			t.Errorf("%v: %+v", c.xs, e)
		}
	}
}

// The interval holds the true median as often as it says, whatever the distribution.
func TestCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{5, 8, 15, 40} {
		const tries = 4000
		held, claimed := 0, 0.0
		for range tries {
			xs := make([]float64, n)
			for i := range xs {
				xs[i] = r.ExpFloat64()
			}
			e := Estimated(xs)
			claimed = e.Coverage
			if e.Low <= math.Ln2 && math.Ln2 <= e.High {
				held++
			}
		}
		if got := float64(held) / tries; claimed < 0.9 || math.Abs(got-claimed) > 0.02 {
			t.Errorf("n=%d: the interval held the median in %.3f of all tries, it says %.3f", n, got, claimed)
		}
	}
}

func TestVerdict(t *testing.T) {
	for want, r := range map[string][2][]float64{
		"less":               {{10, 10, 10, 10, 10}, {5, 6, 5, 7, 5}},
		"more":               {{10, 10, 10, 10, 10}, {15, 11, 15, 11, 15}},
		"no difference seen": {{10, 12, 10, 11, 10}, {11, 9, 10, 12, 8}},
		"the same":           {{1000, 1000, 0}, {1001, 1000, 0}},
		"":                   {{0, 1}, {1, 1}}, // no ratio
	} {
		if got := ratios(r[0], r[1]).Verdict(); got != want {
			t.Errorf("%v: %q, want %q", r, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	if s := Estimated([]float64{8, 9, 10, 11, 12}).Spread(); math.Abs(s-0.2) > 1e-12 {
		t.Errorf("spread %v", s)
	}
	run := func(a, b float64) Pair[Sample] {
		return Pair[Sample]{Sample{Wall: secs(a)}, Sample{Wall: secs(b)}}
	}
	notes := spreadNotes([]Pair[Sample]{run(1, 1), run(1, 2), run(1, 1), run(1, 2), run(1.05, 1)})
	if len(notes) != 1 || notes[0] != "wall time of rtgen varies by ±50 % from run to run" {
		t.Errorf("%q", notes)
	}
	if notes := spreadNotes([]Pair[Sample]{run(1, 1), run(1, 1)}); len(notes) != 1 {
		t.Errorf("%q", notes)
	}
}
