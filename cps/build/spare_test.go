package build_test

import (
	"slices"
	"strings"
	"testing"
)

// needed lists the maps of the packages that main needs, of those that it might do without.
func needed(t *testing.T, src string, of ...string) []string {
	pkgs := lower(t, src)
	var names []string
	for _, p := range pkgs {
		if p.Name != "main" {
			continue
		}
		for _, l := range p.Links {
			name, ok := strings.CutPrefix(l.Var.Name(), "ːneeded_")
			if ok && slices.Contains(of, l.Var.Pkg().Name()) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// TestSpare holds the maps that programs need against what they mention, directly or not.
func TestSpare(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`import "unicode"; func main() { println(unicode.IsUpper('x')) }`, ""},
		{`import "unicode"; func main() { println(len(unicode.Scripts)) }`, "Scripts"},
		{`import . "unicode"; func main() { println(len(FoldScript)) }`, "FoldScript"},
		{`import "time"; func f() { time.ParseDuration("") }; func main() { }`, ""},
		{`import "time"; func f() { time.ParseDuration("") }; func main() { f() }`, "unitMap"},
		{`import "time"; var f = func() { time.ParseDuration("") }; func main() { }`, "unitMap"},
		{`import "time"; func init() { time.ParseDuration("") }; func main() { }`, "unitMap"},
		{`import "time"; type T int; func (T) f() { time.ParseDuration("") }; func main() { }`, "unitMap"},
		{`import ("time"; _ "unsafe")
		//go:linkname f other.f
		func f() { time.ParseDuration("") }
		func main() { }`, "unitMap"},

		{`var m = map[int]int{1: 2}; func main() { }`, ""},
		{`var m = map[int]int{1: 2}; func main() { println(m[1]) }`, "m"},
		{`var m, n = map[int]func() map[int]int{1: func() map[int]int { return n }}, map[int]int{1: 2}; func main() { }`, ""},
		{`var m, n = map[int]func() map[int]int{1: func() map[int]int { return n }}, map[int]int{1: 2}; func main() { println(len(m)) }`, "m n"},
		{`var m, n = map[int]map[int]int{1: n}, map[int]int{1: 2}; func f[T any](T) { println(len(m)) }; func main() { f(1) }`, "m n"},

		// These are no spares: they have effects.
		{`var m = map[int]int{1: f()}; func f() int { return 1 }; func main() { println(m[1]) }`, ""},
		{`var m = map[any]int{f: 1}; func f() { }; func main() { println(m[1]) }`, ""},
		{`var m = map[int]*map[any]int{1: {f: 1}}; func f() { }; func main() { println(m[1]) }`, ""},
		{`var m = map[int]int{1: *p}; var p *int; func main() { println(m[1]) }`, ""},
	} {
		got := strings.Join(needed(t, "package main\n"+c.src, "main", "unicode", "time"), " ")
		if got != c.want {
			t.Errorf("%s\n\tneeds %q, want %q", c.src, got, c.want)
		}
	}
}
