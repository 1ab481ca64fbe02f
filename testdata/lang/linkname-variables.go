package main

import (
	_ "debug/buildinfo"
	"runtime"
	"strings"
	"unsafe"
)

// Variables linked to the runtime's and another package's, one with another type.

//go:linkname highRes runtime.haveHighResSleep
var highRes bool

//go:linkname overflow runtime.overflowError
var overflow error

//go:linkname zeros runtime.zeroVal
var zeros struct {
	head, last byte
	rest       [1022]byte
}

//go:linkname notExe debug/buildinfo.errNotGoExe
var notExe error

//go:linkname own main.nobody
var own []string

// The ends of the read-only data are where the linker puts them.
//
//go:linkname rodata runtime.rodata
var rodata byte

//go:linkname erodata runtime.erodata
var erodata byte

//go:linkname heapObjectsCanMove runtime.heapObjectsCanMove
func heapObjectsCanMove() bool

func readOnly(s string) bool {
	p := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	return uintptr(unsafe.Pointer(&rodata)) <= p && p < uintptr(unsafe.Pointer(&erodata))
}

// One that nobody uses may be linked to what is not there.
//
//go:linkname unused runtime.noSuchVariable
var unused int

func main() {
	println(highRes, overflow.Error(), zeros.head, zeros.last, len(zeros.rest))
	_, ok := overflow.(runtime.Error)
	println(ok, notExe.Error())
	own = append(own, "x")
	println(len(own), own[0])
	println(readOnly("constant"), readOnly(strings.Repeat("made", 2)), heapObjectsCanMove())
	p := &highRes
	*p = false
	println(highRes)
}
