package reflectmeta

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"rtgen/rtlib/abi"
)

// Each pair is a type as the author wrote it and as the output program spells it.

type (
	W  = abi.W
	SP = abi.SP
)

type Item struct {
	Name  string `json:"name"`
	price float64
	next  *Item
}

type ƦItem struct {
	Name  string `json:"name"`
	price float64
	next  *ƦItem
}

func (Item) String() string                { return "" }
func (*Item) Set(n int, s ...string) error { return nil }
func (*Item) hide()                        {}

func (ƦItem) String(w *W, sp SP) string                      { return "" }
func (*ƦItem) Set(w *W, sp SP, n int, s ...string) abi.Error { return nil }
func (*ƦItem) Ʀhide_reflectmeta(w *W, sp SP)                 {}

type Setter interface {
	Set(int, ...string) error
	hide()
}

type ƦSetter interface {
	Set(*W, SP, int, ...string) abi.Error
	Ʀhide_reflectmeta(*W, SP)
}

type (
	Table  map[string][]Item
	ƦTable abi.Map[string, []ƦItem]
	Feed   <-chan Item
	ƦFeed  abi.RecvChan[ƦItem]
	Both   chan int
	ƦBoth  abi.Chan[int]
)

func (Table) Len() int             { return 0 }
func (ƦTable) Len(w *W, sp SP) int { return 0 }

type Outer struct {
	*Item
	Setter
	M  map[Key]int
	F  func(error) (int, error)
	C  chan (<-chan int)
	C2 chan<- string
	A  [3][2]*Item
}

type ƦOuter struct {
	*ƦItem
	ƦSetter
	M  abi.Map[ƦKeyː1, int]
	F  func(*W, SP, abi.Error) (int, abi.Error)
	C  abi.Chan[abi.RecvChan[int]]
	C2 abi.SendChan[string]
	A  [3][2]*ƦItem
}

type Key struct {
	a int32
	b string
	_ int
	c any
}

type ƦKeyː1 struct {
	a int32
	b string
	_ int
	c any
}

type big [200]byte

var pairs = []struct{ plain, spelled any }{
	{1, 1}, {"", ""}, {true, true}, {1.5, 1.5}, {complex64(1), complex64(1)}, {uintptr(1), uintptr(1)},
	{unsafe.Pointer(nil), unsafe.Pointer(nil)},
	{[]byte{}, []byte{}}, {[4]string{}, [4]string{}}, {[0]int{}, [0]int{}}, {struct{}{}, struct{}{}},
	{(*error)(nil), (*abi.Error)(nil)},
	{(*any)(nil), (*any)(nil)},
	{Item{}, ƦItem{}}, {&Item{}, &ƦItem{}},
	{(*Setter)(nil), (*ƦSetter)(nil)},
	{(*interface{ M(chan int) })(nil), (*interface{ M(*W, SP, abi.Chan[int]) })(nil)},
	{map[string]int{}, abi.Map[string, int]{}},
	{map[int8]struct{}{}, abi.Map[int8, struct{}]{}},
	{map[any]big{}, abi.Map[any, big]{}},
	{map[big]bool{}, abi.Map[big, bool]{}},
	{map[[2]float64]*int{}, abi.Map[[2]float64, *int]{}},
	{map[Key]Key{}, abi.Map[ƦKeyː1, ƦKeyː1]{}},
	{map[struct{}]struct{}{}, abi.Map[struct{}, struct{}]{}},
	{Table{}, ƦTable{}}, {Feed(nil), ƦFeed{}}, {Both(nil), ƦBoth{}},
	{make(chan int), abi.Chan[int]{}}, {make(<-chan int), abi.RecvChan[int]{}}, {make(chan<- int), abi.SendChan[int]{}},
	{make(chan (<-chan int)), abi.Chan[abi.RecvChan[int]]{}}, {make(chan Feed), abi.Chan[ƦFeed]{}},
	{func() {}, func(*W, SP) {}},
	{func(int, ...error) (a, b error) { return }, func(*W, SP, int, ...abi.Error) (a, b abi.Error) { return }},
	{Outer{}, ƦOuter{}},
	{struct {
		X chan int `a:"b"`
		y int
	}{}, struct {
		X abi.Chan[int] `a:"b"`
		y int
	}{}},
	{Key{}, ƦKeyː1{}},
}

