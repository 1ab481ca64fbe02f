package rtlib

// This file is guest functions written by hand in the calling convention, as cps/gen would
// print them, and the means to run them.

import (
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"unsafe"

	"rtgen/gc"
	"rtgen/rtlib/abi"
	"rtgen/sched"
)

// jobs are goroutines that tests ask for.
var jobs = make(chan func(w *abi.W, sp abi.SP))

func TestMain(m *testing.M) {
	n := 2
	if s := os.Getenv("RTGEN_TEST_WORKERS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	connect()
	gc.Start(sched.World{}, os.Getenv("RTGEN"))
	go func() {
		w := sched.Start(n)
		sched.Run(w, serve)
	}()
	os.Exit(m.Run())
}

// serve starts goroutines for jobs; between them it sits in a system call.
func serve(w *abi.W, sp abi.SP) {
	for {
		sched.EnterSyscallBlock(w, sp)
		job := <-jobs
		sched.ExitSyscall(w)
		sched.Go(w, sp, job, 0)
		// Give way as a parked goroutine does: serve goes on as a captured frame.
		sched.Yield(w, sp)
		fr := abi.Ptr[testFrame](sp)
		fr.site = uintptr(unsafe.Pointer(&serveSites[0]))
		w.Capture(sp, &serveFn, serveResume)
		return
	}
}

func serveResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	sched.EnterSyscallBlock(w, sp)
	job := <-jobs
	sched.ExitSyscall(w)
	sched.Go(w, sp, job, 0)
	sched.Yield(w, sp)
	w.Recapture(h)
}

// testFrame is a frame with nothing but its site.
type testFrame struct{ site uintptr }

var (
	serveFn    = abi.Func{Name: "test.serve", Size: unsafe.Sizeof(testFrame{})}
	serveSites = [...]abi.Site{{Fn: &serveFn}}
)

var intLayout = abi.Layout{Size: 8, Period: 8}

// guest runs fn as a goroutine and waits until done is called.
func guest(fn func(w *abi.W, sp abi.SP, done func())) {
	ch := make(chan struct{})
	jobs <- func(w *abi.W, sp abi.SP) { fn(w, sp, func() { close(ch) }) }
	<-ch
}

// ---- func fetch(in, out chan int, i int) (int, bool) { out <- i; v, ok := <-in; return v + 1, ok }

type fetchFrame struct{ in, site uintptr }

var (
	fetchFn    = abi.Func{Name: "test.fetch", Size: unsafe.Sizeof(fetchFrame{})}
	fetchSites = [...]abi.Site{{Fn: &fetchFn, State: 0, Live: 1}, {Fn: &fetchFn, State: 1}}
)

func fetch(w *abi.W, sp abi.SP, in, out abi.Chan[int], i int) (r0 int, r1 bool) {
	fr := (*fetchFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.in = uintptr(in.P)
	fr.site = uintptr(unsafe.Pointer(&fetchSites[0]))
	Send(w, sp+unsafe.Sizeof(*fr), out.P, i)
	if w.Unwind != 0 {
		w.Capture(sp, &fetchFn, fetchResume)
		return
	}
	fr.site = uintptr(unsafe.Pointer(&fetchSites[1]))
	v, ok := Recv[int](w, sp+unsafe.Sizeof(*fr), in.P)
	if w.Unwind != 0 {
		w.Capture(sp, &fetchFn, fetchResume)
		return
	}
	return v + 1, ok
}

type intBool struct {
	r0 int
	r1 bool
}

func fetchResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*fetchFrame)(h.Body())
	var v int
	var ok bool
	switch h.Site().State {
	case 0:
		in := unsafe.Pointer(abi.Ptr[byte](fr.in))
		fr.site = uintptr(unsafe.Pointer(&fetchSites[1]))
		v, ok = Recv[int](w, sp, in)
		if w.Unwind != 0 {
			w.Recapture(h)
			return
		}
	case 1:
		r := (*intBool)(w.Ret)
		v, ok = r.r0, r.r1
	}
	*(*intBool)(w.Ret) = intBool{v + 1, ok}
	w.Return(h)
}

// ---- func loop(in, out chan int, n int) (sum int) {
//	for i := 0; i < n; i++ { v, ok := fetch(in, out, i); if !ok { break }; sum += v }
//	close(out); return
// }

type loopFrame struct {
	in, out   uintptr
	done      *func()
	i, n, sum int
	site      uintptr
}

var (
	loopFn    = abi.Func{Name: "test.loop", Size: unsafe.Sizeof(loopFrame{})}
	loopSites = [...]abi.Site{{Fn: &loopFn, Live: 3}}
)

