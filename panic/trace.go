// This file walks goroutines: native frames on the shadow stack, then captured ones. What a pc is to the host a
// site is here: static data that names function, file and line. So the pcs that guests see are the
// addresses of sites; where only the host knows the place (the innermost frame of a nil dereference), they are the host's own.

package rtpanic

import (
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unsafe"

	"rtgen/rtlib/abi"
)

// walk calls visit with the pcs of w's goroutine, innermost first, from the frame that ends at sp; wrappers are left
// out, panics being handled shown. It stops when visit reports false.
func walk(w *abi.W, sp abi.SP, visit func(pc uintptr) bool) {
	walkFrom(w, sp, sp, w.G.Frames, of(w.G.Panic), visit)
}

// walkFrom is walk; frames are the captured frames below, and p is the newest panic that it may show, which began below start.
func walkFrom(w *abi.W, sp, start abi.SP, frames *abi.Frame, p *record, visit func(pc uintptr) bool) {
	for sp > w.Base {
		for p != nil && p.Handler == nil && (p.top > sp || p.returning) {
			p = p.link()
		}
		if p != nil && p.Handler == nil && p.top == sp && sp < start { // a deferred call runs on top of the frames that panicked
			if !p.show(visit) {
				return
			}
			p = p.link()
			continue
		}
		s := siteBelow(sp)
		if s == nil || s.Fn.Size == 0 || s.Fn.Size > sp-w.Base {
			return
		}
		if s.Fn.Flags&abi.FuncWrapper == 0 && !visit(pcOf(s)) {
			return
		}
		sp -= s.Fn.Size
	}
	walkHandlers(frames, p, visit)
}

// walkHandlers is walk for captured frame f and its callers. p is the newest of the panics that they may handle.
func walkHandlers(f *abi.Frame, p *record, visit func(pc uintptr) bool) {
	for ; f != nil; f = f.Caller {
		at := uintptr(0) // which call panicked; the frame's own site only says that it runs its deferred calls
		for q := p; q != nil; q = q.link() {
			if q.Handler != f || q.returning {
				continue
			}
			q.handledBy(f)
			if !q.show(visit) {
				return
			}
			if at == 0 && q.gone < len(q.trace) {
				at = q.trace[q.gone]
			}
			p = q.link()
		}
		if at != 0 && f.Fn.Flags&abi.FuncWrapper == 0 {
			if !visit(at) {
				return
			}
		} else if !visitCaptured(f, visit) {
			return
		}
	}
}

// show visits the frames that p panicked in and that are neither on the shadow stack nor captured, and the runtime's
// own in front of them.
func (p *record) show(visit func(pc uintptr) bool) bool {
	s := &panicSites[0]
	if p.Goexit {
		s = &panicSites[1]
	}
	if !visit(pcOf(s)) {
		return false
	}
	for i := range p.raisers {
		if !visit(pcOf(&p.raisers[i])) {
			return false
		}
	}
	for _, pc := range p.trace[:min(p.gone, len(p.trace))] {
		if !visit(pc) {
			return false
		}
	}
	return true
}

// panicSites stand in tracebacks for the runtime's functions under deferred calls.
var panicSites = [2]abi.Site{
	{Fn: &abi.Func{Name: "runtime.gopanic", File: "$GOROOT/src/runtime/panic.go"}, Line: 860},
	{Fn: &abi.Func{Name: "runtime.Goexit", File: "$GOROOT/src/runtime/panic.go"}, Line: 694},
}

// The functions in which stock's runtime raises what the processor reports, as calls between the one that did it and
// gopanic.
var (
	memSites = [...]abi.Site{
		{Fn: &abi.Func{Name: "runtime.panicmem", File: "$GOROOT/src/runtime/panic.go"}, Line: 336},
		{Fn: &abi.Func{Name: "runtime.sigpanic", File: "$GOROOT/src/runtime/signal_unix.go"}, Line: 931},
	}
	divideSites = [...]abi.Site{
		{Fn: &abi.Func{Name: "runtime.panicdivide", File: "$GOROOT/src/runtime/panic.go"}, Line: 315},
	}
)

// raisers are the functions that raise the error with that text, innermost first.
func raisers(text string, signal bool) []abi.Site {
	switch {
	case signal:
		return memSites[:]
	case text == "integer divide by zero":
		return divideSites[:]
	}
	return nil
}

// pcOf is the pc that stands for a site.
func pcOf(s *abi.Site) uintptr { return uintptr(unsafe.Pointer(s)) }

// WalkParked is walk for a goroutine that does not run. It begins with the hooks in which the goroutine waits.
func WalkParked(g GInfo, visit func(pc uintptr) bool) {
	for _, s := range waitSites()[waitReason(g.State)] {
		if !visit(pcOf(s)) {
			return
		}
	}
	for f := g.G.Frames; f != nil && visitCaptured(f, visit); f = f.Caller {
	}
}

