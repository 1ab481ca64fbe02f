package sched

// This file passes the host's signals on to the guest's os/signal. Each signal has a channel of its own: the host promises
// for a channel, not for a signal, that what came before Stop is delivered.

import (
	"os"
	"os/signal"
	"sync"
	"syscall"

	"rtgen/rtlib/abi"
)

var sig struct {
	once    sync.Once
	sources [128]*source // written by the guest's os/signal under its own lock
	mu      sync.Mutex
	pending [4]uint32 // bit set
	wanted  [4]uint32
	ignored [4]uint32
	waiter  *G // parked in SignalRecv
}

func initSignals() {
	sig.once.Do(func() { AddExternal(1) }) // from now on a signal may always come
}

// source is where one signal comes from.
type source struct {
	ch   chan os.Signal
	over chan struct{} // closed when all that came is delivered
}

func newSource(s uint32) *source {
	c := &source{make(chan os.Signal, 1), make(chan struct{})}
	signal.Notify(c.ch, syscall.Signal(s))
	go func() {
		for range c.ch {
			deliver(s)
		}
		close(c.over)
	}()
	return c
}

// stop returns when all that came is delivered; from then on the signal has its default meaning.
func (c *source) stop() {
	signal.Stop(c.ch)
	close(c.ch)
	<-c.over
}

func stopSource(s uint32) {
	if c := sig.sources[s]; c != nil {
		c.stop()
		sig.sources[s] = nil
	}
}

func deliver(s uint32) {
	sig.mu.Lock()
	g := sig.waiter
	sig.pending[s/32] |= 1 << (s % 32)
	if g != nil {
		sig.waiter = nil
		g.Buf[0] = uintptr(takeSignal())
	}
	sig.mu.Unlock()
	if g != nil {
		Inject(g)
	}
}

// takeSignal returns a pending signal, or 0; the mutex is held.
func takeSignal() uint32 {
	for i := range sig.pending {
		for b := uint32(0); b < 32; b++ {
			if sig.pending[i]&(1<<b) != 0 {
				sig.pending[i] &^= 1 << b
				return uint32(i)*32 + b
			}
		}
	}
	return 0
}

// SignalRecv is os/signal.signal_recv: it waits for the next signal. Resumable; its result is a
// uint32.
func SignalRecv(w *abi.W, sp abi.SP) uint32 {
	initSignals()
	sig.mu.Lock()
	defer sig.mu.Unlock()
	if s := takeSignal(); s != 0 {
		return s
	}
	g := Self(w)
	g.Done = doneSignal
	g.Park(w, ReasonSignal)
	sig.waiter = g
	return 0
}

var doneSignal = NewDone(signalDone)

func signalDone(w *abi.W, g *G) { *(*uint32)(w.Ret) = uint32(g.Buf[0]) }

// SignalEnable is os/signal.signal_enable.
func SignalEnable(s uint32) {
	initSignals()
	if s >= 128 {
		return
	}
	sig.mu.Lock()
	sig.wanted[s/32] |= 1 << (s % 32)
	sig.ignored[s/32] &^= 1 << (s % 32)
	sig.mu.Unlock()
	if sig.sources[s] == nil {
		sig.sources[s] = newSource(s)
	}
}

// SignalDisable is os/signal.signal_disable.
func SignalDisable(s uint32) {
	if s >= 128 {
		return
	}
	stopSource(s)
	sig.mu.Lock()
	sig.wanted[s/32] &^= 1 << (s % 32)
	sig.ignored[s/32] &^= 1 << (s % 32)
	sig.mu.Unlock()
	signal.Reset(syscall.Signal(s))
	if syscall.Signal(s) == syscall.SIGQUIT {
		signal.Notify(quit, syscall.SIGQUIT)
	}
}

// signalWanted reports whether the program asked for signal s.
func signalWanted(s uint32) bool {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	return sig.wanted[s/32]&(1<<(s%32)) != 0
}

// SignalIgnore is os/signal.signal_ignore.
func SignalIgnore(s uint32) {
	if s >= 128 {
		return
	}
	stopSource(s)
	sig.mu.Lock()
	sig.wanted[s/32] &^= 1 << (s % 32)
	sig.ignored[s/32] |= 1 << (s % 32)
	sig.mu.Unlock()
	signal.Ignore(syscall.Signal(s))
}

// SignalIgnored is os/signal.signal_ignored.
func SignalIgnored(s uint32) bool {
	if s >= 128 {
		return false
	}
	sig.mu.Lock()
	defer sig.mu.Unlock()
	return sig.ignored[s/32]&(1<<(s%32)) != 0 || signal.Ignored(syscall.Signal(s))
}

// SignalsIdle reports whether the guest has dealt with all that was delivered.
func SignalsIdle() bool {
	sig.mu.Lock()
	defer sig.mu.Unlock()
	return sig.waiter != nil
}
