package rtpanic

// This file interprets little programs of defers, panics and recovers twice: natively, with
// the host's own, and in the calling convention, where frames are captured and resumed. Both must log the same.

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

type opKind int

const (
	opLog          opKind = iota
	opDefer               // of f
	opDeferRecover        // defer recover()
	opDeferNil            // defer (func())(nil)
	opPanic
	opRepanic // panic with what the last recover returned
	opNilDeref
	opIndex
	opRecover
	opCall
	opWrap // defer of f, through a wrapper with a frame
	opGoexit
	opYield
	numOps
)

func (k opKind) String() string {
	return [...]string{"log", "defer", "defer recover()", "defer nil()", "panic", "repanic", "*nil", "a[9]", "recover", "call",
		"wrapped defer", "goexit", "yield"}[k]
}

type op struct {
	kind opKind
	f    *fun
	arg  string
}

type fun struct {
	name   string
	ops    []op
	defers bool
	abi    abi.Func
	sites  []abi.Site // one per op, one for the list on return, one for Handle
}

func (f *fun) prepare() {
	if f.sites != nil {
		return
	}
	f.abi = abi.Func{Name: "main." + f.name, File: "x.go", Size: unsafe.Sizeof(frame{})}
	f.sites = make([]abi.Site, len(f.ops)+2)
	for i := range f.sites {
		f.sites[i] = abi.Site{Fn: &f.abi, State: int32(i), Line: int32(i + 1)}
	}
	f.sites[len(f.ops)+1].State = abi.DeferState
	for _, o := range f.ops {
		switch o.kind {
		case opDefer, opWrap, opDeferRecover, opDeferNil:
			f.abi.Defers = true
		}
		if o.f != nil {
			o.f.prepare()
		}
	}
}

func (f *fun) String() string {
	var b strings.Builder
	f.print(&b, "")
	return b.String()
}

func (f *fun) print(b *strings.Builder, indent string) {
	for _, o := range f.ops {
		fmt.Fprintln(b, indent+o.kind.String(), o.arg)
		if o.f != nil {
			o.f.print(b, indent+"\t")
		}
	}
}

var logged []string

var printed string

func logf(format string, args ...any) { logged = append(logged, fmt.Sprintf(format, args...)) }

func show(v any) any {
	if e, ok := v.(*hostError); ok {
		return e.Error(nil, 0)
	}
	return v
}

var nilInt *int
var nine = 9

// stock interprets f with the host's own panics.
func stock(f *fun) {
	var last any
	for _, o := range f.ops {
		switch o.kind {
		case opLog:
			logf("%s", o.arg)
		case opDefer, opWrap:
			defer stock(o.f)
		case opDeferRecover:
			defer recover()
		case opDeferNil:
			defer (func())(nil)()
		case opPanic:
			panic(o.arg)
		case opRepanic:
			if last != nil {
				panic(last)
			}
		case opNilDeref:
			*nilInt = 1
		case opIndex:
			_ = f.ops[nine*100]
		case opRecover:
			if r := recover(); r != nil {
				last = r
				logf("recovered %v", r)
			} else {
				logf("nothing")
			}
		case opCall:
			stock(o.f)
		case opGoexit:
			runtime.Goexit()
		}
	}
}

type frame struct {
	defers uintptr
	last   any
	site   uintptr
}

// keep holds what the host's collector must not take: guest memory, were it real.
var keep []any

func list(fr *frame) *uintptr { return &fr.defers }

// guest is the direct form of f.
func guest(w *abi.W, sp abi.SP, f *fun) {
	fr := (*frame)(pointer(sp))
	fr.defers, fr.last = 0, nil
	callee := sp + unsafe.Sizeof(frame{})
	done := false
	if f.abi.Defers {
		defer func() {
			if done {
				return
			}
			var r any
			if !Panicking(w) {
				r = recover()
			}
			if Handle(w, callee, &f.sites[len(f.ops)+1], list(fr), r) {
				return
			}
			recover()
			if w.Unwind != 0 {
				w.Capture(sp, &f.abi, resumeOf(f))
			} else {
				logf("%s recovered", f.name)
			}
		}()
	}
	body(w, sp, callee, nil, fr, f, 0)
	if w.Unwind != 0 {
		w.Capture(sp, &f.abi, resumeOf(f))
	}
	done = true
}

