package sched

// This file owns goroutine records: their fields, where they live, and how they are reused.

import (
	"strconv"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Goroutine states; see the package comment.
const (
	dead uint32 = iota
	runnable
	running
	unwinding
	parked
	readied
)

// G is a goroutine. Records live outside both heaps and are never given back, so a stale
// pointer to one is harmless. What the collector must see in it is in the embedded abi.G
// and in Sel. There may be millions: it has 96 bytes, of which none is there for a few goroutines only.
type G struct {
	abi.G

	Wait  Waiter // this goroutine in one queue: of a channel, a semaphore, or runnable goroutines
	state uint32 // accessed atomically
	site  uint32 // site of the go statement; 0 if there is none. See Created
	by    uint32 // the goroutine that executed it

	Reason Reason // why it is parked
	Done   Done   // what to do once it is resumed; written by the primitive, before Park
	OK     bool   // written by the waker: outcome of the primitive
	flags  uint8  // written at start
}

// Done names a function that runs on the worker that resumes a goroutine, just before its innermost
// frame: it lays the results of the primitive that parked out at w.Ret. It may panic. The zero Done
// does nothing.
type Done uint8

var dones [32]func(w *abi.W, g *G)

// DoneWord is the Done of who received a word: struct{ uintptr; bool }, of Buf[0] and OK.
const DoneWord Done = 1

// NewDone gives f a number; for package initialisation.
func NewDone(f func(w *abi.W, g *G)) Done {
	for i := int(DoneWord) + 1; ; i++ {
		if dones[i] == nil {
			dones[i] = f
			return Done(i)
		}
	}
}

const (
	flagFresh   = 1 << iota // not started; Buf[0] is the func() to call
	flagCoro                // made by NewCoro: its other side must go on when it ends
	flagSelects             // Wait.Prev is its SelectCases
	flagLocked              // it may run on the worker only whose locked it is
	flagSystem              // the runtime's own: not counted, does not hold off a deadlock
	flagBubbled             // it is in a bubble
	flagDurable             // … and parks, or is parked, on what belongs to the bubble
)

// Waiter is one goroutine's place in a queue. Who owns the queue's lock may write it.
type Waiter struct {
	Next, Prev *Waiter // Prev is free in G.Wait while the goroutine selects
	Case       int32   // select: which case, and not negative; -1 in G.Wait

	// Ticket is a notify list's ticket. In G.Wait of a goroutine that selects it decides between the wakers: who turns 0 into
	// the Case of its Waiter, plus 1, may wake it. While one receives, it is the bytes of the value in transit.
	Ticket uint32
}

// Owner is the goroutine that x is the Wait of.
func (x *Waiter) Owner() *G {
	return (*G)(unsafe.Add(unsafe.Pointer(x), -int(unsafe.Offsetof(G{}.Wait))))
}

// Claim makes the caller the one that wakes g for case i of its select; false if another one was first.
func (g *G) Claim(i int32) bool { return CompareAndSwapUint32(&g.Wait.Ticket, 0, uint32(i)+1) }

// Fired is the case that g was claimed for.
func (g *G) Fired() int32 { return int32(g.Wait.Ticket - 1) }

// SelectCases is the first part of the record that holds the Waiters of one select. rtchan
// makes and frees it.
type SelectCases struct {
	N     int          // waiters; constant while some goroutine's Sel
	Class int32        // room for 1<<Class
	Depth int32        // while free: length of the list from here
	Next  *SelectCases // free list
}

// SelectRoots calls mark for the values in c that are to be sent; set by rtchan.
var SelectRoots func(c *SelectCases, mark func(unsafe.Pointer))

// Reason is why a goroutine is parked, in the words of Go's tracebacks.
type Reason uint8

const (
	ReasonNone Reason = iota
	ReasonChanReceive
	ReasonChanSend
	ReasonChanReceiveNil
	ReasonChanSendNil
	ReasonSelect
	ReasonSelectNoCases
	ReasonSleep
	ReasonSemacquire
	ReasonMutex
	ReasonRWMutexRLock
	ReasonRWMutexLock
	ReasonWaitGroup
	ReasonCond
	ReasonIO
	ReasonCoroutine
	ReasonSignal
	ReasonFinalizer
	ReasonGC
	ReasonSynctestRun
	ReasonSynctestWait
	ReasonWaitGroupBubbled
)

var reasonText = [...]string{
	ReasonNone: "", ReasonChanReceive: "chan receive", ReasonChanSend: "chan send",
	ReasonChanReceiveNil: "chan receive (nil chan)", ReasonChanSendNil: "chan send (nil chan)",
	ReasonSelect: "select", ReasonSelectNoCases: "select (no cases)", ReasonSleep: "sleep",
	ReasonSemacquire: "semacquire", ReasonMutex: "sync.Mutex.Lock", ReasonRWMutexRLock: "sync.RWMutex.RLock",
	ReasonRWMutexLock: "sync.RWMutex.Lock", ReasonWaitGroup: "sync.WaitGroup.Wait", ReasonCond: "sync.Cond.Wait",
	ReasonIO: "IO wait", ReasonCoroutine: "coroutine", ReasonSignal: "syscall", ReasonFinalizer: "finalizer wait",
	ReasonGC: "GC worker (idle)", ReasonSynctestRun: "synctest.Run", ReasonSynctestWait: "synctest.Wait",
	ReasonWaitGroupBubbled: "sync.WaitGroup.Wait",
}

func (r Reason) String() string { return reasonText[r] }

// FromABI returns the record that g is the first field of.
func FromABI(g *abi.G) *G { return (*G)(unsafe.Pointer(g)) }

func (g *G) loadState() uint32 { return atomic.LoadUint32(&g.state) }

// Status is the word in brackets of a traceback: the reason of a parked goroutine, else its state.
func (g *G) Status() string {
	switch g.loadState() {
	case dead:
		return "dead"
	case running:
		return "running"
	case parked, unwinding:
		s := g.Reason.String()
		if b := g.bubble(); b != nil {
			if g.idles() {
				s += " (durable)"
			}
			s += ", synctest bubble " + strconv.Itoa(int(b.id))
		}
		return s
	}
	return "runnable"
}

// Created tells which go statement started g, and in which goroutine.
func (g *G) Created() (site uintptr, by uint64) {
	if g.site == 0 {
		return 0, 0
	}
	near := uintptr(unsafe.Pointer(&coroSite)) // sites are static data, of which there are less than 2 GB
	return near + uintptr(int32(g.site-uint32(near))), nearID(g.ID, g.by)
}

const idFar = 1 << 31

// shortID is what G.by keeps of an ID: all of one below idFar; of others the low bits, behind that one.
func shortID(id uint64) uint32 {
	if id < idFar {
		return uint32(id)
	}
	return uint32(id) | idFar
}

// nearID is the ID that was shortened to by, if it was below idFar or is less than idFar/2 from id.
func nearID(id uint64, by uint32) uint64 {
	if by < idFar {
		return uint64(by)
	}
	return id + uint64(int64(int32((by-uint32(id))<<1)>>1))
}

// Sel is the queues that g is in while it selects, else nil. Owned by the goroutine.
func (g *G) Sel() *SelectCases {
	if g.flags&flagSelects == 0 {
		return nil
	}
	return (*SelectCases)(unsafe.Pointer(g.Wait.Prev))
}

// SetSel sets Sel; g waits in no queue with its own Waiter meanwhile.
func (g *G) SetSel(c *SelectCases) {
	g.Wait.Prev = (*Waiter)(unsafe.Pointer(c))
	g.flags |= flagSelects
	if c == nil {
		g.flags &^= flagSelects
	}
}

// System reports whether g is the runtime's own.
func (g *G) System() bool { return g.flags&flagSystem != 0 }

// Start returns the func() of a goroutine that has not run yet, else nil.
func (g *G) Start() unsafe.Pointer {
	if g.flags&flagFresh != 0 {
		return unsafe.Pointer(abi.Ptr[byte](g.Buf[0]))
	}
	return nil
}

const slabBytes = 96 << 10

// allgs is every record ever made, in slabs. Slabs are only added.
var allgs struct {
	Lock
	slabs   []uintptr // readers take the header under the lock
	used    int       // records handed out of the last slab
	batches *Waiter   // dead records that no worker caches: gBatch in each list, the lists linked by Prev of their first
	ids     atomic.Uint64
}

// perSlab is a multiple of gBatch.
const perSlab = slabBytes / int(unsafe.Sizeof(G{}))

// gList is a list of records linked by Wait.Next.
type gList struct {
	head uintptr // *Waiter: no write barriers of the host
	n    int
}

func (l *gList) push(g *G) {
	*(*uintptr)(unsafe.Pointer(&g.Wait.Next)), l.head = l.head, uintptr(unsafe.Pointer(&g.Wait))
	l.n++
}

func (l *gList) pop() *G {
	h := abi.Ptr[Waiter](l.head)
	if l.head == 0 {
		return nil
	}
	l.head, l.n = uintptr(unsafe.Pointer(h.Next)), l.n-1
	h.Next = nil
	return h.Owner()
}

const (
	gBatch  = 64
	idBatch = 16
)

// newG takes a dead record from the worker's cache. Its Buf[0], site, by, flags and state are the caller's to set.
func (p *worker) newG() *G {
	if p.free.head == 0 || p.nextID == p.lastID {
		p.refill()
	}
	x := abi.Ptr[Waiter](p.free.head)
	p.free.head = uintptr(unsafe.Pointer(x.Next))
	p.free.n--
	g := x.Owner()
	p.nextID++
	g.ID = p.nextID
	return g
}

//go:noinline
func (p *worker) refill() {
	if p.nextID == p.lastID {
		p.lastID = allgs.ids.Add(idBatch)
		p.nextID = p.lastID - idBatch
	}
	if p.free.head == 0 {
		p.refillG()
	}
}

// refillG fills the worker's cache with a batch: its spare one, one that another worker gave back, or a
// new one.
func (p *worker) refillG() {
	if p.spare.head != 0 {
		p.free, p.spare = p.spare, gList{}
		return
	}
	allgs.Lock.Lock()
	defer allgs.Lock.Unlock()
	if h := allgs.batches; h != nil {
		allgs.batches, h.Prev = h.Prev, nil
		p.free = gList{waiterWord(h), gBatch}
		return
	}
	if len(allgs.slabs) == 0 || allgs.used == perSlab {
		allgs.slabs = append(allgs.slabs, uintptr(abi.Reserve(slabBytes)))
		allgs.used = 0
	}
	for range gBatch {
		g := abi.Ptr[G](allgs.slabs[len(allgs.slabs)-1] + uintptr(allgs.used)*unsafe.Sizeof(G{}))
		allgs.used++
		g.Wait.Case = -1
		p.free.push(g)
	}
}

// freeG returns the record of an ended goroutine, whose Frames, Done and flags are zero. Batches change hands
// whole: their records are cold by then, and nobody touches them.
func (p *worker) freeG(g *G) {
	if g.Panic != nil {
		g.Panic = nil
	}
	StoreRel(&g.state, dead)
	p.free.push(g)
	if p.free.n >= gBatch {
		p.spareBatch()
	}
}

//go:noinline
func (p *worker) spareBatch() {
	if h := abi.Ptr[Waiter](p.spare.head); h != nil {
		allgs.Lock.Lock()
		h.Prev, allgs.batches = allgs.batches, h
		allgs.Lock.Unlock()
	}
	p.free, p.spare = gList{}, p.free
}

// All calls f for every goroutine that is not dead, the runtime's own included. Records may
// change under it unless the world is stopped.
func All(f func(g *G)) {
	allgs.Lock.Lock()
	slabs, used := allgs.slabs, allgs.used
	allgs.Lock.Unlock()
	for i, s := range slabs {
		n := perSlab
		if i == len(slabs)-1 {
			n = used
		}
		for j := 0; j < n; j++ {
			if g := abi.Ptr[G](s + uintptr(j)*unsafe.Sizeof(G{})); g.loadState() != dead {
				f(g)
			}
		}
	}
}

// Created is the number of goroutines that the program has started so far.
func Created() (n uint64) {
	for _, p := range allWorkers() {
		n += atomic.LoadUint64(&p.started)
	}
	return n
}

// Count is the number of the program's goroutines.
func Count() int {
	n := int64(0)
	for _, p := range allWorkers() {
		n += int64(atomic.LoadUint64(&p.started) - atomic.LoadUint64(&p.ended))
	}
	return int(n)
}
