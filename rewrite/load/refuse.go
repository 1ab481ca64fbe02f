package load

// This file finds what rtgen refuses, with positions.

import (
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strings"
)

// Refusal is one thing in a valid program that rtgen does not do.
type Refusal struct {
	Pos    token.Position
	Reason string
}

func (r Refusal) String() string { return fmt.Sprintf("%s: rtgen: %s", r.Pos, r.Reason) }

// Refusals are all that were found, in order of position.
type Refusals []Refusal

func (r Refusals) Error() string {
	var b strings.Builder
	for i, x := range r {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(x.String())
	}
	return b.String()
}

// Sort orders r by file and place.
func (r Refusals) Sort() {
	sort.SliceStable(r, func(i, j int) bool {
		a, b := r[i].Pos, r[j].Pos
		if a.Filename != b.Filename {
			return a.Filename < b.Filename
		}
		return a.Offset < b.Offset
	})
}

// cgoRefusals returns a refusal for each import "C" in packages outside the standard
// library. It is asked only when loading failed: with cgo off, many packages fall back to
// pure Go and need no refusal.
func cgoRefusals(fset *token.FileSet, pkgs []*pkg) Refusals {
	var out Refusals
	for _, p := range pkgs {
		m := p.listed
		if m.Standard {
			continue
		}
		for _, name := range append(append([]string(nil), m.CgoFiles...), m.IgnoredGoFiles...) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(m.Dir, name)
			}
			f, err := parser.ParseFile(fset, name, nil, parser.ImportsOnly)
			if err != nil {
				continue
			}
			for _, spec := range f.Imports {
				if spec.Path.Value == `"C"` {
					out = append(out, Refusal{fset.Position(spec.Pos()), `cgo is not supported (see RATIONALE.md, "Why no cgo")`})
				}
			}
		}
	}
	out.Sort()
	return out
}

// pluginRefusals returns a refusal for each import of package plugin.
func pluginRefusals(fset *token.FileSet, pkgs []*pkg) Refusals {
	var out Refusals
	for _, p := range pkgs {
		if p.listed.Standard {
			continue
		}
		for _, f := range p.files {
			for _, spec := range f.Imports {
				if spec.Path.Value == `"plugin"` {
					out = append(out, Refusal{fset.Position(spec.Pos()), "plugins are not supported: a plugin brings the host's runtime with it"})
				}
			}
		}
	}
	out.Sort()
	return out
}
