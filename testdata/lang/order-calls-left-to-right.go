// Calls, receives and the operators && and || happen in lexical left-to-right order.
package main

func t(n int) int          { print(n, " "); return n }
func b(n int, v bool) bool { print(n, " "); return v }
func s(n int) []int        { print(n, " "); return []int{10, 20, 30, 40, 50} }
func mp(n int) map[int]int { print(n, " "); return map[int]int{} }
func fn(n int) func(int, int) int {
	print(n, " ")
	return func(i, j int) int { return i + j }
}

type O struct{ n int }

func (o O) add(i, j int) O  { print("m", o.n, " "); return O{o.n + i + j} }
func (o *O) ptr(i int) *O   { print("p", o.n, " "); o.n += i; return o }
func mk(n int) O            { print(n, " "); return O{n} }
func mkp(n int) *O          { print(n, " "); return &O{n} }
func ch(n int) chan int     { print(n, " "); c := make(chan int, 1); c <- n; return c }
func many(n int) (int, int) { print(n, " "); return n, n + 1 }
func iface(n int) any       { print(n, " "); return n }

func main() {
	println(t(1) + t(2)*t(3) - t(4))
	println(fn(1)(t(2), t(3)))
	println(mk(1).add(t(2), t(3)).add(t(4), t(5)).n)
	println(mkp(1).ptr(t(2)).ptr(t(3)).n)
	println(s(1)[t(2)], s(3)[t(4)])
	println(len(s(1)[t(1):t(2):t(3)]))
	mp(1)[t(2)] = t(3)
	println()
	s(1)[t(2)] += t(3)
	println()
	println(<-ch(1) + <-ch(2))
	println(b(1, true) && b(2, false) || b(3, true))
	println(b(1, false) && b(2, false) || b(3, false) && b(4, true))
	println(t(1) == t(2) || b(3, true), t(4))
	i, j := many(1)
	println(i, j)
	fn(1)(many(2))
	println()
	x := [][]int{s(1), s(2), {t(3), t(4)}}
	println(len(x))
	y := map[int][]int{t(1): s(2), t(3): {t(4)}}
	println(len(y))
	z := [...]int{5: t(1), 2: t(2), t(3)}
	println(z[2], z[3], z[5])
	q := struct{ a, b, c int }{c: t(1), a: t(2), b: t(3)}
	println(q.a, q.b, q.c)
	println(iface(1).(int)+t(2), iface(3) == iface(3))
	switch t(1) {
	case t(2), t(3):
		println("no")
	case t(4) - 3:
		println("yes")
	case t(5):
		println("no")
	}
	c := make(chan int, 3)
	get := func(n int) chan int { print(n, " "); return c }
	get(1) <- t(2)
	get(3) <- <-get(4) + t(5)
	println(<-get(6) + <-ch(7))
	defer println("deferred", t(8))
	defer fn(9)(t(10), t(11))
	go fn(12)(t(13), t(14))
	println("end")
}
