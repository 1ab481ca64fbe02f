package sched

// This file is finding work, and what workers do when there is none.

import (
	"sync/atomic"
	"time"

	"rtgen/rtlib/abi"
)

// maxRunning is GOMAXPROCS: the number of tokens there are.
var maxRunning atomic.Int32

// idle is the workers without a token, and the tokens without a worker.
var idle struct {
	Lock
	stack    *worker       // parked workers
	n        atomic.Int32  // how many; written under the lock
	tokens   atomic.Int32  // written under the lock; negative while GOMAXPROCS was just lowered
	want     atomic.Uint32 // who is to hear of what is queued: wantWorker, wantMonitor; written under the lock
	spinning atomic.Int32  // workers that look for work and have found none yet
	poller   atomic.Int32  // 1: some worker, without a token, waits in netpoll
	until    atomic.Int64  // that one's timeout; its nanotime
}

const (
	wantWorker  uint32 = 1 << iota // there are tokens
	wantMonitor                    // it dozes
)

// addTokens changes the number of tokens. The lock is held.
func addTokens(n int32) {
	if idle.tokens.Add(n) > 0 {
		idle.want.Or(wantWorker)
	} else {
		idle.want.And(^wantWorker)
	}
}

const spinRounds = 40

// quickTurns is how many goroutines in a row run without a look at anything but the worker's queue.
const quickTurns = 32

// find returns the goroutine to run next; nil if the worker must look again (it may have
// slept meanwhile).
func (p *worker) find() *G {
	w := &p.w
	w.G = &p.sysG.G
	if p.locked != nil {
		return p.findLocked()
	}
	if atomic.LoadUint32(&w.Poll) != 0 {
		Poll(w, w.Base)
	}
	if atomic.LoadUint32(&p.token) == 0 && !p.takeToken() {
		p.stopSpinning() // the monitor may have taken the token while we looked for work
		p.drain()
		wake()
		p.sleep()
		return nil
	}
	look := p.tick%(2*quickTurns) == 0
	if look {
		trySolo()
		if g := p.getGlobal(1); g != nil {
			return p.found(g)
		}
	}
	if int32(p.tick-p.countAt) >= 0 {
		p.count(p.tick - p.counted)
	}
	if timersDue.Load() {
		p.runAllTimers()
	} else if look && p.timers.next.Load() != 0 {
		p.runTimers(&p.timers)
	}
	// Every now and then the goroutine readied last gets in line: two that talk to each other must not shut
	// out the others.
	if p.tick%quickTurns == 0 && p.runq.next != 0 {
		if g := p.runq.swapNext(0); g != 0 {
			p.put(wordG(g))
		}
	}
	if g := p.runq.take(); g != nil {
		return p.found(g)
	}
	if g := p.getGlobal(ringSize); g != nil {
		return p.found(g)
	}
	if g := p.search(); g != nil {
		return p.found(g)
	}
	p.rest()
	return nil
}

// found is called for each goroutine about to run. The last spinner to find work wakes
// another in its place: there may be more where that came from.
func (p *worker) found(g *G) *G {
	if p.spinning {
		p.foundWork()
	}
	return g
}

//go:noinline
func (p *worker) foundWork() {
	p.restart()
	if p.stopSpinning() {
		wake()
	}
}

// stopSpinning reports whether p was the only one.
func (p *worker) stopSpinning() bool {
	if !p.spinning {
		return false
	}
	p.spinning = false
	return idle.spinning.Add(-1) == 0
}

