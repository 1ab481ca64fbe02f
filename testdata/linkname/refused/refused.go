package main

import _ "unsafe"

//go:linkname none runtime.noSuchVariable
var none int

//go:linkname wide runtime.haveHighResSleep
var wide int

func main() { println(none, wide) }
