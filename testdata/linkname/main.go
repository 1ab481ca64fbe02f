package main

import (
	"linkname/low"
	_ "linkname/up"
	_ "unsafe"
)

var B = "bee"

//go:linkname C
func C() int { return 12 }

func main() {
	low.Show()
	low.A++
	low.Show()
	B = "cee"
	low.Show()
}
