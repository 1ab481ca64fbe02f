package std

import (
	_ "embed"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"rtgen/cps/ir"
)

// This file reads the manifest: lines of words, "#" starts a comment.
//
//	package math/bits                      the lines that follow are about this package
//	    Len64      =                       hook: the host's function of that package and name, verbatim
//	    Add        =  math/bits.Add64      hook: another function of the host, verbatim
//	    canSpin    verbatim  SyncCanSpin   hook: a function of package go126, with its class
//	    blockAVX2  asm       sha_amd64.s   the package's own assembly, in that file, which goes into the output
//	    park       resumable Park tail     … whose caller needs no frame if it does nothing behind the call: ir.Hook
//	    T.f        calls     CallHasher    the struct's field f holds a function of the runtime, called by that prim
//	    time.Now   here      Coarse        what the package calls instead of another package's function, verbatim
//	    abigen_f   dead                    the declaration is dropped
//	    -file      floor_asm.go            the file is left out
//	    +file      floor_noasm.go          the file is read although build constraints exclude it

//go:embed go126.hooks
var go126 string

// Reflection has a file of its own, since it is served by another part of the runtime.
//
//go:embed go126.reflect.hooks
var go126reflect string

// Hook is the host function that stands in for a function of std.
type Hook struct {
	Target string // import path and name: "rtgen/rtlib/hooks/go126.TimeNow", "math/bits.Len64"; "" if it is the package's own assembly
	Class  ir.Class
	Tail   bool // see ir.Hook
	Line   int  // in the manifest
}

// pkg is what the manifest says about one package.
type pkg struct {
	hooks   map[string]*Hook  // by function, or "T.M"
	calls   map[string]string // prims, by "T.f"
	here    map[string]*Hook  // by function of another package, "time.Now" or "sync/atomic.Int32.Add"
	dead    map[string]bool
	without map[string]bool
	with    []string
	asm     map[string]bool // files of assembly
}

// manifest holds the packages by import path.
var manifest = mustParse("go126.hooks", go126, "go126.reflect.hooks", go126reflect)

func mustParse(namesAndTexts ...string) map[string]*pkg {
	m := map[string]*pkg{}
	for i := 0; i < len(namesAndTexts); i += 2 {
		if err := parseManifest(m, namesAndTexts[i+1]); err != nil {
			panic("rewrite/std: " + namesAndTexts[i] + ":" + err.Error())
		}
	}
	return m
}

// parseManifest adds the packages of one file to m. Errors begin with the line's number.
func parseManifest(m map[string]*pkg, text string) error {
	var p *pkg
	path := ""
	for i, line := range strings.Split(text, "\n") {
		n := i + 1
		if c := strings.IndexByte(line, '#'); c >= 0 {
			line = line[:c]
		}
		w := strings.Fields(line)
		if len(w) == 0 {
			continue
		}
		if w[0] == "package" && len(w) == 2 {
			path = w[1]
			if m[path] != nil {
				return fmt.Errorf("%d: package %s again", n, path)
			}
			p = &pkg{hooks: map[string]*Hook{}, calls: map[string]string{}, here: map[string]*Hook{}, dead: map[string]bool{}, without: map[string]bool{}, asm: map[string]bool{}}
			m[path] = p
			continue
		}
		if p == nil {
			return fmt.Errorf("%d: no package yet", n)
		}
		if p.hooks[w[0]] != nil || p.dead[w[0]] || p.calls[w[0]] != "" || p.here[w[0]] != nil {
			return fmt.Errorf("%d: %s.%s again", n, path, w[0])
		}
		switch {
		case w[0] == "-file" && len(w) == 2:
			p.without[w[1]] = true
		case w[0] == "+file" && len(w) == 2:
			p.with = append(p.with, w[1])
		case len(w) == 2 && w[1] == "dead":
			p.dead[w[0]] = true
		case len(w) == 2 && w[1] == "=":
			p.hooks[w[0]] = &Hook{Target: path + "." + w[0], Class: ir.Verbatim, Line: n}
		case len(w) == 3 && w[1] == "=":
			p.hooks[w[0]] = &Hook{Target: w[2], Class: ir.Verbatim, Line: n}
		case len(w) == 3 && w[1] == "calls":
			p.calls[w[0]] = w[2]
		case len(w) == 3 && w[1] == "here":
			p.here[w[0]] = &Hook{Target: HooksPath + "." + w[2], Class: ir.Verbatim, Line: n}
		case len(w) == 3 && w[1] == "asm":
			p.hooks[w[0]] = &Hook{Class: ir.Verbatim, Line: n}
			p.asm[w[2]] = true
		case len(w) == 3 && classes[w[1]] != nil:
			p.hooks[w[0]] = &Hook{Target: HooksPath + "." + w[2], Class: *classes[w[1]], Line: n}
		case len(w) == 4 && w[1] == "resumable" && w[3] == "tail":
			p.hooks[w[0]] = &Hook{Target: HooksPath + "." + w[2], Class: ir.Resumable, Tail: true, Line: n}
		default:
			return fmt.Errorf("%d: cannot read %q", n, strings.TrimSpace(line))
		}
	}
	return nil
}

var classes = map[string]*ir.Class{"verbatim": class(ir.Verbatim), "direct": class(ir.Direct), "resumable": class(ir.Resumable)}

func class(c ir.Class) *ir.Class { return &c }

// Assembly lists the files of assembly that go with a package, sorted.
func Assembly(path string) []string {
	if p := manifest[path]; p != nil {
		return slices.Sorted(maps.Keys(p.asm))
	}
	return nil
}

// Caller names the prim that calls what is in field of the struct type path.owner, "" for ordinary fields.
func Caller(path, owner, field string) string {
	if p := manifest[path]; p != nil {
		return p.calls[owner+"."+field]
	}
	return ""
}

// Here returns the hook that package path calls instead of fn, which is another package's, nil for nearly all.
func Here(path string, fn *types.Func) *Hook {
	if p := manifest[path]; p != nil && len(p.here) > 0 {
		return p.here[hereName(fn)]
	}
	return nil
}

// hereName spells fn as the manifest does.
func hereName(fn *types.Func) string {
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(fn.FullName())
}

// lookup finds the hook for a function, or for a symbol that a linkname directive names.
func lookup(path, name string) *Hook {
	if p := manifest[path]; p != nil {
		return p.hooks[name]
	}
	return nil
}
