package go126

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	rtchan "rtgen/chan"
	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/reflectmeta"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file calls functions whose type is known at run time only, makes functions of such types, and
// serves reflect's channel operations. See reflectmeta's Signature for the block that holds arguments and
// results.

func ReflectCallBlock(w *abi.W, sp abi.SP, t *reflectmeta.Type) unsafe.Pointer {
	return gc.New(w, sp, reflectmeta.SignatureOf(t).Block)
}

// ReflectCallFunc and ReflectCallCode are transparent: if the callee suspends they return, having no frame,
// and their caller is resumed with the callee's results at w.Ret.
func ReflectCallFunc(w *abi.W, sp abi.SP, t *reflectmeta.Type, fn, block unsafe.Pointer) {
	reflectmeta.SignatureOf(t).Call(w, sp, fn, nil, false, block)
}

func ReflectCallCode(w *abi.W, sp abi.SP, t *reflectmeta.Type, code, rcvr, block unsafe.Pointer) {
	reflectmeta.SignatureOf(t).Call(w, sp, code, rcvr, true, block)
}

func ReflectCallDone(w *abi.W, sp abi.SP, t *reflectmeta.Type, block unsafe.Pointer) {
	if *(*uintptr)(block) == 0 {
		reflectmeta.SignatureOf(t).CopyResults(w, block)
	}
}

// makeFuncImpl is reflect's object of that name in go1.26: what MakeFunc's func values point to.
type makeFuncImpl struct {
	code    uintptr
	stack   unsafe.Pointer
	argLen  uintptr
	regPtrs [2]uint8
	ftyp    unsafe.Pointer
	fn      unsafe.Pointer // func([]reflect.Value) []reflect.Value
}

// funcObject is a func value of the guest made by reflect. The host's stub finds in it what it looks for in
// its own objects; the handler's closure is part of it, so that nothing on the host's heap belongs to it.
type funcObject struct {
	makeFuncImpl // fn: address of handler
	handler      struct {
		code uintptr
		self *funcObject
	}
	thunk  unsafe.Pointer // func(w, sp, block), the guest's
	sig    *reflectmeta.Signature
	pc     unsafe.Pointer // what Value.Pointer tells
	method bool           // pc is a method's, whose receiver is one word
}

var funcObjectLayout = abi.Layout{
	Size: unsafe.Sizeof(funcObject{}), Period: unsafe.Sizeof(funcObject{}),
	Mask: 1 << (unsafe.Offsetof(funcObject{}.thunk) / 8),
}

// handlerOf is called with nil to learn the code of its closures.
//
//go:noinline
func handlerOf(o *funcObject) func([]reflect.Value) []reflect.Value {
	return func(in []reflect.Value) []reflect.Value { return o.call(in) }
}

func handlerCode() uintptr {
	h := handlerOf(nil)
	return **(**uintptr)(unsafe.Pointer(&h))
}

func ReflectMakeFunc(w *abi.W, sp abi.SP, t *reflectmeta.Type, code unsafe.Pointer, method bool, thunk func(w *abi.W, sp abi.SP, block unsafe.Pointer), run runDetached) unsafe.Pointer {
	s := reflectmeta.SignatureOf(t)
	detachedRunner.Store(&run)
	o := (*funcObject)(gc.New(w, sp, &funcObjectLayout))
	o.makeFuncImpl = *(*makeFuncImpl)(s.Stub(hostStub))
	o.fn = unsafe.Pointer(&o.handler)
	o.handler.code, o.handler.self = handlerCode(), o
	o.thunk = *(*unsafe.Pointer)(unsafe.Pointer(&thunk))
	o.sig, o.pc, o.method = s, code, method
	return unsafe.Pointer(o)
}

// hostStub makes a host func value to copy for a host func type.
func hostStub(t reflect.Type) any {
	return reflect.MakeFunc(t, func([]reflect.Value) []reflect.Value { return nil }).Interface()
}

