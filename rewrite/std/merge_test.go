package std

import (
	"bytes"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestPrune: what goes takes its comments along, constants keep their iota, a type takes its methods, and imports that nobody
// mentions any more go too.
func TestPrune(t *testing.T) {
	const before = `package p

import (
	"fmt"
	"math/rand/v2"
	_ "unsafe"
)

const (
	A = iota
	B // gone
	C
)

var x, y = 1, 2

// T goes.
type T struct{}

// M goes with it.
func (t *T) M() { fmt.Println() }

// F stays.
func F() int { return rand.Int() }

// G is hooked.
func G() int {
	// its body goes
	return 1
}
`
	const after = `package p

import (
	"math/rand/v2"
	_ "unsafe"
)

const (
	A = iota
	_ // gone
	C
)

var x, _ = 1, 2

// F stays.
func F() int { return rand.Int() }

// G is hooked.
func G() int
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", before, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	gone := map[string]bool{"B": true, "y": true, "T": true}
	prune(f, func(name, recv string) bool { return gone[name] || gone[recv] })
	unbody(f, &pkg{hooks: map[string]*Hook{"G": {}}})
	pruneImports(f)
	var b bytes.Buffer
	if err := format.Node(&b, fset, f); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != after {
		t.Errorf("got:\n%s", got)
	}
}

// TestParseManifestErrors: a manifest that means nothing is refused, with its line.
func TestParseManifestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"F =":                                 "1: no package yet",
		"package p\nF verbatim":               `2: cannot read "F verbatim"`,
		"package p\nF often Hook":             `2: cannot read "F often Hook"`,
		"package p\nF =\n\nF dead":            "4: p.F again",
		"package p\npackage p # no":           "2: package p again",
		"package p\nT.f calls A\nT.f calls B": "3: p.T.f again",
	} {
		err := parseManifest(map[string]*pkg{}, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestSplitSymbol: the import path ends at the first dot behind its last slash.
func TestSplitSymbol(t *testing.T) {
	for sym, want := range map[string][2]string{
		"runtime.rand":                    {"runtime", "rand"},
		"net/http.(*Transport).RoundTrip": {"net/http", "(*Transport).RoundTrip"},
		"golang.org/x/sys/unix.Syscall":   {"golang.org/x/sys/unix", "Syscall"},
		"libc_ioctl":                      {"", "libc_ioctl"},
		"internal/runtime/atomic.Load":    {"internal/runtime/atomic", "Load"},
		"example.org/a.b/c.F":             {"example.org/a.b/c", "F"},
	} {
		if p, n := splitSymbol(sym); p != want[0] || n != want[1] {
			t.Errorf("%s: %q %q", sym, p, n)
		}
	}
}