func TestPairs(t *testing.T) {
	for _, p := range pairs {
		c := comparer{t: t, seen: map[*Type]bool{}}
		c.compare(reflect.TypeOf(p.plain).String(), reflect.TypeOf(p.plain), For(Word(p.spelled)))
	}
}

type comparer struct {
	t    *testing.T
	seen map[*Type]bool
}

// compare checks that reflect would say of g what it says of r.
func (c *comparer) compare(at string, r reflect.Type, g *Type) {
	if c.seen[g] {
		return
	}
	c.seen[g] = true
	check := func(what string, got, want any) {
		c.t.Helper()
		if got != want {
			c.t.Errorf("%s: %s = %v, want %v", at, what, got, want)
		}
	}
	check("String", g.String(), r.String())
	check("Kind", reflect.Kind(g.Kind), r.Kind())
	check("Size", g.Size, r.Size())
	check("Align", int(g.Align), r.Align())
	check("Comparable", g.Equal != nil, r.Comparable())
	check("named", g.named(), r.Name() != "")
	pkg := ""
	if u := g.uncommon(); u != nil && g.named() {
		pkg = name{(*byte)(ResolveName(g, u.PkgPath))}.str()
	}
	check("PkgPath", pkg, r.PkgPath())
	check("Pointer", g.Pointer().String(), "*"+r.String())
	want := wordOf(r)
	check("PtrBytes", g.PtrBytes, want.PtrBytes)
	check("direct", g.TFlag&FlagDirectIface, want.TFlag&FlagDirectIface)
	check("regular", g.TFlag&FlagRegularMemory, want.TFlag&FlagRegularMemory)
	if g.Kind != Interface {
		c.methods(at, r, g)
	}

	switch r.Kind() {
	case reflect.Array:
		check("Len", int(g.array().Len), r.Len())
		c.compare(at+".elem", r.Elem(), g.array().Elem)
		c.compare(at+".slice", reflect.SliceOf(r.Elem()), g.array().Slice)
	case reflect.Slice, reflect.Pointer:
		c.compare(at+".elem", r.Elem(), g.ptr().Elem)
	case reflect.Chan:
		check("Dir", reflect.ChanDir(g.channel().Dir), r.ChanDir())
		c.compare(at+".elem", r.Elem(), g.channel().Elem)
	case reflect.Map:
		m, w := g.mapt(), want.mapt()
		c.compare(at+".key", r.Key(), m.Key)
		c.compare(at+".elem", r.Elem(), m.Elem)
		check("SlotSize", m.SlotSize, w.SlotSize)
		check("GroupSize", m.GroupSize, w.GroupSize)
		check("ElemOff", m.ElemOff, w.ElemOff)
		check("Flags", m.Flags, w.Flags)
		check("Group.Size", m.Group.Size, w.Group.Size)
		check("Group layout", m.Group.Layout().Size, w.Group.Size)
	case reflect.Func:
		f := g.fn()
		check("NumIn", int(f.InCount), r.NumIn())
		check("NumOut", f.numOut(), r.NumOut())
		check("variadic", f.variadic(), r.IsVariadic())
		for i, in := range f.in() {
			c.compare(fmt.Sprint(at, ".in", i), r.In(i), in)
		}
		for i, out := range f.out() {
			c.compare(fmt.Sprint(at, ".out", i), r.Out(i), out)
		}
	case reflect.Interface:
		it := g.iface()
		check("NumMethod", len(it.Methods), r.NumMethod())
		check("iface PkgPath", it.PkgPath.str(), want.iface().PkgPath.str())
		for i := range it.Methods {
			m := r.Method(i)
			check("method", name{(*byte)(ResolveName(g, it.Methods[i].Name))}.str(), m.Name)
			c.compare(at+"."+m.Name, m.Type, (*Type)(ResolveType(unsafe.Pointer(g), it.Methods[i].Typ)))
		}
	case reflect.Struct:
		st := g.strct()
		check("NumField", len(st.Fields), r.NumField())
		check("struct PkgPath", st.PkgPath.str(), want.strct().PkgPath.str())
		for i := range st.Fields {
			f, w := &st.Fields[i], r.Field(i)
			check("field", f.Name.str(), w.Name)
			check("exported", f.Name.flags()&nameExported != 0, w.IsExported())
			check("tag", f.Name.tag(), string(w.Tag))
			check("embedded", f.Name.embedded(), w.Anonymous)
			check("offset", f.Offset, w.Offset)
			c.compare(at+"."+w.Name, w.Type, f.Typ)
		}
	}
}

