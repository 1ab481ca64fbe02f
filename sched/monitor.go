package sched

// This file is the monitor: a host goroutine that looks after workers that cannot look after
// themselves, because they are in a system call or in native code.

import (
	"sync/atomic"
	"time"

	"rtgen/rtlib/abi"
)

const (
	tickMin   = 20 * time.Microsecond
	tickMax   = 10 * time.Millisecond
	sliceTime = 10 * time.Millisecond // a goroutine's turn
	stuckTime = 20 * time.Millisecond // native code that did not poll: its token goes to another
	longTurn  = 5 * time.Microsecond  // turns longer than this make other workers worth waking
)

func monitor() {
	idleTicks, delay := 0, tickMin
	lastPoll := Nanotime()
	for {
		if idleTicks > 50 {
			delay = min(2*delay, tickMax)
		} else {
			delay = tickMin
		}
		d := delay
		if at := timers.next.Load(); at != 0 {
			d = max(tickMin, min(d, time.Duration(at-Nanotime())))
		}
		time.Sleep(d)
		now := Nanotime()
		did := false
		if at := timers.next.Load(); at != 0 && at <= now && !timers.due.Load() {
			timers.due.Store(true)
			wake()
		}
		if netpollAny() && idle.poller.Load() == 0 && now-lastPoll > int64(tickMax) {
			lastPoll = now
			if netpollInject() > 0 {
				wake()
			}
		}
		for _, p := range allWorkers() {
			if p.watch(now) {
				did = true
			}
		}
		if did {
			idleTicks = 0
		} else {
			idleTicks++
		}
	}
}

// watch looks at one worker; it reports whether something had to be done.
func (p *worker) watch(now int64) bool {
	tick, sys := atomic.LoadUint32(&p.tick), atomic.LoadUint32(&p.sysTick)
	turns, since := tick-p.seenTick, now-p.seenAt
	if turns != 0 || sys != p.seenSys {
		if turns != 0 {
			eager := uint32(0)
			if since/int64(turns) > int64(longTurn) {
				eager = 1
			}
			atomic.StoreUint32(&p.eager, eager)
		}
		p.seenTick, p.seenSys, p.seenAt = tick, sys, now
		return false
	}
	hungry := p.runq.len() != 0 || global.n.Load() != 0 || timers.due.Load()
	switch atomic.LoadUint32(&p.status) {
	case wSyscall:
		if hungry || timers.n.Load() != 0 || netpollAny() || since > int64(sliceTime) {
			return p.retake()
		}
	case wRunning:
		atomic.StoreUint32(&p.eager, 1)
		if p.runq.len() != 0 {
			wake()
		}
		if since > int64(sliceTime) {
			atomic.OrUint32(&p.w.Poll, abi.PollPreempt)
		}
		if since > int64(stuckTime) && hungry && idle.tokens.Load() <= 0 && atomic.LoadUint32(&p.token) != 0 {
			p.takeover()
			return true
		}
		return p.runq.len() != 0
	}
	return false
}
