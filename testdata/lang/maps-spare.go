// Maps that are initialised only if something may look at them: here something does, by way of functions, methods, other
// maps, initialisers and an init function, and after effects of other initialisers.
package main

import "fmt"

var (
	byFunc   = map[string]int{"a": 1, "b": 2}
	byMethod = map[string]int{"c": 3}
	byMap    = map[int]map[string]int{1: inner, 2: {"e": 5}}
	inner    = map[string]int{"d": 4}
	byValue  = len(byLen)
	byLen    = map[int]bool{1: true, 2: false}
	byInit   = map[string]*int{"x": &x, "y": &y}
	byLit    = map[string]func() int{"f": func() int { return deep["g"] }}
	deep     = map[string]int{"g": 6}
	byCall   = map[string]int{"n": n}
	n        = count()
	nobody   = map[string][]int{"z": {1, 2}}
	x, y     = 7, 8
	calls    int
)

func count() int {
	calls++
	return 10 * calls
}

func init() {
	*byInit["y"]++
	byCall["n"]++
}

func get(k string) int { return byFunc[k] }

type t struct{}

func (t) get(k string) int { return byMethod[k] }

func generic[K comparable, V any](m map[K]V) int { return len(m) + len(byCall) }

func unreached() int { return len(nobody) }

func main() {
	fmt.Println(get("a"), get("b"), interface{ get(string) int }(t{}).get("c"))
	fmt.Println(byMap, byValue, *byInit["x"], *byInit["y"], byLit["f"](), byCall, generic(inner), calls)
}
