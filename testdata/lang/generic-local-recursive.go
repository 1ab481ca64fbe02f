// A generic type declared in a generic function that mentions itself.
package main

func chain[T any](n int, x T) int {
	type link[T any] struct {
		next *link[T]
		v    T
	}
	var first *link[T]
	for range n {
		first = &link[T]{first, x}
	}
	type step[T any] func(step[T], *link[T]) int
	count := func(self step[T], l *link[T]) int {
		if l == nil {
			return 0
		}
		return 1 + self(self, l.next)
	}
	return count(count, first)
}

func main() {
	println(chain(3, 1), chain(4, "a"), chain(0, 1.5))
}
