//go:build rtgen

package abi

import "unsafe"

// The host's escape analysis does not decide where guest values live, so there is nothing to hide from it
// and nothing to force.

func NoEscape(p unsafe.Pointer) unsafe.Pointer { return p }

func Escape[T any](x T) T { return x }

func EscapeNonString[T any](v T) {}

func EscapeToResultNonString[T any](v T) T { return v }

// The race detector's annotations mention these; they are never reached.

func FuncPCABI0(f any) uintptr { return 0 }

func FuncPCABIInternal(f any) uintptr { return 0 }

//rtgen:drop alwaysFalse escapeSink
