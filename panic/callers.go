// This file is runtime.Callers and what goes with it.

package rtpanic

import (
	"runtime"
	"strconv"
	"unsafe"

	"rtgen/rtlib/abi"
)

var (
	callersFn   = abi.Func{Name: "runtime.Callers"}
	callersSite = abi.Site{Fn: &callersFn}
)

// Callers is runtime.Callers for hooks: skip 0 is Callers itself, 1 its caller, whose frame ends at sp. The pcs are exact,
// not return addresses.
func Callers(w *abi.W, sp abi.SP, skip int, pcs []uintptr) int {
	n := 0
	visit := func(s *abi.Site) bool {
		if skip > 0 {
			skip--
			return true
		}
		if n == len(pcs) {
			return false
		}
		pcs[n] = uintptr(unsafe.Pointer(s))
		n++
		return true
	}
	if visit(&callersSite) {
		walk(w, sp, visit)
	}
	return n
}

// Caller is runtime.Caller for hooks: skip 0 is the function whose frame ends at sp.
func Caller(w *abi.W, sp abi.SP, skip int) (pc uintptr, file string, line int, ok bool) {
	var one [1]uintptr
	if skip < 0 || Callers(w, sp, skip+1, one[:]) == 0 {
		return 0, "", 0, false
	}
	_, file, line = Place(one[0])
	return one[0], file, line, true
}

// Place tells what pc, one of Callers' or the address of a function's code, stands for. The name is empty if that is unknown.
func Place(pc uintptr) (name, file string, line int) {
	if f := runtime.FuncForPC(pc); f != nil {
		file, line = f.FileLine(pc)
		name = guestName(f.Name())
		if name == "" {
			name = f.Name()
		}
		return name, file, line
	}
	if s := siteOf(pc); s != nil {
		return s.Fn.Name, s.Fn.File, int(s.Line)
	}
	return "", "", 0
}

// Entry is what runtime.Func.Entry tells of the function that pc belongs to.
func Entry(pc uintptr) uintptr {
	if f := runtime.FuncForPC(pc); f != nil {
		return f.Entry()
	}
	if s := siteOf(pc); s != nil {
		return uintptr(unsafe.Pointer(s.Fn))
	}
	return 0
}

// siteOf returns the site at pc. People subtract one from return addresses, so pc may be one too low.
func siteOf(pc uintptr) *abi.Site {
	pc = (pc + 7) &^ 7
	if pc < 1<<12 {
		return nil
	}
	return (*abi.Site)(pointer(pc))
}

// Stack is runtime.Stack for hooks: it fills buf with the trace of the running goroutine, or of all.
func Stack(w *abi.W, sp abi.SP, buf []byte, all bool) int {
	var b []byte
	Goroutines(func(g GInfo) {
		if g.G == w.G {
			b = append(b, "goroutine "...)
			b = strconv.AppendUint(b, w.G.ID, 10)
			b = append(b, " [running]:\n"...)
			b = appendCreatedBy(appendTrace(b, pcs(w, sp)), g)
		}
	})
	if all {
		Goroutines(func(g GInfo) {
			if g.G != w.G {
				b = appendGoroutine(b, g)
			}
		})
	}
	return copy(buf, b)
}