func visitCaptured(f *abi.Frame, visit func(pc uintptr) bool) bool {
	s := f.Site()
	return s == nil || s.Fn.Flags&abi.FuncWrapper != 0 || visit(pcOf(s))
}

// maxTrace bounds the trace kept of a panic, against runaway recursion.
const maxTrace = 200

// snapshot keeps p's trace, for the frames it shows are about to go. frames are the captured ones below.
func (p *record) snapshot(w *abi.W, frames *abi.Frame) {
	if p.trace != nil || p.Goexit || p.returning || p.Aborted {
		return
	}
	p.trace = []uintptr{}
	walkFrom(w, p.top, p.top, frames, p.link(), p.add)
}

func (p *record) add(pc uintptr) bool {
	p.trace = append(p.trace, pc)
	return len(p.trace) < maxTrace
}

// handledBy notes that p is handled by captured frame h now: whatever panicked is above it.
func (p *record) handledBy(h *abi.Frame) {
	p.Handler = h
	n := 0
	walkHandlers(h, p.link(), func(uintptr) bool { n++; return n < maxTrace })
	p.gone = max(0, len(p.trace)-n)
}

// hostTrace makes the trace of p, an error that the host raised: the host's frames down to the handler's function, whose
// frame ends at sp, then those on the shadow stack. It is called while the host's stack still holds the former.
//
// p.gone of it are of frames that nothing else shows. at is where the handler's function is, nil if that is not known.
func (p *record) hostTrace(w *abi.W, sp abi.SP) (at *abi.Site) {
	var last *abi.Site // of the handler's function; its line may be stale
	walk(w, sp, func(pc uintptr) bool { last = siteOf(pc); return false })
	p.trace = make([]uintptr, 0, 16)
	panicking, deferred, found := false, false, false
	inner := &hostFrame{} // the last one
	hostFrames(func(f *hostFrame) bool {
		half := inner.second && inner.name == f.name && !f.second && !f.resumed // f is the first half, which called it
		inner = f
		switch {
		case !panicking:
			panicking = f.Function == "runtime.gopanic"
		case f.name == "":
			// Here the worker begins; the host inlines other functions of package sched into hooks.
			if strings.HasPrefix(f.Function, "rtgen/sched.(*worker).") {
				return false
			}
			deferred = f.Function == "rtgen/panic.protect"
		case last != nil && sameName(f.name, last.Fn.Name):
			found = true
			at = placed(last, &f.Frame)
			p.gone = len(p.trace)
			p.add(pcOf(at))
		case half:
		default:
			p.trace = append(p.trace, f.PC)
		}
		return !found && !deferred
	})
	if deferred { // it panicked in a deferred call
		p.gone = len(p.trace)
		walkFrom(w, sp, sp+1, w.G.Frames, of(w.G.Panic), p.add)
		return nil
	}
	if !found {
		if last != nil {
			p.trace = p.trace[:0] // not to be trusted
		}
		p.gone = len(p.trace)
	}
	walk(w, sp, func(pc uintptr) bool {
		if found {
			found = false
			return true
		}
		return p.add(pc)
	})
	return at
}

// hostFrame is a frame of the host's stack.
type hostFrame struct {
	runtime.Frame
	name    string // the guest's, of its function
	second  bool   // it is the second half of it: cps/gen/fast.go
	resumed bool   // it is its state machine
}

// known has the *hostFrame of each pc that was asked for: to find one costs a microsecond, and errors come from the same
// places again and again.
var known sync.Map

// hostFrames calls visit with the innermost 64 of the host's frames, outwards from who called its caller, while it returns true.
func hostFrames(visit func(f *hostFrame) bool) {
	const few = 10 // most often enough
	pcs := make([]uintptr, few, 64)
	pcs = pcs[:runtime.Callers(3, pcs)]
	for i := 0; i < len(pcs); i++ {
		f, ok := known.Load(pcs[i])
		if !ok {
			host, _ := runtime.CallersFrames(pcs[i : i+1]).Next()
			f, _ = known.LoadOrStore(pcs[i], &hostFrame{host, guestName(host.Function),
				strings.Contains(host.Function, "ʀslow"), strings.Contains(host.Function, "ʀresume_")})
		}
		if !visit(f.(*hostFrame)) {
			return
		}
		if i == few-1 {
			pcs = pcs[:few+runtime.Callers(3+few, pcs[few:cap(pcs)])]
		}
	}
}

// made are the sites made for places that only the host knows; they live for ever.
var made sync.Map

// placed is site s moved to the line where the host's frame f is.
func placed(s *abi.Site, f *runtime.Frame) *abi.Site {
	type key struct {
		s  *abi.Site
		pc uintptr
	}
	p, ok := made.Load(key{s, f.PC})
	if !ok {
		p, _ = made.LoadOrStore(key{s, f.PC}, newSite(s.Moved(f.File, f.Line)))
	}
	return p.(*abi.Site)
}

