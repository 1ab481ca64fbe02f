// Package abi is the one contract between the tool and the runtime: what generated
// code, the scheduler and the collector must agree on, and nothing else.
//
// A guest function that may reach a safepoint or may suspend takes two hidden
// leading arguments:
//
//	func fetch(in chan int) int   →   func fetch(w *abi.W, sp abi.SP, in abi.Chan[int]) int
//
// w is the worker that runs it, fixed for the whole native activation. sp is the
// first free byte of the worker's shadow stack. Both stay in registers; because sp is
// an argument, nothing is restored when a function returns or a panic passes through.
//
// Layouts in this package are known to cps/gen and to gc; change both or neither.
package abi

import "unsafe"

// SP is an address on a worker's shadow stack.
type SP = uintptr

// A running frame is Fn.Size bytes at its sp: pointer slots and saved values first, the
// site word last, so that the collector can walk down from the top of the stack:
// the word below sp is the address of a Site, whose Fn gives the frame's size.
// The callee's sp is the caller's sp + Fn.Size.

// Func is static data for one function that has a frame.
type Func struct {
	Name   string  // the name its author knows: "main.(*T).M", "main.f.func1"
	File   string  // path of the source file; others that //line directives name in it follow, each behind a NUL
	Line   int32   // line of the declaration
	Defers bool    // a panic must stop here: Resume runs its deferred calls
	Flags  uint8   // FuncWrapper …
	Size   uintptr // frame bytes, the site word included

	// Links lists, as Words does, the words of a captured frame that may hold pointers besides those that its site
	// names: saved values, and what links deferred calls and closures.
	Links string

	// Resume continues a captured frame. Generated data does not name it, so that it refers to no code; the first
	// Capture fills it in.
	Resume func(w *W, sp SP, f *Frame)
}

// Func flags.
const (
	FuncWrapper uint8 = 1 << iota // made by rtgen; left out of tracebacks, transparent to recover
	FuncMoves                     // what is in its frame may be pointed to while it waits
)

// Site is static data for one call site: what the frame looks like while that call runs.
type Site struct {
	Fn    *Func
	Live  uint64   // bit i: word i of the frame holds a live pointer
	More  []uint64 // bits 64 and up, for frames that have them
	State int32    // not negative: the callee may suspend, and Resume continues here; or DeferState
	Line  int32    // source line of the call; from bit LineBits on, which of Fn's files it is in
}

// LineBits is how many bits of Site.Line are the line itself. A file has no more lines than that for gc either. Known to
// cps/gen.
const LineBits = 24

// MaxFiles is how many files a Func can name.
const MaxFiles = 1 << (31 - LineBits)

// Place returns the source position of the call.
func (s *Site) Place() (file string, line int) {
	return s.Fn.file(int(s.Line >> LineBits)), int(s.Line & (1<<LineBits - 1))
}

// Place returns the source position of the declaration.
func (f *Func) Place() (file string, line int) { return f.file(0), int(f.Line) }

// file returns the i-th of f's files, "" if there are not so many.
func (f *Func) file(i int) string {
	s := f.File
	for {
		end := 0
		for end < len(s) && s[end] != 0 {
			end++
		}
		if i == 0 {
			return s[:end]
		}
		if end == len(s) {
			return ""
		}
		s, i = s[end+1:], i-1
	}
}

// Moved returns s at another place in the same function.
func (s Site) Moved(file string, line int) Site {
	i := s.Line >> LineBits
	for j := range MaxFiles {
		name := s.Fn.file(j)
		if name == "" {
			break
		}
		if name == file {
			i = int32(j)
			break
		}
	}
	s.Line = i<<LineBits | int32(min(line, 1<<LineBits-1))
	return s
}

// Frame is the header of a captured frame; Fn.Size bytes, laid out as a running frame,
// follow it. Frames live in the guest heap; their layout is read from the site.
type Frame struct {
	Caller *Frame // next frame out, nil for the outermost; written by the worker that unwinds
	Fn     *Func
}

// FrameHeader is the offset of a captured frame's body.
const FrameHeader = unsafe.Sizeof(Frame{})

// Body returns the captured frame's slots.
func (f *Frame) Body() unsafe.Pointer { return unsafe.Add(unsafe.Pointer(f), FrameHeader) }

// Site returns the site stored in the last word of the captured frame.
func (f *Frame) Site() *Site {
	return *(**Site)(unsafe.Add(f.Body(), f.Fn.Size-8))
}

// What Unwind may hold. Generated code only asks whether it is zero.
const (
	Running uint32 = iota
	Suspend        // the goroutine parks: every resumable frame captures itself and returns
	Yield          // it yields: the same, but its own worker queues it
)

