package sched

// This file passes the host's signals on to the guest's os/signal.

import (
	"os"
	"os/signal"
	"sync"
	"syscall"

	"rtgen/rtlib/abi"
)

var sig struct {
	once    sync.Once
	ch      chan os.Signal
	mu      sync.Mutex
	pending [4]uint32 // bit set
	wanted  [4]uint32
	ignored [4]uint32
	waiter  *G // parked in SignalRecv
}

func initSignals() {
	sig.once.Do(func() {
		sig.ch = make(chan os.Signal, 64)
		AddExternal(1) // from now on a signal may always come
		go func() {
			for s := range sig.ch {
				deliver(uint32(s.(syscall.Signal)))
			}
		}()
	})
}

func deliver(s uint32) {
	sig.mu.Lock()
	g := sig.waiter
	if s < 128 && sig.wanted[s/32]&(1<<(s%32)) != 0 {
		sig.pending[s/32] |= 1 << (s % 32)
	} else {
		g = nil
	}
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
	signal.Notify(sig.ch, syscall.Signal(s))
}

// SignalDisable is os/signal.signal_disable.
func SignalDisable(s uint32) {
	if s >= 128 {
		return
	}
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

// SignalWaitUntilIdle is os/signal.signalWaitUntilIdle: delivery leaves nothing in flight for long.
func SignalWaitUntilIdle() {
	sig.mu.Lock()
	sig.mu.Unlock() //nolint:staticcheck // waits for a delivery under way
}
