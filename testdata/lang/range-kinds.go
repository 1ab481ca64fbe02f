// Range over everything but functions: what is evaluated, what is copied, what moves.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

type A [3]int
type S []string
type M map[string]int
type C chan int
type Str string
type N uint8

func mk() A  { print("mk "); return A{1, 2, 3} }
func ps() *A { print("ps "); return &A{4, 5, 6} }

func main() {
	a := A{1, 2, 3}
	for i, v := range a { // a copy
		a[2] = 10
		print(i, v, " ")
	}
	println()
	a = A{1, 2, 3}
	for i, v := range &a {
		a[2] = 10
		print(i, v, " ")
	}
	println()
	for i, v := range mk() {
		print(i, v, " ")
	}
	for i := range mk() { // length only
		print(i, " ")
	}
	for i, v := range ps() {
		print(i, v, " ")
	}
	var np *A
	for i := range np {
		print(i, " ")
	}
	for range np {
		print(". ")
	}
	for i := range len(np) {
		print(i, " ")
	}
	println()
	s := S{"a", "b", "c"}
	for i, v := range s { // length and pointer once
		s = append(s, v)
		s[2] = "z"
		print(i, v, " ")
	}
	println(len(s))
	s = S{"a", "b", "c"}
	for i, v := range s {
		s[2] = "z"
		s = nil
		print(i, v, " ")
		s = S{"q", "q", "q"}
	}
	println()
	m := M{}
	for i := range 20 {
		m[string(rune('a'+i))] = i
	}
	sum, n := 0, 0
	for k, v := range m {
		sum += v * int(k[0])
		n++
		delete(m, k)
	}
	println(sum, n, len(m))
	m = M{"a": 1, "b": 2, "c": 3}
	n = 0
	for k := range m {
		for kk := range m {
			if kk != k {
				delete(m, kk)
			}
		}
		n++
	}
	println(n, len(m))
	for range M(nil) {
		println("no")
	}
	for i, r := range Str("aé\xff世\xe4\xb8") {
		print(i, ":", r, " ")
	}
	println()
	for i := range "世界" {
		print(i, " ")
	}
	for range "世界" {
		print("r ")
	}
	println()
	for i := range N(3) {
		i += 250
		print(i, " ")
	}
	for i := range 3 {
		i *= 2
		print(i, " ")
	}
	const c5 = 2
	for i := range c5 {
		print(i, " ")
	}
	var n64 int64 = 2
	for i := range n64 {
		n64 = 10
		print(i, " ")
	}
	for range -5 {
		print("never")
	}
	for range 2 {
		print("x ")
	}
	println()
	c := make(C, 3)
	c <- 1
	c <- 2
	c <- 3
	close(c)
	for v := range c {
		print(v, " ")
		if v == 2 {
			break
		}
	}
	for range c {
		print("left ")
	}
	println()
	ch := make(chan string)
	go func() {
		for _, s := range []string{"x", "y", "z"} {
			ch <- s
		}
		close(ch)
	}()
	for s := range ch {
		print(s, y(1), " ")
	}
	println()
	var i, v int
	for i, v = range []int{7, 8} {
	}
	println(i, v)
	var st struct{ k, v int }
	arr := []int{0, 0, 0}
	for st.k, arr[st.k] = range []int{5, 6} { // index uses the old st.k
	}
	println(st.k, arr[0], arr[1])
	for _, st.v = range []int{9} {
	}
	println(st.v)
	for i, row := range [][]int{{1, 2}, {3}, nil, {4}} {
		for j := range row {
			if row[j] == 3 {
				continue
			}
			print(i, j, row[j], " ")
		}
	}
	println()
	big := [3][1000]int{{1}, {2}, {3}}
	for i, b := range big {
		big[2][0] = 99
		print(i, b[0], " ")
		b[0] = 7
	}
	println(big[0][0], big[2][0])
	for i, b := range y2(big[:]) {
		print(i, b[0], y(1), " ")
	}
	println()
	for i, v := range []any{1, "a", nil, 2.5, []int{1}} {
		switch v := v.(type) {
		case int:
			print(i, "int", v, " ")
		case string:
			print(i, "string", v, " ")
		case nil:
			print(i, "nil ")
		default:
			print(i, "? ")
		}
	}
	println()
	type E struct{}
	for i := range [4]E{} {
		print(i, " ")
	}
	for i, e := range make([]E, 2) {
		print(i, e == E{}, " ")
	}
	println()
	func(xs ...int) {
		for _, x := range xs {
			defer print(x, y(x), " ")
		}
	}(1, 2, 3)
	println()
}

func y2(b [][1000]int) [][1000]int { y(1); return b }
