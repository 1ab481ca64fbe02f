package ir

// This file lists the functions of rtlib that lowering calls. Argument lists are those of
// the Go functions there, without (w, sp).

// P finds a primitive by name; the builder's names are constants, so a miss is a bug.
func P(name string) *Prim {
	p := prims[name]
	if p == nil {
		panic("ir: no primitive " + name)
	}
	return p
}

var prims = map[string]*Prim{}

func prim(class Class, names ...string) {
	for _, n := range names {
		prims[n] = &Prim{Name: n, Class: class}
	}
}

func init() {
	prim(Direct,
		"New",                           // [T](*Layout) *T
		"MakeSlice",                     // [T](*Layout, len, cap int) []T
		"Grow",                          // [T](*Layout, s []T, n int) []T: same length, room for n more
		"Box",                           // [I, T](*Layout, proto I, x T) I
		"Concat2", "Concat3", "ConcatN", // string...
		"BytesToString", "StringToBytes", "RunesToString", "StringToRunes",
		"IntToString", // int64
		"MakeChan",    // [T](*Layout, n int) Chan[T]
		"Close",       // unsafe.Pointer
		"TrySend",     // [T](p, v T) bool
		"TryRecv",     // [T](p) (v T, ok, selected bool)
		"DeferAfter",  // anchor unsafe.Pointer (a *Defer), fn func(): links fn behind the anchor
		"Panic",       // any; does not return
		"DeferredRecover",
		"InitDone",    // goroutine 1 may leave the main thread
		"PanicAssert", // x any, to, iface any (TypeProto); does not return
		"PanicRange",  // int: misuse of a range-over-func iterator; does not return
		"PanicWrap",   // (*T).M called with nil, M being a method of T: names of M and T; does not return
		"PanicLen",    // slice to array conversion: have, want int; does not return
	)
	prim(Verbatim,
		"MapLen", "ChanLen", "ChanCap", // unsafe.Pointer; printed as Builtin
		"CallHasher", "CallEqual", // the function, then its arguments
		"DecodeRune", // s string, i int: rune, next int
		"Copy",       // [T](dst, src []T) int
		"CopyString", // (dst []byte, src string) int
		"ClearSlice", // [T]([]T)
		"PrintLock", "PrintUnlock", "PrintBool", "PrintInt", "PrintUint", "PrintFloat",
		"PrintFloat32", "PrintComplex", "PrintComplex64", "PrintString", "PrintPointer", "PrintEface", "PrintIface", "PrintSlice",
		"PrintNl", "PrintSp",
	)
	prim(Resumable,
		"Send",  // [T](p, v T)
		"Recv",  // [T](p) (T, bool)
		"Block", // select {}
	)
	for _, n := range []string{"Panic", "PanicAssert", "PanicRange", "PanicLen", "PanicWrap"} {
		prims[n].NoReturn = true
	}
}
