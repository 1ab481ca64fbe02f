package sched

import (
	"fmt"
	"testing"

	"rtgen/e2e/model"
)

// This file checks models of the scheduler's protocols in every interleaving, and that the checker finds
// the bugs seeded into them. The steps have the names of the functions they stand for.

// seeded runs check without a bug, which must hold, and with each bug, which must not.
func seeded(t *testing.T, bugs []string, check func(bug string) (int, error)) {
	n, err := check("")
	if err != nil {
		t.Errorf("the protocol: %v", err)
	}
	t.Logf("%d states", n)
	for _, bug := range bugs {
		if _, err := check(bug); err == nil {
			t.Errorf("bug not found: %s", bug)
		} else {
			t.Logf("%s: found: %v", bug, err)
		}
	}
}

// storeBuffer has the plain stores of a thread that have not reached memory, as the processor's has.
type storeBuffer struct {
	buf [4]struct{ addr, val int8 }
	n   int8 // stores in buf
}

// store reports whether there was room.
func (b *storeBuffer) store(addr, val int8) bool {
	if int(b.n) == len(b.buf) {
		return false
	}
	b.buf[b.n] = struct{ addr, val int8 }{addr, val}
	b.n++
	return true
}

// first takes out the oldest store.
func (b *storeBuffer) first() (addr, val int8) {
	e := b.buf[0]
	copy(b.buf[:], b.buf[1:])
	b.n--
	b.buf[b.n] = struct{ addr, val int8 }{}
	return e.addr, e.val
}

// ---- the runnext slot: owner.go ----
//
// The owner's plain stores go through a store buffer; what it loads it finds
// there first. A locked instruction of its own empties the buffer, and so does the thief's membarrier. A third
// thread is register.

type nextState struct {
	busy, bar, next int8
	storeBuffer

	pc, op, old  int8 // owner
	tpc, g, lock int8 // thief; lock: who has the thieves' lock
	tries        int8
	looked       bool    // the thief with a bug has loaded bar …
	fenced       bool    // … and found this
	rpc          int8    // register
	out          [3]int8 // how often each goroutine came out
}

const (
	atBusy int8 = iota
	atNext
)

func (s *nextState) flush() {
	switch addr, val := s.first(); addr {
	case atBusy:
		s.busy = val
	case atNext:
		s.next = val
	}
}

func (s *nextState) loadNext() int8 {
	for i := s.n - 1; i >= 0; i-- {
		if s.buf[i].addr == atNext {
			return s.buf[i].val
		}
	}
	return s.next
}

func TestModelOwner(t *testing.T) {
	// The owner swaps in goroutine 1, then 2, then nothing; the thief tries twice.
	ops := []int8{1, 2, 0}
	thiefBit, fenceBit := int8(barThief), int8(barFence)
	bugs := []string{"no membarrier", "owner does not look at bar", "owner does not fence", "thief does not wait for busy", "fence read before bar is set"}
	seeded(t, bugs, func(bug string) (int, error) {
		owner := func(s *nextState) string {
			if int(s.op) == len(ops) {
				return ""
			}
			switch s.pc {
			case 0:
				if s.store(atBusy, 1) {
					s.pc = 1
					return "hold: busy=1"
				}
			case 1:
				if s.pc = 5; s.bar != 0 && bug != "owner does not look at bar" {
					s.pc = 2
				}
				return "hold: load bar"
			case 2:
				if bug != "owner does not fence" {
					for s.n > 0 {
						s.flush()
					}
					s.busy = 1
				}
				s.pc = 3
				return "holdSlow: busy=1, locked"
			case 3:
				if s.pc = 5; s.bar&thiefBit != 0 {
					s.pc = 4
				}
				return "holdSlow: load bar"
			case 4:
				if s.busy == 1 || s.n > 0 {
					if s.n > 0 && s.buf[s.n-1].addr == atBusy && s.buf[s.n-1].val == 0 {
						break // waits
					}
					if s.store(atBusy, 0) {
						return "holdSlow: busy=0"
					}
				} else if s.bar&thiefBit == 0 {
					s.pc = 2
					return "holdSlow: no thief"
				}
			case 5:
				s.old, s.pc = s.loadNext(), 6
				return "swapNext: load next"
			case 6:
				if s.store(atNext, ops[s.op]) {
					s.pc = 7
					return "swapNext: store next"
				}
			case 7:
				if s.store(atBusy, 0) {
					s.out[s.old]++
					s.pc, s.old = 0, 0
					s.op++
					return "release: busy=0"
				}
			}
			return ""
		}
		buffer := func(s *nextState) string {
			if s.n == 0 {
				return ""
			}
			s.flush()
			return "store drains"
		}
		thief := func(s *nextState) string {
			if s.tries == 2 {
				return ""
			}
			switch s.tpc {
			case 0:
				if s.next == 0 {
					s.tries++
					return "steal: nothing"
				}
				if s.lock != 0 {
					return ""
				}
				s.lock, s.tpc = 1, 1
				return "lock: thieves' lock"
			case 1:
				if bug == "fence read before bar is set" && !s.looked {
					s.looked, s.fenced = true, s.bar&fenceBit != 0
					return "lock: load bar"
				}
				fenced := s.bar&fenceBit != 0
				if s.looked {
					fenced = s.fenced
				}
				s.looked, s.fenced = false, false
				s.tpc = 2
				if fenced || bug == "no membarrier" {
					s.tpc = 3
				}
				s.bar |= thiefBit
				return "lock: set bar"
			case 2:
				for s.n > 0 {
					s.flush()
				}
				s.tpc = 3
				return "lock: membarrier"
			case 3:
				if s.busy != 0 && bug != "thief does not wait for busy" {
					return ""
				}
				s.tpc = 4
				return "lock: busy is 0"
			case 4:
				s.g, s.tpc = s.next, 5
				return "steal: take next"
			case 5:
				s.next, s.tpc = 0, 6
				return "steal: next=0"
			case 6:
				s.bar, s.tpc = s.bar&^thiefBit, 7
				return "unlock: clear bar"
			}
			s.lock, s.tpc = 0, 0
			s.out[s.g]++
			s.g = 0
			s.tries++
			return "unlock: thieves' lock"
		}
		register := func(s *nextState) string {
			if s.rpc != 0 {
				return ""
			}
			s.bar, s.rpc = s.bar&^fenceBit, 1
			return "register: clear bar"
		}
		once := func(s nextState) error {
			if s.out[1] > 1 || s.out[2] > 1 {
				return fmt.Errorf("a goroutine came out twice")
			}
			return nil
		}
		return model.Check(nextState{bar: fenceBit}, []model.Thread[nextState]{owner, buffer, thief, register}, once, func(s nextState) error {
			if s.out[1] != 1 || s.out[2] != 1 || int(s.op) != len(ops) || s.tries != 2 || s.rpc != 1 {
				return fmt.Errorf("a goroutine was lost, or somebody is stuck: %+v", s)
			}
			return nil
		})
	})
}

