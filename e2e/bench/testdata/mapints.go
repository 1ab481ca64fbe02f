// Integer keys go in and out of a map.
package main

func main() {
	m := map[uint32]uint32{}
	x, sum := uint32(1), uint32(0)
	for range 3000000 {
		x = x*1664525 + 1013904223
		k := x >> 15
		if k%3 == 0 {
			delete(m, k/3)
		} else {
			m[k]++
		}
		sum += m[k>>1]
	}
	println(len(m), sum)
}
