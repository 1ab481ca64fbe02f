package sched

import "testing"

// TestTimerHeap arms, moves, stops, removes and pops nodes at random and compares with a plain list of who is set for
// when; the order and the index fields are checked at each step.
func TestTimerHeap(t *testing.T) {
	const n = 300
	nodes := make([]timerNode, n)
	want := make([]int64, n) // when nodes[i] is to come out; 0: not at all
	p := new(worker)
	h := &p.timers
	index := func(x *timerNode) int {
		for i := range nodes {
			if x == &nodes[i] {
				return i
			}
		}
		return -1
	}
	rnd, now := uint32(1), int64(1)
	next := func(n uint32) uint32 {
		rnd ^= rnd << 13
		rnd ^= rnd >> 17
		rnd ^= rnd << 5
		return rnd % n
	}
	for range 30000 {
		i := next(n)
		switch x := &nodes[i]; next(5) {
		case 0, 1:
			want[i] = now + int64(next(1000)) + 1
			p.arm(x, want[i])
		case 2:
			if got := x.disarm(); got != (want[i] != 0) {
				t.Fatalf("disarm says %v of a node set for %d", got, want[i])
			}
			want[i] = 0
		case 3:
			x.remove()
			if x.inHeap() {
				t.Fatal("removed and still in the heap")
			}
			x.set(0)
			want[i] = 0
		case 4:
			now += int64(next(30))
			for {
				x, when := h.pop(now)
				if x == nil {
					break
				}
				if i := index(x); want[i] != when || when > now {
					t.Fatalf("node set for %d came out as %d at %d", want[i], when, now)
				} else {
					want[i] = 0
					x.set(0)
				}
			}
			for i, w := range want {
				if w != 0 && w <= now {
					t.Fatalf("node %d, set for %d, did not come out at %d", i, w, now)
				}
			}
		}
		live := 0
		for _, w := range want {
			if w != 0 {
				live++
			}
		}
		if int(h.live.Load()) != live {
			t.Fatalf("%d live; want %d", h.live.Load(), live)
		}
		for i, e := range h.heap {
			if x := e.timer(); int(x.at) != i+1 || x.when != 0 && x.when < e.when {
				t.Fatal("a node does not know its place, or its time")
			}
			if i > 0 && h.heap[(i-1)/4].when > e.when {
				t.Fatal("out of order")
			}
		}
	}
}
