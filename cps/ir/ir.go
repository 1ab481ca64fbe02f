// Package ir is the intermediate form of one function: Typed, structured, and with At
// most one call or other effect per statement.
//
//	return x + f(g())    →    t1 = call pkg.g()
//	                          t2 = call pkg.f(t1)
//	                          return x + t2
//
// Expressions are pure trees: evaluating one may panic but changes nothing, so a
// statement's loads happen after all of its calls, which is gc's rule. Every node carries
// its guest type, fully instantiated; no node refers back to go/ast or types.Info.
// Control flow stays structured; package passes builds the flow graph where it needs one.
package ir

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
)

// Package is everything emitted into one output package.
type Package struct {
	Path     string         // guest import path; "inst/<hash>" for instance packages
	Name     string         // package clause the author wrote
	Types    *types.Package // nil for instance packages
	Funcs    []*Func        // closures included, after their parents
	Decls    []*TypeDecl    // named types to declare, instances and local types included
	Globals  []*Global
	Links    []*Link
	Binds    []string      // which variables that the package declares or mentions are those of others by linkname
	Init     *Func         // runs dynamic initialisers and init functions in order; nil if there are none
	Hooks    []*Hook       // body-less functions and the runtime functions that stand in
	Assembly []*types.Func // functions that the package's assembly defines; of std only those that are called are declared
}

// Link sets a variable of a package that this one imports, directly or not, before the program starts. It binds a
// body-less function there to a function of this one:
//
//	//go:linkname f upper.g        →    lower: var Ʀlink_f func(…)
//	func f(…)                           upper: func init() { lower.Ʀlink_f = Ʀg }
type Link struct {
	Var   *types.Var
	Value Expr // a function or a constant
}

// TypeDecl is a defined type that this package declares.
type TypeDecl struct {
	Type  *types.Named
	Owner *Ref // a type declared in a generic function: the instance that this is the type of
	Pos   token.Position
}

// Global is a package-level variable.
type Global struct {
	Obj  *types.Var
	Init Expr // static initialiser that the host lays out at compile time; nil for zero or dynamic
	Pos  token.Position

	Symbol string // of the host's linker that it is; "" if it is a variable of its own
}

// Hook binds a body-less guest function to a function of the runtime, or to assembly.
type Hook struct {
	Fn       *types.Func
	Target   string // "rtgen/rtlib/hooks/go126.TimeNow"; "" if assembly of its own package defines it
	Class    Class
	Noescape bool // declared //go:noescape: keeps no argument
	Tail     bool // who calls it last has no frame while it waits: tracebacks know by what it waits for who that was
}

// Class says what calling a function may lead to. The order matters: a caller is at least as
// high as what it calls.
type Class uint8

const (
	Verbatim  Class = iota // reaches no safepoint, never suspends
	Direct                 // may reach a safepoint
	Resumable              // may suspend
)

// Func is one function body: a declared function or method, one instance of a generic one,
// a closure, or a package's initialiser.
type Func struct {
	Pkg      *Package
	Name     string // as its author knows it: "main.(*T).M", "main.f.func1", "main.G[...]"
	Host     string // identifier of the direct form in its output package, unique there; for methods the method's name
	Ref      *Ref   // nil for closures and initialisers
	Sig      *types.Signature
	Recv     *Var   // methods
	Params   []*Var // nil-named parameters have a Var too
	Results  []*Var // always present, named or not
	Cells    []*Var // parallel to Results: the local that points to the result's heap cell, or nil
	Env      *Var   // closures with captures: the environment; its type is a pointer to struct of Captures
	Captures []*Capture
	Parent   *Func // closures: the function whose body makes it
	Body     []Stmt
	Vars     []*Var       // locals and temporaries, without Recv, Params, Results and Env
	Defers   *Var         // not nil: the function defers; holds its list (*abi.Defer)
	Recovers bool         // calls recover
	Wrapper  bool         // made by rtgen: transparent to recover, absent from tracebacks
	NoInline bool         // //go:noinline
	Makes    []types.Type // func types of values that it may put together by unsafe: colouring knows nothing of them
	Pos, End token.Position

	Class Class // set by colouring
	Try   bool  // callers may call its halves by themselves: passes.MayTry; set by colouring
}

