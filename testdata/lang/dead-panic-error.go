// An uncaught panic in nested calls: message, frames with positions, status 2.
package main

type E struct{ code int }

func (e *E) Error() string { return "E!" }

//go:noinline
func inner(n int, s string) {
	if n == 0 {
		panic(&E{5})
	}
	inner(n-1, s)
}

type T struct{}

//go:noinline
func (t *T) method(f func()) { f() }

func main() {
	defer println("deferred runs before the report")
	defer func() {
		if limit > 10 {
			recover()
		}
	}()
	t := &T{}
	t.method(func() {
		inner(2, "x")
	})
}

var limit int
