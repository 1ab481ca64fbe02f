//go:build rtgen

package sync

// semreleaseN is n times runtime_Semrelease.
func semreleaseN(s *uint32, n uint32)

// Unlock differs from Go's in that it releases the readers in one step.

//line rwmutex.go:201
func (rw *RWMutex) Unlock() {
//line rwmutex.go:209
	r := rw.readerCount.Add(rwmutexMaxReaders)
//line rwmutex.go:211
	if r >= rwmutexMaxReaders {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	if r != 0 {
//line rwmutex.go:216
		semreleaseN(&rw.readerSem, uint32(r))
	}
//line rwmutex.go:219
	rw.w.Unlock()
}
