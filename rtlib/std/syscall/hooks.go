//go:build rtgen

package syscall

import "unsafe"

// runtime_envs copies the host's list, since the guest changes it.
func runtime_envs() []string { return append([]string(nil), hostEnvs()...) }

func hostEnvs() []string

// forkExec leaves everything to the host: between fork and exec nothing but its own assembly may run.
// ProcAttr and SysProcAttr have the host's layout.
func forkExec(argv0 string, argv []string, attr *ProcAttr) (pid int, err error) {
	if attr == nil {
		attr = &zeroProcAttr
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
	return hostExec(argv0, argv, envv)
}

func hostExec(argv0 string, argv []string, envv []string) Errno

// A process cannot be cloned from guest code to see whether the kernel hands out a pidfd. Kernels since 5.4
// do; os has found pidfd_open and pidfd_send_signal to work before it asks.
//
//go:linkname os_checkClonePidfd os.checkClonePidfd
func os_checkClonePidfd() error { return nil }

//rtgen:drop doCheckClonePidfd forkAndExecInChild forkAndExecInChild1 forkAndExecFailureCleanup
//rtgen:drop formatIDMappings writeIDMappings writeSetgroups writeUidGidMappings
//rtgen:drop execveLibc rawVforkSyscall runtime_BeforeExec runtime_AfterExec
