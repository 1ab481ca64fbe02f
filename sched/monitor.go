package sched

// This file is the monitor: a host thread that looks after workers that cannot look after
// themselves, because they are in a system call or in native code, or in the middle of a long turn.
//
// A worker whose turn does not end is asked to show up (PollAsk). Guest code answers at its next
// poll. Who does not answer until the monitor looks again is in native code, and its token and queue
// go to another worker; so they do in a system call that lasts, and where a goroutine does not yield though its
// slice is over: it polls in a function that cannot suspend.

import (
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"rtgen/rtlib/abi"
)

const (
	firstTick = 2 * time.Millisecond
	tickMin   = 20 * time.Microsecond
	tickMax   = 400 * time.Microsecond // twice this is how long native code holds up the others
	pollTime  = 10 * time.Millisecond  // descriptors wait no longer than this for workers that are all busy
	sliceTime = 10 * time.Millisecond  // a goroutine's turn
	dozeTime  = 10 * time.Millisecond
	dozeAfter = 25 // looks in a row that found nothing to watch over
)

// watcher is the monitor's sleep.
var watcher struct {
	asleep atomic.Bool // while no worker runs
	note   note

	dozing atomic.Uint32 // 1: workers run, and nothing waits for them; a futex
	until  atomic.Int64  // when the doze ends by itself; its nanotime
}

// coarse is the time of the monitor's last look, or of its waking: at most some ticks ago as long as a worker runs, or dozeTime
// where nothing was queued in that time.
var coarse atomic.Int64

// Coarse is a clock for who only wants to know whether he waited for milliseconds. It is never 0.
func Coarse() int64 { return coarse.Load() }

func monitor() {
	idleTicks, calmTicks, delay := 0, 0, tickMin
	firstRest()
	lastPoll := Nanotime()
	for {
		if idleTicks > 50 {
			delay = min(2*delay, tickMax)
		} else {
			delay = tickMin
		}
		if quiet() {
			watcher.asleep.Store(true)
			if quiet() {
				watcher.note.sleep()
			}
			watcher.asleep.Store(false)
		}
		if calmTicks <= dozeAfter {
			rest(delay)
		} else if !doze() {
			calmTicks = 0
		}
		now := Nanotime()
		coarse.Store(now)
		did := false
		for _, p := range allWorkers() {
			if p.timers.ripe(now) && !timersDue.Load() {
				timersDue.Store(true)
				wake()
			}
			if p.watch(now) {
				did = true
			}
			p.watchPolls()
		}
		if netpollAny() && idle.poller.Load() == 0 && idle.tokens.Load() > 0 && !(*worker)(nil).othersPoll() {
			wake() // who finds no work sleeps in netpoll
		}
		if netpollAny() && idle.poller.Load() == 0 && now-lastPoll > int64(pollTime) {
			lastPoll = now
			external.Add(1) // as in takeover
			endSolo()       // it readies goroutines
			injectList(netpoll(0))
			external.Add(-1)
		}
		if calm(now) {
			calmTicks++
		} else {
			calmTicks = 0
		}
		if did {
			idleTicks = 0
		} else {
			idleTicks++
		}
	}
}

// firstRest sleeps before the first look, for all that programs that end at once do without is started behind it. Until
// then the host has no processor to spare, so it is told of this one.
func firstRest() {
	ts := syscall.NsecToTimespec(int64(firstTick))
	syscall.Syscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0)
	raiseHost()
	debug.SetGCPercent(400) // the host's heap holds next to nothing
	go watchQuit()
	go register()
}

// rest sleeps for d. The host is not told: it would look after the monitor's processor every
// 20 µs, which costs a third of one. The host's own requests, as signals, end the sleep.
func rest(d time.Duration) {
	ts := syscall.NsecToTimespec(int64(d))
	syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0)
}

// calm reports whether nothing waits for a worker to yield, nor will before a doze is over.
func calm(now int64) bool {
	if global.n.Load() != 0 || timersDue.Load() || netpollAny() || !registered.Load() {
		return false
	}
	for _, p := range allWorkers() {
		if p.runq.len() != 0 {
			return false
		}
	}
	at := firstTimer()
	return at == 0 || at-now > int64(dozeTime)
}

