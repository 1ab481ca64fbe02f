//go:build rtgen

package maps

import _ "unsafe" // for linkname

// errNilAssign is the runtime.Error of an assignment to a nil map.
var errNilAssign error = nilMapError()

//go:linkname nilMapError runtime.nilMapError
func nilMapError() error
