// && and || evaluate their right side only if needed, in every position, also around
// suspensions.
package main

func y(b bool) bool {
	c := make(chan bool)
	go func() { c <- b }()
	return <-c
}
func t(s string) bool  { print(s, "t "); return true }
func f(s string) bool  { print(s, "f "); return false }
func yt(s string) bool { print(s, "T "); return y(true) }
func yf(s string) bool { print(s, "F "); return y(false) }
func pb(b bool)        { println("=", b) }
func id(b bool) bool   { return b }

func main() {
	pb(t("a") && f("b"))
	pb(f("a") && t("b"))
	pb(t("a") || f("b"))
	pb(f("a") || t("b"))
	pb(yt("a") && yf("b"))
	pb(yf("a") && yt("b"))
	pb(yt("a") || yf("b"))
	pb(yf("a") || yt("b"))
	pb(!(yt("a") && f("b")) && (yf("c") || t("d")))
	pb((t("a") || yt("b")) && (yf("c") || f("d")) || yt("e") && t("f"))
	pb(id(yt("a")) && id(id(t("b")) || yf("c")))
	if yf("a") && t("b") || yt("c") && !yf("d") {
		println("then")
	} else {
		println("else")
	}
	for i := 0; i < 3 && (yt("l") || t("x")); i++ {
		print(i, " ")
	}
	println()
	n := 0
	for n < 10 && y(n != 4) {
		n++
	}
	println(n)
	var p *struct{ ok bool }
	pb(p != nil && p.ok)
	pb(p == nil || p.ok)
	var m map[string]bool
	pb(len(m) > 0 && m["a"] || !m["b"])
	a := []bool{true, false}
	pb(len(a) > 1 && a[1] || len(a) > 5 && a[5])
	b := yt("a") && yt("b") && yt("c") && yf("d") && yt("e")
	pb(b)
	b = b || yt("x") && (b || yt("y"))
	pb(b)
	s := []bool{yt("1") && f("2"), f("3") || yt("4"), yf("5") && yt("6")}
	pb(s[0] == s[2] && s[1])
	switch {
	case yf("s1") && t("s2"):
		println("1")
	case yt("s3") && (f("s4") || yt("s5")):
		println("2")
	}
	g := func() (bool, bool) { return yt("r1") && yf("r2"), yf("r3") || yt("r4") }
	r1, r2 := g()
	pb(r1)
	pb(r2)
	defer pb(yt("d1") && t("d2"))
	type B bool
	var nb B = B(y(true)) && B(y(false)) || true
	println(nb)
}
