//go:build rtgen

package unix

// The vDSO's getrandom needs state of the thread; the system call does not.
func vgetrandom(p []byte, flags uint32) (ret int, supported bool) { return -1, false }
