package abi

import "unsafe"

// FuncWord and DataWord are the pointer words of a func value and of an interface, for a
// frame's slots. They are copies: a variable whose address is taken would leave its register.
// Known to cps/gen.

// FuncWord is the closure object of func value f.
func FuncWord[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// DataWord is the data word of interface value i.
func DataWord[I any](i I) uintptr { return (*[2]uintptr)(unsafe.Pointer(&i))[1] }

// BufferSize is the bytes that a frame keeps for a short string: ir.BufferSize.
const BufferSize = 32