func (c *comparer) methods(at string, r reflect.Type, g *Type) {
	u, w := g.uncommon(), wordOf(r).uncommon()
	if (u == nil) != (w == nil) {
		c.t.Errorf("%s: uncommon %v, want %v", at, u, w)
		return
	}
	if u == nil {
		return
	}
	if u.Xcount != w.Xcount || u.Mcount != w.Mcount {
		c.t.Errorf("%s: %d of %d methods exported, want %d of %d", at, u.Xcount, u.Mcount, w.Xcount, w.Mcount)
		return
	}
	for i, m := range u.methods() {
		wm := w.methods()[i]
		n := name{(*byte)(ResolveName(g, m.Name))}
		if want := wordOf(r).nameOff(wm.Name).str(); n.str() != want {
			c.t.Errorf("%s: method %d is %s, want %s", at, i, n.str(), want)
		}
		mt := (*Type)(ResolveType(unsafe.Pointer(g), m.Mtyp))
		wt := (*Type)(hostTypeOff(unsafe.Pointer(wordOf(r)), wm.Mtyp))
		if (mt == nil) != (wt == nil) {
			continue // the linker dropped one of them
		}
		if mt != nil {
			c.compare(at+"."+n.str(), hostType(wt), mt)
		}
	}
}

func TestPaths(t *testing.T) {
	for host, want := range map[string]string{
		"rtgen/g/main_/shop/cmd":        "main",
		"rtgen/g/a/internal_/c":         "a/internal/c",
		"rtgen/g/vendor_/golang.org/x":  "vendor/golang.org/x",
		"rtgen/g/encoding/json":         "encoding/json",
		"rtgen/g/example.com/a_b/inter": "example.com/a_b/inter",
		"rtgen/panic":                   "rtgen/panic",
	} {
		if got := guestPath(host); got != want {
			t.Errorf("guestPath(%q) = %q, want %q", host, got, want)
		}
	}
}

type ƦListː6b86b273 struct{ x int }

type ƦPanic struct{ x int }

func TestRegisteredNames(t *testing.T) {
	RegisterTypeNames("rtgen/reflectmeta.ƦListː6b86b273\tmain\tmain.List[int]\n")
	RegisterTypeName((*ƦPanic)(nil), "runtime", "runtime.boundsError")
	for _, c := range []struct {
		v          any
		text, path string
	}{
		{ƦListː6b86b273{}, "main.List[int]", "main"},
		{&ƦPanic{}, "*runtime.boundsError", ""},
		{ƦPanic{}, "runtime.boundsError", "runtime"},
		{abi.Map[string, ƦListː6b86b273]{}, "map[string]main.List[int]", ""},
	} {
		if got := TypeText(Word(c.v)); got != c.text {
			t.Errorf("TypeText = %q, want %q", got, c.text)
		}
		if got := TypePkgPath(Word(c.v)); got != c.path {
			t.Errorf("TypePkgPath = %q, want %q", got, c.path)
		}
	}
}