// Hidden reports whether the direct form takes (w, sp). Methods and closures always do, so
// that one convention serves dynamic calls; plain functions only if they reach a safepoint.
func (f *Func) Hidden() bool { return f.Class != Verbatim || f.Ref == nil || f.Recv != nil }

// Capture is one captured variable of a closure: field Name of its environment. By
// reference captures hold the address of the variable's heap cell.
type Capture struct {
	Name string
	Type types.Type
}

// Object is memory in a function's own frame for what does not outlive the call.
type Object struct {
	Type    types.Type
	Holders []*Var // the variables that may lead to it, those of closures and callees included
	// Deferred calls may reach it, until the function returns.
	Deferred bool
	Numbers  bool // some of them are integers: it must not move while they are wanted
}

// LocalOf is the object that s makes, if it makes one in the frame.
func LocalOf(s Stmt) *Object {
	switch s := s.(type) {
	case *Call:
		return s.Local
	case *MakeClosure:
		return s.Local
	}
	return nil
}

// BufferSize is the room that Local gives an operation on strings, in bytes: as much as stock does.
const BufferSize = 32

// Allocates reports whether c, whose result has a place in the frame, may allocate all the same: a string that
// is longer than BufferSize.
func (c *Call) Allocates() bool {
	switch c.Callee.Prim.Name {
	case "New", "MakeSlice", "Box":
		return false
	}
	return true
}

// SetLocal sets it.
func SetLocal(s Stmt, o *Object) {
	switch s := s.(type) {
	case *Call:
		s.Local = o
	case *MakeClosure:
		s.Local = o
	}
}

// ClosureType is the layout of f's closure objects: the code word, the address of the captured variables, and these.
func ClosureType(f *Func) *types.Struct {
	fields := []*types.Var{
		types.NewField(token.NoPos, nil, "code", types.Typ[types.Uintptr], false),
		types.NewField(token.NoPos, nil, "env", types.Typ[types.Uintptr], false),
	}
	for i, c := range f.Captures {
		fields = append(fields, types.NewField(token.NoPos, nil, fmt.Sprintf("c%d", i), c.Type, false))
	}
	return types.NewStruct(fields, nil)
}

// Ref names a declared function or method, possibly instantiated. Refs are canonical: equal
// functions have equal pointers.
type Ref struct {
	Obj   *types.Func  // origin
	TArgs []types.Type // type arguments; for methods, those of the receiver's type
	Func  *Func        // its body; nil for a body-less one, which has a Hook
	Hook  *Hook
}

// Var is a parameter, result, local variable or temporary. A variable whose address is taken
// or that a closure captures by reference has been rewritten to hold a pointer to its
// heap cell, so a Var is never aliased, except for the time of a call that takes its NoescapeAddr.
type Var struct {
	Name string // unique in its function, a valid Go identifier
	Type types.Type
	ID   int // index in the function's numbering, set by passes
}

// ---- expressions ----

// Expr is a pure expression.
type Expr interface{ Type() types.Type }

// Typed is embedded in expressions that carry their type: &ir.Const{Typed: ir.Typed{T: t}}.
type Typed struct {
	T    types.Type
	Line int // of an operation that may panic, in its statement's file; 0: that of the statement
}

// Type returns the guest type.
func (t Typed) Type() types.Type { return t.T }

