//go:build rtgen

package sync

// Lock differs from Go's in that it does not begin with the usual way, a compare-and-swap: package sync's
// has tried that when it gets here.

//line mutex.go:70
func (m *Mutex) Lock() { m.lockSlow() }

// UnlockSlow is what remains of Unlock where package sync's has left new, not 0, as the state.

//line mutex.go:198
func (m *Mutex) UnlockSlow(new int32) { m.unlockSlow(new) }
