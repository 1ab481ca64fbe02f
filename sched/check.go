package sched

// This file looks for broken invariants, for tests and debugging.

import (
	"fmt"
	"strings"
)

// LostWakeup reports whether, at this instant, a goroutine is queued and a token is free, and
// nobody has been told. If it does so again and again, a wake-up was lost.
func LostWakeup() bool {
	return anyWork() && idle.tokens.Load() > 0 && idle.spinning.Load() == 0 &&
		!(idle.poller.Load() != 0 && poller.broken.Load())
}

// Dump describes workers, queues and goroutines.
func Dump() string {
	var b strings.Builder
	fmt.Fprintf(&b, "tokens=%d spinning=%d idle=%d poller=%d global=%d first timer=%d\n", idle.tokens.Load(),
		idle.spinning.Load(), idle.n.Load(), idle.poller.Load(), global.n.Load(), firstTimer())
	for _, p := range allWorkers() {
		fmt.Fprintf(&b, "worker %d: status=%d token=%d tick=%d queued=%d poll=%#x\n", p.w.ID, p.status, p.token, p.tick, p.runq.len(), p.w.Poll)
	}
	All(func(g *G) { fmt.Fprintf(&b, "goroutine %d [%s]\n", g.ID, g.Status()) })
	return b.String()
}
