// This file writes what is printed before the program ends: to standard error, and where debug.SetCrashOutput says.

package rtpanic

import (
	"sync/atomic"
	"syscall"
)

// crashFD is one more than the file descriptor for crash reports; 0 for none.
var crashFD atomic.Uintptr

// SetCrashFD sets the file descriptor, ^0 for none, and returns what it was.
func SetCrashFD(fd uintptr) uintptr { return crashFD.Swap(fd+1) - 1 }

// report writes b, the last words.
func report(b []byte) {
	stderr(b)
	fd := crashFD.Load()
	for fd != 0 && len(b) > 0 {
		n, err := syscall.Write(int(fd-1), b)
		if err != nil && err != syscall.EINTR {
			return
		}
		b = b[max(n, 0):]
	}
}