func TestMadeTypes(t *testing.T) {
	i, s := For(Word(1)), For(Word(""))
	same := func(what string, got *Type, want any) {
		t.Helper()
		if got != For(Word(want)) {
			t.Errorf("%s: not the type that exists: %s", what, got)
		}
	}
	same("SliceOf", SliceOf(i), []int{})
	same("ArrayOf", ArrayOf(4, s), [4]string{})
	same("FuncOf", FuncOf([]*Type{i}, []*Type{s}, false), func(*W, SP, int) string { return "" })
	same("MapOf", MapOf(s, i), abi.Map[string, int]{})
	same("ChanOf", ChanOf(recvDir, s), abi.RecvChan[string]{})
	same("StructOf", StructOf([]Field{{Name: "X", Type: i, Tag: `k:"v"`}}), struct {
		X int `k:"v"`
	}{})
	m := MapOf(For(Word(ƦPanic{})), ChanOf(sendDir, For(Word(uint16(0)))))
	if m != MapOf(For(Word(ƦPanic{})), ChanOf(sendDir, For(Word(uint16(0))))) {
		t.Error("MapOf made a type twice")
	}
	c := comparer{t: t, seen: map[*Type]bool{}}
	c.compare("made", reflect.TypeOf(map[int16]chan<- uint16{}), MapOf(For(Word(int16(0))), ChanOf(sendDir, For(Word(uint16(0))))))
	if got := reflect.New(HostType(m)).Elem().Interface(); Word(got) != Host(m) {
		t.Error("the host does not know a type that MapOf made")
	}
}

func TestHash(t *testing.T) {
	h := func(x any) uintptr { return Hash(For(Word(x)), (*eface)(unsafe.Pointer(&x)).data, 7) }
	if h(ƦKeyː1{a: 1, b: "x", c: 2.5}) != h(ƦKeyː1{a: 1, b: string([]byte("x")), c: 2.5}) {
		t.Error("equal keys hash differently")
	}
	if h(ƦKeyː1{a: 1}) == h(ƦKeyː1{a: 2}) {
		t.Error("hash ignores a field")
	}
	for _, x := range []any{0.0, "s", int8(3), [2]string{"a", "b"}, complex(1, 2)} {
		g := For(Word(abi.Map[any, int]{}))
		hash := *(*hashFunc)(unsafe.Pointer(&g.mapt().Hasher))
		if hash(nil, 0, unsafe.Pointer(&x), 1) != hash(nil, 0, unsafe.Pointer(&x), 1) {
			t.Errorf("hash of %v is not stable", x)
		}
	}
	defer func() {
		e, _ := recover().(error)
		if e == nil || e.Error() != "runtime error: hash of unhashable type []map[string]reflectmeta.Item" {
			t.Errorf("panic %v", e)
		}
	}()
	var x any = []abi.Map[string, ƦItem]{}
	Hash(For(Word(&x)).ptr().Elem, unsafe.Pointer(&x), 0)
}

func TestLayout(t *testing.T) {
	for _, c := range []struct {
		v            any
		period, mask uint64
	}{
		{1, 8, 0}, {"", 16, 1}, {[]int{}, 24, 1}, {struct {
			a any
			b [2]string
		}{}, 48, 0b010110}, {[3]string{}, 16, 1}, {[5]int{}, 40, 0}, {[2][3]struct {
			x int
			p *int
		}{}, 16, 2}, {abi.Map[string, int]{}, 8, 1},
	} {
		l := LayoutOf(Word(c.v))
		if l.Size != reflect.TypeOf(c.v).Size() || uint64(l.Period) != c.period || l.Mask != c.mask || l.Bits != nil {
			t.Errorf("%T: layout %+v, want period %d mask %b", c.v, *l, c.period, c.mask)
		}
	}
	type huge struct {
		p [70]*int
		n [1 << 16]int
		q *int
	}
	if l := LayoutOf(Word(huge{})); len(l.Bits) != (70+1<<16+1+63)/64 || l.Bits[1] != 0x3f || l.Bits[len(l.Bits)-1] == 0 {
		t.Errorf("huge: %d words of bits", len(l.Bits))
	}
}

func TestMissingMethod(t *testing.T) {
	inter := ElemWord((*ƦSetter)(nil))
	if got := MissingMethod(inter, Word(&ƦItem{})); got != "" {
		t.Errorf("missing %q", got)
	}
	if got := MissingMethod(inter, Word(ƦItem{})); got != "Set" {
		t.Errorf("missing %q, want Set", got)
	}
	if got := MissingMethod(inter, Word(1)); got != "Set" {
		t.Errorf("missing %q, want Set", got)
	}
}

