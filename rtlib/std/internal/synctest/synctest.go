//go:build rtgen

package synctest

import "unsafe"

// No goroutine is ever in a bubble. Run and Wait have no hook, and testing/synctest does not call them.

func IsInBubble() bool { return false }

func associate(p unsafe.Pointer) int { return int(Unbubbled) }

func disassociate(b unsafe.Pointer) {}

func isAssociated(p unsafe.Pointer) bool { return false }

func acquire() any { return nil }

func release(any) {}

func inBubble(b any, f func()) { f() }
