// Conversions to interfaces: what gc makes an interface of through its address is copied where it
// stands, literals and pointers too; numbers, strings and slices are read after all calls.
package main

type I interface{ m() }
type W struct{ n int }

func (w *W) m() {}

type B struct{ a, b int }

func log[V any](v V) V { print("."); return v }
func ix(n int) int     { return n }

var sl = []int{1, 2, 3}
var pp []*W
var m = map[string]*B{}
var vs []any
var b bool

func ret1() (I, bool)       { return &W{sl[ix(5)]}, log(true) }
func ret2() (any, bool)     { return B{sl[ix(5)], 1}, log(true) }
func ret3() (any, bool)     { return m["x"].a+sl[ix(5)] > 1, log(true) }
func ret4() (any, bool)     { return complex(float64(sl[ix(5)]), 1), log(true) }
func ret5() (a any, b bool) { a, b = &W{sl[ix(5)]}, log(true); return }
func ret6() (any, bool)     { return &pp[ix(5)].n, log(true) }
func ret7() (any, bool)     { return pp[ix(5)], log(true) }
func ret8() (any, bool)     { return sl[ix(5):], log(true) }
func ret9() (any, bool)     { return *m["x"], log(true) }
func ret10() (any, bool)    { return m["x"].b == 1, log(true) }
func ret11() (any, bool)    { return (*W).m, log(true) }
func ret12() (any, bool)    { return I.m, log(true) }
func ret13() (any, bool)    { return I(nil).m, log(true) }
func ret14() (any, bool)    { return [2]int(sl[:ix(1)]), log(true) }
func ret15() (any, bool)    { return byte(sl[ix(5)]), log(true) }
func ret16() (any, bool)    { return map[int]int{sl[ix(5)]: 1}, log(true) }

func two(a any, b bool) {}
func many(a ...any)     {}

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

type S struct {
	i any
	b bool
}

func main() {
	for i, f := range []func() (any, bool){func() (any, bool) { return ret1() }, ret2, ret3, ret4, ret5, ret6, ret7, ret8, ret9, ret10, ret11, ret12, ret13, ret14, ret15, ret16} {
		try("ret"+string(rune('a'+i)), func() { f() })
	}
	try("arg", func() { two(&W{sl[ix(5)]}, log(true)) })
	try("args", func() { many(&W{sl[ix(5)]}, log(true)) })
	try("args2", func() { many(B{sl[ix(5)], 2}, log(true)) })
	try("args3", func() { two(byte(sl[ix(5)]), log(true)) })
	try("args4", func() { two(I(nil).m, log(true)) })
	try("append", func() { vs = append(vs, &W{sl[ix(5)]}, log(true)) })
	try("lit", func() { _ = S{&W{sl[ix(5)]}, log(true)} })
	try("slit", func() { _ = []any{&W{sl[ix(5)]}, log(true)} })
	try("mlit", func() { _ = map[any]any{&W{sl[ix(5)]}: log(true)} })
	try("asg", func() { var x any; x, b = &W{sl[ix(5)]}, log(true); _ = x })
	try("masg", func() { mm := map[any]bool{}; mm[&W{sl[ix(5)]}] = log(true) })
	try("eq", func() { var x any = 1; b = x == &W{sl[ix(5)]} == log(true) })
	try("eq2", func() { var x any = 1; b = x == m["x"].a == log(true) })
	try("send", func() {
		c := make(chan any, 1)
		c <- &W{sl[ix(5)]}
		func() chan any { print("!"); return c }() <- &W{sl[ix(5)]}
	})
	try("panic", func() { defer two(&W{sl[ix(5)]}, log(true)) })
	try("go", func() { go two(&W{sl[ix(5)]}, log(true)) })
	try("var", func() { var x, y any = &W{sl[ix(5)]}, log(true); _, _ = x, y })
	try("vars", func() { var x, y any = sl[ix(5)], log(true); _, _ = x, y })
	try("min", func() { two(min(sl[ix(5)], 2), log(true)) })
	try("plus", func() { two("s"+string(rune(sl[ix(5)])), log(true)) })
	try("shift", func() { two(1<<ix(-1), log(true)) })
	try("div", func() { two(1/ix(0), log(true)) })
	try("div2", func() { two(&W{1 / ix(0)}, log(true)) })
	try("fn", func() { two(func() { println(sl) }, log(true)) })
	try("index", func() { two(m["x"].a, log(true)) })
	try("field", func() { two([]B{{1, 2}}[ix(3)], log(true)) })
}
