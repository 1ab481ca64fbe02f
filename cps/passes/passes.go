// Package passes decides, for one function, what its frame looks like at every call.
//
//	func f(a, b *T) { x := g(a); h(b); use(x) }
//	→
//	site 0: g    live b        state 0
//	site 1: h    live x        state 1
//	slots: b 0, x 1            stores: b at entry, x behind site 0
//
// A site is a call that may reach a safepoint or suspend. The passes, in order:
//
//	graph   structured IR → flow graph
//	live    which variables are live behind each site; which must be in slots during it
//	roots   which definitions store to slots: those that a later site needs
//	slots   slot numbers, by interference; saved values, shared by equal types
//	objects where allocations that do not escape lie, and which of them each site sees
//	fresh   which stores need no barrier
//
// Callers may rely on: at every site, each pointer word of each variable in Site.Live is in the
// slots that Slots names, whatever path led there; a resumed function finds the variables in
// Site.Saved either there or, if they are more than one pointer, in the saved fields.
package passes

import (
	"go/types"

	"rtgen/cps/ir"
)

// Colours tells how dynamic calls may behave; package rewrite implements it from the
// whole program.
type Colours interface {
	// Iface is the class of calling method m through an interface of type recv.
	Iface(m *types.Func, recv types.Type) ir.Class
	// Value is the class of calling a func value of this signature.
	Value(sig *types.Signature) ir.Class
	// Defers is the class of running f's deferred calls.
	Defers(f *ir.Func) ir.Class
}

// Plan is what the passes found out about one function.
type Plan struct {
	Fn     *ir.Func
	Graph  *Graph
	Sites  []*Site
	SiteOf map[ir.Stmt]*Site
	// Handler is the site of deferred calls run for a panic, in functions that defer.
	Handler *Site
	// Always are the variables that a panic may need at any time: results and their cells, in
	// functions that defer.
	Always []*ir.Var
	// Entry lists the variables to store at entry, Stores those to store behind a statement.
	Entry  []*ir.Var
	Stores map[ir.Stmt][]*ir.Var
	// Slots gives a variable's slot for each of its pointer words.
	Slots  map[*ir.Var][]int
	NSlots int
	// Saved gives the field that keeps a variable in a captured frame.
	Saved  map[*ir.Var]int
	Fields []*Field
	Frame  bool // the function has a frame
	// Deferrals are the function's defer statements, if their nodes are in its frame; DeferralOf finds them by the
	// statement, and by the MakeClosure whose closure is there too.
	Deferrals  []*Deferral
	DeferralOf map[ir.Stmt]*Deferral
	// Objects lie behind the slots, in order.
	Objects []*Object
	NWords  int // of slots and objects
	// Links are words of a captured frame that may hold pointers besides those of a site: saved fields, and what links
	// deferred calls and closures.
	Links []int
	Moves bool // something may point into the frame while it waits
	// Fresh are the stores to objects that are surely young.
	Fresh map[*ir.Assign]Freshness

	vars     []*ir.Var
	effects  [][]effect // of each block's nodes
	unsteady []ir.Stmt  // allocations of objects that must not be in the frame
}

// Site is one call site.
type Site struct {
	Index int
	State int // where the state machine continues; -1 if the callee never suspends
	Stmt  ir.Stmt
	Class ir.Class  // of the callee
	Live  []*ir.Var // variables with pointers that the frame must hold during the call
	Cold  bool      // rarely under way: stores Live itself instead of having definitions do it
	Spill []*ir.Var // what it stores
	After []*ir.Var // all variables that the function needs once the call is done, its results excepted

	Objects []*Object // those with pointers that may be reached during the call or later

	first set // of Live: what no site has seen before, whichever way leads here; nil if it is cold
}

// Object is the memory of an allocation in the frame.
type Object struct {
	*ir.Object
	Stmt ir.Stmt
	Off  int64 // in the frame, in bytes
	Zero bool  // it is zeroed when the function is entered, since a site may see it before it is allocated
}

// Field is a saved value of a captured frame.
type Field struct {
	Type types.Type
	Vars []*ir.Var // those that share it
}

// Run makes the plan of f. Objects that are known by number to a call which may suspend go to the heap: the frame moves.
func Run(f *ir.Func, c Colours) (*Plan, error) {
	p, err := run(f, c)
	for err == nil && len(p.unsteady) > 0 {
		for _, s := range p.unsteady {
			ir.SetLocal(s, nil)
		}
		p, err = run(f, c)
	}
	return p, err
}

func run(f *ir.Func, c Colours) (*Plan, error) {
	p := &Plan{
		Fn: f, SiteOf: map[ir.Stmt]*Site{}, Stores: map[ir.Stmt][]*ir.Var{},
		Slots: map[*ir.Var][]int{}, Saved: map[*ir.Var]int{},
	}
	if err := ir.Verify(f); err != nil {
		return nil, err
	}
	for _, pass := range Table {
		if err := pass.run(p, c); err != nil {
			return nil, err
		}
		if err := pass.verify(p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Pass is one row of the table.
type Pass struct {
	Name   string
	Doc    string
	run    func(*Plan, Colours) error
	verify func(*Plan) error
}

// Table is the order of passes; each needs what the one above it found.
var Table = []Pass{
	{"graph", "structured IR to flow graph", buildGraph, verifyGraph},
	{"live", "call sites and the variables live at each", findSites, verifySites},
	{"roots", "definitions that store to slots", findRoots, verifyRoots},                   // wants the sites' live sets
	{"slots", "slot numbers and saved fields", assignSlots, verifySlots},                   // two roots that meet must differ
	{"objects", "what lies in the frame and does not escape", placeObjects, verifyObjects}, // behind the slots
	{"fresh", "stores that need no barrier", findFresh, verifyFresh},                       // also what lies in the frame
}
