package gc

// This file enumerates roots: the host's global variables, shadow stacks, what workers and
// goroutines hold, pins, and what finalizers and cleanups need.

import (
	"math/bits"
	"unsafe"

	"rtgen/rtlib/abi"
)

// moduledata is the head of the host's runtime.moduledata (runtime/symtab.go, go1.26).
type moduledata struct {
	_                     uintptr
	_                     [5][3]uintptr // funcnametab, cutab, filetab, pctab, pclntable
	_                     [3]uintptr    // ftab
	_                     uintptr       // findfunctab
	_, _                  uintptr       // minpc, maxpc
	_, _                  uintptr       // text, etext
	noptrdata, enoptrdata uintptr
	data, edata           uintptr
	bss, ebss             uintptr
	noptrbss, enoptrbss   uintptr
	_, _                  uintptr // covctrs, ecovctrs
	end, gcdata, gcbss    uintptr
	types, etypes         uintptr
	rodata                uintptr
	_                     uintptr    // gofunc
	_                     uintptr    // epclntab
	_                     [3]uintptr // textsectmap
	_                     [3]uintptr // typelinks
	_                     [3]uintptr // itablinks
	_                     [3]uintptr // ptab
	_                     string     // pluginpath
	_                     [3]uintptr // pkghashes
	_                     [3]uintptr // inittasks
	_                     string     // modulename
	_                     [3]uintptr // modulehashes
	_, _                  uint8      // hasmain, bad

	gcdatamask, gcbssmask bitvector
}

type bitvector struct {
	n    int32 // bits
	bits *uint8
}

// The host's runtime lets this name be linked to. There is one module: no plugins.
//
//go:linkname lastmoduledatap runtime.lastmoduledatap
var lastmoduledatap *moduledata

// roots shows v every root.
func roots(v visitor) {
	md := lastmoduledatap
	globals(v, md.data, md.gcdatamask)
	globals(v, md.bss, md.gcbssmask)
	world.Workers(func(w *abi.W) {
		v.pointer(uintptr(unsafe.Pointer(w.Tail)))
		v.pointer(uintptr(unsafe.Pointer(w.Raise)))
		if w.Ret != nil {
			v.pointer(uintptr(w.Ret))
			for i := uintptr(0); i < abi.RetSize; i += 512 {
				v.maybe(uintptr(w.Ret)+i, ^uint64(0))
			}
		}
		shadowStack(v, w)
	})
	world.Gs(func(g *abi.G) {
		v.pointer(uintptr(unsafe.Pointer(g.Frames)))
		v.pointer(uintptr(unsafe.Pointer(g.Panic)))
		v.maybe(uintptr(unsafe.Pointer(&g.Buf)), 1<<len(g.Buf)-1)
	})
	world.Roots(func(p unsafe.Pointer) { v.pointer(uintptr(p)) })
	pins.mu.Lock()
	for _, p := range pins.ptrs {
		v.pointer(p)
	}
	pins.mu.Unlock()
	specialRoots(v)
}

// Static reports whether the n bytes at a are in the program's initialised data that may hold pointers.
func Static(a, n uintptr) bool {
	md := lastmoduledatap
	return a >= md.data && a+n <= md.data+uintptr(md.gcdatamask.n)*8
}

// globals shows v the pointers of one of the host's data segments. Most point elsewhere.
func globals(v visitor, a uintptr, mask bitvector) {
	set := unsafe.Slice(mask.bits, (mask.n+7)/8)
	n := len(set) &^ 7
	for i := 0; i < n; i += 8 {
		if m := *(*uint64)(unsafe.Pointer(&set[i])); m != 0 {
			v.words(a+uintptr(i)*64, inHeap(a+uintptr(i)*64, m))
		}
	}
	for i := n; i < len(set); i++ {
		v.words(a+uintptr(i)*64, uint64(set[i]))
	}
}

// inHeap clears the bits of words that do not point into the heap.
func inHeap(a uintptr, mask uint64) uint64 {
	lo, used := space.lo, space.used
	for m := mask; m != 0; m &= m - 1 {
		if word(a+uintptr(bits.TrailingZeros64(m))*8)-lo >= used {
			mask &^= m & -m
		}
	}
	return mask
}

// shadowStack walks a stopped worker's running frames, innermost first.
func shadowStack(v visitor, w *abi.W) {
	for sp := w.Top; sp > w.Base; {
		site := (*abi.Site)(ptr(word(sp - 8)))
		if site == nil || site.Fn == nil || site.Fn.Size < 8 || site.Fn.Size > sp-w.Base {
			Throw("gc: broken shadow stack of worker " + itoa(uint64(w.ID)) + " at " + hex(sp-8))
		}
		sp -= site.Fn.Size
		if d, ok := v.(*checker); ok {
			d.site = site
		}
		scanBody(v, sp, site)
	}
	if d, ok := v.(*checker); ok {
		d.site = nil
	}
}