// sameName compares a name of guestName's with the author's.
func sameName(host, guest string) bool {
	for {
		a, b := byte(0), byte(0)
		a, host = plainByte(host)
		if b, guest = plainByte(guest); a != b || a == 0 {
			return a == b
		}
	}
}

// plainByte cuts the first byte off name that both spellings have, 0 if there is none.
func plainByte(name string) (c byte, rest string) {
	for name != "" {
		switch c := name[0]; {
		case c == ')':
			name = name[1:]
		case strings.HasPrefix(name, "(*"):
			name = name[len("(*"):]
		case strings.HasPrefix(name, "[...]"):
			name = name[len("[...]"):]
		case c == '.' || c == '-':
			return '_', name[1:]
		default:
			return c, name[1:]
		}
	}
	return 0, ""
}

// guestName gives the guest's name of a host function: "rtgen/g/main_/x.(*ƦT).M" is "main.(*T).M". It is empty for
// functions of the runtime.
func guestName(host string) string {
	path, ok := strings.CutPrefix(host, "rtgen/g/")
	if !ok {
		return ""
	}
	path = strings.TrimSuffix(strings.TrimSuffix(path, "ʀtry"), "ʀslow") // halves of a method: cps/gen/fast.go
	path = strings.ReplaceAll(path, "%2e", ".")
	dir, base := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		dir, base = path[:i+1], path[i+1:]
	}
	pkg, _, _ := strings.Cut(base, ".")
	member := "_" + strings.Map(func(r rune) rune { // behind unexported methods
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, strings.TrimSuffix(pkg, "_"))
	if i := strings.LastIndex(base, ".Ʀ"); i > len(pkg) {
		base = strings.TrimSuffix(base, member)
	}
	if strings.HasPrefix(path, "main_") {
		dir = ""
		if i := strings.IndexByte(base, '.'); i >= 0 {
			base = "main" + base[i:]
		}
	}
	dir = plainDirs.Replace(dir)
	if _, after, ok := strings.Cut(base, "ː"); ok && strings.TrimLeft(after, hexDigits) == after {
		return "" // one that only we have: Ʀːstart, ʀresume_ːstart
	}
	if strings.Contains(base, "ʀ") {
		base = cutOff(base, "")
	} else if strings.Contains(base, "ː") {
		if dir == "inst/" {
			return ""
		}
		base = cutOff(base, "[...]")
	}
	base = strings.ReplaceAll(base, "Ʀ", "")
	if i := strings.IndexByte(base, '['); i >= 0 {
		if j := strings.LastIndexByte(base, ']'); j > i {
			base = base[:i] + "[...]" + base[j+1:]
		}
	}
	if i := strings.Index(base, "ʀ"); i >= 0 {
		return dir + base[:i] + unflat(base[i+len("ʀ"):], member)
	}
	return dir + base
}

var plainDirs = strings.NewReplacer("internal_/", "internal/", "vendor_/", "vendor/")

const hexDigits = "0123456789abcdef"

// cutOff removes what only makes names unique: ː and digits, eight where it stands for type arguments.
func cutOff(s, instead string) string {
	for {
		i := strings.Index(s, "ː")
		if i < 0 {
			return s
		}
		digits := s[i+len("ː"):]
		rest := strings.TrimLeft(digits, hexDigits)
		if len(digits)-len(rest) == 8 {
			rest = instead + rest
		}
		s = s[:i] + rest
	}
}

// unflat undoes what packages names and gen do to the name of a function that has no host method of its own:
// mk_ꞈTꞏMꞏfunc1ꞏ2.func1 is (*T).M.func1.2. Of methods they do not say whether the receiver is a pointer.
func unflat(s, member string) string {
	if rest, ok := strings.CutPrefix(s, "mk_"); ok {
		s = strings.TrimSuffix(rest, ".func1")
	}
	s = strings.TrimPrefix(s, "resume_")
	s = strings.TrimPrefix(s, "slow_")
	if rest, ok := strings.CutPrefix(s, "w_"); ok { // a function without hidden arguments, as a func value
		return rest
	}
	if t, m, ok := strings.Cut(s, "ꞏ"); ok && !strings.Contains(m, "ꞏ") {
		s = t + "ꞏ" + strings.TrimSuffix(m, member)
	}
	if t, m, ok := strings.Cut(s, "ꞏ"); ok && strings.HasPrefix(t, "ꞈ") {
		s = "(*" + t[len("ꞈ"):] + ")." + m
	}
	return plainMember.Replace(s)
}

var plainMember = strings.NewReplacer("ꞏ", ".", "ꟷ", "-", "ꞌ", "[...]")