// stubCode is the code of all values of MakeFunc.
var stubCode = sync.OnceValue(func() unsafe.Pointer {
	f := hostStub(reflect.TypeFor[func()]()).(func())
	return **(**unsafe.Pointer)(unsafe.Pointer(&f))
})

func ReflectFuncCode(fn unsafe.Pointer) unsafe.Pointer {
	if fn == nil {
		return stubCode()
	}
	code := *(*unsafe.Pointer)(fn)
	if code == stubCode() {
		if c := (*funcObject)(fn).pc; c != nil {
			if (*funcObject)(fn).method {
				return ptr(rtpanic.MethodStub(uintptr(c)))
			}
			return c
		}
	}
	return code
}

// madeFrame is the frame of a made function while its thunk runs.
type madeFrame struct {
	block, obj, note uintptr // obj: the host looks into it as long as its stub is on the stack
	sig              *reflectmeta.Signature
	site             uintptr
}

var (
	madeFn       = abi.Func{Name: "reflect.makeFuncStub", Flags: abi.FuncWrapper, Size: unsafe.Sizeof(madeFrame{})}
	madeSite     = abi.Site{Fn: &madeFn, Live: 3}
	detachedSite = abi.Site{Fn: &madeFn, Live: 7, State: -1}
)

// call runs the thunk on a block that has the arguments. in begins with w and sp.
func (o *funcObject) call(in []reflect.Value) []reflect.Value {
	w, sp := abi.Ptr[abi.W](reflectmeta.WordValue(in[0])), reflectmeta.WordValue(in[1])
	s := o.sig
	thunk := *(*func(w *abi.W, sp abi.SP, block unsafe.Pointer))(unsafe.Pointer(&o.thunk))
	block := newOf(w, s.Block) // no safepoint: nothing else holds the arguments
	for i, p := range s.In {
		reflectmeta.Store(unsafe.Add(block, p.Off), in[2+i])
	}
	fr := abi.Ptr[madeFrame](sp)
	fr.block, fr.obj, fr.sig = uintptr(block), uintptr(unsafe.Pointer(o)), s
	if !maySuspend(w, sp) {
		detached(w, sp, fr, thunk)
	} else {
		fr.site = uintptr(unsafe.Pointer(&madeSite))
		thunk(w, sp+unsafe.Sizeof(madeFrame{}), block)
		if w.Unwind != 0 {
			w.Capture(sp, &madeFn, resumeMade)
		}
	}
	out := make([]reflect.Value, len(s.Out))
	for i, p := range s.Out {
		out[i] = reflectmeta.At(p.Type, unsafe.Add(block, p.Off))
	}
	return out
}

// maySuspend reports whether the call that reached the function at sp is one that its caller can be resumed
// behind. Colouring knows the functions that the program's source has, not those made at run time: it may
// have found that no function of their type suspends.
func maySuspend(w *abi.W, sp abi.SP) bool {
	if sp > w.Base {
		return (*abi.Ptr[*abi.Site](sp - 8)).State >= 0
	}
	return w.G.Frames == nil || w.G.Frames.Site().State >= 0
}

type (
	// note is reflect's detachedCall.
	note struct {
		value any
		state uintptr
		wait  *chan struct{} // on the stack of the worker that waits
		thunk unsafe.Pointer // keeps it until the goroutine has it
	}
	runDetached = func(w *abi.W, sp abi.SP, thunk func(w *abi.W, sp abi.SP, block unsafe.Pointer), block, note unsafe.Pointer)
)

// States of a note.
const (
	detachedReturned = 1
	detachedPanicked = 2
)

var noteLayout = abi.Layout{Size: unsafe.Sizeof(note{}), Period: unsafe.Sizeof(note{}), Mask: 1<<1 | 1<<4}

var detachedRunner atomic.Pointer[runDetached]

