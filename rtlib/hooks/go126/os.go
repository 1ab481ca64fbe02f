package go126

import (
	"os"
	"syscall"
	"unsafe"

	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// This file is system calls, processes, signals, environment.

// RawSyscall6 is a system call that does not block.
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) {
	r1, r2, e := syscall.RawSyscall6(trap, a1, a2, a3, a4, a5, a6)
	return r1, r2, uintptr(e)
}

// RawSyscall is RawSyscall6 with three arguments.
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2, errno uintptr) {
	r1, r2, e := syscall.RawSyscall(trap, a1, a2, a3)
	return r1, r2, uintptr(e)
}

// RawSyscallNoError is RawSyscall for calls that cannot fail.
func RawSyscallNoError(trap, a1, a2, a3 uintptr) (r1, r2 uintptr) {
	r1, r2, _ = syscall.RawSyscall(trap, a1, a2, a3)
	return
}

// Syscall is a system call that may block: others run meanwhile.
func Syscall(w *abi.W, sp abi.SP, trap, a1, a2, a3 uintptr) (r1, r2, errno uintptr) {
	sched.EnterSyscall(w, sp)
	r1, r2, e := syscall.Syscall(trap, a1, a2, a3)
	sched.ExitSyscall(w)
	return r1, r2, uintptr(e)
}

// Syscall6 is Syscall with six arguments.
func Syscall6(w *abi.W, sp abi.SP, trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) {
	sched.EnterSyscall(w, sp)
	r1, r2, e := syscall.Syscall6(trap, a1, a2, a3, a4, a5, a6)
	sched.ExitSyscall(w)
	return r1, r2, uintptr(e)
}

// SyscallNoError is Syscall for calls that cannot fail.
func SyscallNoError(w *abi.W, sp abi.SP, trap, a1, a2, a3 uintptr) (r1, r2 uintptr) {
	r1, r2, _ = Syscall(w, sp, trap, a1, a2, a3)
	return
}

// Gettimeofday is the system call of that name.
func Gettimeofday(tv unsafe.Pointer) (errno uintptr) {
	_, _, e := syscall.RawSyscall(syscall.SYS_GETTIMEOFDAY, uintptr(tv), 0, 0)
	return uintptr(e)
}

// AllThreadsSyscall is a system call made on every thread.
func AllThreadsSyscall(w *abi.W, sp abi.SP, trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2, errno uintptr) {
	sched.EnterSyscall(w, sp)
	r1, r2, e := syscall.AllThreadsSyscall6(trap, a1, a2, a3, a4, a5, a6)
	sched.ExitSyscall(w)
	return r1, r2, uintptr(e)
}

// Fcntl is runtime.fcntl: the value, or -1 and the error.
func Fcntl(fd, cmd, arg int32) (val, errno int32) {
	r, _, e := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), uintptr(cmd), uintptr(arg))
	if e != 0 {
		return -1, int32(e)
	}
	return int32(r), 0
}

// Write is runtime.write: the count, or minus the error.
func Write(fd uintptr, p unsafe.Pointer, n int32) int32 {
	m, err := syscall.Write(int(fd), unsafe.Slice((*byte)(p), n))
	if e, ok := err.(syscall.Errno); ok {
		return -int32(e)
	}
	return int32(m)
}

// ForkExec starts a process. attr is the guest's *syscall.ProcAttr, which has the host's layout.
func ForkExec(w *abi.W, sp abi.SP, argv0 string, argv []string, attr *syscall.ProcAttr) (pid int, errno uintptr) {
	sched.EnterSyscall(w, sp)
	pid, err := syscall.ForkExec(argv0, argv, attr)
	sched.ExitSyscall(w)
	return pid, errnoOf(err)
}

// Exec replaces the process.
func Exec(w *abi.W, sp abi.SP, argv0 string, argv, envv []string) uintptr {
	sched.EnterSyscall(w, sp)
	err := syscall.Exec(argv0, argv, envv)
	sched.ExitSyscall(w)
	return errnoOf(err)
}

func errnoOf(err error) uintptr {
	if err == nil {
		return 0
	}
	if e, ok := err.(syscall.Errno); ok {
		return uintptr(e)
	}
	return uintptr(syscall.EINVAL)
}

// Exit ends the process at once.
func Exit(code int) { sched.Exit(code) }

// The host's lists live as long as the process.
var (
	envs = syscall.Environ()
	args = os.Args
)

// Envs is the environment at start.
func Envs() []string { return envs }

// Args is the command line.
func Args() []string { return args }

// Getenv returns a variable of the environment at start.
func Getenv(key string) string {
	for _, kv := range envs {
		if len(kv) > len(key) && kv[len(key)] == '=' && kv[:len(key)] == key {
			return kv[len(key)+1:]
		}
	}
	return ""
}

//go:linkname getAuxv runtime.getAuxv
func getAuxv() []uintptr

// Auxv is the auxiliary vector.
func Auxv() []uintptr { return getAuxv() }

//go:linkname sigpipe os.sigpipe
func sigpipe()

// Sigpipe ends the process as a write to a broken pipe on standard output does.
func Sigpipe() { sigpipe() }

// SignalRecv waits for the next signal.
func SignalRecv(w *abi.W, sp abi.SP) uint32 { return sched.SignalRecv(w, sp) }

// SignalEnable asks for a signal.
func SignalEnable(s uint32) { sched.SignalEnable(s) }

// SignalDisable gives a signal its default meaning.
func SignalDisable(s uint32) { sched.SignalDisable(s) }

// SignalIgnore ignores a signal.
func SignalIgnore(s uint32) { sched.SignalIgnore(s) }

// SignalIgnored reports whether a signal is ignored.
func SignalIgnored(s uint32) bool { return sched.SignalIgnored(s) }

// SignalsIdle reports whether no delivery is under way.
func SignalsIdle() bool { return sched.SignalsIdle() }
