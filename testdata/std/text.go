package main

import (
	"bytes"
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"errors"
	"flag"
	"fmt"
	"iter"
	"log"
	"maps"
	"math/rand"
	randv2 "math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"text/template"
	"unicode"
	"unicode/utf8"
	"unique"
)

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	o := *h
	x := o[len(o)-1]
	*h = o[:len(o)-1]
	return x
}

type myErr struct{ code int }

func (e *myErr) Error() string { return "code " + strconv.Itoa(e.code) }

func seq(n int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := 0; i < n; i++ {
			if !yield(i, strings.Repeat("x", i)) {
				return
			}
		}
	}
}

func main() {
	h := &ints{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	l := list.New()
	l.PushBack(1)
	l.PushFront(0)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, " ") })
	fmt.Println()

	m := map[string]int{"b": 2, "a": 1, "c": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), m, maps.Clone(m)["c"])
	s := []string{"pear", "fig", "apple"}
	slices.SortFunc(s, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	fmt.Println(s, slices.Index(s, "fig"), slices.Max(s))
	next, stop := iter.Pull2(seq(4))
	for {
		i, x, ok := next()
		if !ok || i == 2 {
			break
		}
		fmt.Println(i, x)
	}
	stop()

	re := regexp.MustCompile(`(?i)(\w+)@(\w+)\.com`)
	fmt.Println(re.FindAllStringSubmatch("bob@example.com, Al@Test.COM", -1))
	fmt.Println(re.ReplaceAllString("x bob@example.com y", "$2:$1"), re.NumSubexp())
	_, err := regexp.Compile("a(b")
	fmt.Println(err)

	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tccccc")
	tw.Flush()

	t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(
		`{{range $i, $e := .Items}}{{if $i}}, {{end}}{{$e.Name | up | printf "%-6s"}}={{$e.N}}{{else}}none{{end}}{{with .Missing}}x{{end}}
{{define "sub"}}<{{.}}>{{end}}{{template "sub" len .Items}} {{index .M "k"}} {{eq 1 1}} {{.Method 3}}
`))
	type item struct {
		Name string
		N    int
	}
	err = t.Execute(os.Stdout, data{Items: []any{item{"one", 1}, item{"two", 2}}, M: map[string]int{"k": 9}})
	fmt.Println(err)

	e := fmt.Errorf("wrap: %w", &myErr{5})
	var me *myErr
	fmt.Println(e, errors.As(e, &me), me.code, errors.Join(e, nil, errors.New("b")))

	rnd := rand.New(rand.NewSource(1))
	fmt.Println(rnd.Intn(100), rnd.Intn(100), rnd.Perm(5), rnd.Float64())
	r2 := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(r2.IntN(100), r2.Uint64(), r2.NormFloat64())
	c8 := randv2.New(randv2.NewChaCha8([32]byte{1}))
	fmt.Println(c8.Uint64(), c8.Uint64())
	fmt.Println(rand.Intn(10) < 10, randv2.IntN(5) < 5)

	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	n := fs.Int("n", 5, "number of `things`")
	b := fs.Bool("b", false, "a bool")
	fmt.Println(fs.Parse([]string{"-n=7", "-b", "rest"}), *n, *b, fs.Args())
	fmt.Println(fs.Parse([]string{"-zz"}))

	var buf bytes.Buffer
	lg := log.New(&buf, "pre: ", log.Lshortfile|log.Lmsgprefix)
	lg.Printf("hello %d", 1)
	fmt.Print(buf.String())

	fmt.Println(unicode.IsUpper('Ä'), utf8.RuneCountInString("héllo"), strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, "a1b2ß3"))
	fmt.Println(strings.Title("hello wörld"), strings.EqualFold("Σ", "ς"), strings.NewReplacer("a", "b", "b", "a").Replace("abab"))
	fmt.Println(unique.Make("a") == unique.Make("a"), unique.Make(1) == unique.Make(2))
	fmt.Printf("%08b %x %X %o %q %U %e %g %6.2f|%-8s|%+d %t %v %T %p\n", 5, "hi", []byte{171}, 8, "a\n", 'ä', 12345.678, 1e21, 3.14159, "left", 5, true, struct{}{}, m, nil)
	fmt.Printf("%v %+v %#v %T\n", item{"a", 1}, item{"a", 1}, item{"a", 1}, item{})
	fmt.Printf("%!|%d %s|%[2]d %[1]s\n", "x", 5)
	var x, y int
	var w string
	k, err := fmt.Sscanf("10-20 abc", "%d-%d %s", &x, &y, &w)
	fmt.Println(k, err, x, y, w)
}

type data struct {
	Items   []any
	Missing []int
	M       map[string]int
}

func (d data) Method(n int) string { return fmt.Sprint("m", n) }