// ---- the ring: runq.go ----

const modelRing = 4

type ringState struct {
	head, tail int8
	ring       [modelRing]int8

	put        int8 // owner: next goroutine to put
	pc, h, n   int8
	batch      [modelRing]int8
	tpc, th    int8 // thief
	tt, tn, ti int8
	loot       [modelRing]int8
	steals     int8
	out        [8]int8
}

func TestModelRing(t *testing.T) {
	const all = 6
	bugs := []string{"put moves tail first", "thief stores head", "thief copies after it moved head", "put does not look at head", "spill stores head"}
	seeded(t, bugs, func(bug string) (int, error) {
		owner := func(s *ringState) string {
			switch s.pc {
			case 0:
				if s.put == all {
					s.pc = 10
					return "get"
				}
				s.h, s.pc = s.head, 1
				return "put: load head"
			case 1:
				if s.tail-s.h >= modelRing && bug != "put does not look at head" {
					s.n, s.pc = (s.tail-s.h)/2, 4
					return "put: full"
				}
				if s.pc = 2; bug == "put moves tail first" {
					s.tail++
				} else {
					s.ring[s.tail%modelRing] = s.put + 1
				}
				return "put: store slot"
			case 2:
				if bug == "put moves tail first" {
					s.ring[(s.tail-1)%modelRing] = s.put + 1
				} else {
					s.tail++
				}
				s.put++
				s.pc = 0
				return "put: store tail"
			case 4:
				for i := range s.n {
					s.batch[i] = s.ring[(s.h+i)%modelRing]
				}
				s.pc = 5
				return "spill: load slots"
			case 5:
				s.pc = 0
				if s.head != s.h && bug != "spill stores head" {
					s.batch = [modelRing]int8{}
					return "spill: head moved"
				}
				s.head = s.h + s.n
				for i := range s.n {
					s.out[s.batch[i]]++
				}
				s.batch = [modelRing]int8{}
				s.put++
				s.out[s.put]++
				return "spill: move head"
			case 10:
				if s.h = s.head; s.h == s.tail {
					s.pc = 12
				} else {
					s.pc = 11
				}
				return "get: load head"
			case 11:
				s.pc = 10
				if s.head == s.h {
					s.head++
					s.out[s.ring[s.h%modelRing]]++
				}
				return "get: move head"
			}
			return ""
		}
		thief := func(s *ringState) string {
			if s.steals == 3 {
				return ""
			}
			switch s.tpc {
			case 0:
				s.th, s.tpc = s.head, 1
				return "steal: load head"
			case 1:
				s.tt, s.tpc = s.tail, 2
				s.tn = s.tt - s.th
				s.tn -= s.tn / 2
				if s.tn == 0 {
					s.tpc, s.th, s.tt = 0, 0, 0
					s.steals++
				} else if s.tn > modelRing/2 {
					s.tpc = 0
				}
				s.ti = 0
				return "steal: load tail"
			case 2:
				if bug == "thief copies after it moved head" {
					if s.tpc = 3; s.head != s.th {
						s.tpc = 0
					} else {
						s.head += s.tn
					}
					return "steal: move head"
				}
				s.loot[s.ti] = s.ring[(s.th+s.ti)%modelRing]
				if s.ti++; s.ti == s.tn {
					s.tpc = 3
				}
				return "steal: load slot"
			case 3:
				switch {
				case bug == "thief copies after it moved head":
					for i := range s.tn {
						s.loot[i] = s.ring[(s.th+i)%modelRing]
					}
				case s.head != s.th && bug != "thief stores head":
					s.tpc, s.loot = 0, [modelRing]int8{}
					return "steal: head moved"
				default:
					s.head = s.th + s.tn
				}
				for i := range s.tn {
					s.out[s.loot[i]]++
				}
				s.tpc, s.th, s.tt, s.tn, s.ti, s.loot = 0, 0, 0, 0, 0, [modelRing]int8{}
				s.steals++
				return "steal: move head"
			}
			return ""
		}
		return model.Check(ringState{}, []model.Thread[ringState]{owner, thief}, func(s ringState) error {
			for g, n := range s.out {
				if n > 1 || g == 0 && n > 0 {
					return fmt.Errorf("goroutine %d came out %d times", g, n)
				}
			}
			return nil
		}, func(s ringState) error {
			for g := 1; g <= all; g++ {
				if s.out[g] != 1 {
					return fmt.Errorf("goroutine %d was lost", g)
				}
			}
			return nil
		})
	})
}

