package rtlib

// This file is panics, defers and print.

import (
	"unsafe"

	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/rtlib/abi"
)

// Panic is panic(v). It does not return.
func Panic(w *abi.W, sp abi.SP, v any) { rtpanic.Panic(w, sp, v) }

// PanicAssert is the panic of a failed x.(T); to and iface are nil *T values of the wanted type and of x's.
func PanicAssert(w *abi.W, sp abi.SP, x, to, iface any) { rtpanic.PanicAssert(w, sp, x, to, iface) }

// PanicRange is the panic of an iterator that calls the loop body in the given state.
func PanicRange(w *abi.W, sp abi.SP, state int) { rtpanic.PanicRange(w, sp, state) }

// PanicLen is the panic of a conversion of a slice to an array that is longer.
func PanicLen(w *abi.W, sp abi.SP, have, want int) { rtpanic.PanicLen(w, sp, have, want) }

// PanicWrap is the panic of a method of type typ called through a nil pointer.
func PanicWrap(w *abi.W, sp abi.SP, method, typ string) { rtpanic.PanicWrap(w, sp, method, typ) }

// Recover is recover() in a function that runs as its direct form, RecoverFrame in a state machine.
func Recover(w *abi.W, sp abi.SP) any         { return rtpanic.Recover(w, sp) }
func RecoverFrame(w *abi.W, h *abi.Frame) any { return rtpanic.RecoverFrame(w, h) }
func DeferredRecover(w *abi.W, sp abi.SP)     { rtpanic.DeferredRecover(w, sp) }
func Goexit(w *abi.W, sp abi.SP)              { rtpanic.Goexit(w, sp) }

// Panicking and Handle are called by the host-level handler of a direct form, HandleFrame by that of a state machine.
func Panicking(w *abi.W) bool { return rtpanic.Panicking(w) }

func Handle(w *abi.W, sp abi.SP, site *abi.Site, list *uintptr, r any) (on bool) {
	return rtpanic.Handle(w, sp, site, list, r)
}

func HandleFrame(w *abi.W, sp abi.SP, h *abi.Frame, site *abi.Site, list *uintptr, r any) {
	rtpanic.HandleFrame(w, sp, h, site, list, r)
}

var deferLayout = abi.Layout{Size: unsafe.Sizeof(abi.Defer{}), Period: unsafe.Sizeof(abi.Defer{}), Mask: 3}

// PushDefer is defer fn(): it returns the list with fn in front.
func PushDefer(w *abi.W, sp abi.SP, list *abi.Defer, fn func(w *abi.W, sp abi.SP)) *abi.Defer {
	d := (*abi.Defer)(gc.New(w, sp, &deferLayout))
	d.Link, d.Fn = list, fn
	return d
}

// DeferAfter puts fn behind anchor in the list that anchor, an *abi.Defer, is in.
func DeferAfter(w *abi.W, sp abi.SP, anchor unsafe.Pointer, fn func(w *abi.W, sp abi.SP)) {
	d := (*abi.Defer)(gc.New(w, sp, &deferLayout))
	a := (*abi.Defer)(anchor)
	d.Link, d.Fn = a.Link, fn
	a.Link = d
	abi.Dirty(anchor)
}

// What print and println write, between PrintLock and PrintUnlock.
func PrintLock()                            { rtpanic.PrintLock() }
func PrintUnlock()                          { rtpanic.PrintUnlock() }
func PrintBool(v bool)                      { rtpanic.PrintBool(v) }
func PrintInt(v int64)                      { rtpanic.PrintInt(v) }
func PrintUint(v uint64)                    { rtpanic.PrintUint(v) }
func PrintFloat(v float64)                  { rtpanic.PrintFloat(v) }
func PrintFloat32(v float32)                { rtpanic.PrintFloat32(v) }
func PrintComplex64(v complex64)            { rtpanic.PrintComplex64(v) }
func PrintComplex(v complex128)             { rtpanic.PrintComplex(v) }
func PrintHex(v uint64)                     { rtpanic.PrintHex(v) }
func PrintString(s string)                  { rtpanic.PrintString(s) }
func PrintPointer(p unsafe.Pointer)         { rtpanic.PrintPointer(p) }
func PrintEface(v any)                      { rtpanic.PrintEface(v) }
func PrintIface(v any)                      { rtpanic.PrintIface(v) }
func PrintSlice(p unsafe.Pointer, n, c int) { rtpanic.PrintSlice(p, n, c) }
func PrintNl()                              { rtpanic.PrintNl() }
func PrintSp()                              { rtpanic.PrintSp() }
