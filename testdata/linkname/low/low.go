// Package low links to packages that import it.
package low

import _ "unsafe"

//go:linkname A linkname/up.A
var A int

//go:linkname L linkname/up.L
var L []string

//go:linkname B main.B
var B string

//go:linkname C main.C
func C() int

func Show() { println(A, B, len(L), C()) }
