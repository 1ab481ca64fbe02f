//go:build rtgen

package runtime

import "internal/abi"

// This file holds variables that other packages link to, those of programs included.

var haveHighResSleep = true

var zeroVal [abi.ZeroValSize]byte

var overflowError = error(errorString("integer overflow"))

var divideError = error(errorString("integer divide by zero"))
