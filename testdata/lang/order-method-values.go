// Method values read their receiver, and find it nil, after all calls of the statement; a literal's
// elements too, unless it becomes an interface.
package main

type I interface{ m(int) int }
type N int

func (n N) m(k int) int   { return int(n) + k }
func (n *N) pm(k int) int { *n++; return int(*n) + k }

type W struct {
	I
	n int
}

func log[V any](v V) V { print("."); return v }
func ix(n int) int     { return n }

var sl = []int{1, 2, 3}
var in I
var n N
var np *N
var pw *W

func set(k N) int  { n = k; return int(k) }
func seti(k I) int { in = k; return 1 }

func two(f func(int) int, k int)  { println("two", f(1), k) }
func ret() (func(int) int, int)   { return n.m, set(5) }
func ret2() (func(int) int, int)  { return in.m, log(1) }
func ret3() (func(int) int, int)  { return (*np).m, log(1) }
func ret4() (func(int) int, int)  { return pw.m, log(1) }
func ret5() (I, bool, int)        { return I(&W{in, sl[ix(5)]}), true, log(1) }
func ret6() (I, bool, int)        { return I(&W{in, sl[ix(5)]}), (log(true) || false), log(1) }
func ret7() (I, bool, int)        { return I(&W{in, sl[ix(5)]}), log(true), log(1) }
func ret8() (any, bool, int)      { return any(W{in, sl[ix(5)]}), log(true), log(1) }
func ret9() (*W, bool)            { return &W{in, sl[ix(5)]}, log(true) }
func ret10() ([]int, bool)        { return []int{sl[ix(5)]}, log(true) }
func ret11() (func(int) int, int) { return np.pm, log(1) }
func ret12() (func(int) int, int) { return in.m, seti(N(3)) }
func ret13() (*W, bool)           { return &W{in, sl[log(5)]}, log(true) }
func ret14() (I, bool)            { return I(&W{in, sl[log(5)]}), log(true) }
func ret15() (I, bool)            { return &W{in, sl[ix(5)]}, log(true) }
func ret16() (I, bool)            { return N(sl[ix(5)]), log(true) }
func ret17() (string, bool)       { return "a" + string(rune(sl[ix(5)])), log(true) }
func ret18() (func(), bool)       { return func() { println(sl) }, log(true) }

func try(name string, f func()) {
	defer func() {
		print(" ", name, " ")
		if e, ok := recover().(error); ok {
			print(e.Error())
		}
		println()
	}()
	f()
}

func main() {
	try("two", func() { n = 1; two(n.m, set(7)) })
	try("ret", func() { n = 1; two(ret()) })
	try("var", func() { n = 1; f, k := n.m, set(9); two(f, k) })
	try("call", func() { two(in.m, log(1)) })
	try("lit", func() {
		s := struct {
			f func(int) int
			k int
		}{in.m, log(1)}
		two(s.f, s.k)
	})
	try("asg", func() { f, k := in.m, log(1); two(f, k) })
	try("ret2", func() { two(ret2()) })
	try("ret3", func() { two(ret3()) })
	try("ret4", func() { two(ret4()) })
	try("ret5", func() { ret5() })
	try("ret6", func() { ret6() })
	try("ret7", func() { ret7() })
	try("ret8", func() { ret8() })
	try("ret9", func() { ret9() })
	try("ret10", func() { ret10() })
	try("ret11", func() { ret11() })
	try("ret12", func() { two(ret12()) })
	in = nil
	try("ret13", func() { ret13() })
	try("ret14", func() { ret14() })
	try("ret15", func() { ret15() })
	try("ret16", func() { ret16() })
	try("ret17", func() { ret17() })
	try("arg", func() { func(i I, b bool) {}(I(&W{in, sl[ix(5)]}), log(true)) })
	try("arg2", func() { func(i *W, b bool) {}(&W{in, sl[ix(5)]}, log(true)) })
	try("m", func() { n = 1; two(n.m, set(7)+log(n.m)(1)) })
	try("p", func() { n = 1; two(n.pm, set(7)+log(n.pm)(1)) })
}
