//go:build rtgen

package sys

func Prefetch(addr uintptr) {}

func PrefetchStreamed(addr uintptr) {}

// The race detector's annotations mention these; they are never reached.

func GetCallerPC() uintptr { return 0 }

func GetCallerSP() uintptr { return 0 }

//rtgen:drop GetClosurePtr
