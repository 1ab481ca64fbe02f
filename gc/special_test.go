package gc

import (
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// oneWorker starts a fresh world with one worker whose frame has slots to keep things in.
func oneWorker(t *testing.T) (f *fuzzer, w *abi.W, sp abi.SP) {
	f = newFuzzer(t, 1, 1)
	specials.table = nil
	queue.items, queue.running, queue.runner = nil, false, nil
	eternal = nil
	return f, f.ws[0], f.ws[0].Base + rootFn.Size
}

func setSlot(w *abi.W, i int, p unsafe.Pointer) { setWord(w.Base+uintptr(i)*8, uintptr(p)) }

// A guest func value: an object of ours whose first word is code.
func guestFunc[F any](w *abi.W, f F) F {
	p := NewConservative(w, 0, 16)
	*(*uintptr)(p) = **(**uintptr)(unsafe.Pointer(&f))
	return *(*F)(unsafe.Pointer(&p))
}

var finalized []uintptr

func note(w *abi.W, sp abi.SP, p unsafe.Pointer) { finalized = append(finalized, uintptr(p)) }

func runDue(w *abi.W) {
	for {
		d, ok := Next()
		if !ok {
			return
		}
		if d.Final != nil {
			d.Final(w, 0, d.P)
		} else {
			d.Cleanup(w, 0)
		}
	}
}

func TestFinalizerOrder(t *testing.T) {
	_, w, sp := oneWorker(t)
	finalized = nil
	fn := guestFunc(w, note)
	setSlot(w, 60, *(*unsafe.Pointer)(unsafe.Pointer(&fn)))
	mk := func() *node { return (*node)(New(w, sp, &nodeLayout)) }
	a := mk()
	setSlot(w, 0, unsafe.Pointer(a))
	a.l = mk() // a → b → c, and c → c
	a.l.l = mk()
	a.l.l.r = a.l.l
	pa, pb, pc := uintptr(unsafe.Pointer(a)), uintptr(unsafe.Pointer(a.l)), uintptr(unsafe.Pointer(a.l.l))
	for _, p := range []uintptr{pa, pb, pc} {
		if r := SetFinalizer(ptr(p), fn); r != FinalOK {
			t.Fatal(r)
		}
	}
	if SetFinalizer(ptr(pa), fn) != FinalAlready || SetFinalizer(ptr(pa+4), fn) != FinalNotAtStart {
		t.Error("misuse not reported")
	}
	Collect(w, sp)
	runDue(w)
	if len(finalized) != 0 {
		t.Fatal("finalized while reachable")
	}
	setSlot(w, 0, nil)
	for i, want := range [][]uintptr{{pa}, {pb}, {}, {}} {
		finalized = nil
		Collect(w, sp)
		if len(queue.items) > 0 && (*node)(ptr(queue.items[0].arg)).r != nil {
			t.Error("object damaged")
		}
		runDue(w)
		if len(finalized) != len(want) || len(want) > 0 && finalized[0] != want[0] {
			t.Errorf("cycle %d: finalized %x, want %x", i, finalized, want)
		}
	}
	if len(specials.table) != 1 {
		t.Errorf("%d specials left, want that of the object that refers to itself", len(specials.table))
	}
}

func TestWeak(t *testing.T) {
	_, w, sp := oneWorker(t)
	p := New(w, sp, &nodeLayout)
	setSlot(w, 0, p)
	h := MakeWeak(w, sp, p)
	setSlot(w, 1, h)
	if MakeWeak(w, sp, p) != h {
		t.Error("two handles for one pointer")
	}
	if MakeWeak(w, sp, unsafe.Add(p, 8)) == h {
		t.Error("one handle for two pointers")
	}
	Collect(w, sp)
	if Strong(h) != p {
		t.Fatal("cleared while reachable")
	}
	setSlot(w, 1, nil) // no weak pointer left, but the object: the same handle again
	Collect(w, sp)
	if MakeWeak(w, sp, p) != h {
		t.Error("handle changed while the object lives")
	}
	setSlot(w, 1, h)
	setSlot(w, 0, nil)
	Collect(w, sp)
	if Strong(h) != nil {
		t.Error("not cleared")
	}
	g := MakeWeak(w, sp, unsafe.Pointer(&zeroBase))
	if MakeWeak(w, sp, unsafe.Pointer(&zeroBase)) != g || Strong(g) != unsafe.Pointer(&zeroBase) {
		t.Error("weak pointer to a global")
	}
}

// A weak pointer is cleared when the finalizer is queued, though that revives the object;
// a cleanup waits until the object is gone.
func TestWeakFinalizerCleanup(t *testing.T) {
	_, w, sp := oneWorker(t)
	finalized = nil
	fn := guestFunc(w, note)
	setSlot(w, 60, *(*unsafe.Pointer)(unsafe.Pointer(&fn)))
	cleaned := func(w *abi.W, sp abi.SP) { finalized = append(finalized, 1) }
	cl := guestFunc(w, cleaned)
	p := New(w, sp, &nodeLayout)
	setSlot(w, 0, p)
	h := MakeWeak(w, sp, p)
	setSlot(w, 1, h)
	SetFinalizer(p, fn)
	AddCleanup(p, cl)
	id := AddCleanup(p, cl)
	StopCleanup(uintptr(p), id)
	setSlot(w, 0, nil)
	Collect(w, sp)
	if Strong(h) != nil || len(queue.items) != 1 {
		t.Error("weak pointer or finalizer late")
	}
	runDue(w)
	Collect(w, sp)
	runDue(w)
	if len(finalized) != 2 || finalized[0] != uintptr(p) || finalized[1] != 1 {
		t.Errorf("finalized %x", finalized)
	}
	if len(specials.table) != 0 {
		t.Error("specials left")
	}
}

var globalRoot *node

func TestGlobalsAndPins(t *testing.T) {
	_, w, sp := oneWorker(t)
	globalRoot = (*node)(New(w, sp, &nodeLayout))
	globalRoot.l = (*node)(New(w, sp, &nodeLayout))
	p := New(w, sp, &nodeLayout)
	pin := Pin(p)
	h, h2 := MakeWeak(w, sp, unsafe.Pointer(globalRoot.l)), MakeWeak(w, sp, p)
	setSlot(w, 1, h)
	setSlot(w, 2, h2)
	Collect(w, sp)
	if Strong(h) == nil || Strong(h2) == nil {
		t.Error("global or pin is no root")
	}
	globalRoot = nil
	Unpin(pin)
	Collect(w, sp)
	if Strong(h) != nil || Strong(h2) != nil {
		t.Error("kept without a root")
	}
}

// Captured frames are scanned through their sites, and freed frames are not.
func TestFrames(t *testing.T) {
	_, w, sp := oneWorker(t)
	for _, words := range []uintptr{1, 5, 63, 130, 3000} {
		fn := &abi.Func{Name: "t.f", Size: (words + 1) * 8}
		site := &abi.Site{Fn: fn, Live: 1}
		if words > 64 {
			site.More = make([]uint64, (words+63)/64-1)
			site.More[0] = 2
		}
		g := &abi.G{}
		testWorld.gs = append(testWorld.gs[:0], g)
		var hs []unsafe.Pointer
		for i := 0; i < 10; i++ {
			f := NewFrame(w, fn)
			f.Caller = g.Frames
			g.Frames = f
			body := wordsAt(uintptr(f.Body()), fn.Size)
			clear(body)
			*(**abi.Site)(unsafe.Pointer(&body[words])) = site
			live := []uintptr{0}
			if words > 64 {
				live = append(live, 65)
			}
			for _, j := range live {
				p := New(w, 0, &nodeLayout)
				body[j] = uintptr(p)
				hs = append(hs, MakeWeak(w, 0, p))
				setSlot(w, len(hs), hs[len(hs)-1])
			}
			if words == 5 { // a dead slot
				p := New(w, 0, &nodeLayout)
				body[3] = uintptr(p)
				h := MakeWeak(w, 0, p)
				setSlot(w, 50+i, h)
			}
		}
		Collect(w, sp)
		for _, h := range hs {
			if Strong(h) == nil {
				t.Fatalf("%d words: object of a captured frame was freed", words)
			}
		}
		if words == 5 {
			for i := 0; i < 10; i++ {
				if h := ptr(word(w.Base + uintptr(50+i)*8)); Strong(h) != nil {
					t.Error("dead slot is a root")
				}
			}
		}
		for f := g.Frames; f != nil; {
			c := f.Caller
			FreeFrame(w, f)
			f = c
		}
		g.Frames = nil
		Collect(w, sp)
		for _, h := range hs {
			if Strong(h) != nil {
				t.Fatalf("%d words: object of a freed frame is alive", words)
			}
		}
	}
}

// A cycle takes back the free lists: no frame is handed out twice.
func TestFrameLists(t *testing.T) {
	_, w, sp := oneWorker(t)
	fn := &abi.Func{Name: "t.f", Size: 40}
	var fs []*abi.Frame
	for i := 0; i < 1000; i++ {
		fs = append(fs, NewFrame(w, fn))
	}
	for _, f := range fs {
		FreeFrame(w, f)
	}
	Collect(w, sp)
	fs = fs[:0]
	seen := map[*abi.Frame]bool{}
	for i := 0; i < 3000; i++ {
		f := NewFrame(w, fn)
		if seen[f] {
			t.Fatal("handed out twice")
		}
		seen[f] = true
	}
}

// Memory stays bounded while a program allocates for ever, and large free memory goes back.
func TestBounded(t *testing.T) {
	_, w, sp := oneWorker(t)
	Collect(w, sp)
	base := space.nblock
	big := &abi.Layout{Size: 8, Period: 8, Mask: 1}
	for i := 0; i < 3000; i++ {
		setSlot(w, i%4, NewArray(w, sp, big, 100+i*17%50000))
		for j := 0; j < 200; j++ {
			setSlot(w, 5, New(w, sp, &nodeLayout))
		}
	}
	if grown := space.nblock - base; grown > 1024 {
		t.Errorf("heap grew by %d blocks for 2 MB live", grown)
	}
	for i := 0; i < 8; i++ {
		setSlot(w, i, NewBytes(w, sp, 8<<20))
	}
	var before, after Stats
	ReadStats(w, sp, &before)
	for i := 0; i < 8; i++ {
		setSlot(w, i, nil)
	}
	FreeOSMemory(w, sp)
	ReadStats(w, sp, &after)
	if got := after.HeapReleased - before.HeapReleased; got < 60<<20 {
		t.Errorf("returned %d bytes", got)
	}
	if before.HeapAlloc-after.HeapAlloc < 60<<20 {
		t.Errorf("HeapAlloc %d → %d", before.HeapAlloc, after.HeapAlloc)
	}
}
