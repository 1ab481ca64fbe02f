package sched

import "testing"

// TestSemaRoot queues waiters for many addresses of one root and takes them out, against plain lists.
func TestSemaRoot(t *testing.T) {
	const n = 400
	var r semaRoot
	gs := testGs(n)
	want := map[uintptr][]*Waiter{}
	free := make([]*Waiter, 0, n)
	for _, g := range gs {
		free = append(free, &g.Wait)
	}
	rnd := uint32(1)
	next := func(n int) int {
		rnd ^= rnd << 13
		rnd ^= rnd >> 17
		rnd ^= rnd << 5
		return int(rnd % uint32(n))
	}
	for range 100000 {
		addr := uintptr(next(60)+1) * 8 * semaTable
		if next(2) == 0 && len(free) > 0 {
			x := free[len(free)-1]
			free = free[:len(free)-1]
			first := next(4) == 0
			r.push(x, addr, first)
			if first {
				want[addr] = append([]*Waiter{x}, want[addr]...)
			} else {
				want[addr] = append(want[addr], x)
			}
			continue
		}
		link, l := r.find(addr), want[addr]
		if (*link != 0) != (len(l) != 0) {
			t.Fatalf("%#x: found %v; %d wait", addr, *link != 0, len(l))
		}
		if *link != 0 {
			n := uint32(next(3) + 1)
			x, k := r.pop(link, n)
			if k != min(n, uint32(len(l))) {
				t.Fatalf("%#x: %d of %d came out; %d were asked for", addr, k, len(l), n)
			}
			for _, y := range l[:k] {
				if x != y {
					t.Fatalf("%#x: goroutine %d came out; want %d", addr, x.Owner().ID, y.Owner().ID)
				}
				free = append(free, x)
				x = x.Next
			}
			if x != nil {
				t.Fatalf("%#x: more than %d came out", addr, k)
			}
			want[addr] = l[k:]
		}
	}
}
