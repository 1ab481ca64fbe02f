//go:build !amd64 || race

package sched

import "sync/atomic"

// Unlock releases l.
func (l *Lock) Unlock() { atomic.StoreUint32((*uint32)(l), 0) }

// StoreRel stores v behind everything the caller wrote before.
func StoreRel(p *uint32, v uint32)      { atomic.StoreUint32(p, v) }
func storeRel64(p *uint64, v uint64)    { atomic.StoreUint64(p, v) }
func storeRelPtr(p *uintptr, v uintptr) { atomic.StoreUintptr(p, v) }

const canSolo = false // see solo.go