// ---- park and ready: park.go, worker.go ----

type parkState struct {
	state  uint32
	waits  int8 // goroutines in the queue of whatever it waits for: it, or none
	queued int8 // how often it is in a run queue
	owned  bool // some worker has its frames, running or unwinding
	rounds int8 // waits that are over
	pc     int8
	wpc    [2]int8 // the wakers, each for one wait
}

func TestModelPark(t *testing.T) {
	bugs := []string{"waker does not look at the state", "worker stores parked", "waker stores readied", "published before Park"}
	seeded(t, bugs, func(bug string) (int, error) {
		worker := func(s *parkState) string {
			switch s.pc {
			case 0: // the goroutine runs
				if s.rounds == 2 {
					return ""
				}
				if s.pc = 1; bug == "published before Park" {
					s.waits++
				} else {
					s.state = unwinding
				}
				return "Park"
			case 1:
				if s.pc = 2; bug == "published before Park" {
					s.state = unwinding
				} else {
					s.waits++ // under the queue's lock
				}
				return "push and unlock"
			case 2:
				if s.state == unwinding || bug == "worker stores parked" {
					s.state, s.owned, s.pc = parked, false, 3
					return "unwound: parked"
				}
				s.state, s.pc = running, 0
				s.rounds++
				return "unwound: goes on"
			}
			if s.queued == 0 {
				return ""
			}
			s.queued--
			s.state, s.owned, s.pc = running, true, 0
			s.rounds++
			return "find, run"
		}
		waker := func(i int) model.Thread[parkState] {
			return func(s *parkState) string {
				switch s.wpc[i] {
				case 0:
					if s.waits == 0 {
						return ""
					}
					s.waits--
					s.wpc[i] = 1
					return "pop and unlock"
				case 1:
					switch {
					case bug == "waker does not look at the state" || s.state == parked:
						s.wpc[i] = 3
					case bug == "waker stores readied":
						s.wpc[i] = 4
					default:
						s.wpc[i] = 2
					}
					return "Ready: load state"
				case 2: // overtake
					if s.state == unwinding {
						s.state, s.wpc[i] = readied, 5
					} else {
						s.wpc[i] = 3
					}
					return "overtake"
				case 3:
					s.queued++
					s.wpc[i] = 5
					return "ready: queue"
				case 4:
					s.state, s.wpc[i] = readied, 5
					return "Ready: store readied"
				}
				return ""
			}
		}
		return model.Check(parkState{state: running, owned: true}, []model.Thread[parkState]{worker, waker(0), waker(1)}, func(s parkState) error {
			if s.queued > 1 || s.queued == 1 && s.owned {
				return fmt.Errorf("queued while a worker has its frames, or twice")
			}
			return nil
		}, func(s parkState) error {
			if s.rounds != 2 {
				return fmt.Errorf("a wake-up was lost in state %d", s.state)
			}
			return nil
		})
	})
}

// ---- idle workers: idle.go ----

type idleState struct {
	work, tokens, spinning int8
	asleep                 [3]bool // on idle.stack
	pc                     [3]int8
	spins                  [3]bool
	done                   int8 // work done
	spc                    int8 // submitter
}

