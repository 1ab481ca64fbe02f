// Spectral norm: nested loops with a small function inside.
package main

import "math"

func a(i, j int) float64 { return 1 / float64(((i+j)*(i+j+1)/2 + i + 1)) }

func mulAv(v, av []float64) {
	for i := range av {
		s := 0.0
		for j := range v {
			s += a(i, j) * v[j]
		}
		av[i] = s
	}
}

func mulAtv(v, atv []float64) {
	for i := range atv {
		s := 0.0
		for j := range v {
			s += a(j, i) * v[j]
		}
		atv[i] = s
	}
}

var n = 1200 // no constant: where the original takes it from its command line, the compiler does not know it either

func main() {
	u, v, t := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for range 100 {
		mulAv(u, t)
		mulAtv(t, v)
		mulAv(v, t)
		mulAtv(t, u)
	}
	var vbv, vv float64
	for i := range n {
		vbv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	println(math.Sqrt(vbv / vv))
}
