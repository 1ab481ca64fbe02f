package compare

// This file is what is said of repeated measurements.

import (
	"math"
	"slices"
)

// Estimate is a median with the interval between two of the measurements that, whatever
// their distribution, holds the true median with the probability Coverage: if n
// measurements fall below and above it like coins, it lies between the k-th smallest and
// the k-th largest with 1 - 2·P(fewer than k of n heads). The narrowest interval with a
// coverage of at least 0.9 is taken; fewer than 5 measurements have none, and theirs is
// the range.
type Estimate struct {
	N        int     `json:"n"`
	Median   float64 `json:"median"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Coverage float64 `json:"coverage"`
}

const wantCoverage = 0.9

// Estimated returns the estimate of xs; the zero Estimate if there are none.
func Estimated(xs []float64) Estimate {
	n := len(xs)
	if n == 0 {
		return Estimate{}
	}
	xs = slices.Sorted(slices.Values(xs))
	k := 0
	for k+1 < n-1-(k+1) && coverage(n, k+1) >= wantCoverage {
		k++
	}
	return Estimate{N: n, Median: (xs[(n-1)/2] + xs[n/2]) / 2, Low: xs[k], High: xs[n-1-k], Coverage: coverage(n, k)}
}

// coverage is that of the interval from the measurement with k below it to the one with k
// above it.
func coverage(n, k int) float64 {
	tail, c := 0.0, 1.0 // c is n over i
	for i := range k + 1 {
		tail += c
		c = c * float64(n-i) / float64(i+1)
	}
	return max(0, 1-2*tail*math.Pow(2, -float64(n)))
}

// Trusted reports whether the interval has the coverage that is asked for.
func (e Estimate) Trusted() bool { return e.Coverage >= wantCoverage }

// Spread is half the width of the interval in parts of the median.
func (e Estimate) Spread() float64 {
	if e.Median == 0 {
		return 0
	}
	return (e.High - e.Low) / 2 / math.Abs(e.Median)
}

// Ratios this close to 1 are called the same.
const nearly = 0.005

// Verdict says what the interval of a ratio allows to say.
func (e Estimate) Verdict() string {
	switch {
	case e.N == 0:
		return ""
	case e.Low > 1-nearly && e.High < 1+nearly:
		return "the same"
	case e.Low <= 1 && e.High >= 1:
		return "no difference seen"
	case e.High < 1:
		return "less"
	}
	return "more"
}

// ratios estimates y/x over pairs; the zero Estimate if some x is 0 and its y is not.
func ratios(xs, ys []float64) Estimate {
	r := make([]float64, len(xs))
	for i := range xs {
		switch {
		case xs[i] != 0:
			r[i] = ys[i] / xs[i]
		case ys[i] == 0:
			r[i] = 1
		default:
			return Estimate{}
		}
	}
	return Estimated(r)
}
