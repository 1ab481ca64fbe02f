package rtlib

// This file starts a program.

import (
	"os"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unsafe"

	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/reflectmeta"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// GOROOT is the Go tree that the program was rewritten from. Set by the generated main package.
var GOROOT string

// ModInfo is the program's runtime/debug.BuildInfo as text. Set by the generated main package.
var ModInfo string

// Main runs the guest program: start is its initialisation followed by its main function. The
// environment variable RTGEN holds options, separated by commas: w=N (workers), yield (at every poll),
// stats=FILE (see stats.go), and the heap's off, stress=K, verify, poison.
func Main(start func(w *abi.W, sp abi.SP)) {
	checkClosures()
	opts := os.Getenv("RTGEN")
	checkSettings(opts)
	n := workers(opts)
	connect()
	gc.Start(sched.World{}, opts)
	if slices.Contains(strings.Split(opts, ","), "yield") {
		sched.YieldAtPolls()
	}
	w := sched.Start(n)
	startStats(opts)
	mainFn = start
	sched.Run(w, mainStart)
}

// setting reports whether name may stand in RTGEN, the heap's names (gc/debug.go) included, and whether it has a number;
// stats, which has a file's name, is none of them.
func setting(name string) (number, ok bool) {
	switch name {
	case "w", "stress", "seed":
		return true, true
	case "yield", "off", "major", "verify", "poison", "hostptrs", "gctrace":
		return false, true
	}
	return false, false
}

const maxWorkers = 1024 // more than any machine has; each takes address space

// checkSettings ends the program with status 2 if opts holds what nobody reads: a setting that
// is misspelt would leave a test proving nothing.
func checkSettings(opts string) {
	for o := range strings.SplitSeq(opts, ",") {
		name, value, valued := strings.Cut(o, "=")
		if o == "" || name == "stats" && value != "" {
			continue
		}
		why := ""
		number, ok := setting(name)
		n, err := strconv.ParseUint(value, 10, 64)
		switch {
		case !ok && name != "stats":
			why = "no such setting"
		case !ok:
			why = "want the name of a file"
		case !number && valued:
			why = "takes no value"
		case number && err != nil:
			why = "want a number"
		case name == "w" && (n < 1 || n > maxWorkers):
			why = "want 1 to " + strconv.Itoa(maxWorkers) + " workers"
		case name == "stress" && n < 1:
			why = "want at least 1"
		}
		if why != "" {
			os.Stderr.WriteString("rtgen: RTGEN: " + strconv.Quote(o) + ": " + why + " (see rtgen help run)\n")
			os.Exit(2)
		}
	}
}

// workers is how many run at a time: RTGEN's w, else as in stock.
func workers(opts string) int {
	for o := range strings.SplitSeq(opts, ",") {
		if v, ok := strings.CutPrefix(o, "w="); ok {
			n, _ := strconv.Atoi(v)
			return n
		}
	}
	return runtime.GOMAXPROCS(0)
}

// connect gives the parts of the runtime the functions they need of each other.
func connect() {
	abi.NewFrame, abi.FreeFrame = gc.NewFrame, gc.FreeFrame
	sched.NewHeapCache = func(w *abi.W) { w.Heap = gc.NewCache() }
	sched.Hooks.Raised = rtpanic.Raised
	sched.Hooks.Uncaught = rtpanic.Uncaught
	sched.Hooks.Deadlock = rtpanic.Deadlock
	rtpanic.Exit = sched.Exit
	sched.Hooks.Quit = rtpanic.Quit
	sched.AddRoots(func(mark func(unsafe.Pointer)) {
		rtpanic.Roots(func(word uintptr) { mark(unsafe.Pointer(abi.Ptr[byte](word))) })
	})
	rtpanic.GOROOT, rtpanic.ModInfo = GOROOT, ModInfo
	rtpanic.SetGodebug(os.Getenv("GODEBUG"))
	rtpanic.TypeText = reflectmeta.Unspell
	rtpanic.TypeString = reflectmeta.TypeText
	rtpanic.TypePkgPath = reflectmeta.TypePkgPath
	rtpanic.MissingMethod = reflectmeta.MissingMethod
	rtpanic.Goroutines = func(visit func(rtpanic.GInfo)) {
		var gs []*sched.G
		sched.All(func(g *sched.G) {
			if !g.System() {
				gs = append(gs, g)
			}
		})
		sort.Slice(gs, func(i, j int) bool { return gs[i].ID < gs[j].ID })
		for _, g := range gs {
			visit(info(g))
		}
	}
	rtpanic.Info = func(g *abi.G) rtpanic.GInfo { return info(sched.FromABI(g)) }
}

func info(g *sched.G) rtpanic.GInfo {
	site, by := g.Created()
	return rtpanic.GInfo{G: &g.G, State: g.Status(), Created: site, CreatedBy: by, Bubble: g.BubbleID()}
}

// LockMain has goroutine 1 on the main thread while the program is initialised; who locks it there keeps it. An init
// function of the generated main package calls it if the program locks threads: a thread that is locked costs the host
// another one.
func LockMain() {
	lockMain = true
	runtime.LockOSThread() // until mainStart
}

var lockMain bool

// mainFrame is the frame of mainStart, whose body is host code.
type mainFrame struct{ site uintptr }

var (
	mainFn   func(w *abi.W, sp abi.SP)
	frameFn  = abi.Func{Name: "runtime.main", Flags: abi.FuncWrapper, Size: unsafe.Sizeof(mainFrame{})}
	mainSite = abi.Site{Fn: &frameFn}
)

// mainStart is goroutine 1.
func mainStart(w *abi.W, sp abi.SP) {
	if lockMain {
		sched.LockThread(w)
		runtime.UnlockOSThread()
	}
	abi.Ptr[mainFrame](sp).site = uintptr(unsafe.Pointer(&mainSite))
	mainFn(w, sp+unsafe.Sizeof(mainFrame{}))
	if w.Unwind != abi.Running {
		w.Capture(sp, &frameFn, mainResume)
		return
	}
	sched.Exit(0)
}

// InitDone is called between the program's initialisation and its main.
func InitDone(w *abi.W, sp abi.SP) { sched.UnlockThread(w) }

func mainResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	w.Return(h)
	sched.Exit(0)
}
