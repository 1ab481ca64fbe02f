package load

// This file resolves //go:embed directives. The go command has checked the patterns and
// found their files; what is left is which variable means which files.

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"rtgen/cps/build"
)

func embeds(p *pkg) ([]*build.Embed, error) {
	if len(p.listed.EmbedFiles) == 0 {
		return nil, nil
	}
	var out []*build.Embed
	for _, f := range p.files {
		pending := directives(f)
		for _, d := range f.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, s := range gen.Specs {
				spec := s.(*ast.ValueSpec)
				var patterns []string
				for len(pending) > 0 && pending[0].pos < spec.Pos() {
					patterns = append(patterns, pending[0].patterns...)
					pending = pending[1:]
				}
				if len(patterns) == 0 {
					continue
				}
				v, ok := p.src.Info.Defs[spec.Names[0]].(*types.Var)
				if !ok {
					continue
				}
				out = append(out, &build.Embed{Var: v, Files: match(p.listed, patterns)})
			}
		}
	}
	return out, nil
}

// embedMore adds the files that files embed and the go command did not list, because it does not know of the files that
// std's manifest adds. Those name what they embed.
func (m *listed) embedMore(files []*ast.File) {
	for _, f := range files {
		for _, d := range directives(f) {
			for _, p := range d.patterns {
				if _, err := os.Stat(filepath.Join(m.Dir, p)); err == nil && !slices.Contains(m.EmbedFiles, p) {
					m.EmbedFiles = append(m.EmbedFiles, p)
				}
			}
		}
	}
}

type directive struct {
	pos      token.Pos
	patterns []string
}

// directives returns the //go:embed comments of f, in order.
func directives(f *ast.File) []directive {
	var out []directive
	for _, g := range f.Comments {
		for _, c := range g.List {
			args, ok := strings.CutPrefix(c.Text, "//go:embed ")
			if ok {
				out = append(out, directive{c.Pos(), splitPatterns(args)})
			}
		}
	}
	return out
}

// splitPatterns splits at spaces; an element may be a quoted Go string.
func splitPatterns(s string) []string {
	var out []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		if q, err := strconv.QuotedPrefix(s); err == nil {
			if v, err := strconv.Unquote(q); err == nil {
				out = append(out, v)
			}
			s = s[len(q):]
			continue
		}
		i := strings.IndexAny(s, " \t")
		if i < 0 {
			i = len(s)
		}
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

// match returns those of the package's embedded files that one of the patterns covers:
// by its own name, or inside a folder that the pattern names.
func match(m *listed, patterns []string) []build.EmbedFile {
	var out []build.EmbedFile
	for _, f := range m.EmbedFiles {
		f = filepath.ToSlash(f)
		for _, p := range patterns {
			if covers(p, f) {
				out = append(out, build.EmbedFile{Name: f, Path: filepath.Join(m.Dir, filepath.FromSlash(f))})
				break
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

func covers(pattern, file string) bool {
	pattern, all := strings.CutPrefix(pattern, "all:")
	if ok, _ := path.Match(pattern, file); ok || pattern == file {
		return true
	}
	for i := len(file) - 1; i >= -1; i-- {
		dir, rest := ".", file
		if i >= 0 {
			if file[i] != '/' {
				continue
			}
			dir, rest = file[:i], file[i+1:]
		}
		if ok, _ := path.Match(pattern, dir); !ok && pattern != dir {
			continue
		}
		if all || !hidden(rest) {
			return true
		}
	}
	return false
}

// hidden reports whether an element of the path begins with . or _.
func hidden(p string) bool {
	for _, e := range strings.Split(p, "/") {
		if strings.HasPrefix(e, ".") || strings.HasPrefix(e, "_") {
			return true
		}
	}
	return false
}