type (
	// Const is a typed constant; Val nil means the zero value of any type (nil, T{}).
	Const struct {
		Typed
		Val constant.Value
	}
	// VarRef reads (or, as an assignment's target, writes) a local variable.
	VarRef struct{ V *Var }
	// GlobalRef is a package-level variable.
	GlobalRef struct {
		Obj *types.Var
		Typed
	}
	// FuncRef is a function value without captures: a declared function, or (Closure) a function
	// literal that captures nothing. If the function has no hidden arguments, gen makes a wrapper.
	FuncRef struct {
		Ref     *Ref
		Closure *Func
		Typed
	}
	Unary struct {
		Op token.Token
		X  Expr
		Typed
	} // - + ! ^
	Binary struct {
		Op   token.Token
		X, Y Expr
		Typed
	} // arithmetic, comparison, && and || of pure operands; not string +
	// Conv converts without allocating and without calling: numbers, named to underlying, pointers,
	// unsafe.Pointer, chan direction, interface to interface, pointer-shaped value or constant to interface.
	Conv struct {
		X Expr
		Typed
	}
	// Field selects field Index of struct X, or of *X when X is a pointer.
	Field struct {
		X     Expr
		Index int
		Typed
	}
	// Index is a[i] for arrays, pointers to arrays, slices and strings.
	Index struct {
		X, I Expr
		Typed
	}
	// Slice is x[lo:hi:max] for slices, strings and pointers to arrays.
	Slice struct {
		X, Lo, Hi, Max Expr
		Typed
	}
	Deref struct {
		X Expr
		Typed
	}
	// Addr is the address of a global, a dereference, or a field or element reached from one.
	Addr struct {
		X Expr
		Typed
	}
	// NoescapeAddr is the address of a local, passed to a primitive that does not keep it. The variable
	// counts as live during that call.
	NoescapeAddr struct {
		V *Var
		Typed
	}
	// Composite is a struct or array value; for arrays Keys gives indices (nil: 0, 1, 2 …). In a static
	// initialiser it may also be a slice. Fields are by index.
	Composite struct {
		Keys  []int
		Elems []Expr
		Typed
	}
	// StaticAddr is &X for a Composite X laid out at compile time; only in static initialisers.
	StaticAddr struct {
		X Expr
		Typed
	}
	// Builtin is a pure builtin: len cap (of strings, slices, arrays) real imag complex min max; unsafe's Add Slice
	// SliceData String StringData (named "unsafe.Add"); or a Verbatim function of rtlib: MapLen ChanLen ChanCap (of a
	// Ptr), FuncPtr (the word inside a func value, as unsafe.Pointer), DeferHead (Func.Defers as unsafe.Pointer).
	Builtin struct {
		Name string
		Args []Expr
		Typed
	}
	// Ptr is the one word inside a chan or map value, as unsafe.Pointer.
	Ptr struct {
		X Expr
		Typed
	}

	// LayoutRef is *abi.Layout for Of; MapTypeRef the guest's *internal/abi.MapType for the map type Of;
	// TypeProto a nil *Of as `any`, by which the runtime knows a type.
	LayoutRef  struct{ Of, T types.Type }
	MapTypeRef struct{ Of, T types.Type }
	TypeProto  struct{ Of, T types.Type }
	// IfaceProto is a zero value of Of converted to interface T (static data): it lends a box its type word.
	IfaceProto struct {
		Of types.Type
		Typed
	}
)

func (e *VarRef) Type() types.Type     { return e.V.Type }
func (e *LayoutRef) Type() types.Type  { return e.T }
func (e *MapTypeRef) Type() types.Type { return e.T }
func (e *TypeProto) Type() types.Type  { return e.T }

// ---- statements ----

// Stmt is a statement. Position is that of the source.
type Stmt interface{ Position() token.Position }

// At is embedded in statements: &ir.Return{At: ir.At{Pos: p}}.
type At struct{ Pos token.Position }

// Position returns the source position.
func (a At) Position() token.Position { return a.Pos }

// CalleeKind distinguishes the four kinds of call.
type CalleeKind uint8

const (
	Static    CalleeKind = iota // Ref; for methods Args[0] is the receiver, of exactly the receiver's type
	Closure                     // Func, called directly; Args[0] is its environment if it has one
	Iface                       // Args[0] is the interface value, Method the method
	Value                       // Args[0] is the func value
	Primitive                   // Prim, a function of rtlib
)

