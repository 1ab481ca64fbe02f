// A nil dereference: the signal line and the frames.
package main

type T struct{ a, b int }

//go:noinline
func get(t *T) int { return t.b }

func main() {
	println(get(&T{1, 2}))
	println(get(nil))
}
