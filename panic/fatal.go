// This file ends the program: uncaught panics and fatal errors, printed as stock prints them.

package rtpanic

import (
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// GInfo is what a traceback tells of one goroutine.
type GInfo struct {
	G         *abi.G
	State     string  // "chan receive", "select (no cases)", "runnable", "running" …
	Created   uintptr // site of its go statement; 0 for the main goroutine
	CreatedBy uint64  // ID of the goroutine that executed it
	Bubble    uint32  // number of its synctest bubble; 0: none
}

// Goroutines calls visit for every goroutine that has not ended, in order of ID; Info is about one. The scheduler sets them.
var (
	Goroutines = func(visit func(GInfo)) {}
	Info       = func(g *abi.G) GInfo { return GInfo{G: g} }
)

// Exit ends the process. The runtime puts the scheduler's here, which knows what else is to be
// done; tests one that does not.
var Exit = os.Exit

// dying serialises those who end the program: the first one prints, others wait for the end.
var dying atomic.Bool

func startDying() {
	if !dying.CompareAndSwap(false, true) {
		select {}
	}
}

// preprintFrame is the frame of preprint.
type preprintFrame struct {
	p    *record // a root by itself
	from *record // whose method is running
	site uintptr
}

var (
	preprintFn   = abi.Func{Name: "runtime.preprintpanics", Flags: abi.FuncWrapper, Size: unsafe.Sizeof(preprintFrame{})}
	preprintSite = abi.Site{Fn: &preprintFn}
)

type guestStringer interface {
	String(w *abi.W, sp abi.SP) string
}

// deadBubble is the error with which internal/synctest panics if the goroutines of a bubble wait for ever.
type deadBubble interface {
	DeadBubble(w *abi.W, sp abi.SP) uint32
}

// preprint turns the values of p and of the panics below it into text and ends the program, or is captured when a method
// suspends.
func preprint(w *abi.W, sp abi.SP, p *record) {
	setSite(sp+preprintFn.Size, &preprintSite)
	if q := printAll(w, sp+preprintFn.Size, p, p); q != nil {
		c := (*preprintFrame)(w.Capture(sp, &preprintFn, preprintResume))
		c.p, c.from = p, q
		return
	}
	die(w, p)
}

func preprintResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	f := (*preprintFrame)(h.Body())
	p, q := f.p, f.from
	q.text = indented(strings.Clone(*(*string)(w.Ret)))
	if q = printAll(w, sp, p, q.link()); q != nil {
		f.from = q
		w.Recapture(h)
		return
	}
	die(w, p)
}

// printAll makes text of p's value and of those below it, beginning at from. If a method suspends it returns that
// record.
func printAll(w *abi.W, sp abi.SP, p, from *record) *record {
	defer func() {
		if r := recover(); r != nil {
			failedPrint(w, sp, r)
		}
	}()
	for q := from; q != nil; q = q.link() {
		materialise(w, sp, q)
		if l := q.link(); l != nil && sameWords(&l.Value, &q.Value) {
			l.repanic = true
			continue
		}
		if q.Goexit || q.returning {
			continue
		}
		if v, ok := q.Value.(deadBubble); ok && (q == p || q.repanic) {
			p.bubble = v.DeadBubble(w, sp)
		}
		text := ""
		switch v := q.Value.(type) {
		case abi.Error:
			text = indented(v.Error(w, sp))
		case guestStringer:
			text = indented(v.String(w, sp))
		default:
			text = valueText(v)
		}
		if w.Unwind != abi.Running {
			return q
		}
		q.text = strings.Clone(text) // its bytes are the guest's
	}
	return nil
}

// die prints p, whose value is text, and ends the program.
func die(w *abi.W, p *record) {
	startDying()
	b := appendPanics(nil, p)
	if signalled(p) {
		b = append(b, "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n"...)
	}
	b = appendHeader(b, w.G)
	b = appendTrace(b, p.trace)
	b = appendCreatedBy(b, Info(w.G))
	if p.bubble != 0 {
		Goroutines(func(g GInfo) {
			if g.Bubble == p.bubble && g.G != w.G {
				b = appendGoroutine(b, g)
			}
		})
	}
	report(b)
	Exit(2)
}

