//go:build !noasm

// Assembly that needs what only Go's own runtime has.
package main

func g() uintptr

func calls(n int) int

func twice(n int) int { return 2 * n }

func header() int

func looks(m map[int]int) int

func nowhere()

func main() {
	println(g(), calls(1), header(), looks(nil))
	nowhere()
}
