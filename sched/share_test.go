package sched

import "testing"

// Whether turns are light is decided while no other worker is awake; where others are, that is tried now and then, the more
// seldom the more often in vain.
func TestWeigh(t *testing.T) {
	list, max, cpus := workers.list.Load(), maxRunning.Load(), processors
	defer func() {
		workers.list.Store(list)
		maxRunning.Store(max)
		processors = cpus
		idle.n.Store(0)
	}()
	workers.list.Store(&[]*worker{new(worker), new(worker)})
	maxRunning.Store(2)
	processors = 2
	p, now := allWorkers()[0], int64(1e9)
	for i, step := range []struct {
		asleep int32 // of the other worker
		ns     uint32
		after  int64 // ns since the last step
		light  bool
	}{
		{1, 2000, 0, true}, // a trial: nobody knows since when the other one sleeps
		{1, 100, 20e3, true},
		{1, 1000, 20e3, false}, // alone, and long
		{0, 1000, 20e3, false},
		{0, 1000, minTrialGap, true}, // a trial
		{0, 1000, trialTime / 2, true},
		{0, 1000, trialTime, false}, // the other one does not go to sleep
		{0, 1000, minTrialGap * 3 / 2, false},
		{0, 1000, minTrialGap, true}, // the next one comes later
		{1, 300, 20e3, true},
		{1, 100, 20e3, true},
		{0, 6000, 20e3, false}, // not by sharing alone
		{0, 100, 20e3, true},   // even shared
	} {
		idle.n.Store(step.asleep)
		now += step.after
		p.weigh(step.ns, now)
		if (p.light != 0) != step.light {
			t.Fatalf("step %d, turns of %d ns: light %d", i, step.ns, p.light)
		}
	}
	for cpus, want := range map[int]uint32{1: 700, 2: 700, 4: 233, 64: 233} {
		maxRunning.Store(4)
		if processors = cpus; worthMoving() != want {
			t.Errorf("%d processors, 4 workers: %d ns, want %d", cpus, worthMoving(), want)
		}
	}
}