// There are two tokens, two workers that have them, and one asleep. If none is, wake makes a worker: here one that is
// about to sleep stands for it.
func TestModelIdle(t *testing.T) {
	bugs := []string{"no second look", "second look before the token is back", "wake looks before the work is queued", "still spinning at the second look"}
	seeded(t, bugs, func(bug string) (int, error) {
		const all = 2
		// wake is one step but for its first look, which takes no lock.
		wake := func(s *idleState) {
			if s.tokens <= 0 || s.spinning != 0 {
				return
			}
			for i := range s.asleep {
				if s.asleep[i] || s.pc[i] == 6 {
					s.asleep[i], s.spins[i], s.pc[i] = false, true, 0
					s.tokens--
					s.spinning++
					return
				}
			}
		}
		worker := func(i int) model.Thread[idleState] {
			return func(s *idleState) string {
				switch s.pc[i] {
				case 0: // find, search
					if s.work > 0 {
						s.work--
						if s.pc[i] = 1; !s.spins[i] {
							s.pc[i] = 2
						}
						return "search: found"
					}
					if s.pc[i] = 3; bug == "second look before the token is back" {
						s.pc[i] = 5
					}
					return "search: nothing"
				case 1: // foundWork
					s.spins[i] = false
					s.spinning--
					if s.pc[i] = 2; s.spinning == 0 {
						wake(s)
					}
					return "foundWork"
				case 2:
					s.done++
					s.pc[i] = 0
					return "run"
				case 3:
					s.tokens++
					if s.pc[i] = 4; bug == "still spinning at the second look" {
						s.pc[i] = 5
					}
					return "rest: giveToken"
				case 4:
					if s.spins[i] {
						s.spins[i] = false
						s.spinning--
					}
					if s.pc[i] = 5; bug == "second look before the token is back" || bug == "still spinning at the second look" {
						s.pc[i] = 6
					}
					return "rest: stopSpinning"
				case 5:
					switch {
					case bug == "second look before the token is back":
						if s.pc[i] = 7; s.work > 0 {
							s.pc[i] = 0
						}
					case bug == "no second look":
						s.pc[i] = 6
					case s.work > 0 && s.tokens > 0:
						s.tokens--
						s.pc[i] = 0
					case bug == "still spinning at the second look":
						s.pc[i] = 4
					default:
						s.pc[i] = 6
					}
					return "rest: anyWork, takeToken"
				case 6:
					s.asleep[i], s.pc[i] = true, 9
					return "sleep"
				case 7:
					s.tokens++
					s.pc[i] = 4
					return "rest: giveToken"
				}
				return ""
			}
		}
		submitter := func(s *idleState) string { // Inject, from outside
			if s.spc == 2*all {
				return ""
			}
			s.spc++
			if (s.spc%2 == 1) != (bug == "wake looks before the work is queued") {
				s.work++
				return "queue"
			}
			wake(s)
			return "wake"
		}
		init := idleState{tokens: 0, spinning: 1, spins: [3]bool{0: true}, asleep: [3]bool{2: true}, pc: [3]int8{2: 9}}
		return model.Check(init, []model.Thread[idleState]{worker(0), worker(1), worker(2), submitter}, func(s idleState) error {
			if s.tokens < 0 || s.spinning < 0 {
				return fmt.Errorf("tokens or spinning negative")
			}
			return nil
		}, func(s idleState) error {
			if s.done != all {
				return fmt.Errorf("work queued, and everybody sleeps")
			}
			return nil
		})
	})
}

// ---- a wake that fails: idle.go ----

type failState struct {
	work, tokens, spinning int8
	pc                     [3]int8
	n                      [3]int8 // goroutines it has parked
	asleep, woken          bool    // a worker on idle.stack; it was woken
}

// The only token passes between workers of goroutines locked to their threads, which begin without one and take it if it is
// free. Each frees it, puts what it has queued where others find it, and wakes somebody: who has a token has
// work, so another's wake may find none under the lock.
func TestModelWakeFails(t *testing.T) {
	bugs := []string{"who fails does not look again"}
	seeded(t, bugs, func(bug string) (int, error) {
		worker := func(i int) model.Thread[failState] {
			return func(s *failState) string {
				switch s.pc[i] {
				case 0: // runs its goroutine, with or without the token
					s.pc[i] = 2
					if s.tokens > 0 {
						s.tokens--
						s.pc[i] = 1
					}
					return "findLocked: takeToken"
				case 1:
					s.tokens++
					s.pc[i] = 2
					return "takeover: giveToken"
				case 2:
					s.work++
					s.pc[i] = 3
					return "takeover: drain"
				case 3:
					if s.pc[i] = 4; s.tokens <= 0 || s.spinning != 0 || s.woken {
						s.pc[i] = 9
					}
					return "wake: tokens, spinning"
				case 4:
					if s.spinning != 0 {
						s.pc[i] = 9
						return "wake: another one spins"
					}
					s.spinning = 1
					s.pc[i] = 5
					return "wake: spins"
				case 5:
					if s.tokens > 0 && s.asleep {
						s.tokens--
						s.asleep, s.woken = false, true
						s.pc[i] = 9
						return "wakeOne: token, stack"
					}
					s.pc[i] = 6
					return "wakeOne: no token"
				case 6:
					s.spinning--
					if s.pc[i] = 3; bug == "who fails does not look again" {
						s.pc[i] = 9
					}
					return "wake: spins no more"
				case 9:
					if s.n[i] == 1 {
						return ""
					}
					s.n[i]++
					s.pc[i] = 0
					return "its goroutine goes on"
				}
				return ""
			}
		}
		init := failState{tokens: 1, asleep: true}
		return model.Check(init, []model.Thread[failState]{worker(0), worker(1), worker(2)}, func(s failState) error {
			if s.tokens < 0 || s.spinning < 0 {
				return fmt.Errorf("tokens or spinning negative")
			}
			return nil
		}, func(s failState) error {
			if !s.woken {
				return fmt.Errorf("%d queued, %d free, and everybody sleeps", s.work, s.tokens)
			}
			return nil
		})
	})
}

// ---- who sleeps in netpoll: idle.go, monitor.go ----

type pollerState struct {
	waiting, event, served bool // a goroutine waits for a descriptor; it is ready; the goroutine is found
	tokens                 int8
	poller                 bool
	asleep                 [2]bool // on their notes
	pc                     [2]int8
	look                   [2]int8 // pollNeeded's tokens
	polled, lapsed         [2]bool // since the monitor looked; and did not before it did
}

