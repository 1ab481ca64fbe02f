package go126

import (
	"reflect"
	"runtime"
	"unsafe"

	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/reflectmeta"
	"rtgen/rtlib/abi"
)

// This file is memory: what maps, weak, runtime and runtime/debug ask of the heap.

// MakeNoZero is internal/bytealg.MakeNoZero: n bytes, and the capacity that comes with them.
func MakeNoZero(w *abi.W, sp abi.SP, n int) []byte {
	if n < 0 || uint64(n) > gc.MaxAlloc {
		rtpanic.PanicError(w, sp, rtpanic.StringError, "makeslice: len out of range")
	}
	if n == 0 {
		return make([]byte, 0)
	}
	c := gc.RoundUp(uintptr(n), true)
	return unsafe.Slice((*byte)(gc.NewBytes(w, sp, int(c))), c)[:n]
}

// NewObject is runtime.newobject for a guest descriptor.
func NewObject(w *abi.W, sp abi.SP, t *reflectmeta.Type) unsafe.Pointer {
	return gc.New(w, sp, t.Layout())
}

// NewArray is runtime.newarray for a guest descriptor.
func NewArray(w *abi.W, sp abi.SP, t *reflectmeta.Type, n int) unsafe.Pointer {
	if n == 1 {
		return gc.New(w, sp, t.Layout())
	}
	if n < 0 || t.Size > 0 && uintptr(n) > (1<<47)/t.Size {
		rtpanic.PanicError(w, sp, rtpanic.PlainError, "runtime: allocation size out of range")
	}
	return gc.NewArray(w, sp, t.Layout(), n)
}

// TypedMemmove copies a value of guest type t.
func TypedMemmove(w *abi.W, sp abi.SP, t *reflectmeta.Type, dst, src unsafe.Pointer) {
	copy(unsafe.Slice((*byte)(dst), t.Size), unsafe.Slice((*byte)(src), t.Size))
	if t.PtrBytes > 0 {
		abi.DirtyRange(dst, t.PtrBytes)
	}
}

// TypedMemclr zeroes a value of guest type t.
func TypedMemclr(w *abi.W, sp abi.SP, t *reflectmeta.Type, p unsafe.Pointer) {
	clear(unsafe.Slice((*byte)(p), t.Size))
}

// MapTypeString names a guest type in a panic's text.
func MapTypeString(t *reflectmeta.Type) string { return reflectmeta.TypeText(reflectmeta.Host(t)) }

// RegisterWeakPointer is weak.runtime_registerWeakPointer.
func RegisterWeakPointer(w *abi.W, sp abi.SP, p unsafe.Pointer) unsafe.Pointer {
	return gc.MakeWeak(w, sp, p)
}

// MakeStrongFromWeak is weak.runtime_makeStrongFromWeak.
func MakeStrongFromWeak(w *abi.W, sp abi.SP, h unsafe.Pointer) unsafe.Pointer { return gc.Strong(h) }

// GC is runtime.GC.
func GC(w *abi.W, sp abi.SP) { gc.Collect(w, sp) }

// FreeOSMemory is runtime/debug.freeOSMemory.
func FreeOSMemory(w *abi.W, sp abi.SP) { gc.FreeOSMemory(w, sp) }

// SetGCPercent is runtime/debug.setGCPercent.
func SetGCPercent(w *abi.W, sp abi.SP, n int32) int32 { return int32(gc.SetGCPercent(int(n))) }

// SetMemoryLimit is runtime/debug.setMemoryLimit.
func SetMemoryLimit(w *abi.W, sp abi.SP, n int64) int64 { return gc.SetMemoryLimit(n) }

// ReadMemStats fills the guest's runtime.MemStats, which has the host's layout.
func ReadMemStats(w *abi.W, sp abi.SP, m *runtime.MemStats) {
	var s gc.Stats
	gc.ReadStats(w, sp, &s)
	bySize := m.BySize
	*m = runtime.MemStats{
		Alloc: s.HeapAlloc, TotalAlloc: s.TotalAlloc, Sys: s.Sys, Mallocs: s.Mallocs, Frees: s.Frees,
		HeapAlloc: s.HeapAlloc, HeapSys: s.HeapSys, HeapIdle: s.HeapIdle, HeapInuse: s.HeapInuse, HeapReleased: s.HeapReleased, HeapObjects: s.HeapObjects,
		StackInuse: s.StackInuse, StackSys: s.StackInuse, GCSys: s.GCSys,
		NextGC: s.NextGC, LastGC: s.LastGC, PauseTotalNs: uint64(s.PauseTotal), PauseNs: s.Pause, PauseEnd: s.PauseEnd,
		NumGC: s.NumGC, NumForcedGC: s.NumForced, EnableGC: true, BySize: bySize,
	}
}

