// Counting in maps, with strings made on the way.
package main

func main() {
	words := map[string]int{}
	buf := make([]byte, 0, 8)
	seed := uint32(1)
	for range 4000000 {
		seed = seed*1664525 + 1013904223
		buf = buf[:0]
		for n := seed >> 18; n > 0; n /= 26 {
			buf = append(buf, byte('a'+n%26))
		}
		words[string(buf)]++
	}
	most := 0
	for _, n := range words {
		most = max(most, n)
	}
	println(len(words), most)
}
