// This file makes the run-time errors that guests see: of panics that the host raised, of failed type
// assertions, and of checks that the runtime makes.
//
// Their types are guest types, declared by the guest's package runtime: errors.As and %T must find them there.
// That package registers the one function that makes them.

package rtpanic

import (
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"rtgen/rtlib/abi"
)

// ErrorKind says which of package runtime's types an error has.
type ErrorKind int

const (
	// Known to rtlib/std/runtime.
	StringError  ErrorKind = iota // runtime.errorString: Error adds "runtime error: "
	PlainError                    // runtime.plainError
	BoundsError                   // runtime.boundsError: Error adds "runtime error: "
	AssertError                   // *runtime.TypeAssertionError
	NilPanic                      // *runtime.PanicNilError
	AddressError                  // runtime.errorAddressString, whose address is in 16 digits behind the text
	StringPanic                   // no error: a string, such as the host's reflect panics with
)

// makeError is the guest's constructor; nil until its package runtime has been initialised.
var makeError func(w *abi.W, sp abi.SP, kind int, text string) any

// RegisterErrors sets the guest's constructor of run-time errors. text is the host's: the constructor
// must copy it. kind is an ErrorKind.
func RegisterErrors(f func(w *abi.W, sp abi.SP, kind int, text string) any) { makeError = f }

func newError(w *abi.W, sp abi.SP, kind ErrorKind, text string) any {
	if makeError != nil {
		return makeError(w, sp, int(kind), text)
	}
	return &hostError{kind, text}
}

// hostError stands in until the guest's types are there, in tests for example.
type hostError struct {
	kind ErrorKind
	text string
}

func (e *hostError) Error(w *abi.W, sp abi.SP) string {
	switch e.kind {
	case StringError, BoundsError:
		return "runtime error: " + e.text
	}
	return e.text
}

func (e *hostError) RuntimeError(w *abi.W, sp abi.SP) {}

// PanicError panics with a run-time error of the given kind, for checks that the runtime makes: PanicError(w, sp, StringError,
// "makeslice: len out of range"), (w, sp, PlainError, "close of nil channel").
func PanicError(w *abi.W, sp abi.SP, kind ErrorKind, text string) {
	raise(w, sp, newError(w, sp, kind, text))
}

const nilText = "invalid memory address or nil pointer dereference"

// classify says what a host panic means to the guest.
func classify(r any) (kind ErrorKind, text string, signal bool) {
	switch e := r.(type) {
	case runtime.Error:
		text = e.Error()
		short, isRuntime := strings.CutPrefix(text, "runtime error: ")
		if a, ok := r.(interface{ Addr() uintptr }); ok { // debug.SetPanicOnFault
			addr := strconv.FormatUint(uint64(a.Addr()), 16)
			return AddressError, short + strings.Repeat("0", 16-len(addr)) + addr, true
		}
		switch {
		case !isRuntime:
			return PlainError, panicwrap(text), false
		case short == nilText:
			return StringError, short, true
		case strings.HasPrefix(short, "index out of range"), strings.HasPrefix(short, "slice bounds out of range"),
			strings.HasPrefix(short, "cannot convert slice"):
			return BoundsError, short, false
		}
		for _, p := range [...]string{"comparing uncomparable type ", "hash of unhashable type "} {
			if t, ok := strings.CutPrefix(short, p); ok {
				return StringError, p + TypeText(t), false
			}
		}
		return StringError, short, false
	case error:
		return PlainError, e.Error(), false
	case string:
		return StringPanic, e, false
	}
	return PlainError, "host panic: " + reflect.TypeOf(r).String(), false
}

// panicwrap spells the names in the text of a value method called through a nil pointer as the guest does.
func panicwrap(text string) string {
	rest, ok := strings.CutPrefix(text, "value method ")
	method, tail, ok2 := strings.Cut(rest, " called using nil *")
	if !ok || !ok2 || guestName(method) == "" {
		return text
	}
	typ := strings.TrimSuffix(tail, " pointer")
	return "value method " + guestName(method) + " called using nil *" + strings.TrimPrefix(typ, "Ʀ") + " pointer"
}