// There are two workers with a token each. The goroutine parks on worker 0; worker 1 runs another one, which ends or, if it
// loops, does not.
func TestModelPoller(t *testing.T) {
	bugs := []string{"decides before the token is back", "the monitor wakes nobody", "relies on others for ever", "the waiter is counted late"}
	seeded(t, bugs, func(bug string) (n int, err error) {
		for _, loops := range []bool{false, true} {
			m, e := checkPoller(bug, loops)
			if n += m; e != nil {
				err = e
			}
		}
		return n, err
	})
}

func checkPoller(bug string, loops bool) (int, error) {
	const all = 2
	othersPoll := func(s *pollerState, i int) bool {
		holds := s.pc[1-i] <= 2 // it has a token
		return holds && (!s.lapsed[1-i] || s.polled[1-i] || bug == "relies on others for ever")
	}
	worker := func(i int) model.Thread[pollerState] {
		return func(s *pollerState) string {
			switch s.pc[i] {
			case 0: // a turn
				if i == 1 && loops {
					return ""
				}
				if s.pc[i] = 1; i == 0 {
					s.waiting = bug != "the waiter is counted late"
				}
				return "run"
			case 1: // search
				s.pc[i], s.polled[i], s.look[i] = 2, true, s.tokens
				if s.waiting && s.event {
					s.waiting, s.served = false, true
					s.pc[i] = 1
				}
				return "search: netpoll"
			case 2:
				s.tokens++
				s.pc[i] = 3
				return "rest: giveToken"
			case 3:
				if bug != "decides before the token is back" {
					s.look[i] = s.tokens
				}
				s.pc[i] = 5
				if (s.look[i] >= all || s.look[i] > 0 && !othersPoll(s, i)) && s.waiting && !s.poller {
					s.poller, s.pc[i] = true, 4
				}
				if i == 0 && !s.served {
					s.waiting = true
				}
				return "sleep: pollNeeded"
			case 4:
				if !s.event || !s.waiting {
					return ""
				}
				s.poller, s.waiting, s.served = false, false, true
				s.tokens--
				s.pc[i] = 1
				return "pollSleep: event"
			case 5:
				s.asleep[i], s.pc[i] = true, 6
				return "sleep"
			}
			return ""
		}
	}
	monitor := func(s *pollerState) string {
		if s.asleep[0] && s.asleep[1] || s.served {
			return "" // quiet
		}
		old := *s
		for i := range s.polled {
			if s.pc[i] <= 2 {
				s.lapsed[i], s.polled[i] = !s.polled[i], false
			}
		}
		if s.waiting && !s.poller && s.tokens > 0 && bug != "the monitor wakes nobody" &&
			!othersPoll(s, 0) && !othersPoll(s, 1) {
			for i := range s.asleep { // wake
				if s.asleep[i] {
					s.asleep[i], s.pc[i] = false, 1
					s.tokens--
					break
				}
			}
		}
		if *s == old {
			return ""
		}
		return "monitor looks"
	}
	descriptor := func(s *pollerState) string {
		if s.event {
			return ""
		}
		s.event = true
		return "event"
	}
	return model.Check(pollerState{}, []model.Thread[pollerState]{worker(0), worker(1), monitor, descriptor}, func(s pollerState) error {
		if s.tokens < 0 || s.tokens > all {
			return fmt.Errorf("%d tokens", s.tokens)
		}
		return nil
	}, func(s pollerState) error {
		if !s.served {
			return fmt.Errorf("a descriptor is ready, and nobody looks")
		}
		return nil
	})
}

// ---- the monitor's doze: monitor.go ----
//
// The worker queues a goroutine, with a plain store, and is in native code from there on. The monitor dozes twice; it must not
// stay asleep behind that (the timeout is left out). wantMonitor and the futex are two words.

type dozeState struct {
	queued, dozing, want int8
	storeBuffer          // the worker's

	pc, mpc int8
	asleep  bool
	dozes   int8
}

func TestModelDoze(t *testing.T) {
	bugs := []string{"no membarrier", "no look after want is set", "sleeps though roused"}
	seeded(t, bugs, func(bug string) (int, error) {
		worker := func(s *dozeState) string {
			switch s.pc {
			case 0:
				s.store(0, 1)
				s.pc = 1
				return "ready: store next"
			case 1:
				if s.pc = 3; s.want != 0 {
					s.pc = 2
				}
				return "ready: load want"
			case 2:
				s.pc = 3
				for s.n > 0 {
					_, s.queued = s.first() // the compare and swap is a barrier
				}
				if s.dozing == 1 {
					s.dozing, s.asleep = 0, false
				}
				return "rouse"
			}
			return ""
		}
		buffer := func(s *dozeState) string {
			if s.n == 0 {
				return ""
			}
			_, s.queued = s.first()
			return "store drains"
		}
		monitor := func(s *dozeState) string {
			if s.asleep || s.dozes == 2 {
				return ""
			}
			switch s.mpc {
			case 0:
				s.dozing, s.mpc = 1, 1
				return "doze: dozing=1"
			case 1:
				s.want, s.mpc = 1, 2
				return "doze: want"
			case 2:
				for s.n > 0 && bug != "no membarrier" {
					_, s.queued = s.first()
				}
				s.mpc = 3
				return "doze: membarrier"
			case 3:
				if s.mpc = 4; s.queued != 0 && bug != "no look after want is set" {
					s.mpc = 5
				}
				return "doze: calm"
			case 4:
				s.asleep = s.dozing == 1 || bug == "sleeps though roused"
				s.mpc = 5
				return "doze: futex"
			case 5:
				s.dozing, s.mpc = 0, 6
				return "doze: dozing=0"
			}
			s.want, s.mpc = 0, 0
			s.dozes++
			return "doze: want is over"
		}
		return model.Check(dozeState{}, []model.Thread[dozeState]{worker, buffer, monitor}, func(dozeState) error { return nil }, func(s dozeState) error {
			if s.asleep && s.queued != 0 {
				return fmt.Errorf("the monitor sleeps, and something is queued: %+v", s)
			}
			return nil
		})
	})
}

