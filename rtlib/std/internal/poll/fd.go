//go:build rtgen

package poll

import (
	"io"
	"strconv"
	"syscall"
	"unsafe"
)

// Read and Write differ from Go's in how they ask sockets: in a way that never waits, even if somebody has made the socket
// blocking. So others need not be told that this worker is in a system call, and nobody has to look after it.

// atOnce is how much a socket is asked for, or given, in that way: copying more takes too long.
const atOnce = 64 << 10

// once asks for p, or gives it: a socket by trap, what is none, or much, by call.
func (fd *FD) once(trap uintptr, call func(fd int, p []byte) (int, error), p []byte) (int, error) {
	for !fd.isFile && len(p) <= atOnce {
		n, _, errno := syscall.RawSyscall6(trap, uintptr(fd.Sysfd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), syscall.MSG_DONTWAIT, 0, 0)
		if errno == 0 {
			return int(n), nil
		}
		if errno != syscall.EINTR {
			return 0, errno
		}
	}
	return ignoringEINTRIO(call, fd.Sysfd, p)
}

//line fd_unix.go:141
func (fd *FD) Read(p []byte) (int, error) {
	if err := fd.readLock(); err != nil {
		return 0, err
	}
	defer fd.readUnlock()
	if len(p) == 0 {
		return 0, nil // it would look like the end
	}
	if err := fd.pd.prepareRead(fd.isFile); err != nil {
		return 0, err
	}
	if fd.IsStream {
		p = p[:min(len(p), maxRW)]
	}
	n, err := fd.once(syscall.SYS_RECVFROM, syscall.Read, p)
	for err == syscall.EAGAIN && fd.pd.pollable() {
//line fd_unix.go:165
		if err = fd.pd.waitRead(fd.isFile); err == nil {
			n, err = fd.once(syscall.SYS_RECVFROM, syscall.Read, p)
		}
	}
	if err != nil {
		n = 0
	}
	return n, fd.eofError(n, err)
}

//line fd_unix.go:360
func (fd *FD) Write(p []byte) (int, error) {
	if err := fd.writeLock(); err != nil {
		return 0, err
	}
	defer fd.writeUnlock()
	if err := fd.pd.prepareWrite(fd.isFile); err != nil {
		return 0, err
	}
	for done := 0; ; {
		todo := p[done:]
		if fd.IsStream {
			todo = todo[:min(len(todo), maxRW)]
		}
		n, err := fd.once(syscall.SYS_SENDTO, syscall.Write, todo)
		if n > len(todo) {
			panic("invalid return from write: got " + strconv.Itoa(n) + " from a write of " + strconv.Itoa(len(todo)))
		}
		done += max(n, 0)
		if done == len(p) {
			return done, err
		}
		if err == syscall.EAGAIN && fd.pd.pollable() {
//line fd_unix.go:390
			err = fd.pd.waitWrite(fd.isFile)
		} else if err == nil && n == 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return done, err
		}
	}
}
