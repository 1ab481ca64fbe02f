package main

import (
	"fmt"
	"runtime"
)

// Conversions between strings and bytes that need no copy: what is done to the original later must not show,
// and none allocates.

type pair struct {
	s string
	n int
}

type list struct {
	p [2]pair
	x any
}

type bytesOf []byte
type text string

var sink any

func change(b []byte, s string) string {
	b[0] = '!'
	return s
}

func kind(b []byte) int {
	switch string(b) {
	case "aa":
		b[0] = 'z'
		fallthrough
	case "bb":
		return 1
	case "cc", "dd":
		return 2
	case "ee":
		return 3
	}
	return 0
}

func short(b []byte) bool {
	switch string(b) {
	case "x":
		return true
	}
	return false
}

func lookups() {
	m := map[pair]int{{"ab", 1}: 7}
	l := map[list]string{{p: [2]pair{1: {"q", 2}}, x: "k"}: "found"}
	b, q := []byte("ab"), []byte("q")
	println(m[pair{string(b), 1}], m[pair{n: 1, s: string(b)}], m[pair{string(q), 1}])
	println(l[list{p: [2]pair{1: {string(q), 2}}, x: "k"}], l[list{p: [...]pair{{}, {s: string(q), n: 2}}, x: string("k")}])
	v, ok := m[pair{string(b), 1}]
	println(v, ok)
	m[pair{string(b), 1}] = 8
	b[0] = 'x'
	println(m[pair{"ab", 1}], m[pair{string(b), 1}])
	a := map[any]int{"xb": 5}
	println(a[string(b)])
	a[string(b)]++
	b[0] = 'y'
	println(a["xb"], a["yb"])
	i := map[int]string{1: "one"}
	println("k" + i[1] + string(b) + "z")
}

func concats() {
	b := []byte("abc")
	s := "<" + string(b) + ">"
	n := string(b) + ""
	e := "" + string(b) + string([]byte{})
	b[0] = 'X'
	println(s, n, e)
	println("[" + string(b) + change(b, "-") + string(b) + "]")
	println(text("t") + text(b) + "u")
	s += "+" + string(b)
	b[1] = 'Y'
	println(s, string(b) == "!Yc", "!Yc" < string(b)+"d")
}

func ranges() {
	s := "h\xffé"
	for i, c := range []byte(s) {
		print(i, ":", c, " ")
		s = "gone"
	}
	for i := range []byte("abc") {
		print(i, " ")
	}
	for _, c := range bytesOf(text("xy")) {
		print(c, " ")
	}
	for range []byte("") {
		print("never")
	}
	b := []byte("aé")
	for _, r := range string(b) { // a copy: the body may write to b
		b[len(b)-1], b[1] = 'Z', 'Z'
		print(r, " ")
	}
	println()
}

func boxes() {
	for _, v := range []any{[]int(nil), []int{}, "", [2]string{}, struct{ a, b *int }{}, 0, int8(-1), uint64(255), [3]int{}} {
		sink = v
		fmt.Printf("%T %#v\n", sink, sink)
	}
	var s string
	var l []string
	x, y := any(s), any(l)
	s, l = "s", append(l, "l")
	fmt.Println(x == any(""), y.([]string) == nil, s, l)
}

// mallocs counts the allocations of f.
func mallocs(f func()) int {
	var before, after runtime.MemStats
	f()
	runtime.ReadMemStats(&before)
	for range 1000 {
		f()
	}
	runtime.ReadMemStats(&after)
	return int(after.Mallocs-before.Mallocs) / 1000
}

func main() {
	lookups()
	concats()
	ranges()
	boxes()
	println(kind([]byte("aa")), kind([]byte("bb")), kind([]byte("dd")), kind([]byte("ee")), kind(nil), short([]byte("x")))
	long := make([]byte, 100)
	str := string(long)
	m := map[pair]int{}
	var empty string
	var none []int
	n, zero := 200, 0
	println(
		mallocs(func() { n += kind(long) }),
		mallocs(func() { n += m[pair{string(long), 1}] }),
		mallocs(func() { n += len("a" + string(long[:20])) }),
		mallocs(func() {
			for range []byte(str) {
				n++
			}
		}),
		mallocs(func() { sink = empty }),
		mallocs(func() { sink = none }),
		mallocs(func() { sink = zero }),
	)
}
