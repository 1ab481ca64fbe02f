//go:build rtgen

package cpu

import "unsafe"

// The host has looked at the processor, and at GODEBUG=cpu.*.

const CacheLinePadSize = 64

const GOARCH = "amd64"

func hostX86() unsafe.Pointer

func init() {
	type bytes [unsafe.Sizeof(X86)]byte
	*(*bytes)(unsafe.Pointer(&X86)) = *(*bytes)(hostX86())
}

func doinit() {}

func Name() string { return "" }

func DataCacheSizes() []uintptr { return nil }
