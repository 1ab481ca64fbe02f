package rtpanic

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// parse reads a program: one op per line, bodies indented below defer and call.
func parse(text string) *fun {
	type line struct {
		depth int
		text  string
	}
	var lines []line
	for l := range splitLines(text) {
		d := 0
		for d < len(l) && l[d] == '\t' {
			d++
		}
		lines = append(lines, line{d, l[d:]})
	}
	n := 0
	var block func(depth int) *fun
	block = func(depth int) *fun {
		n++
		f := &fun{name: fmt.Sprintf("f%d", n)}
		for len(lines) > 0 && lines[0].depth == depth {
			l := lines[0].text
			lines = lines[1:]
			var o op
			for k := numOps - 1; k >= 0; k-- {
				if s := k.String(); len(l) >= len(s) && l[:len(s)] == s && (len(l) == len(s) || l[len(s)] == ' ') {
					o.kind = k
					if len(l) > len(s) {
						o.arg = l[len(s)+1:]
					}
					break
				}
			}
			if o.kind == opDefer || o.kind == opCall || o.kind == opWrap {
				o.f = block(depth + 1)
			}
			f.ops = append(f.ops, o)
		}
		return f
	}
	return block(0)
}

func splitLines(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			i := 0
			for i < len(s) && s[i] != '\n' {
				i++
			}
			l := s[:i]
			s = s[min(i+1, len(s)):]
			if l != "" && !yield(l) {
				return
			}
		}
	}
}

// TestRules has one program for each rule; TestRandom finds the ones nobody thought of.
func TestRules(t *testing.T) {
	for name, text := range map[string]string{
		"recover through wrapper":        "wrapped defer\n\trecover\n\tyield\nwrapped defer\n\tyield\n\trecover\n\tpanic b\npanic a",
		"defer recover() in rest":        "defer\n\trecover\ndefer\n\tdefer recover()\n\tdefer\n\t\trecover\n\tpanic b\npanic a",
		"recover":                        "defer\n\trecover\n\trecover\npanic a",
		"recover in nested call":         "defer\n\tcall\n\t\trecover\npanic a",
		"recover in nested defer":        "defer\n\tdefer\n\t\trecover\n\tlog x\npanic a",
		"recover without panic":          "defer\n\trecover\nrecover\nlog x",
		"defer recover()":                "defer\n\trecover\ndefer recover()\npanic a",
		"defer recover() in defer":       "defer\n\trecover\ndefer\n\tdefer recover()\n\tlog x\npanic a",
		"rest runs normally":             "defer\n\tlog 1\n\trecover\ndefer\n\trecover\ndefer\n\tlog 3\n\trecover\npanic a\n",
		"panic in defer":                 "defer\n\trecover\ndefer\n\tpanic b\npanic a",
		"panic in defer, recovered":      "defer\n\trecover\ndefer\n\tdefer\n\t\trecover\n\tpanic b\n\npanic a",
		"panic after recover":            "defer\n\trecover\ndefer\n\trecover\n\tpanic b\npanic a",
		"panic in rest":                  "defer\n\trecover\ndefer\n\tpanic c\ndefer\n\trecover\npanic a",
		"repanic":                        "defer\n\trecover\ndefer\n\trecover\n\trepanic\npanic a",
		"goexit":                         "defer\n\trecover\n\tlog out\ngoexit",
		"panic during goexit":            "defer\n\trecover\n\tlog out\ndefer\n\trecover\ndefer\n\tpanic a\ncall\n\tgoexit\nlog never",
		"goexit during panic":            "defer\n\trecover\n\tlog out\ndefer\n\tgoexit\npanic a",
		"goexit after recover":           "call\n\tdefer\n\t\trecover\n\t\tgoexit\n\tpanic a\nlog never",
		"nil dereference":                "defer\n\trecover\ncall\n\tcall\n\t\t*nil",
		"index":                          "defer\n\trecover\na[9]",
		"deferred nil":                   "defer\n\trecover\ndefer nil()\nlog x",
		"host error in defer":            "defer\n\trecover\ndefer\n\t*nil\ndefer\n\ta[9]\npanic a",
		"panic across suspension":        "defer\n\trecover\nyield\npanic a",
		"panic in captured callee":       "defer\n\trecover\ncall\n\tyield\n\tcall\n\t\tpanic a",
		"defer suspends":                 "defer\n\tyield\n\trecover\n\tyield\n\tlog x\ndefer\n\tyield\npanic a",
		"rest suspends":                  "defer\n\tyield\n\tlog y\n\tyield\ndefer\n\trecover\npanic a",
		"panic in suspended defer":       "defer\n\trecover\ndefer\n\tyield\n\tpanic b\npanic a",
		"panic in suspended rest":        "defer\n\trecover\ndefer\n\tyield\n\tpanic b\ndefer\n\trecover\npanic a",
		"recover before suspending":      "defer\n\trecover\n\tyield\n\tcall\n\t\tpanic b\ndefer\n\tlog 2\npanic a",
		"goexit across suspension":       "call\n\tdefer\n\t\tyield\n\t\trecover\n\tyield\n\tgoexit\nlog never",
		"suspended panic during goexit":  "defer\n\trecover\ndefer\n\tyield\n\trecover\ndefer\n\tyield\n\tpanic a\nyield\ngoexit",
		"recover in callee of suspended": "defer\n\tyield\n\tcall\n\t\trecover\n\trecover\npanic a",
	} {
		t.Run(name, func(t *testing.T) { check(t, parse(text)) })
	}
}

func randomFun(r *rand.Rand, depth int, n *int) *fun {
	*n++
	f := &fun{name: fmt.Sprintf("f%d", *n)}
	for range 1 + r.IntN(5) {
		o := op{kind: opKind(r.IntN(int(numOps))), arg: fmt.Sprint("v", *n)}
		if o.kind == opDeferNil { // inside Goexit, the host itself dies of it: "fatal error: bad recovery"
			o.kind = opNilDeref
		}
		if r.IntN(3) == 0 {
			o.kind = opDefer
		}
		nests := o.kind == opDefer || o.kind == opCall || o.kind == opWrap
		if nests && depth == 0 {
			o.kind = opRecover
		} else if nests {
			o.f = randomFun(r, depth-1, n)
		}
		if o.kind == opDeferRecover { // what stock does depends on whether its compiler open-codes the defer
			o.kind = opLog
		}
		*n++
		f.ops = append(f.ops, o)
	}
	return f
}

func TestRandom(t *testing.T) {
	count := 5000
	if testing.Short() {
		count = 2000
	}
	for seed := range count {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		n := 0
		check(t, randomFun(r, 4, &n))
	}
}
