package go126

import (
	"os"
	"runtime"
	"unsafe"

	rtpanic "rtgen/panic"
	"rtgen/reflectmeta"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is the rest of package runtime: goroutines, program counters, fatal errors.

// Gosched is runtime.Gosched.
func Gosched(w *abi.W, sp abi.SP) { sched.Yield(w, sp) }

// Goexit is runtime.Goexit.
func Goexit(w *abi.W, sp abi.SP) { rtpanic.Goexit(w, sp) }

// LockOSThread is runtime.LockOSThread, UnlockOSThread runtime.UnlockOSThread.
func LockOSThread(w *abi.W, sp abi.SP)   { sched.LockThread(w) }
func UnlockOSThread(w *abi.W, sp abi.SP) { sched.UnlockThread(w) }

// GOMAXPROCS is runtime.GOMAXPROCS.
func GOMAXPROCS(w *abi.W, sp abi.SP, n int) int { return sched.GOMAXPROCS(n) }

// PoolSize is runtime.GOMAXPROCS(0) as package sync asks for it: one more than the largest number of ProcPin.
func PoolSize() int { return sched.Pins() }

// NumGoroutine is runtime.NumGoroutine.
func NumGoroutine() int { return sched.Count() }

// Throw and Fatal end the program with a fatal error and all goroutines' traces.
func Throw(w *abi.W, sp abi.SP, s string) { rtpanic.Throw(w, sp, s) }

// Fatal is Throw for errors of the program.
func Fatal(w *abi.W, sp abi.SP, s string) { rtpanic.Fatal(w, sp, s) }

// SetGodebug heeds a value of GODEBUG.
func SetGodebug(settings string) { rtpanic.SetGodebug(settings) }

// NilPanics is how often panic(nil) was heeded as such.
func NilPanics() uint64 { return rtpanic.NilPanics() }

// SetCrashFD sets where crash reports go beside standard error, and returns what it was.
func SetCrashFD(fd uintptr) uintptr { return rtpanic.SetCrashFD(fd) }

// RegisterErrors names the guest function that makes run-time errors.
func RegisterErrors(w *abi.W, sp abi.SP, f func(w *abi.W, sp abi.SP, kind int, text string) any) {
	rtpanic.RegisterErrors(f)
}

var (
	version = runtime.Version()
	goroot  = os.Getenv("GOROOT")
)

// Version is runtime.Version.
func Version() string { return version }

// GOROOT is runtime.GOROOT.
func GOROOT() string {
	if goroot != "" {
		return goroot
	}
	return rtpanic.GOROOT
}

// ModInfo is runtime/debug.modinfo, whose caller cuts off what go tools look for in a file: 16 bytes at either end.
func ModInfo() string {
	if rtpanic.ModInfo == "" {
		return ""
	}
	const edge = "0123456789abcdef"
	return edge + rtpanic.ModInfo + edge
}

// TypeString spells the type of a type word.
func TypeString(t unsafe.Pointer) string { return reflectmeta.TypeText(t) }

// FuncForPC is runtime.FuncForPC.
func FuncForPC(pc uintptr) unsafe.Pointer { return unsafe.Pointer(rtpanic.FuncForPC(pc)) }

// PCInfo tells function, file and line of a pc.
func PCInfo(pc uintptr) (f unsafe.Pointer, file string, line int) {
	r, file, line := rtpanic.PCInfo(pc)
	return unsafe.Pointer(r), file, line
}

// Callers fills pcs; skip 0 is the pseudo-frame of the hook, 1 its caller.
func Callers(w *abi.W, sp abi.SP, skip int, pcs []uintptr) int {
	return rtpanic.Callers(w, sp, skip, pcs)
}

// Stack is runtime.Stack.
func Stack(w *abi.W, sp abi.SP, buf []byte, all bool) int {
	if all {
		stopWorld(w, sp)
		defer sched.StartWorld(w)
	}
	return rtpanic.Stack(w, sp, buf, all)
}

// stopWorld keeps the frames of other goroutines from changing: one that suspends captures them one by one.
func stopWorld(w *abi.W, sp abi.SP) {
	for !sched.StopWorld(w, sp) {
	}
}

// GoroutineProfile fills n rows of width pcs, a row for each goroutine, and returns how many there are.
func GoroutineProfile(w *abi.W, sp abi.SP, rows *uintptr, width, n int) int {
	stopWorld(w, sp)
	defer sched.StartWorld(w)
	i := 0
	all := unsafe.Slice(rows, width*n)
	rtpanic.Goroutines(func(g rtpanic.GInfo) {
		if i == n {
			return
		}
		row := all[i*width : (i+1)*width]
		clear(row)
		if g.G == w.G {
			rtpanic.Callers(w, sp, 1, row)
		} else {
			j := 0
			rtpanic.WalkParked(g, func(pc uintptr) bool {
				row[j] = pc
				j++
				return j < width
			})
		}
		i++
	})
	return i
}