func resumeOf(f *fun) func(*abi.W, abi.SP, *abi.Frame) {
	return func(w *abi.W, sp abi.SP, h *abi.Frame) { resume(w, sp, h, f) }
}

// resume is its state machine.
func resume(w *abi.W, sp abi.SP, h *abi.Frame, f *fun) {
	fr := (*frame)(h.Body())
	site := &f.sites[len(f.ops)+1]
	done := false
	finish := func() {
		if w.Unwind != 0 {
			w.Recapture(h)
			return
		}
		logf("%s recovered", f.name)
		w.Return(h)
	}
	if f.abi.Defers {
		defer func() {
			if done {
				return
			}
			HandleFrame(w, sp, h, site, list(fr), recover())
			finish()
		}()
	}
	if w.Raise != nil || h.Site() == site {
		done = true
		HandleFrame(w, sp, h, site, list(fr), nil)
		finish()
		return
	}
	state := int(h.Site().State)
	if state < len(f.ops) {
		state++
	}
	body(w, 0, sp, h, fr, f, state)
	done = true
	if w.Unwind != 0 {
		w.Recapture(h)
		return
	}
	w.Return(h)
}

func body(w *abi.W, sp, callee abi.SP, h *abi.Frame, fr *frame, f *fun, state int) {
	for ; state < len(f.ops); state++ {
		o := &f.ops[state]
		fr.site = uintptr(unsafe.Pointer(&f.sites[state]))
		switch o.kind {
		case opLog:
			logf("%s", o.arg)
		case opDefer:
			pushDefer(fr, func(w *abi.W, sp abi.SP) { guest(w, sp, o.f) })
		case opWrap:
			pushDefer(fr, func(w *abi.W, sp abi.SP) { wrapper(w, sp, o.f) })
		case opDeferRecover:
			pushDefer(fr, DeferredRecover)
		case opDeferNil:
			pushDefer(fr, nil)
		case opPanic:
			Panic(w, callee, o.arg)
		case opRepanic:
			if fr.last != nil {
				Panic(w, callee, fr.last)
			}
		case opNilDeref:
			stale(fr, h)
			*nilInt = 1
		case opIndex:
			stale(fr, h)
			_ = f.ops[nine*100]
		case opRecover:
			var r any
			if h != nil {
				r = RecoverFrame(w, h)
			} else {
				r = Recover(w, sp)
			}
			if r != nil {
				fr.last = r
				keep = append(keep, r)
				logf("recovered %v", show(r))
			} else {
				logf("nothing")
			}
		case opCall:
			guest(w, callee, o.f)
		case opGoexit:
			Goexit(w, callee)
		case opYield:
			w.Unwind = abi.Suspend
		}
		if w.Unwind != 0 {
			return
		}
	}
	for fr.defers != 0 {
		d := (*abi.Defer)(pointer(fr.defers))
		fr.defers = uintptr(unsafe.Pointer(d.Link))
		fr.site = uintptr(unsafe.Pointer(&f.sites[len(f.ops)]))
		d.Fn(w, callee)
		if w.Unwind != 0 {
			return
		}
	}
}

var (
	wrapperFn    = abi.Func{Name: "main.wrapper", Flags: abi.FuncWrapper, Size: 8}
	wrapperSites = [...]abi.Site{{Fn: &wrapperFn}}
)

