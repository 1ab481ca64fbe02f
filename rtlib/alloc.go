package rtlib

// This file is memory: objects, slices, boxes, closures.

import (
	"math"
	"unsafe"

	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/rtlib/abi"
)

// New is new(T).
func New[T any](w *abi.W, sp abi.SP, l *abi.Layout) *T { return (*T)(gc.New(w, sp, l)) }

// MakeSlice is make([]T, n, c).
func MakeSlice[T any](w *abi.W, sp abi.SP, l *abi.Layout, n, c int) []T {
	return unsafe.Slice((*T)(makeSlice(w, sp, l, n, c)), c)[:n]
}

func makeSlice(w *abi.W, sp abi.SP, l *abi.Layout, n, c int) unsafe.Pointer {
	if n < 0 || n > c || l.Size != 0 && uintptr(c) > gc.MaxAlloc/l.Size {
		text := "makeslice: cap out of range"
		if n < 0 || l.Size != 0 && uintptr(n) > gc.MaxAlloc/l.Size {
			text = "makeslice: len out of range"
		}
		rtpanic.PanicError(w, sp, rtpanic.StringError, text)
	}
	return gc.NewArray(w, sp, l, c)
}

// Reslice returns s with elements of another type of the same layout.
func Reslice[T, F any](s []F) []T {
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(s))), cap(s))[:len(s)]
}

// Grow returns s with room for n more elements: the same length, a new array if the old one
// is too small. Capacities are those that stock's append gives.
func Grow[T any](w *abi.W, sp abi.SP, l *abi.Layout, s []T, n int) []T {
	if n <= cap(s)-len(s) {
		return s
	}
	p, c := growSlice(w, sp, l, unsafe.Pointer(unsafe.SliceData(s)), len(s), cap(s), n)
	return unsafe.Slice((*T)(p), c)[:len(s)]
}

func growSlice(w *abi.W, sp abi.SP, l *abi.Layout, old unsafe.Pointer, oldLen, oldCap, n int) (unsafe.Pointer, int) {
	newLen := oldLen + n
	if n < 0 || newLen < 0 {
		growFailed(w, sp)
	}
	if l.Size == 0 {
		return gc.NewArray(w, sp, l, 0), newLen
	}
	c := nextCap(newLen, oldCap)
	if uintptr(c) > gc.MaxAlloc/l.Size {
		growFailed(w, sp)
	}
	bytes := gc.RoundUp(uintptr(c)*l.Size, !l.HasPointers())
	c = int(bytes / l.Size)
	p := gc.NewArray(w, sp, l, c)
	k := uintptr(oldLen) * l.Size
	copy(unsafe.Slice((*byte)(p), k), unsafe.Slice((*byte)(old), k))
	return p, c
}

func growFailed(w *abi.W, sp abi.SP) {
	rtpanic.PanicError(w, sp, rtpanic.StringError, "growslice: len out of range")
}

// nextCap is stock's nextslicecap: double small slices, grow large ones by a quarter, smoothly.
func nextCap(newLen, oldCap int) int {
	if newLen > 2*oldCap {
		return newLen
	}
	const threshold = 256
	if oldCap < threshold {
		return 2 * oldCap
	}
	for c := oldCap; ; {
		c += (c + 3*threshold) >> 2
		if c < 0 {
			return newLen
		}
		if uint(c) >= uint(newLen) {
			return c
		}
	}
}

// Copy, CopyString and ClearSlice are the builtins copy and clear.
func Copy[T any](dst, src []T) int          { return copy(dst, src) }
func CopyString(dst []byte, src string) int { return copy(dst, src) }
func ClearSlice[T any](s []T)               { clear(s) }

// CopyPointers is Copy for elements that hold pointers.
func CopyPointers[T any](dst, src []T) int {
	n := copy(dst, src)
	abi.DirtyRange(unsafe.Pointer(unsafe.SliceData(dst)), uintptr(n)*unsafe.Sizeof(*unsafe.SliceData(dst)))
	return n
}

// small is the values that boxes of small numbers share.
var small [256]uint64

func init() {
	for i := range small {
		small[i] = uint64(i)
	}
}

// Box converts x, which is not pointer-shaped, to interface type I; proto, some other value of x's type
// so converted, lends the type word.
func Box[I, T any](w *abi.W, sp abi.SP, l *abi.Layout, proto I, x T) I {
	p := unsafe.Pointer(nil)
	if unsafe.Sizeof(x) <= 8 && !l.HasPointers() {
		p = smallBox(unsafe.Pointer(abi.Noescape(&x)), unsafe.Sizeof(x))
	} else if n := unsafe.Sizeof(x); n <= unsafe.Sizeof(zeros) && n%8 == 0 && allZero(unsafe.Pointer(abi.Noescape(&x)), n) {
		p = unsafe.Pointer(&zeros)
	}
	if p == nil {
		p = gc.New(w, sp, l)
		*(*T)(p) = x
	}
	(*[2]unsafe.Pointer)(unsafe.Pointer(abi.Noescape(&proto)))[1] = p
	return proto
}

// BoxAt is Box with the box at p.
func BoxAt[I, T any](p *T, proto I, x T) I {
	*p = x
	(*[2]unsafe.Pointer)(unsafe.Pointer(abi.Noescape(&proto)))[1] = unsafe.Pointer(p)
	return proto
}

func smallBox(x unsafe.Pointer, n uintptr) unsafe.Pointer {
	v := uint64(math.MaxUint64)
	switch n {
	case 1:
		v = uint64(*(*uint8)(x))
	case 2:
		v = uint64(*(*uint16)(x))
	case 4:
		v = uint64(*(*uint32)(x))
	case 8:
		v = *(*uint64)(x)
	}
	if v < uint64(len(small)) {
		return unsafe.Pointer(&small[v])
	}
	return nil
}

// zeros is what boxes of zero strings and slices share.
var zeros [3]uintptr

// allZero reports whether the n bytes at x, a multiple of a word, are zero.
func allZero(x unsafe.Pointer, n uintptr) bool {
	for i := range n / 8 {
		if *(*uintptr)(unsafe.Add(x, i*8)) != 0 {
			return false
		}
	}
	return true
}

// closure is a func value's object: what the host's closures are, but in our heap.
type closure struct {
	code uintptr
	env  uintptr // address of what follows
}

// NewClosure allocates a closure object; the caller fills in what it captured behind the two words set here.
func NewClosure(w *abi.W, sp abi.SP, l *abi.Layout, code uintptr) unsafe.Pointer {
	c := (*closure)(gc.New(w, sp, l))
	c.code, c.env = code, uintptr(unsafe.Pointer(c))+unsafe.Sizeof(closure{})
	return unsafe.Pointer(c)
}

// CodeOf returns the code word of the host func value f.
func CodeOf(f any) uintptr {
	return *(*uintptr)((*[2]unsafe.Pointer)(unsafe.Pointer(&f))[1])
}

// checkClosures proves what NewClosure assumes of the host: a func value is a pointer to {code, captured…}, and
// a captured variable that is never assigned to is captured by value.
func checkClosures() {
	env := &struct{ n int }{42}
	obj := closure{CodeOf(probe(nil)), uintptr(unsafe.Pointer(env))}
	p := &obj
	if f := *(*func(int) int)(unsafe.Pointer(&p)); f(1) != 43 {
		panic("rtgen: this Go release lays closures out differently")
	}
}

//go:noinline
func probe(env *struct{ n int }) func(int) int {
	return func(x int) int { return x + env.n }
}
