package sched

import "testing"

// The only worker that neither sleeps nor rests for its own goroutine is found.
func TestTheAwake(t *testing.T) {
	list := workers.list.Load()
	defer func() {
		workers.list.Store(list)
		idle.stack = nil
	}()
	workers.list.Store(nil)
	var ws []*worker
	for range 5 {
		ws = append(ws, newWorker())
	}
	for i, want := range ws {
		idle.stack = nil
		for k := range ws {
			p := ws[(i+k)%len(ws)]
			p.resting = k == 2
			if k != 0 && k != 2 {
				p.idleNext, idle.stack = idle.stack, p
			}
		}
		if got := theAwake(ws); got != want {
			t.Errorf("worker %d is awake, not %d", want.w.ID, got.w.ID)
		}
	}
}
