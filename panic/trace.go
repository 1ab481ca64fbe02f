// This file walks goroutines: native frames on the shadow stack, then captured ones. What a pc is to the host a
// site is here: static data that names function, file and line. So the pcs that guests see are the
// addresses of sites; where only the host knows the place (the innermost frame of a nil dereference), they are the host's own.

package rtpanic

import (
	"reflect"
	"runtime"
	"strings"
	"unsafe"

	"rtgen/rtlib/abi"
)

// walk calls visit with the sites of w's goroutine, innermost first, from the frame that ends at sp; wrappers are left
// out, panics being handled shown. It stops when visit reports false.
func walk(w *abi.W, sp abi.SP, visit func(*abi.Site) bool) {
	p := of(w.G.Panic)
	for start := sp; sp > w.Base; {
		for p != nil && (p.top > sp || p.returning) {
			p = p.link()
		}
		if p != nil && p.top == sp && sp != start { // a deferred call runs on top of the frames that panicked
			s := &panicSites[0]
			if p.Goexit {
				s = &panicSites[1]
			}
			if !visit(s) {
				return
			}
			p = p.link()
		}
		s := siteBelow(sp)
		if s == nil || s.Fn.Size == 0 || s.Fn.Size > sp-w.Base {
			return
		}
		if s.Fn.Flags&abi.FuncWrapper == 0 && !visit(s) {
			return
		}
		sp -= s.Fn.Size
	}
	walkCaptured(w.G.Frames, visit)
}

// panicSites stand in tracebacks for the runtime's functions under deferred calls.
var panicSites [2]abi.Site

func init() {
	file := ""
	if f := runtime.FuncForPC(reflect.ValueOf(runtime.Goexit).Pointer()); f != nil {
		file, _ = f.FileLine(f.Entry())
	}
	panicSites[0] = abi.Site{Fn: &abi.Func{Name: "runtime.gopanic", File: file}, Line: 860}
	panicSites[1] = abi.Site{Fn: &abi.Func{Name: "runtime.Goexit", File: file}, Line: 694}
}

// walkCaptured is walk for captured frame f and its callers.
func walkCaptured(f *abi.Frame, visit func(*abi.Site) bool) {
	for ; f != nil; f = f.Caller {
		if s := f.Site(); s != nil && s.Fn.Flags&abi.FuncWrapper == 0 && !visit(s) {
			return
		}
	}
}

// maxTrace bounds the trace kept of a panic, against runaway recursion.
const maxTrace = 200

// snapshot keeps p's trace, for the frames it shows are about to go.
func (p *record) snapshot(w *abi.W) {
	if p.trace != nil || p.Goexit || p.returning || p.Aborted {
		return
	}
	p.trace = []uintptr{}
	walk(w, p.top, p.add)
}

func (p *record) add(s *abi.Site) bool {
	p.trace = append(p.trace, uintptr(unsafe.Pointer(s)))
	return len(p.trace) < maxTrace
}

// hostTrace is the trace of an error that the host raised: the host's frames down to the handler's function, then
// the shadow stack from sp. It is called while the host's stack still holds them.
func hostTrace(w *abi.W, sp abi.SP) []uintptr {
	var p record
	pcs := make([]uintptr, 64)
	pcs = pcs[:runtime.Callers(2, pcs)]
	frames := runtime.CallersFrames(pcs)
	inner := ""
	if sp > w.Base {
		inner = siteBelow(sp).Fn.Name
	} else if w.G.Frames != nil {
		inner = w.G.Frames.Fn.Name
	}
	panicking, line := false, uintptr(0)
	for {
		f, more := frames.Next()
		if panicking && !strings.HasPrefix(f.Function, "runtime.") {
			name := guestName(f.Function)
			p.trace = append(p.trace, f.PC)
			if name == inner {
				line = f.PC
				break
			}
			if name == "" {
				p.trace = p.trace[:len(p.trace)-1]
			}
		}
		if f.Function == "runtime.gopanic" {
			panicking, p.trace = true, p.trace[:0]
		}
		if !more || f.Func == nil && f.Function == "" {
			break
		}
	}
	if line == 0 {
		p.trace = p.trace[:0] // not to be trusted
	}
	first := line != 0
	walk(w, sp, func(s *abi.Site) bool {
		if first { // its host pc is the better one
			first = false
			return true
		}
		return p.add(s)
	})
	return p.trace
}

// guestName gives the guest's name of a host function: "rtgen/g/main_/x.(*ƦT).M" is "main.(*T).M". It is empty for
// functions of the runtime. Names of closures are the host's best match.
func guestName(host string) string {
	path, ok := strings.CutPrefix(host, "rtgen/g/")
	if !ok {
		return ""
	}
	dir, base := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, base = path[:i+1], path[i+1:]
	}
	if strings.HasPrefix(path, "main_") {
		dir = ""
		if i := strings.IndexByte(base, '.'); i >= 0 {
			base = "main" + base[i:]
		}
	}
	dir = strings.NewReplacer("internal_/", "internal/", "vendor_/", "vendor/").Replace(dir)
	base = strings.ReplaceAll(base, "Ʀ", "")
	if i := strings.Index(base, "ʀmk_"); i >= 0 { // the maker of a closure; the closure is its .func1
		name := strings.TrimSuffix(base[i+len("ʀmk_"):], ".func1")
		base = base[:i] + strings.ReplaceAll(name, "_", ".")
	} else if i := strings.Index(base, "ʀresume_"); i >= 0 {
		base = base[:i] + base[i+len("ʀresume_"):]
	}
	return dir + base
}
