package main

import (
	"linkname/iter"
	"linkname/low"
	_ "linkname/up"
	"math/big"
	_ "reflect"
	"unsafe"
)

var B = "bee"

//go:linkname C
func C() int { return 12 }

// What modules link into the runtime for.
//
//go:linkname memmove runtime.memmove
func memmove(to, from unsafe.Pointer, n uintptr)

//go:linkname memclr runtime.memclrNoHeapPointers
func memclr(p unsafe.Pointer, n uintptr)

//go:linkname memequal runtime.memequal
func memequal(p, q unsafe.Pointer, n uintptr) bool

//go:linkname stringHash runtime.stringHash
func stringHash(s string, seed uintptr) uintptr

//go:linkname cheaprandn runtime.cheaprandn
func cheaprandn(n uint32) uint32

// What math/big has in assembly.
//
//go:linkname addVV math/big.addVV
func addVV(z, x, y []big.Word) big.Word

func memory() {
	a, b := []*int{new(int), nil, new(int)}, make([]*int, 3)
	*a[0], *a[2] = 1, 3
	p, q, n := unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), unsafe.Sizeof(a[0])*3
	println(memequal(p, q, n))
	memmove(q, p, n)
	println(memequal(p, q, n), *b[2], b[1] == nil)
	memclr(p, n-unsafe.Sizeof(a[0]))
	println(a[0] == nil, *a[2], *b[0])
	println(stringHash("x", 1) == stringHash("x", 1), cheaprandn(1))
}

func main() {
	memory()
	z := []big.Word{^big.Word(0), 1}
	println(addVV(z, z, []big.Word{2, 3}), z[0], z[1])
	println(iter.Sum(map[int64]int{1: 10, 2: 20, 3: 30}))
	low.Show()
	low.A++
	low.Show()
	B = "cee"
	low.Show()
}