// signalled reports whether p, or a panic that was being handled when it began, is a nil dereference.
func signalled(p *record) bool { return p != nil && (p.signal || signalled(p.link())) }

// appendHeader begins the trace of the goroutine that runs.
func appendHeader(b []byte, g *abi.G) []byte {
	return append(strconv.AppendUint(append(b, "\ngoroutine "...), g.ID, 10), " [running]:\n"...)
}

func sameWords(a, b *any) bool {
	return *(*[2]uintptr)(unsafe.Pointer(a)) == *(*[2]uintptr)(unsafe.Pointer(b))
}

// failedPrint ends the program because a panic value's method panicked with r.
func failedPrint(w *abi.W, sp abi.SP, r any) {
	text := "panic while printing panic value"
	q := begun(w, r)
	if q == nil {
		q, _ = begin(w, sp, r)
	}
	materialise(w, sp, q)
	if s, ok := q.Value.(string); ok {
		text += ": " + s
	} else if !q.Goexit {
		text += ": type " + TypeString(typeWord(q.Value))
	}
	Throw(w, sp, text)
}

// appendPanics prints p after the panics that were being handled when it began.
func appendPanics(b []byte, p *record) []byte {
	if l := p.link(); l != nil {
		b = appendPanics(b, l)
		if l.repanic {
			return b
		}
		if !l.Goexit {
			b = append(b, '\t')
		}
	}
	if p.Goexit {
		return b
	}
	b = append(append(b, "panic: "...), p.text...)
	switch {
	case p.Recovered && p.repanic:
		b = append(b, " [recovered, repanicked]"...)
	case p.Recovered:
		b = append(b, " [recovered]"...)
	}
	return append(b, '\n')
}

// indented puts a tab behind each newline, so that no text looks like a traceback.
func indented(s string) string { return strings.ReplaceAll(s, "\n", "\n\t") }

