//go:build rtgen

package runtime

// This file declares the errors that run-time checks panic with. The host side, package rtpanic, knows when
// and with which text; it makes them with makeError.

// Error identifies a run time error used in panic.
type Error interface {
	error

	// RuntimeError is a no-op function that tells run time errors from ordinary errors.
	RuntimeError()
}

// A TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct{ text string }

func (*TypeAssertionError) RuntimeError()   {}
func (e *TypeAssertionError) Error() string { return e.text }

type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

type errorAddressString struct {
	msg  string
	addr uintptr
}

func (e errorAddressString) RuntimeError() {}
func (e errorAddressString) Error() string { return "runtime error: " + e.msg }
func (e errorAddressString) Addr() uintptr { return e.addr }

type plainError string

func (e plainError) RuntimeError() {}
func (e plainError) Error() string { return string(e) }

type boundsError struct{ text string }

func (e boundsError) RuntimeError() {}
func (e boundsError) Error() string { return "runtime error: " + e.text }

// A PanicNilError happens when code calls panic(nil).
type PanicNilError struct {
	// This field makes PanicNilError structurally different from any other struct in this package, and
	// the _ makes it different from any struct in other packages too.
	_ [0]*PanicNilError
}

func (*PanicNilError) Error() string { return "panic called with nil argument" }
func (*PanicNilError) RuntimeError() {}

// memoryError is one value, as in Go.
var memoryError any = errorString("invalid memory address or nil pointer dereference")

// makeError makes the error of a kind of package rtpanic. text is the host's memory.
func makeError(kind int, text string) any {
	if kind == 4 {
		return new(PanicNilError)
	}
	if kind == 0 && text == string(memoryError.(errorString)) {
		return memoryError
	}
	text = string([]byte(text))
	switch kind {
	case 0:
		return errorString(text)
	case 2:
		return boundsError{text}
	case 3:
		return &TypeAssertionError{text}
	case 5:
		e := errorAddressString{msg: text[:len(text)-16]}
		for _, c := range []byte(text[len(text)-16:]) {
			if c -= '0'; c > 9 {
				c -= 'a' - '0' - 10
			}
			e.addr = e.addr<<4 | uintptr(c)
		}
		return e
	case 6:
		return text
	}
	return plainError(text)
}

// registerErrors makes makeError known to rtpanic.
func registerErrors(f func(kind int, text string) any)

func init() { registerErrors(makeError) }
