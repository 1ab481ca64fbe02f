package gc

// This file reads the debug modes of the RTGEN environment variable:
//
//	off         never collect, except on runtime.GC
//	stress=K    collect at every K-th safepoint (K=1: every one); seed=S shifts which
//	verify      after marking, mark again with a simpler marker and compare; check sites
//	poison      fill free cells with a pattern, check it when they are allocated
//	hostptrs    with verify: name objects that hold addresses in the host's heap
//	major       no minor cycles
//	gctrace     a line to standard error for each cycle

import (
	"os"
	"runtime"
	"strconv"
	"strings"
)

var debug struct {
	off    bool
	stress uint64
	seed   uint64
	verify bool
	poison bool
	trace  bool
	major  bool

	hostptrs bool
}

func parseOptions(opts string) {
	helpers = min(runtime.NumCPU(), runtime.GOMAXPROCS(0), 8) - 1
	for _, o := range strings.Split(opts, ",") {
		k, v, _ := strings.Cut(o, "=")
		n, _ := strconv.ParseUint(v, 10, 64)
		switch k {
		case "w": // the scheduler's: workers
			helpers = min(helpers, int(n)-1)
		case "off":
			debug.off = true
		case "stress":
			debug.stress = max(n, 1)
		case "seed":
			debug.seed = n
		case "verify":
			debug.verify = true
		case "poison":
			debug.poison = true
		case "hostptrs":
			debug.hostptrs = true
		case "major":
			debug.major = true
		case "gctrace":
			debug.trace = true
		}
	}
}

// Throw ends the program because the heap cannot go on. A variable, so that the runtime can
// print goroutines first and tests can catch it.
var Throw = func(msg string) {
	os.Stderr.WriteString("fatal error: " + msg + "\n")
	os.Exit(2)
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

const poisonWord = 0xdbdbdbdbdbdbdbdb

func fillPoison(a, n uintptr) {
	for i, s := 0, wordsAt(a, n); i < len(s); i++ {
		s[i] = poisonWord
	}
}

// poisonFree fills a block's unmarked cells.
func poisonFree(i uint32, b *block) {
	for cell := uintptr(0); cell < uintptr(b.ncell); cell++ {
		if *markAt(i, cell) != cycle.epoch {
			fillPoison(blockAddr(i)+cell*uintptr(b.cell), uintptr(b.cell))
		}
	}
	b.poison, b.dirty = true, true
}

func checkPoison(b *block, a, n uintptr) {
	if !b.poison {
		return
	}
	for i, v := range wordsAt(a, n) {
		if v != poisonWord {
			Throw("gc: freed memory was written: word " + hex(a+uintptr(i)*8) + " (cell " +
				hex(a+uintptr(i)*8/uintptr(b.cell)*uintptr(b.cell)) + " of " + itoa(uint64(b.cell)) + " bytes) holds " + hex(v))
		}
	}
}

func hex(a uintptr) string { return "0x" + strconv.FormatUint(uint64(a), 16) }
