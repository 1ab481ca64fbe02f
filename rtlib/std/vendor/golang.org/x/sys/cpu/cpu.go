//go:build rtgen

package cpu

func runtime_getAuxv() []uintptr { return nil }
