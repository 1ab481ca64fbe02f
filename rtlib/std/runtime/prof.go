//go:build rtgen

package runtime

import "unsafe"

// This file is profiling and tracing. Nothing is sampled: the profiles are there and empty, except for that of
// goroutines.

// MemProfileRate controls the fraction of memory allocations that are recorded in the memory profile; none are.
var MemProfileRate int = 512 * 1024

// A StackRecord describes a single execution stack.
type StackRecord struct {
	Stack0 [32]uintptr // stack trace for this record; ends at first 0 entry
}

// Stack returns the stack trace associated with the record, a prefix of r.Stack0.
func (r *StackRecord) Stack() []uintptr { return trim(r.Stack0[:]) }

func trim(s []uintptr) []uintptr {
	for i, v := range s {
		if v == 0 {
			return s[0:i]
		}
	}
	return s
}

// A MemProfileRecord describes the live objects allocated by a particular call sequence.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64       // number of bytes allocated, freed
	AllocObjects, FreeObjects int64       // number of objects allocated, freed
	Stack0                    [32]uintptr // stack trace for this record; ends at first 0 entry
}

// InUseBytes returns the number of bytes in use.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects returns the number of objects in use.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack returns the stack trace associated with the record, a prefix of r.Stack0.
func (r *MemProfileRecord) Stack() []uintptr { return trim(r.Stack0[:]) }

// BlockProfileRecord describes blocking events originated at a particular call sequence.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

// blockevent would note how long a goroutine was blocked.
func blockevent(cycles int64, skip int) {}

// MemProfile returns a profile of memory allocated and freed: an empty one.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }

// BlockProfile returns the number of records in the current blocking profile: none.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// MutexProfile returns the number of records in the current mutex profile: none.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile returns the number of records in the thread creation profile: none.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// GoroutineProfile returns the number of records in the active goroutine stack profile.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	n = NumGoroutine()
	if n > len(p) || n == 0 {
		return n, false
	}
	for i := range p {
		p[i] = StackRecord{}
	}
	return goroutineProfile((*uintptr)(unsafe.Pointer(unsafe.SliceData(p))), 32, len(p)), true
}

// goroutineProfile fills n rows of pcs, of the given width, and returns how many it has filled.
func goroutineProfile(rows *uintptr, width, n int) int

// SetBlockProfileRate controls the fraction of blocking events that are reported; none are.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction controls the fraction of mutex contention events that are reported; none are.
func SetMutexProfileFraction(rate int) int { return 0 }

// SetCPUProfileRate sets the CPU profiling rate; the CPU profile stays empty.
func SetCPUProfileRate(hz int) {}

// CPUProfile panics, as it does in Go.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// StartTrace enables tracing, which is not supported.
func StartTrace() error { return errorString("tracing is not supported by rtgen") }

// StopTrace stops tracing, if it was previously enabled.
func StopTrace() {}

// ReadTrace returns the next chunk of binary tracing data: none.
func ReadTrace() (buf []byte) { return nil }

// Labels show only in profiles of samples, so none are kept.

//go:linkname runtime_setProfLabel runtime/pprof.runtime_setProfLabel
func runtime_setProfLabel(labels unsafe.Pointer) {}

//go:linkname runtime_getProfLabel runtime/pprof.runtime_getProfLabel
func runtime_getProfLabel() unsafe.Pointer { return nil }
