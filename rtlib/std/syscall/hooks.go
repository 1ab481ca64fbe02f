//go:build rtgen

package syscall

import (
	errorspkg "errors"
	"unsafe"
)

// runtime_envs copies the host's list, since the guest changes it.
func runtime_envs() []string { return append([]string(nil), hostEnvs()...) }

func hostEnvs() []string

// forkExec leaves everything to the host: between fork and exec nothing but its own assembly may run.
// ProcAttr and SysProcAttr have the host's layout.
func forkExec(argv0 string, argv []string, attr *ProcAttr) (pid int, err error) {
	if attr == nil {
		attr = &zeroProcAttr
	}
	if sys := attr.Sys; sys != nil {
		if sys.Setctty && sys.Foreground {
			return 0, errorspkg.New("both Setctty and Foreground set in SysProcAttr")
		}
		if sys.Setctty && sys.Ctty >= len(attr.Files) {
			return 0, errorspkg.New("Setctty set but Ctty not valid in child")
		}
	}
	pid, errno := hostForkExec(argv0, argv, unsafe.Pointer(attr))
	if errno != 0 {
		return 0, errno
	}
	return pid, nil
}

func hostForkExec(argv0 string, argv []string, attr unsafe.Pointer) (pid int, err Errno)

// Exec is the host's, which stops its threads first.
func Exec(argv0 string, argv []string, envv []string) (err error) {
	if rlim := origRlimitNofile.Load(); rlim != nil {
		Setrlimit(RLIMIT_NOFILE, rlim)
	}
	return hostExec(argv0, argv, envv)
}

func hostExec(argv0 string, argv []string, envv []string) Errno

// A process cannot be cloned from guest code to see whether the kernel hands out a pidfd. Kernels since 5.4
// do; os has found pidfd_open and pidfd_send_signal to work before it asks.
//
//go:linkname os_checkClonePidfd os.checkClonePidfd
func os_checkClonePidfd() error { return nil }

func gettimeofday(tv *Timeval) (err Errno) {
	_, _, err = RawSyscall(SYS_GETTIMEOFDAY, uintptr(unsafe.Pointer(tv)), 0, 0)
	return
}

//rtgen:drop doCheckClonePidfd forkAndExecInChild forkAndExecInChild1 forkAndExecFailureCleanup
//rtgen:drop formatIDMappings writeIDMappings writeSetgroups writeUidGidMappings
//rtgen:drop execveLibc rawVforkSyscall runtime_BeforeExec runtime_AfterExec

// Without cgo nothing calls it.
func cgocaller(fn unsafe.Pointer, args ...uintptr) uintptr { return 0 }

//rtgen:drop runtime_entersyscall runtime_exitsyscall runtime_BeforeFork runtime_AfterFork runtime_AfterForkInChild

func runtimeClearenv(env map[string]int) {
	if _, ok := env["GODEBUG"]; ok {
		runtimeUnsetenv("GODEBUG")
	}
}