// search looks everywhere but in p's own queue.
func (p *worker) search() *G {
	if p.runAllTimers() {
		if g := p.runq.take(); g != nil {
			return g
		}
	}
	if netpollAny() {
		StoreRel(&p.polls, p.polls+1)
		if l := netpoll(0); l.n != 0 {
			g := l.pop()
			p.putList(l)
			return g
		}
	}
	if maxRunning.Load() == 1 && len(allWorkers()) == 1 {
		return nil
	}
	if !p.spinning {
		if 2*idle.spinning.Load() >= maxRunning.Load()-idle.tokens.Load() && idle.spinning.Load() > 0 {
			return nil
		}
		p.spinning = true
		idle.spinning.Add(1)
	}
	for i := 0; i < spinRounds; i++ {
		if g := p.stealAny(i >= spinRounds/2); g != nil {
			return g
		}
		if g := p.getGlobal(ringSize); g != nil {
			return g
		}
		if atomic.LoadUint32(&p.w.Poll)&abi.PollStop != 0 {
			return nil
		}
		procyield(30)
	}
	return nil
}

func (p *worker) stealAny(next bool) *G {
	ws := allWorkers()
	p.rand ^= p.rand << 13
	p.rand ^= p.rand >> 17
	p.rand ^= p.rand << 5
	at := int(p.rand % uint32(len(ws)))
	for range ws {
		if at++; at >= len(ws) {
			at = 0
		}
		v := ws[at]
		if v == p {
			continue
		}
		if v.tempting() {
			if g := p.steal(v, next); g != nil {
				return g
			}
		}
	}
	return nil
}

// anyWork reports whether some queue holds a goroutine that this worker could run.
func anyWork() bool {
	if global.n.Load() != 0 || timersDue.Load() {
		return true
	}
	for _, v := range allWorkers() {
		if v.tempting() {
			return true
		}
	}
	return false
}

// rest gives the token back and sleeps, unless work turns up in between.
func (p *worker) rest() {
	if atomic.LoadUint32(&p.w.Poll)&abi.PollStop != 0 {
		return
	}
	p.giveToken()
	p.stopSpinning()
	// A submitter that saw us spin, or saw no free token, did not wake anyone: look once more.
	if anyWork() && p.takeToken() {
		return
	}
	p.sleep()
}

// sleep waits for a token. The worker has none, and no goroutine.
func (p *worker) sleep() {
	if p.pollNeeded() && idle.poller.CompareAndSwap(0, 1) {
		p.pollSleep()
		return
	}
	idle.Lock.Lock()
	p.idleNext, idle.stack = idle.stack, p
	idle.n.Add(1)
	p.becomeIdle()
	idle.Unlock()
	checkDeadlock()
	p.note.sleep()
	p.becomeRunning()
	p.restart()
}

// pollSoon: a timer that is farther away than this, in ns, is left to the monitor while others run.
const pollSoon = 5e6

// pollLapse is how many looks of the monitor in a row have to find that a worker did not poll before others do not rely
// on it any more.
const pollLapse = 3

// pollNeeded reports whether somebody has to sleep in netpoll, and not p on its note. Where others hold tokens and run out of
// work every few microseconds they poll then themselves; who slept there would be woken for each of their events,
// and in vain. While every token is in use, whoever gives one up comes here later; the last one to do so
// finds all of them free.
func (p *worker) pollNeeded() bool {
	free := idle.tokens.Load()
	switch {
	case free <= 0:
		return false
	case free >= maxRunning.Load() || !p.othersPoll():
		return netpollAny() || anyTimers()
	}
	at := firstTimer()
	return at != 0 && at-Nanotime() < pollSoon
}

// othersPoll reports whether a worker with a token, and not p, has polled of late.
func (p *worker) othersPoll() bool {
	for _, v := range allWorkers() {
		if v != p && atomic.LoadUint32(&v.token) != 0 && (atomic.LoadUint32(&v.unpolled) < pollLapse ||
			atomic.LoadUint32(&v.polls) != atomic.LoadUint32(&v.seenPoll)) {
			return true
		}
	}
	return false
}