// ---- semaphores: sema.go ----

type semaState struct {
	addr   int8 // the semaphore
	locked bool
	count  int8    // waiters counted
	queue  int8    // and queued
	got    int8    // units that acquirers have
	pc     [4]int8 // two acquirers, two releasers
	added  [4]bool
	has    [4]int8 // units that a releaser has to hand out
}

// Two goroutines acquire, and two release a unit each, or one of them both. A step under the lock is a section of its own, since addr and the count are also
// touched without it.
func TestModelSema(t *testing.T) {
	bugs := []string{"release does not look again", "acquirer counts itself last", "acquirer does not try under the lock",
		"added and handed over", "unit added behind the lock", "rest dropped"}
	seeded(t, bugs, func(bug string) (int, error) {
		acquirer := func(i int) model.Thread[semaState] {
			return func(s *semaState) string {
				switch s.pc[i] {
				case 0:
					if s.pc[i] = 1; s.addr > 0 {
						s.addr, s.got, s.pc[i] = s.addr-1, s.got+1, 9
					}
					return "semaTry"
				case 1:
					if s.locked {
						return ""
					}
					s.locked, s.pc[i] = true, 2
					if bug != "acquirer counts itself last" {
						s.count++
					}
					return "lock(1)"
				case 2:
					if s.pc[i] = 3; s.addr > 0 && bug != "acquirer does not try under the lock" {
						s.addr, s.got, s.pc[i] = s.addr-1, s.got+1, 4
					}
					return "semaTry under the lock"
				case 3:
					if bug == "acquirer counts itself last" {
						s.count++
					}
					s.queue, s.locked, s.pc[i] = s.queue+1, false, 9
					return "push, unlock(0)"
				case 4:
					if bug != "acquirer counts itself last" {
						s.count--
					}
					s.locked, s.pc[i] = false, 9
					return "unlock(1)"
				}
				return ""
			}
		}
		releaser := func(i int) model.Thread[semaState] {
			return func(s *semaState) string {
				switch s.pc[i] {
				case 0:
					s.added[i] = s.count == 0
					if s.pc[i] = 3; s.added[i] {
						s.pc[i] = 1
					}
					return "waiting"
				case 1:
					s.addr += s.has[i]
					if s.pc[i] = 2; bug == "release does not look again" {
						s.pc[i] = 9
					}
					return "add"
				case 2:
					if s.pc[i] = 3; s.count == 0 {
						s.pc[i] = 9
					}
					return "waiting again"
				case 3:
					if s.locked {
						return ""
					}
					s.locked, s.pc[i] = true, 4
					return "lock(0)"
				case 4:
					switch {
					case s.queue == 0 && s.added[i]:
						s.locked, s.pc[i] = false, 9
					case s.queue == 0 && bug == "unit added behind the lock":
						s.locked, s.pc[i] = false, 8
					case s.queue == 0:
						s.pc[i] = 6
					case s.added[i] && bug != "added and handed over":
						s.has[i] = min(s.has[i], s.addr)
						s.addr -= s.has[i]
						s.pc[i] = 5
					default:
						s.pc[i] = 5
					}
					return "find, semaTake"
				case 5:
					k := min(s.has[i], s.queue)
					s.queue, s.count, s.got, s.has[i] = s.queue-k, s.count-k, s.got+k, s.has[i]-k
					s.pc[i] = 6
					return "pop"
				case 6:
					if bug != "rest dropped" {
						s.addr += s.has[i]
					}
					s.pc[i] = 7
					return "add the rest"
				case 7:
					s.locked, s.pc[i] = false, 9
					return "unlock"
				case 8:
					s.addr += s.has[i]
					s.pc[i] = 9
					return "add behind the lock"
				}
				return ""
			}
		}
		check := func(first semaState) (int, error) {
			return model.Check(first, []model.Thread[semaState]{acquirer(0), acquirer(1), releaser(2), releaser(3)}, semaSafe, semaDone)
		}
		n, err := check(semaState{has: [4]int8{2: 1, 3: 1}})
		if err != nil {
			return n, err
		}
		both, err := check(semaState{has: [4]int8{2: 2}, pc: [4]int8{3: 9}})
		return n + both, err
	})
}

func semaSafe(s semaState) error {
	if s.got > 2 || s.addr < 0 {
		return fmt.Errorf("%d units taken, %d left", s.got, s.addr)
	}
	return nil
}

func semaDone(s semaState) error {
	if s.got != 2 || s.addr != 0 || s.count != 0 || s.queue != 0 || s.locked {
		return fmt.Errorf("%d units taken, %d left, %d wait, %d counted, locked %v", s.got, s.addr, s.queue, s.count, s.locked)
	}
	return nil
}

