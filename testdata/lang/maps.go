// Maps: growth and deletion while ranging, all key kinds, NaN, nesting, clear, copies.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type K struct {
	a int
	s string
	f float64
	i any
	b [2]uint8
}

func sum(m map[int]int) (s, n int) {
	for k, v := range m {
		s += k ^ v
		n++
	}
	return
}

func main() {
	m := make(map[int]int)
	for i := range 10000 {
		m[i*7] = i
	}
	s, n := sum(m)
	println(s, n, len(m))
	for i := 0; i < 10000; i += 2 {
		delete(m, i*7)
	}
	s, n = sum(m)
	println(s, n, m[7], m[14])
	seen := map[int]bool{}
	for k := range m { // entries added may or may not be seen, others exactly once
		if seen[k] {
			println("twice", k)
		}
		seen[k] = true
		if len(m) < 20000 {
			m[1000000+k] = k
			m[2000000+k] = k
		}
	}
	missing := 0
	for i := 1; i < 10000; i += 2 {
		if !seen[i*7] {
			missing++
		}
	}
	println("missing", missing)
	for k := range m {
		delete(m, k)
	}
	println(len(m))
	for i := range 100 {
		m[i] = i
	}
	count := 0
	for k := range m {
		count++
		for j := range 100 {
			if j != k {
				delete(m, j)
			}
		}
	}
	println(count, len(m))
	clear(m)
	println(len(m), m[5])
	var nilm map[string]int
	v, ok := nilm["x"]
	delete(nilm, "x")
	clear(nilm)
	println(v, ok, len(nilm))
	for range nilm {
		println("never")
	}
	mk := map[K]int{{1, "a", 1.5, "x", [2]uint8{1, 2}}: 1}
	mk[K{1, "a", 1.5, "x", [2]uint8{1, 2}}]++
	mk[K{1, "a", 1.5, 'x', [2]uint8{1, 2}}]++
	println(len(mk), mk[K{1, "a", 1.5, "x", [2]uint8{1, 2}}])
	mf := map[float64]string{}
	zero := 0.0
	nan := zero / zero
	mf[nan] = "a"
	mf[nan] = "b"
	mf[0] = "c"
	mf[-zero] = "d"
	_, ok = mf[nan]
	cnt := 0
	for k, v := range mf {
		if k != k {
			cnt += len(v)
		}
	}
	delete(mf, nan)
	println(len(mf), mf[0], ok, cnt)
	clear(mf)
	println(len(mf))
	nest := map[string]map[string][]int{}
	for _, a := range []string{"x", "y"} {
		nest[a] = map[string][]int{}
		for _, b := range []string{"p", "q"} {
			nest[a][b] = append(nest[a][b], 1, 2)
			nest[a][b][1] += y(3)
		}
	}
	println(len(nest), nest["x"]["q"][1], len(nest["none"]["none"]))
	type st struct{ n, k int }
	ms := map[string]st{"a": {1, 2}}
	t := ms["a"]
	t.n = 9
	println(ms["a"].n, t.n)
	mp := map[string]*st{"a": {1, 2}}
	mp["a"].n++
	mp["b"] = &st{}
	mp["b"].k--
	println(mp["a"].n, mp["b"].k)
	ma := map[string][3]int{}
	a := ma["z"]
	a[1] = 4
	ma["z"] = a
	println(ma["z"][1], ma["none"][2])
	big := map[[40]int][50]string{}
	var bk [40]int
	bk[39] = 1
	var bv [50]string
	bv[49] = "end"
	big[bk] = bv
	bk[0] = 1
	println(big[bk][49] == "", len(big))
	bk[0] = 0
	println(big[bk][49])
	funcs := map[string]func(int) int{"inc": func(n int) int { return n + 1 }, "y": func(n int) int { return y(n) }}
	println(funcs["inc"](1), funcs["y"](5), funcs["nil"] == nil)
	alias := m
	alias[1] = 5
	println(m[1], len(m))
	counts := map[rune]int{}
	for _, r := range "hello world" {
		counts[r]++
	}
	println(counts['l'], counts['o'], counts['z'], len(counts))
	x := map[string]int{"a": 1}
	x["a"], x["b"] = x["b"], x["a"]
	x["c"] |= 6
	x["c"] &^= 2
	println(x["a"], x["b"], x["c"], len(x))
	delete(x, y("a"))
	x[y("d")] = y(4)
	println(len(x), x["d"])
	for k, v := range map[string]int{"only": 1} {
		println(k, v, y(k), y(v))
	}
	total := 0
	for k, v := range m2() {
		total += y(k) * v
	}
	println(total)
	mm := map[bool]map[bool]int{true: {false: 1}}
	mm[true][true]++
	println(mm[true][true], mm[false][true])
	chm := map[chan int]int{}
	c1, c2 := make(chan int), make(chan int)
	chm[c1], chm[c2] = 1, 2
	println(chm[c1], chm[c2], len(chm))
	mi := map[any]int{}
	for i := range 1000 {
		mi[i]++
		mi[string(rune('a'+i%26))]++
		mi[float64(i)]++
	}
	println(len(mi), mi["a"], mi[5], mi[5.0])
	set := map[string]struct{}{}
	set["k"] = struct{}{}
	_, ok = set["k"]
	println(ok, len(set), len(make(map[int]int, 1000)), len(make(map[int]int, y(10))))
}

func m2() map[int]int { return map[int]int{1: 2, 3: 4, 5: 6} }
