// This file is runtime.Callers and what goes with it.

package rtpanic

import (
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
)

var (
	callersFn   = abi.Func{Name: "runtime.Callers"}
	callersSite = abi.Site{Fn: &callersFn}

	// Under every goroutine; tracebacks do not show them. Static, so that a program's pcs are the same in each run.
	mainSite   = abi.Site{Fn: &abi.Func{Name: "runtime.main", File: "$GOROOT/src/runtime/proc.go"}, Line: 290}
	goexitSite = abi.Site{Fn: &abi.Func{Name: "runtime.goexit", File: "$GOROOT/src/runtime/asm_amd64.s"}, Line: 1771}
)

// Callers is runtime.Callers for hooks: skip 0 is Callers itself, 1 its caller, whose frame ends at sp. The pcs are exact,
// not return addresses.
func Callers(w *abi.W, sp abi.SP, skip int, pcs []uintptr) int {
	n := 0
	visit := func(pc uintptr) bool {
		if skip > 0 {
			skip--
			return true
		}
		if n == len(pcs) {
			return false
		}
		pcs[n] = pc
		n++
		return true
	}
	if visit(pcOf(&callersSite)) {
		walk(w, sp, visit)
	}
	if w.G.ID == 1 {
		visit(pcOf(&mainSite))
	}
	visit(pcOf(&goexitSite))
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
	pc = unstub(pc)
	if f := runtime.FuncForPC(pc); f != nil {
		file, line = f.FileLine(pc)
		file = inGOROOT(file)
		name = guestName(f.Name())
		if name == "" {
			name = f.Name()
		}
		return name, file, line
	}
	if s := siteOf(pc); s != nil {
		file, line := s.Place()
		return s.Fn.Name, inGOROOT(file), line
	}
	return "", "", 0
}

// GOROOT is the Go tree that the program was rewritten from.
var GOROOT string

// ModInfo is what the program was rewritten from, as runtime/debug prints it.
var ModInfo string

// inGOROOT undoes what -trimpath does to the names of std's files.
func inGOROOT(file string) string {
	if rest, ok := strings.CutPrefix(file, "$GOROOT"); ok && GOROOT != "" {
		return GOROOT + rest
	}
	return file
}

// Func is what the guest's *runtime.Func points to. Known to rtlib/std/runtime.
type Func struct {
	Name, File string
	Line       int // of the declaration
	Entry      uintptr
}

// funcs holds all Funcs that were asked for, by their *abi.Func or as an inlined, for ever.
var funcs sync.Map

// inlined is a function of the host's; where others are inlined into it they have its entry.
type inlined struct {
	entry uintptr
	name  string
}

func funcOf(key any, make func() *Func) *Func {
	f, ok := funcs.Load(key)
	if !ok {
		f, _ = funcs.LoadOrStore(key, make())
	}
	return f.(*Func)
}

// PCInfo tells the function and the place of pc, one of Callers' or the address of a function's code; f is nil if it is neither.
func PCInfo(pc uintptr) (f *Func, file string, line int) {
	name, file, line := Place(pc)
	if name == "" {
		return nil, "", 0
	}
	pc = unstub(pc)
	if h := runtime.FuncForPC(pc); h != nil {
		return funcOf(inlined{h.Entry(), name}, func() *Func {
			f, l := h.FileLine(h.Entry())
			return &Func{name, f, l, h.Entry()}
		}), file, line
	}
	s := siteOf(pc)
	return funcOf(s.Fn, func() *Func {
		f, l := s.Fn.Place()
		return &Func{s.Fn.Name, f, l, entryOf(s)}
	}), file, line
}

// Entry is where the function of pc begins, 0 if it has none.
func Entry(pc uintptr) uintptr {
	if f := runtime.FuncForPC(pc); f != nil {
		return f.Entry()
	}
	if s := siteOf(pc); s != nil {
		return entryOf(s)
	}
	return 0
}

// entryOf is a pc in front of all sites of s's function, which lie side by side; siteOf finds the first of them there.
func entryOf(s *abi.Site) uintptr {
	pc := pcOf(s)
	for {
		before := siteOf(pc - unsafe.Sizeof(abi.Site{}))
		if before == nil || before.Fn != s.Fn {
			return pc - 1
		}
		pc = pcOf(before)
	}
}

// FuncForPC is runtime.FuncForPC for hooks.
func FuncForPC(pc uintptr) *Func {
	f, _, _ := PCInfo(pc)
	return f
}

// siteOf returns the site at pc, or nil if there is none. People subtract one from return addresses, so pc may be one too low.
func siteOf(pc uintptr) *abi.Site {
	pc = (pc + 7) &^ 7
	if _, ok := heapSites.Load(pc); ok {
		return (*abi.Site)(pointer(pc))
	}
	if !gc.Static(pc, unsafe.Sizeof(abi.Site{})) {
		return nil
	}
	s := (*abi.Site)(pointer(pc))
	if fn := uintptr(unsafe.Pointer(s.Fn)); fn&7 != 0 || !gc.Static(fn, unsafe.Sizeof(abi.Func{})) {
		return nil
	}
	if s.Fn.Size&7 != 0 || s.Fn.Size >= 1<<32 || len(s.Fn.Name) >= 1<<12 || len(s.Fn.File) >= 1<<12 || s.Line < 0 {
		return nil
	}
	return s
}

// heapSites are the sites that are not in the program's data, by address; they live for ever.
var heapSites sync.Map

func newSite(s abi.Site) *abi.Site {
	p := &s
	heapSites.Store(pcOf(p), p)
	return p
}

// Stack is runtime.Stack for hooks: it fills buf with the trace of the running goroutine, or of all.
func Stack(w *abi.W, sp abi.SP, buf []byte, all bool) int {
	b := appendHeader(nil, w.G)[len("\n"):]
	trace := pcs(w, sp)
	if len(trace) > 0 { // runtime.Stack itself
		trace = trace[1:]
	}
	b = appendCreatedBy(appendTrace(b, trace), Info(w.G))
	if all {
		Goroutines(func(g GInfo) {
			if g.G != w.G {
				b = appendGoroutine(b, g)
			}
		})
	}
	return copy(buf, b)
}
