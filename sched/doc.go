// Package sched runs the guest's goroutines on the workers.
//
//	go f(x)          →   sched.Go(w, sp, thunk)        // a G record of 96 bytes, no stack
//	<-c (must wait)  →   g.Park(w, reason); return     // w.Unwind is set: the callers capture themselves
//	a waker          →   sched.Ready(w, g)
//	…later           →   f := g.Frames; f.Fn.Resume(w, w.Base, f), the results of <-c at w.Ret
//
// # Workers
//
// A worker is a host goroutine with its own W, shadow stack, run queue and caches. There may
// be many; at most GOMAXPROCS of them hold a token, and only a holder looks for work. A worker
// in a system call, or in native code that does not poll, loses its token and its queue to
// another (see monitor.go); when it comes back it goes on without a token until its
// goroutine suspends. Nothing else depends on the token, so nobody waits for one in the
// middle of a native activation.
//
//	idle ──wake, with a token──▶ running ◀──▶ in a system call
//	  ▲                          │     │
//	  └── nothing to run ────────┘     └──▶ stopped at a safepoint ──▶ running
//
// # A goroutine's state word
//
//	runnable → running → unwinding → parked → readied → running …
//	                          └─────────────→ readied ↗
//
// Park is called deep in native frames and sets unwinding; the worker swaps in parked once
// those frames are captured. A waker swaps in readied: if it finds parked the goroutine is
// its to queue; if it finds unwinding, the worker will find readied and go on at once. So a
// waker needs no lock, and a primitive may publish the goroutine before it unwinds.
//
// # Which goroutine runs next
//
// The one most recently readied (W's runnext slot), else the oldest of the worker's queue;
// every 64th turn the global queue goes first, and a chain of runnext turns is cut after 32 so
// that two goroutines that talk to each other do not shut out the rest.
//
// # Who is woken, and how that is not lost
//
// A worker is woken if the queue holds more than a few microseconds' work: goroutines times the length of their
// turns of late, which each worker measures. With less, its own worker is through sooner. And where turns are shorter than
// what it costs to take a goroutine elsewhere, none is taken (share.go).
//
// A submitter queues, then looks for idle tokens and spinning workers; a worker that gives
// up stops spinning, gives its token back, and then looks at every queue once more. The submitter has no
// barrier between its store and its look; what slips through so the monitor finds, which looks at all queues every 400 µs and
// dozes only if a barrier of its own has shown them empty.
//
// # Who looks at descriptors
//
// A worker out of work, before it looks anywhere else. Nobody sleeps in netpoll while others do that every few microseconds;
// if all tokens are free, or those who have one have not polled for some looks of the monitor, somebody does.
//
// # Which file does what
//
//	worker.go, idle.go   a worker's loop: find a goroutine, run it until it suspends; look for work, rest, wake
//	share.go             whether another worker would gain by taking some
//	runq.go, owner.go    the ring and the runnext slot, and how others take from them
//	park.go, g.go        what primitives use; goroutine records
//	timer.go, timerheap.go, netpoll_linux.go, sema.go, coro.go, signal.go
//	                     what goroutines wait for
//	monitor.go, syscall.go, thread.go
//	                     workers in native code, in system calls, and bound to their thread
//	lock.go, solo.go     locks, and doing without them while one worker is awake
//	world.go, quit.go    stopping everybody, for the collector and for a dump
//	model_test.go        the protocols above as models, checked in every interleaving
package sched
