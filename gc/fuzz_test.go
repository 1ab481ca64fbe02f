package gc

import (
	"fmt"
	"math/rand"
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// The fuzzer builds a random graph in the heap and its double in the host's heap, and
// compares the two after every collection.

// twin is the double of an object.
type twin struct {
	addr  uintptr
	words int
	ptrs  []int // word indexes that hold pointers
	to    []*twin
	inner []uintptr // offset into the target
	salt  uintptr   // scalars are salt+index
}

const rootSlots = 70

var (
	rootFn   = &abi.Func{Name: "fuzz.root", File: "fuzz.go", Size: (rootSlots + 1) * 8}
	rootSite = &abi.Site{Fn: rootFn, Live: ^uint64(0), More: []uint64{1<<(rootSlots-64) - 1}, Line: 7}
)

type fuzzer struct {
	t    *testing.T
	r    *rand.Rand
	ws   []*abi.W
	root [][]*twin // by worker and slot
	lays []*abi.Layout
}

func newFuzzer(t *testing.T, seed int64, workers int) *fuzzer {
	testWorld = &fakeWorld{}
	world = testWorld
	f := &fuzzer{t: t, r: rand.New(rand.NewSource(seed))}
	for i := 0; i < workers; i++ {
		w := newWorker()
		w.ID = i
		setWord(w.Base+rootFn.Size-8, uintptr(unsafe.Pointer(rootSite)))
		w.Top = w.Base + rootFn.Size
		f.ws = append(f.ws, w)
		f.root = append(f.root, make([]*twin, rootSlots))
	}
	for i := 0; i < 60; i++ {
		n := f.r.Intn(12) + 1
		if f.r.Intn(8) == 0 {
			n = f.r.Intn(200) + 1
		}
		l := &abi.Layout{Size: uintptr(n * 8), Period: uintptr(n * 8)}
		if f.r.Intn(3) == 0 { // an array type
			l.Size *= uintptr(f.r.Intn(100) + 2)
		}
		if n <= 64 {
			l.Mask = f.r.Uint64() & lowBits(uintptr(n))
		} else {
			for j := 0; j < (n+63)/64; j++ {
				l.Bits = append(l.Bits, f.r.Uint64()&lowBits(uintptr(n-j*64)))
			}
			l.Bits[0] |= 1
		}
		if f.r.Intn(2) == 0 {
			l.ID = coldBytes / 16 * coldID // a class of its own from the start
		}
		f.lays = append(f.lays, l)
	}
	return f
}

// ptrWords lists the pointer words of count objects of layout l.
func ptrWords(l *abi.Layout, count int) (p []int) {
	n := int(l.Period / 8)
	for e := 0; e < count*int(l.Size/l.Period); e++ {
		for i := 0; i < n; i++ {
			m := l.Mask
			if l.Bits != nil {
				m = l.Bits[i/64]
			}
			if m>>(i%64)&1 != 0 {
				p = append(p, e*n+i)
			}
		}
	}
	return p
}

func (f *fuzzer) alloc(w int) *twin {
	W, l := f.ws[w], f.lays[f.r.Intn(len(f.lays))]
	sp := W.Base + rootFn.Size
	var x *twin
	switch k := f.r.Intn(20); {
	case k < 12:
		p := New(W, sp, l)
		x = &twin{addr: uintptr(p), words: int(l.Size / 8), ptrs: ptrWords(l, 1)}
	case k < 17:
		n := f.r.Intn(30) + 1
		if f.r.Intn(5) == 0 && l.Size < 512 {
			n = f.r.Intn(3000) + 1
		}
		p := NewArray(W, sp, l, n)
		x = &twin{addr: uintptr(p), words: n * int(l.Size/8), ptrs: ptrWords(l, n)}
	case k < 18:
		n := f.r.Intn(5) + 1
		x = &twin{addr: uintptr(NewConservative(W, sp, uintptr(n*8))), words: n}
		for i := 0; i < n; i++ {
			x.ptrs = append(x.ptrs, i)
		}
	default:
		n := f.r.Intn(100) + 1
		x = &twin{addr: uintptr(NewBytes(W, sp, n*8)), words: n}
	}
	for i := 0; i < x.words; i++ {
		if v := word(x.addr + uintptr(i)*8); v != 0 {
			f.t.Fatalf("new object at %x is not zero: word %d is %x", x.addr, i, v)
		}
	}
	x.salt = uintptr(f.r.Intn(1 << 20))
	x.to = make([]*twin, len(x.ptrs))
	x.inner = make([]uintptr, len(x.ptrs))
	isPtr := map[int]bool{}
	for _, i := range x.ptrs {
		isPtr[i] = true
	}
	for i := 0; i < x.words; i++ {
		if !isPtr[i] {
			setWord(x.addr+uintptr(i)*8, x.salt+uintptr(i))
		}
	}
	return x
}

func (f *fuzzer) set(w, slot int, x *twin) {
	f.root[w][slot] = x
	v := uintptr(0)
	if x != nil {
		v = x.addr + uintptr(f.r.Intn(x.words*8))
	}
	setWord(f.ws[w].Base+uintptr(slot)*8, v)
}

func (f *fuzzer) step() {
	w, s := f.r.Intn(len(f.ws)), f.r.Intn(rootSlots)
	a := f.root[w][s]
	b := f.root[f.r.Intn(len(f.ws))][f.r.Intn(rootSlots)]
	switch k := f.r.Intn(12); {
	case k < 5:
		f.set(w, s, f.alloc(w))
	case k < 9:
		if a == nil || len(a.ptrs) == 0 {
			return
		}
		i := f.r.Intn(len(a.ptrs))
		a.to[i] = b
		v := uintptr(0)
		if b != nil {
			a.inner[i] = uintptr(f.r.Intn(b.words * 8))
			v = b.addr + a.inner[i]
		}
		setWord(a.addr+uintptr(a.ptrs[i])*8, v)
		abi.Dirty(at(a.addr + uintptr(a.ptrs[i])*8))
	case k < 10:
		if a != nil && len(a.to) > 0 {
			f.set(w, s, a.to[f.r.Intn(len(a.to))])
		}
	case k < 11:
		f.set(w, s, nil)
	default:
		f.set(w, s, b)
	}
}

// check compares everything reachable with its double. It returns the number of objects.
func (f *fuzzer) check() int {
	seen := map[*twin]bool{}
	var todo []*twin
	push := func(x *twin) {
		if x != nil && !seen[x] {
			seen[x] = true
			todo = append(todo, x)
		}
	}
	for _, r := range f.root {
		for _, x := range r {
			push(x)
		}
	}
	for len(todo) > 0 {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		j := 0
		for i := 0; i < x.words; i++ {
			want := x.salt + uintptr(i)
			if j < len(x.ptrs) && x.ptrs[j] == i {
				want = 0
				if y := x.to[j]; y != nil {
					want = y.addr + x.inner[j]
					push(y)
				}
				j++
			}
			if v := word(x.addr + uintptr(i)*8); v != want {
				f.t.Fatalf("object %x (%d words): word %d is %x, want %x", x.addr, x.words, i, v, want)
			}
		}
	}
	return len(seen)
}

func (f *fuzzer) collect() {
	w := f.ws[f.r.Intn(len(f.ws))]
	Collect(w, w.Base+rootFn.Size)
}

func TestFuzz(t *testing.T) {
	defer func(th func(string)) { Throw = th }(Throw)
	Throw = func(s string) { panic(s) }
	for _, mode := range []string{"", "verify", "poison", "verify,poison", "stress=7,verify,poison", "stress=1,poison"} {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprint(mode, "/", workers), func(t *testing.T) {
				debug.verify, debug.poison, debug.stress = false, false, 0
				parseOptions(mode)
				defer func() { debug.verify, debug.poison, debug.stress = false, false, 0 }()
				n := 8000
				if debug.stress != 0 {
					n = 3000
				}
				if testing.Short() {
					n /= 10
				}
				f := newFuzzer(t, 1, workers)
				Collect(f.ws[0], f.ws[0].Base+rootFn.Size)
				for i := 0; i < n; i++ {
					f.step()
					if i%(n/20) == 0 {
						f.collect()
						want := f.check()
						var s Stats
						ReadStats(f.ws[0], f.ws[0].Base+rootFn.Size, &s)
						// 8-byte objects share cells, so there may be fewer, or a dead neighbour kept.
						if d := int(s.HeapObjects) - want; d > want/10+20 || d < -want/10-20 {
							t.Errorf("%d objects in the heap, %d reachable", s.HeapObjects, want)
						}
					}
				}
				f.check()
			})
		}
	}
}

