package load

// This file looks for what the host's compiler may reject although go/types does not: functions
// without a body, directives out of place, types larger than the address space. It only doubts; then the compiler is asked, and
// its words are shown or the program goes on.

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// doubtful reports whether the compiler should be asked about a package that type-checks.
func (p *pkg) doubtful() bool {
	if p.listed.Standard {
		return false
	}
	if p.listed.Name == "main" && p.src.Types.Scope().Lookup("main") == nil {
		return true
	}
	for _, e := range p.src.Embeds {
		switch e.Var.Type().Underlying().String() {
		case "string", "[]byte", "[]uint8", "struct{files *[]embed.file}":
		default:
			return true
		}
	}
	for _, tv := range p.src.Info.Types {
		elements := 1.0
		for t, ok := tv.Type.(*types.Array); ok && tv.IsType(); t, ok = t.Elem().(*types.Array) {
			elements *= float64(t.Len())
		}
		if elements > vast {
			return true
		}
	}
	for _, f := range p.files {
		if doubtfulFile(f, len(p.listed.SFiles) > 0) {
			return true
		}
	}
	return false
}

const vast = 1 << 36 // elements of an array; the compiler's limits lie above

func doubtfulFile(f *ast.File, assembly bool) bool {
	imports := map[string]bool{}
	for _, spec := range f.Imports {
		imports[spec.Path.Value] = true
	}
	// The directives that stand where they may.
	placed := map[*ast.Comment]bool{}
	place := func(g *ast.CommentGroup, names ...string) {
		if g == nil {
			return
		}
		for _, c := range g.List {
			for _, name := range names {
				placed[c] = placed[c] || directiveName(c) == name
			}
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body == nil && !assembly {
				return true
			}
			place(d.Doc, "noinline", "nosplit", "noescape", "norace", "nocheckptr", "uintptrescapes", "uintptrkeepalive", "registerparams")
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
			for _, s := range d.Specs {
				if spec := s.(*ast.ValueSpec); len(spec.Names) == 1 && spec.Values == nil && imports[`"embed"`] {
					place(spec.Doc, "embed")
					if !d.Lparen.IsValid() {
						place(d.Doc, "embed")
					}
				}
			}
		}
	}
	for _, g := range f.Comments {
		for _, c := range g.List {
			switch directiveName(c) {
			case "", "build", "generate", "debug", "fix":
			case "linkname":
				if !imports[`"unsafe"`] {
					return true
				}
			default:
				if !placed[c] {
					return true
				}
			}
		}
	}
	return false
}

// directiveName is NAME if c is //go:NAME.
func directiveName(c *ast.Comment) string {
	name, ok := strings.CutPrefix(c.Text, "//go:")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, " ")
	return name
}
