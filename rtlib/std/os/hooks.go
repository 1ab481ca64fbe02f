//go:build rtgen

package os

// runtime_args copies the host's list, since the guest may change it.
func runtime_args() []string { return append([]string(nil), hostArgs()...) }

func hostArgs() []string

// Only Android's seccomp filter raises SIGSYS.

func ignoreSIGSYS() {}

func restoreSIGSYS() {}

func runtime_beforeExit(exitCode int) {}