// detached runs the thunk in a goroutine of its own, where it may suspend, while this worker waits as in a
// system call. A panic comes back; what tells goroutines apart does not.
func detached(w *abi.W, sp abi.SP, fr *madeFrame, thunk func(w *abi.W, sp abi.SP, block unsafe.Pointer)) {
	ch := make(chan struct{})
	n := (*note)(newOf(w, &noteLayout))
	n.wait, n.thunk = &ch, *(*unsafe.Pointer)(unsafe.Pointer(&thunk))
	fr.note, fr.site = uintptr(unsafe.Pointer(n)), uintptr(unsafe.Pointer(&detachedSite))
	block := unsafe.Pointer(abi.Ptr[byte](fr.block))
	run := *detachedRunner.Load()
	lent := rtpanic.Lend(w, sp)
	start := func(w *abi.W, sp abi.SP) {
		lent.Borrow(w, sp)
		run(w, sp, thunk, block, unsafe.Pointer(n))
	}
	top := sp + unsafe.Sizeof(madeFrame{})
	sched.Go(w, top, start, fr.site)
	sched.EnterSyscallBlock(w, top)
	<-ch
	sched.ExitSyscall(w)
	lent.End()
	runtime.KeepAlive(start)
	runtime.KeepAlive(&ch)
	switch n.state {
	case detachedReturned:
	case detachedPanicked:
		rtpanic.Panic(w, top, n.value)
	default:
		rtpanic.Goexit(w, top)
	}
}

// ReflectDetachedDone ends the wait for a detached thunk.
func ReflectDetachedDone(p unsafe.Pointer) { close(*(*note)(p).wait) }

// resumeMade finishes a made function whose thunk had suspended.
func resumeMade(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*madeFrame)(h.Body())
	fr.sig.StoreResults(w, unsafe.Pointer(abi.Ptr[byte](fr.block)))
	w.Return(h)
}

func ReflectChanLen(c unsafe.Pointer) int { return rtchan.Len((*rtchan.Hchan)(c)) }

func ReflectChanCap(c unsafe.Pointer) int { return rtchan.Cap((*rtchan.Hchan)(c)) }

func ReflectChanClose(w *abi.W, sp abi.SP, c unsafe.Pointer) { rtchan.Close(w, sp, (*rtchan.Hchan)(c)) }

func ReflectMakeChan(w *abi.W, sp abi.SP, t *reflectmeta.Type, n int) unsafe.Pointer {
	return unsafe.Pointer(rtchan.Make(w, sp, t.Elem().Layout(), n))
}

// runtimeSelect is reflect's.
type runtimeSelect struct {
	dir uintptr
	typ *reflectmeta.Type // of the channel
	ch  unsafe.Pointer
	val unsafe.Pointer
}

const (
	selectSend    = 1
	selectDefault = 3
)

// ReflectSelect passes all cases on, so that their numbers hold also when the goroutine resumes with
// rtchan's results; the default is one that never happens. It sets *done unless it suspended.
func ReflectSelect(w *abi.W, sp abi.SP, cases unsafe.Pointer, n int, done *uintptr) (int, bool) {
	var buf [4]rtchan.SelectCase
	cs := buf[:0]
	def := -1
	for i, c := range unsafe.Slice((*runtimeSelect)(cases), n) {
		var k rtchan.SelectCase
		switch {
		case c.dir == selectDefault:
			def = i
		case c.ch != nil:
			k = rtchan.SelectCase{C: c.ch, V: c.val, Send: c.dir == selectSend, Layout: c.typ.Elem().Layout()}
		}
		cs = append(cs, k)
	}
	i, ok := rtchan.Select(w, sp, cs, def >= 0)
	if w.Unwind != 0 {
		return 0, false
	}
	if i >= 0 && !cs[i].Send {
		abi.DirtyRange(cs[i].V, cs[i].Layout.Size)
	}
	*done = 1
	if i < 0 {
		i = def
	}
	return i, ok
}

// ReflectSelectDone brings a value that came while the goroutine was suspended to p: at w.Ret it lies behind
// number and ok.
func ReflectSelectDone(w *abi.W, sp abi.SP, t *reflectmeta.Type, p unsafe.Pointer) {
	n := t.Elem().Size
	copy(unsafe.Slice((*byte)(p), n), unsafe.Slice((*byte)(unsafe.Add(w.Ret, 16)), n))
	abi.DirtyRange(p, n)
}
