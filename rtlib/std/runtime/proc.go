//go:build rtgen

//rtgen:replace

// Package runtime is the guest's own: its public interface over hooks of rtgen's runtime. Nothing
// of Go's runtime is left.
package runtime

import "unsafe"

// This file is processes: scheduling, versions, environment.

// Compiler is the name of the compiler toolchain that built the running binary.
const Compiler = "gc"

// GOOS is the running program's operating system target.
const GOOS string = "linux"

// GOARCH is the running program's architecture target.
const GOARCH string = "amd64"

// Gosched yields the processor, allowing other goroutines to run.
func Gosched()

// Goexit terminates the goroutine that calls it, after running its deferred calls.
func Goexit()

// GOMAXPROCS sets the number of workers and returns the previous setting; n < 1 only asks.
func GOMAXPROCS(n int) int

// SetDefaultGOMAXPROCS sets GOMAXPROCS to its default value.
func SetDefaultGOMAXPROCS() { GOMAXPROCS(NumCPU()) }

// NumCPU returns the number of logical CPUs usable by the current process.
func NumCPU() int

// NumGoroutine returns the number of goroutines that currently exist.
func NumGoroutine() int

// NumCgoCall returns the number of cgo calls made by the current process; there are none.
func NumCgoCall() int64 { return 0 }

// LockOSThread wires the calling goroutine to its current operating system thread, until UnlockOSThread has been called
// as often. If the goroutine ends before, so does the thread.
func LockOSThread()

// UnlockOSThread undoes an earlier call to LockOSThread.
func UnlockOSThread()

// Breakpoint executes a breakpoint trap.
func Breakpoint()

// Version returns the Go release that the standard library comes from.
func Version() string { return hostVersion() }

// GOROOT returns the root of the Go tree, or the empty string.
func GOROOT() string { return hostGOROOT() }

func hostVersion() string
func hostGOROOT() string

// SetCgoTraceback records functions for tracebacks of cgo code; there is none.
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {
	if version != 0 {
		panic("unsupported version")
	}
}

func typeString(t unsafe.Pointer) string
