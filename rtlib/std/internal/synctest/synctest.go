//go:build rtgen

package synctest

// This file is bubbles as package sched knows them; see bubble.go there.

func current() uint32 // number of the goroutine's bubble; 0 if it is in none

func enter() bool
func leave()
func mainDone()

func fire()
func idle()
func advance() bool
func left() (n int, done bool)

func startWait() int
func wait()

func hold(id uint32, n int)
func join(id uint32) bool
func part()

type deadlockError struct {
	reason string
	bubble uint32
}

func (e deadlockError) Error() string { return e.reason }

// DeadBubble is called by what prints uncaught panics: it shows the goroutines of the bubble.
func (e deadlockError) DeadBubble() uint32 { return e.bubble }

func Run(f func()) {
	if !enter() {
		panic("synctest.Run called from within a synctest bubble")
	}
	defer leave()
	go func() {
		defer mainDone()
		f()
	}()
	for {
		fire()
		idle()
		if !advance() {
			break
		}
	}
	switch n, done := left(); {
	case n == 0:
	case done:
		panic(deadlockError{"deadlock: main bubble goroutine has exited but blocked goroutines remain", current()})
	default:
		panic(deadlockError{"deadlock: all goroutines in bubble are blocked", current()})
	}
}

func Wait() {
	switch startWait() {
	case 1:
		panic("goroutine is not in a bubble")
	case 2:
		panic("wait already in progress")
	}
	wait()
}

// held is a bubble that acquire keeps from being idle.
type held uint32

func acquire() any {
	if id := current(); id != 0 {
		hold(id, 1)
		return held(id)
	}
	return nil
}

func release(b any) { hold(uint32(b.(held)), -1) }

func inBubble(b any, f func()) {
	if !join(uint32(b.(held))) {
		panic("goroutine is already bubbled")
	}
	defer part()
	f()
}
