package rtchan

import (
	"fmt"
	"testing"

	"rtgen/e2e/model"
)

// This file checks a model of select in every interleaving, and that the checker finds the bugs seeded into
// it. Two goroutines send one value each, on a channel each; others select among both channels
// until they have the values. The steps have the names of the functions they stand for.

// selState is two channels, two senders and two selecting goroutines.
type selState struct {
	lock  [2]int8    // who holds it: 1 + thread, or 0
	recvq [2][2]int8 // selecting goroutines, plus 1, in order
	sendq [2]bool    // the sender of this channel waits
	g     [2]selG
	spc   [2]int8 // senders
	peer  [2]int8 // whom the sender has taken out of the queue, plus 1
	sent  [2]int8 // how often the value of each channel was taken
}

type selG struct {
	pc      int8
	rounds  int8 // selects that are over
	parked  bool
	claimed bool
	readied int8 // wake-ups it has not seen
	got     int8 // case that fired, plus 1
}

func (s *selState) push(c, g int8) {
	for i := range s.recvq[c] {
		if s.recvq[c][i] == 0 {
			s.recvq[c][i] = g + 1
			return
		}
	}
}

func (s *selState) remove(c, g int8) {
	q := &s.recvq[c]
	if q[0] == g+1 {
		q[0], q[1] = q[1], 0
	} else if q[1] == g+1 {
		q[1] = 0
	}
}

func checkSelect(selectors, rounds int8, bug string) (int, error) {
	sender := func(c int8) model.Thread[selState] {
		return func(s *selState) string {
			me := 3 + c
			switch s.spc[c] {
			case 0:
				if s.lock[c] != 0 {
					return ""
				}
				s.lock[c], s.spc[c] = me, 1
				return "Send: lock"
			case 1: // send, pop
				q := &s.recvq[c]
				if q[0] == 0 {
					s.sendq[c], s.lock[c], s.spc[c] = true, 0, 9
					return "Send: Park, push, unlock"
				}
				s.peer[c] = q[0]
				q[0], q[1] = q[1], 0
				s.spc[c] = 2
				return "pop: take the first"
			case 2:
				x := &s.g[s.peer[c]-1]
				if x.claimed && bug != "waker does not claim" {
					s.spc[c] = 1
					return "pop: claimed already"
				}
				x.claimed = true
				s.spc[c] = 3
				return "pop: claim"
			case 3:
				s.g[s.peer[c]-1].got = c + 1
				s.sent[c]++
				s.lock[c], s.spc[c] = 0, 4
				return "send: hand over, unlock"
			case 4:
				s.g[s.peer[c]-1].readied++
				s.peer[c], s.spc[c] = 0, 9
				return "Ready"
			}
			return ""
		}
	}
	selector := func(i int8) model.Thread[selState] {
		first, second := int8(0), int8(1)
		if bug == "locks out of order" && i == 1 {
			first, second = 1, 0
		}
		return func(s *selState) string {
			g, me := &s.g[i], 1+i
			take := func(c int8) { // try: a sender waits
				s.sendq[c] = false
				s.sent[c]++
				g.rounds++
				g.pc = 0
			}
			lock := func(c, next int8) string {
				if s.lock[c] != 0 {
					return ""
				}
				s.lock[c], g.pc = me, next
				return "lockAll"
			}
			switch g.pc {
			case 0:
				if g.rounds == rounds {
					return ""
				}
				return lock(first, 1)
			case 1:
				if bug == "looks and queues one by one" {
					if s.sendq[0] {
						take(0)
						s.lock[0] = 0
						return "try, unlock"
					}
					s.lock[0], g.pc = 0, 10
					return "try, unlock"
				}
				return lock(second, 2)
			case 2:
				for c := range int8(2) {
					if s.sendq[c] {
						take(c)
						s.lock = [2]int8{}
						return "try, unlockAll"
					}
				}
				g.pc = 3
				return "try"
			case 3:
				if bug != "claimed left set" {
					g.claimed = false
				}
				g.got, g.pc = 0, 4
				return "Ticket=0, Park"
			case 4:
				s.push(0, i)
				s.push(1, i)
				s.lock, g.pc = [2]int8{}, 5
				return "enqueue, unlockAll"
			case 5:
				if g.readied == 0 {
					return ""
				}
				g.readied--
				if bug == "Ticket=0 while still in a queue" {
					g.claimed = false
				}
				if g.pc = 6; bug == "selectDone leaves the other queue" {
					g.pc = 7
				}
				return "run"
			case 6:
				c := 2 - g.got // the case that did not fire
				if s.lock[c] != 0 {
					return ""
				}
				s.remove(c, i) // in one step with lock and unlock: nobody looks into it
				g.pc = 7
				return "selectDone: remove"
			case 7:
				g.rounds++
				g.pc = 0
				return "selectDone: results"
			case 10:
				return lock(1, 11)
			case 11:
				if s.sendq[1] {
					take(1)
					s.lock[1] = 0
					return "try, unlock"
				}
				g.claimed, g.got = false, 0
				s.push(0, i)
				s.push(1, i)
				s.lock[1], g.pc = 0, 5
				return "enqueue, unlock"
			}
			return ""
		}
	}
	threads := []model.Thread[selState]{sender(0), sender(1)}
	for i := range selectors {
		threads = append(threads, selector(i))
	}
	return model.Check(selState{}, threads, func(s selState) error {
		for c, n := range s.sent {
			if n > 1 {
				return fmt.Errorf("the value of channel %d was received twice", c)
			}
		}
		for i := range s.g {
			if s.g[i].readied > 1 || s.g[i].readied == 1 && s.g[i].pc != 5 {
				return fmt.Errorf("goroutine %d was readied twice, or while it ran", i)
			}
		}
		return nil
	}, func(s selState) error {
		for i := range selectors {
			if s.g[i].rounds != rounds {
				return fmt.Errorf("goroutine %d waits for ever", i)
			}
		}
		if s.sent != [2]int8{1, 1} || s.recvq != [2][2]int8{} || s.sendq != [2]bool{} {
			return fmt.Errorf("something is left behind: %+v", s)
		}
		return nil
	})
}

func TestModelSelect(t *testing.T) {
	for _, m := range []struct{ selectors, rounds int8 }{{1, 2}, {2, 1}} {
		n, err := checkSelect(m.selectors, m.rounds, "")
		if err != nil {
			t.Errorf("select: %v", err)
		}
		t.Logf("%d selecting, %d times each: %d states", m.selectors, m.rounds, n)
	}
	for _, bug := range []string{"waker does not claim", "locks out of order", "looks and queues one by one", "claimed left set", "Ticket=0 while still in a queue", "selectDone leaves the other queue"} {
		_, one := checkSelect(1, 2, bug)
		_, two := checkSelect(2, 1, bug)
		if one == nil && two == nil {
			t.Errorf("bug not found: %s", bug)
		}
	}
}
