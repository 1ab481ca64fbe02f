// Deep chains of interface calls, each of which may reach a safepoint.
package main

type node interface{ sum(n int) int }

type leaf struct{ buf []int }
type link struct {
	next node
	k    int
}
type wrap struct {
	inner node
	name  string
}

//go:noinline
func (l *leaf) sum(n int) int {
	if n == -1 {
		l.buf = append(l.buf, n) // never, but the call may allocate
	}
	return n
}

//go:noinline
func (l *link) sum(n int) int { return l.next.sum(n+l.k) + 1 }

//go:noinline
func (w wrap) sum(n int) int { return w.inner.sum(n) + len(w.name) }

func main() {
	var chain node = &leaf{}
	for i := range 30 {
		if i%3 == 0 {
			chain = &wrap{chain, "ab"}
		} else {
			chain = &link{chain, i}
		}
	}
	total := 0
	for i := range 6000000 {
		total += chain.sum(i)
	}
	println(total)
}