func loop(w *abi.W, sp abi.SP, in, out abi.Chan[int], n int) (sum int) {
	fr := (*loopFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.in, fr.out = uintptr(in.P), uintptr(out.P)
	for i := 0; i < n; i++ {
		fr.site = uintptr(unsafe.Pointer(&loopSites[0]))
		v, ok := fetch(w, sp+unsafe.Sizeof(*fr), in, out, i)
		if w.Unwind != 0 {
			c := (*loopFrame)(w.Capture(sp, &loopFn, loopResume))
			c.i, c.n, c.sum = i, n, sum
			return
		}
		if !ok {
			break
		}
		sum += v
	}
	Close(w, sp+unsafe.Sizeof(*fr), out.P)
	return sum
}

func loopResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*loopFrame)(h.Body())
	in, out := abi.Chan[int]{P: abiPtr(fr.in)}, abi.Chan[int]{P: abiPtr(fr.out)}
	i, n, sum := fr.i, fr.n, fr.sum
	r := (*intBool)(w.Ret)
	v, ok := r.r0, r.r1
s0:
	if !ok {
		goto done
	}
	sum += v
	i++
	if !(i < n) {
		goto done
	}
	v, ok = fetch(w, sp, in, out, i)
	if w.Unwind != 0 {
		fr.i, fr.sum = i, sum
		w.Recapture(h)
		return
	}
	goto s0
done:
	Close(w, sp, out.P)
	*(*int)(w.Ret) = sum
	w.Return(h)
}

func abiPtr(a uintptr) unsafe.Pointer { return unsafe.Pointer(abi.Ptr[byte](a)) }

// ---- func echo(in, out chan int) { for v := range in { out <- v } }

type echoFrame struct{ in, out, site uintptr }

var (
	echoFn    = abi.Func{Name: "test.echo", Size: unsafe.Sizeof(echoFrame{})}
	echoSites = [...]abi.Site{{Fn: &echoFn, State: 0, Live: 3}, {Fn: &echoFn, State: 1, Live: 3}}
)

func echo(w *abi.W, sp abi.SP, in, out abi.Chan[int]) {
	fr := (*echoFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.in, fr.out = uintptr(in.P), uintptr(out.P)
	for {
		fr.site = uintptr(unsafe.Pointer(&echoSites[0]))
		v, ok := Recv[int](w, sp+unsafe.Sizeof(*fr), in.P)
		if w.Unwind != 0 {
			w.Capture(sp, &echoFn, echoResume)
			return
		}
		if !ok {
			return
		}
		fr.site = uintptr(unsafe.Pointer(&echoSites[1]))
		Send(w, sp+unsafe.Sizeof(*fr), out.P, v)
		if w.Unwind != 0 {
			w.Capture(sp, &echoFn, echoResume)
			return
		}
	}
}

func echoResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	fr := (*echoFrame)(h.Body())
	in, out := abiPtr(fr.in), abiPtr(fr.out)
	var v int
	var ok bool
	if h.Site().State == 0 {
		r := (*intBool)(w.Ret)
		v, ok = r.r0, r.r1
		goto s0
	}
recv:
	fr.site = uintptr(unsafe.Pointer(&echoSites[0]))
	v, ok = Recv[int](w, sp, in)
	if w.Unwind != 0 {
		w.Recapture(h)
		return
	}
s0:
	if !ok {
		w.Return(h)
		return
	}
	fr.site = uintptr(unsafe.Pointer(&echoSites[1]))
	Send(w, sp, out, v)
	if w.Unwind != 0 {
		w.Recapture(h)
		return
	}
	goto recv
}

// then is the frame of a test's outermost function: it calls body, and when that is done, after
// however many suspensions, then(the int at w.Ret or the direct result).
type thenFrame struct{ id, site uintptr }

var (
	thenFn   = abi.Func{Name: "test.then", Size: unsafe.Sizeof(thenFrame{})}
	thenSite = abi.Site{Fn: &thenFn}
	thens    [1 << 10]func(int)
	nextThen atomic.Uint32
)

func then(w *abi.W, sp abi.SP, body func(w *abi.W, sp abi.SP) int, f func(int)) {
	id := nextThen.Add(1) % uint32(len(thens))
	thens[id] = f
	fr := (*thenFrame)(unsafe.Pointer(abi.Ptr[byte](sp)))
	fr.id, fr.site = uintptr(id), uintptr(unsafe.Pointer(&thenSite))
	r := body(w, sp+unsafe.Sizeof(*fr))
	if w.Unwind != 0 {
		w.Capture(sp, &thenFn, thenResume)
		return
	}
	f(r)
}

func thenResume(w *abi.W, sp abi.SP, h *abi.Frame) {
	f := thens[(*thenFrame)(h.Body()).id]
	r := *(*int)(w.Ret)
	w.Return(h)
	f(r)
}
