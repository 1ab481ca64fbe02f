//go:build !race

package sched

// This file is release stores for processors that do not reorder stores: a plain one will do, where
// sync/atomic would use an XCHG, as dear as taking a lock.

// Unlock releases l.
func (l *Lock) Unlock() { *l = 0 }

// StoreRel stores v behind everything the caller wrote before. Only the word's owner may use
// it: it is not ordered before the caller's later loads.
func StoreRel(p *uint32, v uint32)      { *p = v }
func storeRel64(p *uint64, v uint64)    { *p = v }
func storeRelPtr(p *uintptr, v uintptr) { *p = v }

const canSolo = true // see solo.go