// valueText is how a panic value without methods prints.
func valueText(v any) string {
	if v == nil {
		return "nil"
	}
	x := reflect.ValueOf(v)
	var text string
	switch k := x.Kind(); k {
	case reflect.String:
		text = indented(x.String())
		if typeWord(v) != typeWord("") {
			return TypeString(typeWord(v)) + `("` + text + `")`
		}
		return text
	case reflect.Bool:
		text = strconv.FormatBool(x.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		text = strconv.FormatInt(x.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		text = strconv.FormatUint(x.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		text = strconv.FormatFloat(x.Float(), 'g', -1, x.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		text = string(appendComplex(nil, x.Complex(), x.Type().Bits()/2))
		if x.Type().PkgPath() != "" {
			return TypeString(typeWord(v)) + text
		}
		return text
	default:
		return "(" + TypeString(typeWord(v)) + ") " + string(appendHex(nil, uint64((*[2]uintptr)(unsafe.Pointer(&v))[1])))
	}
	if x.Type().PkgPath() != "" {
		return TypeString(typeWord(v)) + "(" + text + ")"
	}
	return text
}

// Fatal ends the program with "fatal error: text" and the traces of all goroutines. It is for errors that are the guest's:
// concurrent map writes, unlock of unlocked mutex. sp is free stack behind the current frame, whose function called it
// by a name of its own package.
func Fatal(w *abi.W, sp abi.SP, text string) {
	startDying()
	var b []byte
	for p := of(w.G.Panic); p != nil; p = p.link() {
		if l := p.link(); l != nil && sameWords(&l.Value, &p.Value) {
			l.repanic = true
		}
		if p.text == "" && p.pending == "" {
			p.text = valueText(p.Value)
		}
	}
	if w.G.Panic != nil {
		b = append(appendPanics(b, of(w.G.Panic)), '\t')
	}
	p := &record{}
	walk(w, sp, func(pc uintptr) bool {
		if p.trace == nil {
			name, _, _ := Place(pc)
			if f := fatalSites()[packageOf(name)]; f != nil {
				p.add(pcOf(f))
			}
		}
		return p.add(pc)
	})
	end(w, append(b, "fatal error: "+indented(text)+"\n"...), p.trace)
}

// Throw is Fatal for errors of the runtime itself; panics under way are not shown.
func Throw(w *abi.W, sp abi.SP, text string) {
	startDying()
	end(w, []byte("fatal error: "+indented(text)+"\n"), pcs(w, sp))
}

// end prints b, the trace of the goroutine that runs, those of all others, and ends the program.
func end(w *abi.W, b []byte, trace []uintptr) {
	b = appendTrace(appendHeader(b, w.G), trace)
	b = appendCreatedBy(b, Info(w.G))
	Goroutines(func(g GInfo) {
		if g.G != w.G {
			b = appendGoroutine(b, g)
		}
	})
	report(b)
	Exit(2)
}

// packageOf is the import path in a function's name.
func packageOf(name string) string {
	slash := strings.LastIndexByte(name, '/') + 1
	if dot := strings.IndexByte(name[slash:], '.'); dot >= 0 {
		return name[:slash+dot]
	}
	return ""
}

// fatalSites are the functions by which packages of std reach Fatal: hooks, which have no frames.
var fatalSites = sync.OnceValue(func() map[string]*abi.Site {
	return map[string]*abi.Site{
		"sync":                  stockSite("sync.fatal", "panic.go", 1161),
		"internal/sync":         stockSite("internal/sync.fatal", "panic.go", 1191),
		"internal/runtime/maps": stockSite("internal/runtime/maps.fatal", "panic.go", 1181),
	}
})

// waitSites are the hooks in which goroutines wait, by state, and who has called them and has no frame (ir.Hook's Tail).
var waitSites = sync.OnceValue(func() map[string][]*abi.Site {
	return map[string][]*abi.Site{
		"semacquire":      {stockSite("sync.runtime_Semacquire", "sema.go", 71)},
		"sync.Mutex.Lock": {stockSite("internal/sync.runtime_SemacquireMutex", "sema.go", 95)},
		"sync.RWMutex.RLock": {
			stockSite("sync.runtime_SemacquireRWMutexR", "sema.go", 100),
			stdSite("sync.(*RWMutex).RLock", "sync/rwmutex.go", 74),
		},
		"sync.RWMutex.Lock": {
			stockSite("sync.runtime_SemacquireRWMutex", "sema.go", 105),
			stdSite("sync.(*RWMutex).Lock", "sync/rwmutex.go", 155),
		},
		"sync.WaitGroup.Wait": {stockSite("sync.runtime_SemacquireWaitGroup", "sema.go", 114)},
		"sync.Cond.Wait":      {stockSite("sync.runtime_notifyListWait", "sema.go", 617)},
		"sleep":               {stockSite("time.Sleep", "time.go", 361)},
		"IO wait":             {stockSite("internal/poll.runtime_pollWait", "netpoll.go", 351)},
		"coroutine":           {stockSite("iter.coroswitch", "coro.go", 94)},
	}
})

// stockSite is where stock's runtime has a function, stdSite where a package of std has it.
func stockSite(name, file string, line int32) *abi.Site {
	return stdSite(name, "runtime/"+file, line)
}

func stdSite(name, file string, line int32) *abi.Site {
	return newSite(abi.Site{Fn: &abi.Func{Name: name, File: "$GOROOT/src/" + file}, Line: line})
}

// Deadlock ends the program because no goroutine can run again.
func Deadlock() {
	startDying()
	text := "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n"
	var b []byte
	Goroutines(func(g GInfo) {
		text = "fatal error: all goroutines are asleep - deadlock!\n"
		b = appendGoroutine(b, g)
	})
	report(append([]byte(text), b...))
	Exit(2)
}

// Quit ends the program because of SIGQUIT. on tells on which stopped worker a goroutine is, if it is on one, and
// where that one's shadow stack ends.
func Quit(on func(g *abi.G) (*abi.W, abi.SP)) {
	startDying()
	b := []byte("SIGQUIT: quit\nPC=0x0 m=0 sigcode=0\n")
	Goroutines(func(g GInfo) {
		w, sp := on(g.G)
		switch {
		case w != nil:
			b = appendTrace(appendHeader(b, g.G), pcs(w, sp))
			b = appendCreatedBy(b, g)
		case g.State == "running":
			b = append(appendHeader(b, g.G), "\tgoroutine running on other thread; stack unavailable\n"...)
			b = appendCreatedBy(b, g)
		default:
			b = appendGoroutine(b, g)
		}
	})
	report(b)
	Exit(2)
}

// appendGoroutine prints a goroutine that does not run.
func appendGoroutine(b []byte, g GInfo) []byte {
	b = append(b, "\ngoroutine "...)
	b = strconv.AppendUint(b, g.G.ID, 10)
	b = append(append(append(b, " ["...), g.State...), "]:\n"...)
	p := &record{}
	WalkParked(g, p.add)
	return appendCreatedBy(appendTrace(b, p.trace), g)
}

// pcs is the trace of the goroutine that runs on w.
func pcs(w *abi.W, sp abi.SP) []uintptr {
	var p record
	walk(w, sp, p.add)
	return p.trace
}

// traceShown is how many frames a traceback shows at either end.
const traceShown = 50

func appendTrace(b []byte, pcs []uintptr) []byte {
	for i, pc := range pcs {
		if i >= 2*traceShown {
			b = append(b, "...additional frames elided...\n"...)
			break
		}
		name, file, line := Place(pc)
		switch {
		case name == "runtime.gopanic":
			name = "panic"
		case hidden(name):
			continue
		}
		args := "(...)\n\t"
		if name == "main.main" {
			args = "()\n\t"
		}
		b = append(append(b, printedName(name)...), args...)
		b = appendPlace(b, pc, file, line)
	}
	return b
}

// appendPlace adds an offset, too: people's tools expect one.
func appendPlace(b []byte, pc uintptr, file string, line int) []byte {
	b = append(append(b, file...), ':')
	b = strconv.AppendInt(b, int64(line), 10)
	return append(appendHex(append(b, " +"...), uint64(uint16(pc-Entry(pc)))|1), '\n')
}

// hidden reports whether tracebacks leave a function out: unexported ones of the runtime, as in stock, where
// the functions of maps have names there.
func hidden(name string) bool {
	if strings.HasPrefix(name, "internal/runtime/maps.runtime_") {
		return true
	}
	rest, ok := strings.CutPrefix(name, "runtime.")
	return ok && (rest == "" || rest[0] < 'A' || rest[0] > 'Z')
}

// printedName shortens type arguments, as stock does.
func printedName(name string) string {
	i := strings.IndexByte(name, '[')
	j := strings.LastIndexByte(name, ']')
	if i < 0 || j < i {
		return name
	}
	return name[:i] + "[...]" + name[j+1:]
}

func appendCreatedBy(b []byte, g GInfo) []byte {
	if g.Created == 0 {
		return b
	}
	name, file, line := Place(g.Created)
	b = append(append(b, "created by "...), printedName(name)...)
	b = strconv.AppendUint(append(b, " in goroutine "...), g.CreatedBy, 10)
	return appendPlace(append(b, "\n\t"...), g.Created, file, line)
}

// waitReason is a goroutine's state without what bubbles add to it.
func waitReason(state string) string {
	state, _, _ = strings.Cut(state, ", synctest bubble ")
	return strings.TrimSuffix(state, " (durable)")
}