// ---- locks of the sole worker: solo.go ----
//
// The worker's plain stores go through a store buffer, as in the model of owner.go.

type soloState struct {
	on, busy, lock int8
	storeBuffer

	pc, round int8 // the sole worker
	npc       int8 // who makes the second worker, and then that one
	inside    [2]bool
}

const (
	soloBusy int8 = iota
	soloLock
)

func (s *soloState) flush() {
	switch addr, val := s.first(); addr {
	case soloBusy:
		s.busy = val
	case soloLock:
		s.lock = val
	}
}

func TestModelSolo(t *testing.T) {
	bugs := []string{"no membarrier", "on is not looked at again", "newcomer does not wait for busy", "busy ends before the lock is taken"}
	seeded(t, bugs, func(bug string) (int, error) {
		sole := func(s *soloState) string {
			if s.round == 2 {
				return ""
			}
			switch s.pc {
			case 0:
				if s.pc = 6; s.on != 0 {
					s.pc = 1
				}
				return "EnterSolo: load on"
			case 1:
				if s.store(soloBusy, 1) {
					s.pc = 2
					return "EnterSolo: busy=1"
				}
			case 2:
				if s.pc = 3; s.on == 0 && bug != "on is not looked at again" {
					s.pc = 5
				}
				return "EnterSolo: load on again"
			case 3, 4:
				first, second := [2]int8{soloLock, 1}, [2]int8{soloBusy, 0}
				if bug == "busy ends before the lock is taken" {
					first, second = second, first
				}
				if s.pc == 4 {
					first = second
				}
				if s.store(first[0], first[1]) {
					if s.pc++; s.pc == 5 {
						s.pc, s.inside[0] = 7, true
						return "LeaveSolo"
					}
					return "lock=1"
				}
			case 5:
				if s.store(soloBusy, 0) {
					s.pc = 6
					return "EnterSolo: busy=0"
				}
			case 6:
				for s.n > 0 {
					s.flush()
				}
				if s.lock == 0 {
					s.lock, s.pc, s.inside[0] = 1, 7, true
					return "compare and swap"
				}
			case 7:
				if s.store(soloLock, 0) {
					s.pc, s.inside[0] = 0, false
					s.round++
					return "Unlock"
				}
			}
			return ""
		}
		buffer := func(s *soloState) string {
			if s.n == 0 {
				return ""
			}
			s.flush()
			return "store reaches memory"
		}
		newcomer := func(s *soloState) string {
			switch s.npc {
			case 0:
				s.on, s.npc = 0, 1
				return "endSolo: on=0"
			case 1:
				for s.n > 0 && bug != "no membarrier" {
					s.flush()
				}
				s.npc = 2
				return "endSolo: membarrier"
			case 2:
				if s.busy == 0 || bug == "newcomer does not wait for busy" {
					s.npc = 3
					return "endSolo: busy is 0"
				}
			case 3:
				if s.lock == 0 {
					s.lock, s.npc, s.inside[1] = 1, 4, true
					return "compare and swap"
				}
			case 4:
				s.lock, s.npc, s.inside[1] = 0, 5, false
				return "Unlock"
			}
			return ""
		}
		return model.Check(soloState{on: 1}, []model.Thread[soloState]{sole, buffer, newcomer}, func(s soloState) error {
			if s.inside[0] && s.inside[1] {
				return fmt.Errorf("both hold the lock")
			}
			return nil
		}, func(s soloState) error {
			if s.round != 2 || s.npc != 5 || s.lock != 0 || s.busy != 0 {
				return fmt.Errorf("stuck: round %d, newcomer at %d", s.round, s.npc)
			}
			return nil
		})
	})
}

// ---- the ring of the sole worker: runq.go ----

type soloRingState struct {
	on, busy, head int8
	taken          [3]int8 // how often each goroutine of the ring came out
	storeBuffer

	pc, h   int8 // the owner
	npc, nh int8 // who takes its queue over
}

// load is what the owner finds in a word: its own last store, if that has not reached memory.
func (b *storeBuffer) load(addr, memory int8) int8 {
	for i := b.n - 1; i >= 0; i-- {
		if b.buf[i].addr == addr {
			return b.buf[i].val
		}
	}
	return memory
}