// DeferState is the State of a site at which a deferred call runs for a panic (or for
// Goexit); other states are numbered from 0 by the order of their calls.
const DeferState = 1 << 16

// W is a worker: one OS thread's scheduler state, shadow stack and allocator.
type W struct {
	Unwind uint32 // not Running: the callee suspended; its results are meaningless
	Poll   uint32 // not 0: somebody wants this worker at a safepoint (bits below); written by anyone, atomically

	Ret    unsafe.Pointer // results of the captured frame or primitive that just completed, laid out as a struct of them
	RetLen uintptr        // bytes at Ret; grown by RetArea
	G      *G             // the goroutine that runs
	Tail   *Frame         // outermost frame captured by the unwind under way; nil before the first
	Base   SP             // bottom of the shadow stack
	Top    SP             // while stopped at a safepoint or in a system call: first free byte of the shadow stack

	// Raise is set while a captured frame is resumed because a panic reached it.
	Raise *Panic

	FreePanic *Panic // a panic's record for the next one, nil if there is none; package rtpanic's

	moves []move // frames captured by the unwind under way that something may point into, innermost first

	ID    int
	Heap  unsafe.Pointer // *gc.Cache, owned by the worker
	Sched unsafe.Pointer // *sched.worker
}

// Bits of W.Poll.
const (
	PollStop    uint32 = 1 << iota // the world is being stopped
	PollPreempt                    // the goroutine has run long enough
	PollAsk                        // the monitor asks whether the worker is in guest code
	PollGC                         // a collection is due; set and cleared by the worker itself
)

// RetSize is the least number of bytes at W.Ret; RetArea grows it.
const RetSize = 512

// G is the part of a goroutine that is known outside the scheduler. The scheduler
// embeds it as the first field of its own record.
type G struct {
	Frames *Frame // innermost captured frame
	Panic  *Panic // innermost panic (or Goexit) being handled
	ID     uint64

	// Buf holds a value on its way to or from a parked goroutine; the collector
	// scans it conservatively. Larger values go to a heap object whose address is in Buf[0].
	Buf [4]uintptr
}

// Panic is one panic, or one Goexit, being handled. It lives in the guest heap; its layout
// for the collector is conservative.
type Panic struct {
	Value      any
	Link       *Panic // the panic that was being handled when this one began
	Goexit     bool
	Recovered  bool
	Aborted    bool   // a newer panic replaced it
	DeferSP    SP     // sp passed to the deferred call under way: only that callee may recover
	DeferFrame *Frame // instead of DeferSP once that callee has been captured
	HandlerEnd SP     // where the frame ends that handles it and is being captured, 0 if none is
	Handler    *Frame // the captured frame that handles it, if it is one that does; only compared
}

// Defer is one deferred call of a frame: a thunk that holds callee and arguments.
type Defer struct {
	Link *Defer
	Fn   func(w *W, sp SP)
}

// Error is the guest's predeclared error.
type Error interface {
	Error(w *W, sp SP) string
}

// Ʀerror is what a struct embeds for error: a field called Error would hide the method.
type Ʀerror = Error

// Layout says where an object's pointers are. Word i of each Period bytes is a pointer if
// bit i of Mask is set; Bits replaces Mask when a period has more than 64 words.
type Layout struct {
	Size   uintptr // bytes of one object or, for arrays, of one element
	Period uintptr // bytes after which the mask repeats; Size unless the type is an array of something smaller
	Mask   uint64
	Bits   []uint64
	ID     uint32 // owned by gc: 0 until first allocation
}

// HasPointers reports whether objects of this layout need scanning.
func (l *Layout) HasPointers() bool { return l.Mask != 0 || l.Bits != nil }

// Chan, RecvChan and SendChan represent chan T, <-chan T and chan<- T. The zero-size field
// lends element type and, by its name, direction to reflectmeta, also where a defined type
// has one of these as its underlying type.
type (
	Chan[T any] struct {
		both [0]*T
		P    unsafe.Pointer // *rtchan.Hchan
	}
	RecvChan[T any] struct {
		recv [0]*T
		P    unsafe.Pointer
	}
	SendChan[T any] struct {
		send [0]*T
		P    unsafe.Pointer
	}
)

// Map represents map[K]V. The zero-size func makes it as incomparable as a map.
type Map[K, V any] struct {
	_ [0]func(K) V
	P unsafe.Pointer // *internal/runtime/maps.Map of the guest
}

// Noescape hides p from the host's escape analysis: the callee must not keep it.
//
//go:nosplit
func Noescape[T any](p *T) *T {
	return Ptr[T](uintptr(unsafe.Pointer(p)))
}
