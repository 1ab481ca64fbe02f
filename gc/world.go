package gc

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

// World is what the scheduler does for the collector.
//
// A stopped worker stands at a safepoint, in a system call, or idle; its Top says where its
// shadow stack ends. Nothing but the collector touches the guest's heap while the world is
// stopped.
type World interface {
	// Stop brings every other worker to a safepoint and returns true; w itself stands at
	// sp, and Stop sets w.Top. If another worker is stopping the world already, Stop
	// waits, as at any safepoint, until that one is through, and returns false.
	Stop(w *abi.W, sp abi.SP) bool
	Start(w *abi.W)

	// Safepoint waits while another worker has the world stopped. Called by a running worker at sp.
	Safepoint(w *abi.W, sp abi.SP)

	// Workers calls f for every worker, Gs for every goroutine that is not dead. Called
	// while the world is stopped.
	Workers(f func(*abi.W))
	Gs(f func(*abi.G))

	// Roots calls mark for pointers into the guest's heap that the scheduler keeps elsewhere
	// (timers, run queues …). The words at mark's argument are not looked at: mark takes
	// the pointer's value.
	Roots(mark func(p unsafe.Pointer))

	// Go starts a goroutine that counts as the runtime's, not the program's: it does not
	// keep a deadlock from being noticed. Called by a worker that runs guest code.
	Go(w *abi.W, sp abi.SP, fn func(w *abi.W, sp abi.SP))
}

var world World

// Start sets up the heap: called once, before any guest code. opts is the RTGEN
// environment variable ("off,stress=3,verify,poison"; keys of others are ignored).
func Start(wd World, opts string) {
	world = wd
	parseOptions(opts)
	if debug.poison {
		abi.Vacated = func(lo, hi abi.SP) { fillPoison(lo, hi-lo) }
	}
	spaceInit()
	classInit()
	pacerInit()
}