// Of large arrays and of cells of their own, exactly the pointer words keep things alive.
func TestEveryWord(t *testing.T) {
	f, w, sp := oneWorker(t)
	marked := func(p uintptr) bool {
		_, bi, cell, ok := find(p)
		return ok && *markAt(bi, cell) == cycle.epoch
	}
	for _, l := range f.lays {
		if !l.HasPointers() {
			continue
		}
		one := *l
		one.ID = coldBytes / 16 * coldID // a class of its own at once
		for k, n := range []int{1, int(maxSmall/l.Size) + 1, int(40000/l.Size) + 2} {
			var x uintptr
			if k == 0 {
				x = uintptr(New(w, sp, &one))
			} else {
				x = uintptr(NewArray(w, sp, l, n))
			}
			setSlot(w, 0, ptr(x))
			words := int(l.Size/8) * n
			to := make([]uintptr, words)
			for i := range to {
				to[i] = uintptr(New(w, 0, &abi.Layout{Size: 32, Period: 32}))
				setWord(x+uintptr(i)*8, to[i])
				abi.Dirty(at(x + uintptr(i)*8))
			}
			isPtr := make([]bool, words)
			for _, i := range ptrWords(l, n) {
				isPtr[i] = true
			}
			Collect(w, sp)
			for i, p := range to {
				if marked(p) != isPtr[i] {
					t.Fatalf("%+v × %d: word %d: marked %v", *l, n, i, marked(p))
				}
			}
		}
	}
}