func TestUnspell(t *testing.T) {
	RegisterTypeNames("rtgen/g/inst/77.ƦPairː77aa00ff\tmain\tmain.Pair[int,string]\n")
	for host, want := range map[string]string{
		"runtime error: comparing uncomparable type main_.ƦTː1":                       "runtime error: comparing uncomparable type main.T",
		"hash of unhashable type []abi.Map[string,rtgen/g/a/b.Ʀc]":                    "hash of unhashable type []map[string]b.c",
		"type func(*abi.W, uintptr) abi.Error, func(*abi.W, uintptr, int) abi.Errors": "type func() error, func(int) abi.Errors",
		"abi.Chan[abi.RecvChan[abi.Map[int,abi.Chan[string]]]]":                       "chan <-chan map[int]chan string",
		"comparing uncomparable type []main_.ƦPairː77aa00ff":                          "comparing uncomparable type []main.Pair[int,string]",
		"type abi.Map[rtgen/g/main_/x-y.ƦPairː77aa00ff,int]":                          "type map[main.Pair[int,string]]int",
		"interface conversion: interface {} is string, not int":                       "interface conversion: interface {} is string, not int",
	} {
		if got := Unspell(host); got != want {
			t.Errorf("Unspell(%q)\n  = %q, want %q", host, got, want)
		}
	}
}

func TestConcurrent(t *testing.T) {
	done := make(chan *Type)
	for range 8 {
		go func() {
			g := For(Word(ƦOuter{}))
			for i := range 2000 {
				For(Word(reflect.Zero(reflect.ArrayOf(i, reflect.TypeFor[*ƦOuter]())).Interface()))
			}
			done <- g
		}()
	}
	g := <-done
	for range 7 {
		if g != <-done {
			t.Error("two descriptors of one type")
		}
	}
	if !strings.HasPrefix(g.String(), "reflectmeta.") {
		t.Error(g.String())
	}
}

func BenchmarkFor(b *testing.B) {
	words := []unsafe.Pointer{Word(1), Word(""), Word(ƦItem{}), Word(ƦOuter{})}
	for i := 0; b.Loop(); i++ {
		For(words[i&3])
	}
}

func TestCall(t *testing.T) {
	f := func(w *W, sp SP, a int8, b string, c ...int) (bool, string) {
		return a == 3 && len(c) == 2 && w == nil && sp == 9, b + "!"
	}
	s := SignatureOf(For(Word(f)))
	if s.RetOff != 56 || s.RetSize != 24 || s.Block.Size != 80 || s.Block.Mask != 1<<8|1<<4|1<<2 {
		t.Fatalf("%+v, block %+v", s, *s.Block)
	}
	var block struct {
		done uintptr
		a    int8
		b    string
		c    []int
		ok   bool
		r    string
	}
	block.a, block.b, block.c = 3, "x", []int{1, 2}
	var w W
	f2 := func(w *W, sp SP, a int8, b string, c ...int) (bool, string) { return f(nil, sp, a, b, c...) }
	s.Call(&w, 9, *(*unsafe.Pointer)(unsafe.Pointer(&f2)), nil, false, unsafe.Pointer(&block))
	if !block.ok || block.r != "x!" || block.done != 1 {
		t.Errorf("%+v", block)
	}

	g := For(Word(&ƦItem{}))
	for _, m := range g.uncommon().methods() {
		if (name{(*byte)(ResolveName(g, m.Name))}).str() != "String" {
			continue
		}
		s := SignatureOf((*Type)(ResolveType(unsafe.Pointer(g), m.Mtyp)))
		var block struct {
			done uintptr
			s    string
		}
		block.s = "old"
		s.Call(&w, 0, ResolveText(g, m.Ifn), unsafe.Pointer(&ƦItem{}), true, unsafe.Pointer(&block))
		if block.s != "" || block.done != 1 {
			t.Errorf("%+v", block)
		}
		return
	}
	t.Error("no method String")
}

var _ fmt.Stringer = Item{}

var _ interface{ String(*W, SP) string } = ƦItem{}

// TestOffsets: no offset made here, the first included, is one that stands for nothing.
func TestOffsets(t *testing.T) {
	var table offsetTable
	var x [3]byte
	for i := range x {
		off := table.add(unsafe.Pointer(&x[i]))
		if off >= -1 || off == Self || table.at(off) != unsafe.Pointer(&x[i]) {
			t.Errorf("offset %d of value %d", off, i)
		}
	}
}