// wrapper only calls f.
func wrapper(w *abi.W, sp abi.SP, f *fun) {
	setSite(sp+8, &wrapperSites[0])
	guest(w, sp+8, f)
	if w.Unwind != 0 {
		w.Capture(sp, &wrapperFn, func(w *abi.W, sp abi.SP, h *abi.Frame) { w.Return(h) })
	}
}

// stale leaves rubbish in the site word, as a frame has that made no call yet; captured frames always have had one.
func stale(fr *frame, h *abi.Frame) {
	if h == nil {
		fr.site = 8
	}
}

func pushDefer(fr *frame, fn func(*abi.W, abi.SP)) {
	d := &abi.Defer{Link: (*abi.Defer)(pointer(fr.defers)), Fn: fn}
	keep = append(keep, d)
	fr.defers = uintptr(unsafe.Pointer(d))
}

// newW makes a worker with a shadow stack.
func newW() *abi.W {
	stack := make([]uintptr, 1<<16)
	keep = append(keep, stack)
	w := &abi.W{G: &abi.G{ID: 1}}
	w.Base = uintptr(unsafe.Pointer(&stack[0]))
	return w
}

func init() {
	abi.NewFrame = func(w *abi.W, fn *abi.Func) *abi.Frame {
		b := make([]unsafe.Pointer, (fn.Size+abi.FrameHeader)/8)
		keep = append(keep, b)
		return (*abi.Frame)(unsafe.Pointer(&b[0]))
	}
	abi.FreeFrame = func(*abi.W, *abi.Frame) {}
	Exit = func(code int) { logf("exit %d", code) }
	stderr = func(b []byte) { printed += string(b) }
}

// play is the scheduler: it runs start to its end, resuming what suspends at once.
func play(w *abi.W, start func(w *abi.W, sp abi.SP)) {
	var raise *abi.Panic
	for step(w, &start, &raise) {
	}
}

func step(w *abi.W, start *func(*abi.W, abi.SP), raise **abi.Panic) (more bool) {
	done := false
	defer func() {
		if !done {
			*raise = Raised(w, recover())
			more = true
		}
	}()
	w.Unwind, w.Tail = 0, nil
	if r := *raise; r != nil {
		*raise = nil
		for w.G.Frames != nil && !w.G.Frames.Fn.Defers {
			w.Return(w.G.Frames)
		}
		if w.G.Frames != nil {
			w.Raise = r
		} else {
			Uncaught(w, r)
			dying.Store(false)
		}
	}
	if *start != nil {
		s := *start
		*start = nil
		s(w, w.Base)
	} else if w.G.Frames != nil {
		w.G.Frames.Fn.Resume(w, w.Base, w.G.Frames)
	}
	done = true
	return w.G.Frames != nil || *raise != nil
}

// both runs f both ways, under a function that recovers, and returns what they logged.
func both(f *fun) (want, got []string) {
	top := &fun{name: "top", ops: []op{{kind: opDefer, f: &fun{name: "last", ops: []op{{kind: opRecover}}}}, {kind: opCall, f: f}}}
	logged = nil
	end := make(chan bool)
	go func() {
		defer close(end)
		stock(top)
	}()
	<-end
	want = logged
	logged, keep, printed = nil, keep[:0], ""
	top.prepare()
	w := newW()
	play(w, func(w *abi.W, sp abi.SP) { guest(w, sp, top) })
	for _, l := range logged {
		if !strings.HasSuffix(l, " recovered") {
			got = append(got, l)
		}
	}
	if w.FreePanic != nil {
		of(w.FreePanic).remove()
	}
	if w.G.Panic != nil || records.next != &records {
		got = append(got, "a panic record is left")
		records.next, records.prev = &records, &records
	}
	return want, got
}

func check(t *testing.T, f *fun) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%v\n%s", r, f)
		}
	}()
	want, got := both(f)
	if strings.Join(want, "\n") != strings.Join(got, "\n") {
		t.Fatalf("program:\n%s\nstock: %q\nours:  %q\n%s", f, want, got, printed)
	}
}
