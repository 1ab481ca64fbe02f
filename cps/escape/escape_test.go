package escape_test

import (
	"os"
	"strings"
	"testing"

	"rtgen/cps/build/buildtest"
	"rtgen/cps/escape"
	"rtgen/cps/ir"
)

// TestLines compares, line by line, where the allocations of testdata/lines.go lie with the comments there:
// "frame", "heap", or both if there is more than one.
func TestLines(t *testing.T) {
	src, err := os.ReadFile("testdata/lines.go")
	if err != nil {
		t.Fatal(err)
	}
	got := map[int][]string{}
	p, _ := buildtest.Package(t, src)
	escape.Program([]*ir.Package{p})
	for _, f := range p.Funcs {
		ir.Walk(f.Body, func(s ir.Stmt) {
			where := "heap"
			if ir.LocalOf(s) != nil {
				where = "frame"
			}
			switch s := s.(type) {
			case *ir.Call:
				if s.Callee.Kind != ir.Primitive {
					return
				}
				switch s.Callee.Prim.Name {
				case "New", "MakeSlice", "Box":
				default:
					return
				}
			case *ir.MakeClosure:
				if s.Func.Env == nil {
					return
				}
			default:
				return
			}
			line := s.Position().Line
			got[line] = append(got[line], where)
		}, nil)
	}
	n := 0
	for i, line := range strings.Split(string(src), "\n") {
		_, want, _ := strings.Cut(line, "// ")
		if !strings.HasPrefix(want, "frame") && !strings.HasPrefix(want, "heap") {
			want = ""
		}
		if g := strings.Join(got[i+1], " "); g != want {
			t.Errorf("line %d: %s: got %q, want %q", i+1, strings.TrimSpace(line), g, want)
		}
		n += len(got[i+1])
	}
	if n == 0 {
		t.Error("nothing is allocated")
	}
}
