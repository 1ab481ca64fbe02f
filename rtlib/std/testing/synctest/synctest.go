//go:build rtgen

package synctest

import "testing"

// There are no bubbles: a test that needs one fails, the others of its package run.

// Test fails: rtgen has no bubbles.
func Test(t *testing.T, f func(*testing.T)) {
	t.Helper()
	t.Fatal("rtgen: testing/synctest is not supported")
}

// Wait panics, as it does outside of a bubble.
func Wait() { panic("goroutine is not in a bubble") }

//rtgen:drop testingSynctestTest