// doze is a rest for dozeTime, or until something is queued or a timer is set that fires before: a look costs 10 µs, which
// is a thirtieth of a processor for a program that only computes. Whoever queues something looks at want after it, without
// a barrier between; so the monitor has one executed everywhere before it looks at the queues, as in owner.go. It reports
// whether nobody has roused it.
func doze() bool {
	idle.Lock.Lock()
	watcher.until.Store(Nanotime() + int64(dozeTime))
	watcher.dozing.Store(1)
	idle.want.Or(wantMonitor)
	idle.Unlock()
	syscall.RawSyscall(sysMembarrier, membarrierPrivate, 0, 0)
	if calm(Nanotime()) {
		ts := syscall.NsecToTimespec(int64(dozeTime))
		syscall.RawSyscall6(syscall.SYS_FUTEX, uintptr(unsafe.Pointer(&watcher.dozing)), futexWait, 1, uintptr(unsafe.Pointer(&ts)), 0, 0)
	}
	idle.Lock.Lock()
	undisturbed := watcher.dozing.Swap(0) == 1
	idle.want.And(^wantMonitor)
	idle.Unlock()
	return undisturbed
}

// rouse ends the monitor's doze.
func rouse() {
	if watcher.dozing.Load() != 0 && watcher.dozing.CompareAndSwap(1, 0) {
		coarse.Store(Nanotime())
		syscall.RawSyscall6(syscall.SYS_FUTEX, uintptr(unsafe.Pointer(&watcher.dozing)), futexWake, 1, 0, 0, 0)
	}
}

const (
	futexWait = 0 | futexPrivate
	futexWake = 1 | futexPrivate

	futexPrivate = 128
)

// quiet reports whether no worker needs to be watched.
func quiet() bool {
	for _, p := range allWorkers() {
		if s := atomic.LoadUint32(&p.status); s == wRunning || s == wSyscall {
			return false
		}
	}
	return true
}

// wakeMonitor is called by a worker that has begun to run.
func wakeMonitor() {
	if watcher.asleep.Load() && watcher.asleep.CompareAndSwap(true, false) {
		coarse.Store(Nanotime())
		watcher.note.wake()
	}
}

// watchPolls notes whether p has polled since the last look.
func (p *worker) watchPolls() {
	n := atomic.LoadUint32(&p.polls)
	if n != p.seenPoll {
		atomic.StoreUint32(&p.unpolled, 0)
		atomic.StoreUint32(&p.seenPoll, n)
	} else if p.unpolled < pollLapse {
		atomic.StoreUint32(&p.unpolled, p.unpolled+1)
	}
}

// watch looks at one worker. It reports whether it took something from it: then it pays to look again soon.
func (p *worker) watch(now int64) bool {
	tick, sys := atomic.LoadUint32(&p.tick), atomic.LoadUint32(&p.sysTick)
	hungry := p.runq.len() != 0 || global.n.Load() != 0 || timersDue.Load()
	if tick != p.seenTick || sys != p.seenSys {
		p.seenTick, p.seenSys, p.seenAt = tick, sys, now
		if hungry && atomic.LoadUint32(&p.status) == wRunning {
			p.ask(now) // at once: on a busy machine each look may come late
		}
		return false
	}
	since := now - p.seenAt
	switch atomic.LoadUint32(&p.status) {
	case wSyscall:
		// A free token serves timers and descriptors as well.
		if hungry || since > int64(sliceTime) || idle.tokens.Load() <= 0 && (anyTimers() || netpollAny()) {
			return p.retake()
		}
	case wRunning:
		if uint32(since) > atomic.LoadUint32(&p.turnTime) {
			atomic.StoreUint32(&p.turnTime, uint32(min(since, 1e9)))
			atomic.StoreUint32(&p.light, 0)
		}
		trySolo()
		if !hungry {
			return false
		}
		if p.tempting() {
			wake()
		}
		if since > int64(sliceTime) {
			atomic.OrUint32(&p.w.Poll, abi.PollPreempt)
		}
		if idle.tokens.Load() > 0 || atomic.LoadUint32(&p.token) == 0 || since < int64(tickMax) {
			return false
		}
		if !p.ask(now) && now-p.askedAt > int64(tickMax)/2 || since > int64(sliceTime+tickMax) {
			p.takeover()
			return true
		}
	}
	return false
}

// ask has p show up; it reports false if it was asked before and has not.
func (p *worker) ask(now int64) bool {
	if atomic.OrUint32(&p.w.Poll, abi.PollAsk)&abi.PollAsk != 0 {
		return false
	}
	p.askedAt = now
	return true
}
