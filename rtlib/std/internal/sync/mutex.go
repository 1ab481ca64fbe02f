//go:build rtgen

package sync

// Lock differs from Go's in that it does not begin with the usual way, a compare-and-swap: package sync's
// has tried that when it gets here.

//line mutex.go:70
func (m *Mutex) Lock() { m.lockSlow() }
