//go:build rtgen

package iter

import "unsafe"

func newcoro(f func(*coro)) *coro {
	return (*coro)(coronew(*(*func(unsafe.Pointer))(unsafe.Pointer(&f))))
}

func coronew(f func(unsafe.Pointer)) unsafe.Pointer