// Finalizer checks the arguments of runtime.SetFinalizer. If they are right it returns how to call the finalizer: with
// the object alone, or (word is not nil) with that word before it, which makes the object the interface value that
// the finalizer takes. big says that it has results.
func Finalizer(obj, finalizer any) (word unsafe.Pointer, big bool, wrong string) {
	if obj == nil {
		return nil, false, "runtime.SetFinalizer: first argument is nil"
	}
	ot := reflect.TypeOf(obj)
	if ot.Kind() != reflect.Pointer {
		return nil, false, "runtime.SetFinalizer: first argument is " + typeText(obj) + ", not pointer"
	}
	if words(obj)[1] == nil {
		return nil, false, "nil elem type!"
	}
	if finalizer == nil {
		return nil, false, ""
	}
	ft := reflect.TypeOf(finalizer)
	if ft.Kind() != reflect.Func {
		return nil, false, "runtime.SetFinalizer: second argument is " + typeText(finalizer) + ", not a function"
	}
	bad := func(why string) (unsafe.Pointer, bool, string) {
		return nil, false, "runtime.SetFinalizer: cannot pass " + typeText(obj) + " to finalizer " + typeText(finalizer) + why
	}
	if ft.IsVariadic() {
		return bad(" because dotdotdot")
	}
	if ft.NumIn() != 3 { // w, sp and the object
		return bad("")
	}
	size := uintptr(0)
	for i := range ft.NumOut() {
		size += ft.Out(i).Size() + 8
	}
	if size > 8192 {
		return bad(" because its results are too large")
	}
	big = size > 0
	in := ft.In(2)
	switch {
	case in == ot:
		return nil, big, ""
	case in.Kind() == reflect.Pointer && in.Elem() == ot.Elem() && (in.Name() == "" || ot.Name() == ""):
		return nil, big, ""
	case in.Kind() == reflect.Interface && in.NumMethod() == 0:
		return words(obj)[0], big, ""
	case in.Kind() == reflect.Interface && ot.Implements(in):
		v := reflect.New(in)
		v.Elem().Set(reflect.Zero(ot)) // a typed nil: of the guest's memory the host sees nothing
		return *(*unsafe.Pointer)(v.UnsafePointer()), big, ""
	}
	return bad("")
}

func words(x any) [2]unsafe.Pointer { return *(*[2]unsafe.Pointer)(unsafe.Pointer(&x)) }

func typeText(x any) string { return reflectmeta.TypeText(words(x)[0]) }

// SetFinalizer sets, or with nil removes, the finalizer of the object at p. It returns what is wrong.
func SetFinalizer(w *abi.W, sp abi.SP, p unsafe.Pointer, f func(w *abi.W, sp abi.SP, p unsafe.Pointer)) string {
	switch gc.SetFinalizer(p, f) {
	case gc.FinalNotAtStart:
		return "runtime.SetFinalizer: pointer not at beginning of allocated block"
	case gc.FinalAlready:
		return "runtime.SetFinalizer: finalizer already set"
	}
	return ""
}

// AddCleanup has f called when the object at p is gone.
func AddCleanup(w *abi.W, sp abi.SP, p unsafe.Pointer, f func(w *abi.W, sp abi.SP)) uint64 {
	return gc.AddCleanup(p, f)
}

// StopCleanup cancels it.
func StopCleanup(w *abi.W, sp abi.SP, p uintptr, id uint64) { gc.StopCleanup(p, id) }

// SetRunner names the guest function that runs finalizers and cleanups.
func SetRunner(w *abi.W, sp abi.SP, f func(w *abi.W, sp abi.SP)) {
	gc.Pin(*(*unsafe.Pointer)(unsafe.Pointer(&f)))
	gc.SetRunner(f)
}

// NextDue takes the next finalizer, with its object, or cleanup that is due.
func NextDue(w *abi.W, sp abi.SP) (final func(w *abi.W, sp abi.SP, p unsafe.Pointer), p unsafe.Pointer, cleanup func(w *abi.W, sp abi.SP), ok bool) {
	d, ok := gc.Next()
	return d.Final, d.P, d.Cleanup, ok
}

// DueIdle reports whether no finalizers and cleanups are due or under way.
func DueIdle() bool { return gc.Idle() }

// Pin pins the object that x points to. ok says whether x is a pointer; the handle is 0 if it points outside the heap.
func Pin(x any) (handle uintptr, ok bool) {
	if x == nil {
		return 0, false
	}
	switch reflect.TypeOf(x).Kind() {
	case reflect.Pointer, reflect.UnsafePointer:
	default:
		return 0, false
	}
	p := words(x)[1]
	if !gc.In(p) {
		return 0, true
	}
	return uintptr(gc.Pin(p)), true
}

// Unpin ends a Pin.
func Unpin(h uintptr) { gc.Unpin(gc.Handle(h)) }
