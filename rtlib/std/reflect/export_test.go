//go:build rtgen

package reflect

import "unsafe"

// This file stands for what reflect's tests ask of gc's own calls and tables, which are not here: a test that
// depends on one of them fails.

// CallGC makes a collection come in the middle of calls.
var CallGC = new(bool)

func FuncLayout(t Type, rcvr Type) (frametype Type, argSize, retOffset uintptr, stack, gc, inReg, outReg []byte, ptrs bool) {
	panic("reflect: calls are not laid out as gc does")
}

// SetArgRegs sets what calls here do not depend on.
func SetArgRegs(ints, floats int, floatSize uintptr) (oldInts, oldFloats int, oldFloatSize uintptr) {
	return ints, floats, floatSize
}

func TypeLinks() []string { panic("reflect: the type links are the host's") }

func gcbits(any) []byte { panic("reflect: cells of the heap have no bitmaps of their own") }

func ResolveReflectName(s string) { addReflectOff(unsafe.Pointer(newName(s, "", false, false).Bytes)) }

var MethodValueCallCodePtr = func() uintptr { return uintptr(methodValueCode()) }

//rtgen:drop clearLayoutCache
