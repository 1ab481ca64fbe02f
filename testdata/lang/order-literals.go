// Map literals store their entries one at a time where they stand; a struct literal is copied for its interface where it
// stands, a number is not; a conversion to an interface whose method is called is evaluated before the arguments.
package main

type I interface{ get(k int) int }
type N int
type S struct{ a, b int }

//go:noinline
func (n N) get(k int) int { return int(n)*1000 + k }

//go:noinline
func (n S) get(k int) int { return n.a*1000 + k }

//go:noinline
func call(i I, k int) int { return i.get(k) }

//go:noinline
func two(i any, k int) any { return i }

//go:noinline
func set(v int) int { g = v; return v }

//go:noinline
func fail(s []int, i int) int { return s[i] }

var (
	g  = 1
	a  = []int{1, 2, 3}
	no []int
)

func shown(m map[int]int) int {
	println(len(m), m[1], m[2], m[3])
	return 0
}

func main() {
	println(shown(map[int]int{1: g, 2: set(2), 3: g, g: 7}))
	g = 1
	m := map[int]map[int]int{g: {g: set(3)}, set(4): {g: g}}
	println(len(m), m[1][3], m[3][3], m[4][4])
	g = 1
	println(map[int]int{1: g}[1] + set(2))
	func() {
		defer func() { println(recover().(error).Error(), g) }()
		println(map[int]int{1: no[g]}[set(5)])
	}()
	g = 1
	println(call(N(g), set(2)))
	g = 1
	println(call(S{g, g}, set(2)))
	g = 1
	println(I(N(g)).get(set(2)), I(S{g, g}).get(set(3)))
	g = 1
	println(two(S{g, g}, set(9)).(S).a)
	g = 1
	println(two([1]int{g}, set(9)).([1]int)[0])
	g = 1
	println(two([2]int{g}, set(9)).([2]int)[0])
}
