//go:build rtgen

package maps

// errNilAssign is the runtime.Error of an assignment to a nil map.
var errNilAssign error = nilMapError()

func nilMapError() error
