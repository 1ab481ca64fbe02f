package rtpanic

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

// framer is the worker's frame handling, while package abi does not have it yet.
func framer(w *abi.W) interface {
	Capture(sp abi.SP, fn *abi.Func, resume func(w *abi.W, sp abi.SP, f *abi.Frame)) unsafe.Pointer
	Recapture(f *abi.Frame)
	Return(f *abi.Frame)
} {
	return any(w).(interface {
		Capture(sp abi.SP, fn *abi.Func, resume func(w *abi.W, sp abi.SP, f *abi.Frame)) unsafe.Pointer
		Recapture(f *abi.Frame)
		Return(f *abi.Frame)
	})
}
