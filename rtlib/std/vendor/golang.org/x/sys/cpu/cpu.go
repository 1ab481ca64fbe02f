//go:build rtgen

package cpu

// No feature is reported: what they select is assembly, and there is none.

func cpuid(eaxArg, ecxArg uint32) (eax, ebx, ecx, edx uint32) { return }

func xgetbv() (eax, edx uint32) { return }

func runtime_getAuxv() []uintptr { return nil }