// Three goroutines are in the ring. Its owner takes them with plain stores, until another one that ended that takes from it, too.
func TestModelSoloRing(t *testing.T) {
	const soloHead = 1
	bugs := []string{"no membarrier", "newcomer does not end it", "busy ends before head has moved"}
	seeded(t, bugs, func(bug string) (int, error) {
		flush := func(s *soloRingState) {
			if addr, val := s.first(); addr == soloBusy {
				s.busy = val
			} else {
				s.head = val
			}
		}
		owner := func(s *soloRingState) string {
			switch s.pc {
			case 0:
				if s.pc = 5; s.on != 0 {
					s.pc = 1
				}
				return "EnterSolo: load on"
			case 1:
				if s.store(soloBusy, 1) {
					s.pc = 2
					return "EnterSolo: busy=1"
				}
			case 2:
				if s.pc = 3; s.on == 0 {
					s.pc = 4
				}
				return "EnterSolo: load on again"
			case 3:
				s.h, s.pc = s.load(soloHead, s.head), 6
				return "get: head"
			case 4:
				if s.store(soloBusy, 0) {
					s.pc = 5
					return "EnterSolo: busy=0"
				}
			case 5: // a locked instruction
				for s.n > 0 {
					flush(s)
				}
				if s.head == 3 {
					s.pc = 9
					return "get: empty"
				}
				s.taken[s.head]++
				s.head++
				s.pc = 0
				return "get: compare and swap"
			case 6, 7:
				if s.h == 3 {
					if s.store(soloBusy, 0) {
						s.pc = 9
						return "LeaveSolo: empty"
					}
					return ""
				}
				first, second := [2]int8{soloHead, s.h + 1}, [2]int8{soloBusy, 0}
				if bug == "busy ends before head has moved" {
					first, second = second, first
				}
				if s.pc == 7 {
					first = second
				}
				if s.store(first[0], first[1]) {
					if s.pc++; s.pc == 8 {
						s.taken[s.h]++
						s.pc = 0
						return "LeaveSolo"
					}
					return "get: head+1"
				}
			}
			return ""
		}
		buffer := func(s *soloRingState) string {
			if s.n == 0 {
				return ""
			}
			flush(s)
			return "store reaches memory"
		}
		newcomer := func(s *soloRingState) string {
			switch s.npc {
			case 0:
				if s.npc = 1; bug == "newcomer does not end it" {
					s.npc = 3
				} else {
					s.on = 0
				}
				return "endSolo: on=0"
			case 1:
				for s.n > 0 && bug != "no membarrier" {
					flush(s)
				}
				s.npc = 2
				return "endSolo: membarrier"
			case 2:
				if s.busy == 0 {
					s.npc = 3
					return "endSolo: busy is 0"
				}
			case 3:
				s.nh = s.head
				if s.npc = 4; s.nh == 3 {
					s.npc = 9
				}
				return "drain: head"
			case 4:
				if s.npc = 3; s.head == s.nh {
					s.taken[s.nh]++
					s.head++
				}
				return "drain: compare and swap"
			}
			return ""
		}
		return model.Check(soloRingState{on: 1}, []model.Thread[soloRingState]{owner, buffer, newcomer}, func(s soloRingState) error {
			for i, n := range s.taken {
				if n > 1 {
					return fmt.Errorf("goroutine %d came out twice", i)
				}
			}
			return nil
		}, func(s soloRingState) error {
			if s.taken != [3]int8{1, 1, 1} {
				return fmt.Errorf("came out: %v", s.taken)
			}
			return nil
		})
	})
}

// ---- who is the sole worker: trySolo, called by it or by the monitor ----

type soleState struct {
	idle, external   int8 // workers asleep of the two others; threads that are none
	began, on, done  bool
	pc, wpc, xpc, np int8 // the worker, one that wakes, one external, one that is made
	workers          int8
}

// One worker would be the sole one; another wakes up, a third is made, and a thread readies something. Each of these must find on
// unset when it acts.
func TestModelTrySolo(t *testing.T) {
	bugs := []string{"idle workers are not counted again", "began is set behind the look"}
	seeded(t, bugs, func(bug string) (int, error) {
		sole := func(s *soleState) bool { return s.idle == s.workers-1 && s.external == 0 }
		worker := func(s *soleState) string {
			switch s.pc {
			case 0:
				if s.began || s.done {
					return ""
				}
				if s.pc = 9; sole(s) {
					s.pc = 1
				}
				return "trySolo: sole awake"
			case 1:
				if s.pc = 2; bug != "began is set behind the look" {
					s.began = true
				}
				return "trySolo: began"
			case 2:
				if s.pc = 4; sole(s) || bug == "idle workers are not counted again" {
					s.pc = 3
				}
				return "trySolo: still sole awake"
			case 3:
				s.began, s.on, s.pc = true, true, 9
				return "trySolo: on"
			case 4:
				s.began, s.pc = false, 9
				return "trySolo: not so"
			}
			return ""
		}
		// endSolo waits for the lock, which trySolo holds from before began is set.
		end := func(s *soleState, pc *int8) string {
			if !s.began {
				*pc++
				return "endSolo: not begun"
			}
			if s.pc > 0 && s.pc < 9 {
				return ""
			}
			s.on, s.began, s.done = false, false, true
			*pc++
			return "endSolo"
		}
		waking := func(s *soleState) string {
			switch s.wpc {
			case 0:
				s.idle--
				s.wpc = 1
				return "wake: idle.n"
			case 1:
				return end(s, &s.wpc)
			}
			return ""
		}
		made := func(s *soleState) string {
			switch s.np {
			case 0:
				s.workers++
				s.np = 1
				return "newWorker"
			case 1:
				return end(s, &s.np)
			}
			return ""
		}
		outside := func(s *soleState) string {
			switch s.xpc {
			case 0:
				s.external++
				s.xpc = 1
				return "external"
			case 1:
				return end(s, &s.xpc)
			case 2:
				s.external--
				s.xpc = 3
				return "external no more"
			}
			return ""
		}
		return model.Check(soleState{idle: 1, workers: 2}, []model.Thread[soleState]{worker, waking, made, outside}, func(s soleState) error {
			if s.on && (s.wpc == 2 || s.np == 2 || s.xpc == 2) {
				return fmt.Errorf("not the only one")
			}
			return nil
		}, func(s soleState) error { return nil })
	})
}
