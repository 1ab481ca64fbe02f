// Method values and expressions, embedding, promotion through pointers and interfaces.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

type B struct{ n int }

func (b B) Val() int           { return b.n }
func (b *B) Inc() *B           { b.n++; return b }
func (b B) Slow(k int) int     { return b.n + y(k) }
func (b *B) SlowInc(k int) int { b.n += y(k); return b.n }
func (b B) Var(xs ...int) int  { return b.n + len(xs) }

type V struct {
	B
	s string
}
type P struct {
	*B
	s string
}
type Deep struct{ *Mid }
type Mid struct {
	x int
	V
}
type I interface{ Val() int }
type II interface {
	I
	Inc() *B
}
type W struct {
	I
	extra int
}
type Slower interface{ Slow(int) int }
type WS struct{ Slower }
type F func(int) int

func (f F) Call(n int) int { return f(n) }

type L []int

func (l L) Len() int      { return len(l) }
func (l *L) Push(n int) L { *l = append(*l, n); return *l }

type M map[string]int

func (m M) Get(k string) int { return m[k] }

type Shadow struct{ V }

func (Shadow) Val() int { return -1 }

type Int int

func (i Int) Plus(j Int) Int { return i + j }
func (i *Int) Set(j Int)     { *i = j }

type Empty struct{}

func (Empty) Name() string   { return "empty" }
func (*Empty) PName() string { return "pempty" }

type rec struct {
	rec *rec
	I
}

func main() {
	v := V{B{1}, "s"}
	p := P{&B{2}, "p"}
	println(v.Val(), v.Inc().n, v.n, v.B.n, p.Val(), p.Inc().Inc().n, p.n)
	d := Deep{&Mid{5, V{B{7}, "d"}}}
	println(d.Val(), d.Inc().n, d.x, d.s, d.V.B.Val(), d.Mid.V.n)
	// A method value binds a copy of its receiver.
	f := v.Val
	g := v.Inc
	v.n = 10
	println(f(), g().n, v.n)
	h := d.Val
	d.Mid.n = 100
	println(h(), d.Val())
	var i I = v
	fi := i.Val
	i = p
	println(fi(), i.Val())
	var ii II = p
	println(ii.Inc().Val(), p.n)
	w := W{I: v, extra: 1}
	println(w.Val())
	fw := w.Val
	w.I = B{55}
	println(fw(), w.Val())
	var wi I = &w
	println(wi.Val())
	// Expressions.
	println(B.Val(B{3}), (*B).Val(&B{4}), (*B).Inc(&B{5}).n, V.Val(v), (*V).Val(&v), (*V).Inc(&v).n, P.Inc(p).n, I.Val(w), W.Val(w))
	e := (*V).Slow
	println(e(&v, 5), B.Var(B{1}, 1, 2), B{1}.Var([]int{1, 2, 3}...))
	ev := B.Var
	println(ev(B{2}), ev(B{2}, 1), ev(B{2}, []int{1, 2}...))
	// Suspending through wrappers.
	println(v.Slow(1), p.SlowInc(2), d.SlowInc(3), WS{v}.Slow(4), Slower(&WS{Slower: p}).Slow(5))
	sv := WS{v}.Slow
	si := Slower(p).Slow
	se := Slower.Slow
	println(sv(1), si(2), se(v, 3), se(WS{WS{v}}, 4))
	// Methods of other kinds of types.
	fn := F(func(n int) int { return n * y(2) })
	println(fn.Call(3), F.Call(fn, 4))
	var caller interface{ Call(int) int } = fn
	println(caller.Call(5))
	var l L
	l.Push(1)
	lp := l.Push
	lp(2)
	println(len(lp(3)), l.Len(), L.Len(l), len((*L).Push(&l, 4)))
	println(M{"a": 5}.Get("a"), M.Get(nil, "x"))
	sh := Shadow{v}
	println(sh.Val(), sh.V.Val(), I(sh).Val())
	k := Int(5)
	k.Set(k.Plus(6))
	set := k.Set
	set(k * 2)
	println(k, Int.Plus(1, 2), Int(3).Plus(4))
	println(Empty{}.Name(), (&Empty{}).PName(), (*Empty).Name(&Empty{}))
	var em interface{ Name() string } = &Empty{}
	println(em.Name())
	// Nil receivers.
	func() {
		defer func() { println(recover().(error).Error()) }()
		var np *V
		f := np.Val // dereferences now
		println("not reached", f)
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		var ni I
		f := ni.Val
		println("not reached", f)
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		var ni I = (*B)(nil)
		println("reached")
		ni.Val()
	}()
	func() {
		defer func() { println(recover() != nil) }()
		w := W{}
		w.Val()
	}()
	var np *Empty
	println(np.PName())
	pf := np.PName
	println(pf())
	// Evaluation order of receiver and arguments.
	mkv := func(s string) *V { print(s, " "); return &v }
	arg := func(n int) int { print(n, " "); return n }
	println(mkv("r").Slow(arg(1)), mkv("q").Var(arg(1), arg(2)))
	// Anonymous structs and interfaces with promoted methods.
	an := struct {
		*B
		x Slower
	}{&B{1}, v}
	println(an.Inc().n, an.Val())
	var loc interface {
		Val() int
		Inc() *B
	} = an
	println(loc.Val(), loc.Inc().n)
	type local struct{ V }
	println(local{v}.Val(), (&local{v}).Inc().n)
	r := rec{rec: &rec{I: v}}
	println(r.rec.Val())
	// Comparing interfaces that hold various things.
	println(i == I(p), I(v) == I(v), any(k) == any(Int(22)), any(em) == any(Empty{}), i != nil)
	var slowNil Slower
	println(slowNil == nil, any(slowNil) == nil, any((*V)(nil)) == nil)
}
