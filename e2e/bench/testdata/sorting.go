// Slices of integers and of strings are sorted, with slices.Sort and with sort.Slice.
package main

import (
	"slices"
	"sort"
	"strconv"
)

func main() {
	x := uint32(1)
	ints := make([]int, 1000000)
	for i := range ints {
		x = x*1664525 + 1013904223
		ints[i] = int(x)
	}
	words := make([]string, 150000)
	for i := range words {
		words[i] = strconv.Itoa(ints[i])
	}
	slices.Sort(ints)
	sort.Slice(words, func(i, j int) bool { return words[i] < words[j] })
	println(ints[1000], words[1000])
}