// pollSleep waits in netpoll until something is ready, a timer expires, or wake breaks in.
func (p *worker) pollSleep() {
	p.becomeIdle()
	d := time.Duration(-1)
	idle.until.Store(1<<63 - 1) // in front of the look at the timers: see wakePoller
	if at := firstTimer(); at != 0 {
		idle.until.Store(at)
		d = max(0, time.Duration(at-Nanotime()))
	}
	l := netpoll(d)
	idle.poller.Store(0)
	p.becomeRunning()
	p.restart()
	if p.takeToken() {
		p.spinning = true
		idle.spinning.Add(1)
		p.putList(l)
	} else {
		injectList(l)
	}
}

// wakePoller makes the worker that polls look again if it would sleep past at, and so the monitor. Who has set a timer in
// its heap sees the poller's timeout, or the poller sees the timer.
func wakePoller(at int64) {
	if at < watcher.until.Load() {
		rouse()
	}
	if idle.poller.Load() != 0 && at < idle.until.Load() {
		netpollBreak()
	}
}

// runAllTimers fires what is due on any worker.
func (p *worker) runAllTimers() (ran bool) {
	if timersDue.Load() {
		timersDue.Store(false) // what comes due from here on, the monitor will see
	}
	now := int64(0)
	for _, v := range allWorkers() {
		if v.timers.next.Load() == 0 {
			continue
		}
		if now == 0 {
			now = Nanotime()
		}
		if v.timers.ripe(now) && p.runTimers(&v.timers) {
			ran = true
		}
	}
	return ran
}

// putList queues l on p.
func (p *worker) putList(l gList) {
	for g := l.pop(); g != nil; g = l.pop() {
		p.put(g)
	}
	p.tell()
}

// injectList queues l globally.
func injectList(l gList) {
	if l.n == 0 {
		return
	}
	global.Lock.Lock()
	for g := l.pop(); g != nil; g = l.pop() {
		pushGlobal(g)
	}
	global.Unlock()
	wake()
}

// takeToken reports whether p holds a token now.
func (p *worker) takeToken() bool {
	if idle.tokens.Load() <= 0 {
		return false
	}
	idle.Lock.Lock()
	ok := idle.tokens.Load() > 0
	if ok {
		addTokens(-1)
		atomic.StoreUint32(&p.token, 1)
	}
	idle.Unlock()
	return ok
}

// giveToken returns p's token, unless the monitor took it meanwhile.
func (p *worker) giveToken() {
	if atomic.CompareAndSwapUint32(&p.token, 1, 0) {
		idle.Lock.Lock()
		addTokens(1)
		idle.Unlock()
	}
}

// tell says that p has queued something, to those who want to know.
func (p *worker) tell() {
	if idle.want.Load()&^atomic.LoadUint32(&p.light) != 0 {
		rouse()
		if idle.tokens.Load() > 0 && p.tempting() {
			wake()
		}
	}
}

// wake gets one more worker going if there is a token for it and nobody looks for work yet.
func wake() {
	rouse()
	for idle.tokens.Load() > 0 && idle.spinning.Load() == 0 && idle.spinning.CompareAndSwap(0, 1) && !wakeOne() {
		// Whoever gave a token back, or queued something, since we began saw us spin, and relied on us.
		idle.spinning.Add(-1)
		if idle.poller.Load() != 0 && poller.broken.Load() {
			return // that one will look
		}
	}
}

// wakeOne wakes a worker that spins, in the caller's place, from the start. It reports false if there is no token for one, or
// only a worker in netpoll, which takes part on its own.
func wakeOne() bool {
	idle.Lock.Lock()
	if idle.tokens.Load() <= 0 {
		idle.Unlock()
		return false
	}
	p := idle.stack
	if p == nil && idle.poller.Load() != 0 {
		idle.Unlock()
		netpollBreak()
		return false
	}
	addTokens(-1)
	if p != nil {
		idle.stack = p.idleNext
		idle.n.Add(-1)
	}
	idle.Unlock()
	if p == nil {
		p = newWorker()
		p.spinning, p.token = true, 1
		go p.loop(nil)
		return true
	}
	p.spinning = true
	atomic.StoreUint32(&p.token, 1)
	p.note.wake()
	return true
}
