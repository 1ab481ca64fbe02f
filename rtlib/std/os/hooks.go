//go:build rtgen

package os

// runtime_args copies the host's list, since the guest may change it.
func runtime_args() []string { return append([]string(nil), hostArgs()...) }

func hostArgs() []string