// What package reflectmeta knows of types; it sets these. Types are the host's *abi.Type words.
var (
	// TypeText gives the guest's spelling of a type in the host's spelling.
	TypeText = func(host string) string { return host }
	// TypeString is the guest's reflect.Type.String of a type.
	TypeString = func(t unsafe.Pointer) string { return TypeText(typeOf(t).String()) }
	// TypePkgPath is the guest's reflect.Type.PkgPath.
	TypePkgPath = func(t unsafe.Pointer) string { return typeOf(t).PkgPath() }
	// MissingMethod names the first method of interface type iface, in order of name, that type t lacks.
	// Not found through the host's reflect here: the linker would keep every method of every type.
	MissingMethod = func(iface, t unsafe.Pointer) string { return "" }
)

func typeOf(t unsafe.Pointer) reflect.Type {
	var p any = (*int)(nil)
	(*[2]unsafe.Pointer)(unsafe.Pointer(&p))[0] = t
	return reflect.TypeOf(p)
}

// typeWord is the type word of x, nil for a nil interface.
func typeWord(x any) unsafe.Pointer { return (*[2]unsafe.Pointer)(unsafe.Pointer(&x))[0] }

// elemWord is the type T of proto, a nil *T.
func elemWord(proto any) unsafe.Pointer {
	if proto == nil {
		return nil
	}
	t := reflect.TypeOf(proto).Elem()
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1]
}

// PanicAssert is a failed x.(To) without ok. to and iface are nil pointers to To and to x's static interface type.
func PanicAssert(w *abi.W, sp abi.SP, x, to, iface any) {
	PanicError(w, sp, AssertError, assertText(typeWord(x), elemWord(to), elemWord(iface)))
}

// assertText is the text of runtime.TypeAssertionError; concrete is nil if the interface was.
func assertText(concrete, asserted, iface unsafe.Pointer) string {
	inter := "interface"
	if iface != nil {
		inter = TypeString(iface)
	}
	as := TypeString(asserted)
	if concrete == nil {
		if typeOf(asserted).Kind() == reflect.Interface {
			inter = "interface" // stock does not say from which
		}
		return "interface conversion: " + inter + " is nil, not " + as
	}
	cs := TypeString(concrete)
	if typeOf(asserted).Kind() == reflect.Interface {
		return "interface conversion: " + cs + " is not " + as + ": missing method " + MissingMethod(asserted, concrete)
	}
	text := "interface conversion: " + inter + " is " + cs + ", not " + as
	if cs == as {
		if TypePkgPath(concrete) != TypePkgPath(asserted) {
			return text + " (types from different packages)"
		}
		return text + " (types from different scopes)"
	}
	return text
}

// PanicLen is the failed conversion of a slice of length have to an array, or array pointer, of length want.
func PanicLen(w *abi.W, sp abi.SP, have, want int) {
	PanicError(w, sp, BoundsError, "cannot convert slice with length "+strconv.Itoa(have)+
		" to array or pointer to array with length "+strconv.Itoa(want))
}

// PanicWrap is the call of a method of type typ, named in full, through a nil pointer.
func PanicWrap(w *abi.W, sp abi.SP, method, typ string) {
	PanicError(w, sp, PlainError, "value method "+method+" called using nil *"+typ+" pointer")
}

// rangeTexts are by the loop's state, one of internal/abi's RF_ constants, as in package build.
var rangeTexts = [...]string{
	0: "range function continued iteration after function for loop body returned false",
	2: "range function continued iteration after loop body panic",
	3: "range function continued iteration after whole loop exit",
	4: "range function recovered a loop body panic and did not resume panicking",
}

// PanicRange is the misuse of the iterator of a range-over-func loop in the given state.
func PanicRange(w *abi.W, sp abi.SP, state int) { PanicError(w, sp, StringError, rangeTexts[state]) }
