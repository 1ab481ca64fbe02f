//go:build rtgen

package bits

// Every function that panics is the host's, which panics with the host's errors.

//rtgen:drop overflowError divideError
