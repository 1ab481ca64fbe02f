package sched

// This file is runtime.LockOSThread: a goroutine that stays on its worker, and the worker on its thread.
//
//	LockThread          g is locked to p; p's host goroutine is locked to its thread
//	g parks             p gives token and queue away and sleeps: nothing else runs on its thread
//	another worker q    finds g runnable, hands it to p, and p goes on with it
//	g ends              so does the thread; p goes on on another one
//
// Such a switch costs two wake-ups of threads, as in Go.

import (
	"runtime"

	"rtgen/rtlib/abi"
)

// LockThread binds the goroutine to the worker that runs it; calls nest.
func LockThread(w *abi.W) {
	p, g := of(w), Self(w)
	if p.locks++; p.locks == 1 {
		p.locked = g
		g.flags |= flagLocked
		runtime.LockOSThread()
	}
}

// UnlockThread undoes one LockThread.
func UnlockThread(w *abi.W) {
	if p := of(w); p.locks > 0 {
		if p.locks--; p.locks == 0 {
			p.locked.flags &^= flagLocked
			p.locked = nil
			runtime.UnlockOSThread()
		}
	}
}

// leaveThread is for a goroutine that ends while it is locked: its thread, which it may have made unfit for others, ends with
// it. The host sees to that once a host goroutine ends locked; the worker goes on with another one.
func (p *worker) leaveThread() {
	p.locked, p.locks = &p.sysG, 0
	p.moves = true
}

// sendHome hands runnable g to the worker it is bound to.
func (p *worker) sendHome(g *G) {
	var v *worker
	for _, v = range allWorkers() {
		if v.locked == g {
			break
		}
	}
	p.giveToken() // v is to have it
	idle.Lock.Lock()
	v.handed = g
	rests := v.resting
	if rests {
		v.resting = false
		idle.n.Add(-1)
	}
	idle.Unlock()
	if rests {
		v.note.wake()
	}
}

// findLocked waits for p's own goroutine.
func (p *worker) findLocked() *G {
	p.stopSpinning()
	idle.Lock.Lock()
	for p.handed == nil {
		idle.Unlock()
		p.takeover()
		idle.Lock.Lock()
		if p.handed != nil {
			break
		}
		p.resting = true
		idle.n.Add(1)
		p.becomeIdle()
		idle.Unlock()
		checkDeadlock()
		p.note.sleep()
		p.becomeRunning()
		idle.Lock.Lock()
	}
	g := p.handed
	p.handed = nil
	idle.Unlock()
	p.takeToken() // without one it goes on all the same, until it parks
	return g
}