// Callee says what a Call calls.
type Callee struct {
	Kind   CalleeKind
	Ref    *Ref
	Func   *Func
	Method *types.Func
	Prim   *Prim
	TArgs  []types.Type // type arguments of a generic primitive
}

// Prim is a function of package rtlib. Prims are listed in prims.go.
// Pointers among the arguments of a Direct or Resumable primitive or hook are VarRefs or constants and count as
// live during the call: host code has no frame.
type Prim struct {
	Name     string
	Class    Class
	NoReturn bool
}

type (
	// Assign is Dst... = Src..., of equal length, with Go's meaning of a tuple assignment. Dst is VarRef, GlobalRef,
	// Field, Index or Deref; nil discards (the source is still evaluated). Op is 0 or the operator of an op= (one Dst).
	Assign struct {
		Dst []Expr
		Src []Expr
		Op  token.Token
		At
	}
	// Call stores the results in Dst; nil entries (or a nil slice) discard.
	Call struct {
		Dst    []*Var
		Callee Callee
		Args   []Expr
		Spread bool    // last argument is passed as args...
		Local  *Object // primitives that allocate: where the result lies, if it does not escape
		At
	}
	// MakeClosure stores a func value for Func over the captured values in Dst. Captured pointers are VarRefs.
	MakeClosure struct {
		Dst      *Var
		Func     *Func
		Captured []Expr
		Local    *Object // where it lies, if it does not escape
		At
	}
	// TypeAssert is Dst, Ok = X.(To); Dst may be nil; Ok is never nil: the builder makes the panic.
	TypeAssert struct {
		Dst, Ok *Var
		X       Expr
		To      types.Type
		At
	}
	If struct {
		Cond       Expr
		Then, Else []Stmt
		At
	}
	// Loop is for Cond { Body; Post }; Cond nil means true. Continue runs Post.
	Loop struct {
		Label string
		Cond  Expr
		Body  []Stmt
		Post  []Stmt
		At
	}
	// Poll lets the collector, the scheduler and the monitor have their way if they want this worker: in what may run for long
	// without a call that does. In a resumable function the goroutine may be suspended.
	Poll struct{ At }
	// Block is a labelled sequence that Break may leave.
	Block struct {
		Label string
		Body  []Stmt
		At
	}
	Break struct {
		Label string
		At
	} // leaves the Loop, Block or Switch with that label
	Continue struct {
		Label string
		At
	} // goes on with the Loop of that label
	// Switch is a switch over constants; cases do not fall through.
	Switch struct {
		Label   string
		Tag     Expr
		Cases   []SwitchCase
		Default []Stmt
		At
	}
	// Goto and Label are the source's own. A Label is only ever at a place a Goto can reach by Go's rules,
	// but variables are all function-wide, so gen may print either freely.
	Goto struct {
		Label string
		At
	}
	Label struct {
		Name string
		At
	}
	// Return leaves the function; Vals are its results (results Vars when the function defers).
	Return struct {
		Vals []Expr
		At
	}
	// Go starts a goroutine that calls the func() in Fn.
	Go struct {
		Fn *Var
		At
	}
	// Defer pushes the func() in Fn on the function's list.
	Defer struct {
		Fn *Var
		At
	}
	// RunDefers runs and empties the function's list; before each Return of a function that defers.
	RunDefers struct{ At }
	// Recover is Dst = recover().
	Recover struct {
		Dst *Var
		At
	}
	// Select waits for one of Cases; Index gets its number, or -1 for the default.
	Select struct {
		Index      *Var
		Cases      []SelectCase
		HasDefault bool
		At
	}
	// Unreachable ends a path behind a primitive that does not return.
	Unreachable struct{ At }
)

// SwitchCase is one case of a Switch.
type SwitchCase struct {
	Vals []Expr
	Body []Stmt
}

// SelectCase is a send of Send (a VarRef or constant) if Send is not nil, else a receive into Dst and Ok (both may be nil).
// Chan is the channel's Ptr.
type SelectCase struct {
	Chan    Expr
	Elem    types.Type
	Send    Expr
	Dst, Ok *Var
}
