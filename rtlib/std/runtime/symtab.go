//go:build rtgen

package runtime

// This file is program counters. A pc is the address of a call site's static description, or of a function's
// code; the host side tells them apart.

// Frames may be used to get function/file/line information for a
// slice of PC values returned by [Callers].
type Frames struct {
	callers []uintptr
}

// Frame is the information returned by [Frames] for each call frame.
type Frame struct {
	PC        uintptr // program counter of the call
	Func      *Func   // nil if unknown
	Function  string  // path-qualified name, empty if unknown
	File      string
	Line      int
	startLine int
	Entry     uintptr
}

// A Func represents a Go function in the running binary. The host side makes it, once per function, and keeps it
// for ever; it knows this layout.
type Func struct {
	name, file string
	line       int
	entry      uintptr
}

// CallersFrames takes a slice of PC values returned by [Callers] and
// prepares to return function/file/line information.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next call frame; more says whether the call after it will return one too.
func (ci *Frames) Next() (frame Frame, more bool) {
	for len(ci.callers) > 0 {
		pc := ci.callers[0]
		ci.callers = ci.callers[1:]
		f, file, line := pcInfo(pc)
		if f == nil {
			continue
		}
		return Frame{PC: pc, Func: f, Function: f.name, File: file, Line: line, startLine: f.line, Entry: f.entry}, len(ci.callers) > 0
	}
	return Frame{}, false
}

func pcInfo(pc uintptr) (f *Func, file string, line int)

// Caller reports file and line number information about function invocations on
// the calling goroutine's stack. skip 0 identifies the caller of Caller.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	if skip < 0 {
		return 0, "", 0, false
	}
	var one [1]uintptr
	if callers(skip+2, one[:]) < 1 {
		return 0, "", 0, false
	}
	f, file, line := pcInfo(one[0])
	return one[0], file, line, f != nil
}

// Callers fills the slice pc with the return program counters of function invocations
// on the calling goroutine's stack. skip 0 identifies Callers itself, 1 its caller.
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 || skip < 0 {
		return 0
	}
//line extern.go:339
	return callers(skip+1, pc)
}

// callers is Callers for its caller: skip 0 is callers itself.
//
//line symtab.go:80
func callers(skip int, pc []uintptr) int

// FuncForPC returns a *[Func] describing the function that contains the given program counter
// address, or else nil.
func FuncForPC(pc uintptr) *Func { return funcForPC(pc) }

func funcForPC(pc uintptr) *Func

// Name returns the name of the function.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry returns the entry address of the function.
func (f *Func) Entry() uintptr { return f.entry }

// FileLine returns the file name and line number of the source code
// corresponding to the program counter pc.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	if pc == f.entry {
		return f.file, f.line
	}
	if g, file, line := pcInfo(pc); g == f {
		return file, line
	}
	return f.file, f.line
}

// Stack formats a stack trace of the calling goroutine, or of all, into buf
// and returns the number of bytes written.
func Stack(buf []byte, all bool) int {
	if len(buf) == 0 {
		return 0
	}
	return stack(buf, all)
}

func stack(buf []byte, all bool) int

//go:linkname pprof_FrameStartLine runtime/pprof.runtime_FrameStartLine
func pprof_FrameStartLine(f *Frame) int { return f.startLine }

//go:linkname pprof_FrameSymbolName runtime/pprof.runtime_FrameSymbolName
func pprof_FrameSymbolName(f *Frame) string { return f.Function }

//go:linkname pprof_expandFinalInlineFrame runtime/pprof.runtime_expandFinalInlineFrame
func pprof_expandFinalInlineFrame(stk []uintptr) []uintptr { return stk }
