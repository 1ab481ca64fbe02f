package sched

// This file decides whether what a worker has queued is worth another one's taking.

import (
	"runtime"
	"sync/atomic"
)

// countTime is about how often turns are measured, in ns, where they are short.
const countTime = 20000

// worthWaking is how much work has to be queued, in ns, for another worker to be worth its waking.
// With less its worker is through before the other one has begun, and then both of them
// fight for the same channels.
const worthWaking = 3000

// moveCost is what taking a goroutine costs, in ns: what it touches is in the caches of the worker that it is taken from, and
// that one is kept waiting for what both write.
const moveCost = 700

var processors = runtime.NumCPU()

// worthMoving is how long turns have to be, in ns, for the others to gain by taking goroutines: the less, the more they are.
func worthMoving() uint32 {
	return moveCost / uint32(max(1, min(int(maxRunning.Load()), processors)-1))
}

// tempting reports whether v has that much work queued.
func (v *worker) tempting() bool {
	n := v.runq.len()
	return n != 0 && n*int(atomic.LoadUint32(&v.turnTime)) >= worthWaking && atomic.LoadUint32(&v.light) == 0
}

// weigh decides whether others may take goroutines whose turns last ns each: by how long they last while no other worker is
// awake, for sharing itself prolongs them. Turns that may be long only for that are kept for a trial now and then; the more
// seldom, the more often it was in vain.
func (p *worker) weigh(ns uint32, now int64) {
	alone, worth := p.wasAlone, worthMoving()
	p.wasAlone = soleAwake()
	var light uint32
	switch {
	case ns < worth:
		light = wantWorker
	case alone && p.wasAlone, ns >= 8*worth, p.trial && now > p.trialAt: // the last, if others do not go to sleep
	case !p.trial && now > p.trialAt:
		p.trial, p.trialAt = true, now+trialTime
		StoreRel(&p.light, wantWorker)
		return
	default:
		return
	}
	if light != 0 {
		p.trialGap = minTrialGap
	} else if p.trial {
		p.trialGap = min(2*p.trialGap, maxTrialGap)
	}
	p.trial, p.trialAt = false, now+p.trialGap
	StoreRel(&p.light, light)
}

// How long such a trial may last, and the times between two, in ns.
const (
	trialTime   = 400e3
	minTrialGap = 1e6
	maxTrialGap = 64e6
)

// count measures how long turns are; d turns ended since it was last done.
func (p *worker) count(d uint32) {
	now := Nanotime()
	ns := uint32(min(max((now-p.clock)/int64(d), 20), 1e9))
	StoreRel(&p.turnTime, ns)
	p.weigh(ns, now)
	p.clock, p.counted = now, p.tick
	p.countAt = p.tick + min(max(countTime/ns, 2*quickTurns), 32*quickTurns)
}

// restart begins to count turns anew: the worker did something else.
func (p *worker) restart() {
	p.clock, p.counted, p.countAt = Nanotime(), p.tick, p.tick+2*quickTurns
}
