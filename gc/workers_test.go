package gc_test

// This file runs the collector under the real scheduler: goroutines on several workers build
// trees, leave them in a shared table, and check those they find there.

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

type tree struct {
	l, r  *tree
	depth int
}

// table is a host global: a root. Entries are guest pointers.
var table [64]unsafe.Pointer

var treeLayout = abi.Layout{Size: 24, Period: 24, Mask: 3}

type frame struct{ l, r, site uintptr }

const frameSize = unsafe.Sizeof(frame{})

var (
	buildFn    = abi.Func{Name: "build", Size: frameSize}
	buildSites = [...]abi.Site{{Fn: &buildFn}, {Fn: &buildFn, Live: 1}, {Fn: &buildFn, Live: 3}}
	loopFn     = abi.Func{Name: "loop", Size: frameSize}
	loopSite   = abi.Site{Fn: &loopFn}
	running    atomic.Int32
)

func build(w *abi.W, sp abi.SP, d int) *tree {
	fr := abi.Ptr[frame](sp)
	var l, r *tree
	if d > 0 {
		fr.site = uintptr(unsafe.Pointer(&buildSites[0]))
		l = build(w, sp+frameSize, d-1)
		fr.l = uintptr(unsafe.Pointer(l))
		fr.site = uintptr(unsafe.Pointer(&buildSites[1]))
		r = build(w, sp+frameSize, d-1)
		fr.r = uintptr(unsafe.Pointer(r))
		fr.site = uintptr(unsafe.Pointer(&buildSites[2]))
	} else {
		fr.site = uintptr(unsafe.Pointer(&buildSites[0]))
	}
	n := (*tree)(gc.New(w, sp+frameSize, &treeLayout))
	n.l, n.r, n.depth = l, r, d
	return n
}

func (n *tree) check(d int) {
	if n.depth != d || (n.l == nil) != (d == 0) {
		panic(fmt.Sprintf("tree damaged: depth %d, want %d", n.depth, d))
	}
	if d > 0 {
		n.l.check(d - 1)
		n.r.check(d - 1)
	}
}

// loop is a goroutine that never suspends.
func loop(w *abi.W, sp abi.SP) {
	fr := abi.Ptr[frame](sp)
	seed := uint32(w.G.ID)*2654435761 + 1
	for i := 0; i < rounds; i++ {
		seed = seed*1664525 + 1013904223
		fr.site = uintptr(unsafe.Pointer(&loopSite))
		t := build(w, sp+frameSize, int(seed>>28)%9)
		slot := seed >> 8 % 64
		old := (*tree)(atomic.SwapPointer(&table[slot], unsafe.Pointer(t)))
		if old != nil {
			old.check(old.depth)
		}
		if w.Poll != 0 {
			gc.Safepoint(w, sp+frameSize)
			sched.Poll(w, sp+frameSize)
		}
	}
	if running.Add(-1) == 0 {
		for _, t := range table {
			if t != nil {
				(*tree)(t).check((*tree)(t).depth)
			}
		}
		os.Stdout.WriteString("trees are whole\n")
		os.Exit(0)
	}
}

var rounds = 3000

func start(w *abi.W, sp abi.SP) {
	abi.Ptr[frame](sp).site = uintptr(unsafe.Pointer(&loopSite))
	for i := 0; i < 8; i++ {
		running.Add(1)
	}
	for i := 0; i < 8; i++ {
		sched.Go(w, sp+frameSize, loop, 0)
	}
}

func TestMain(m *testing.M) {
	if opts, ok := os.LookupEnv("GC_TEST_CHILD"); ok {
		abi.NewFrame, abi.FreeFrame = gc.NewFrame, gc.FreeFrame
		sched.NewHeapCache = func(w *abi.W) { w.Heap = gc.NewCache() }
		gc.Start(sched.World{}, opts)
		if strings.Contains(opts, "stress") {
			rounds = 100
		}
		sched.Run(sched.Start(4), start)
	}
	os.Exit(m.Run())
}

func TestWorkers(t *testing.T) {
	for _, opts := range []string{"", "verify", "poison", "stress=13,verify,poison", "stress=3,seed=1,poison"} {
		t.Run(opts, func(t *testing.T) {
			t.Parallel()
			// Takes a second or two. One that hangs shows where, which the limit of go test would not.
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, os.Args[0])
			cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGABRT) }
			cmd.Env = append(os.Environ(), "GC_TEST_CHILD="+opts, "GOTRACEBACK=crash")
			out, err := cmd.CombinedOutput()
			if err != nil || string(out) != "trees are whole\n" {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
