package main

import (
	_ "reflect"
	"unsafe"
)

//go:linkname none runtime.noSuchVariable
var none int

//go:linkname wide runtime.haveHighResSleep
var wide int

//go:linkname rtypeOf reflect.rtypeOf
func rtypeOf(any) unsafe.Pointer

func main() { println(none, wide, rtypeOf(1)) }
