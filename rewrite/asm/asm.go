// Package asm reads the assembly of a package of the program, and says which of its functions stand alone.
//
//	TEXT ·Sum(SB), NOSPLIT, $0-32            Sum: stands alone
//		MOVQ ·table(SB), AX
//	TEXT ·Grow(SB), NOSPLIT, $0-32           Grow: uses runtime·growslice, at line 4
//		CALL runtime·growslice(SB)
//
// A function that stands alone calls only such functions of its package, and reads only the package's variables.
// It may go into the output as it is: while it runs nothing is collected, nothing moves on the heap, and a pointer
// that it stored would need a write barrier of Go's runtime too. Everything else asks for what the rewritten program
// has in another form: functions of Go, its runtime, the goroutine.
//
// go_asm.h, which the compiler writes with the constants and the offsets of fields that the package's files have, would
// have nothing of that for the output's. So another header takes its place: see Header.
package asm

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// File is a file of assembly, or a header.
type File struct {
	Name string
	Text []byte
}

// Package is what the assembly of a package defines.
type Package struct {
	Funcs map[string]error // by name; the error says why a function does not stand alone
	Files []File           // those that functions that stand alone need, headers included; but not the one in place of go_asm.h
	GoAsm bool             // some of Files include GoAsmFile
}

// text is one function, or what stands in front of a file's first.
type text struct {
	uses map[string]int // symbols, as they are written, and headers: line
	file string
}

var (
	define  = regexp.MustCompile(`^(TEXT|GLOBL)\s+([^\s,(+]+)(?:\+0)?\(SB\)`)
	mention = regexp.MustCompile(`([\w∕/.%~]*·?\w+(?:<\w*>)?)(?:[+-]\w+)?\(SB\)`)
	include = regexp.MustCompile(`^#include\s+"([^"]*)"`)
	goAsm   = regexp.MustCompile(`(?m)^([ \t]*#[ \t]*include[ \t]+)"go_asm\.h"`)
	goBuild = regexp.MustCompile(`(?m)^//(go:build| \+build)\b`)
)

// provided are the headers that every package has, shared the functions of Go's runtime that do nothing but what
// they say, to memory alone.
var (
	provided = map[string]bool{"textflag.h": true, "funcdata.h": true, "go_asm.h": true}
	shared   = map[string]bool{"runtime·memmove": true, "runtime·memclrNoHeapPointers": true}
)

// Read reads the files of a package. isVar reports whether the package has a variable of that name.
func Read(files []File, isVar func(string) bool) *Package {
	r := &reader{isVar: isVar, headers: map[string]bool{}, texts: map[string]*text{}, data: map[string]bool{}, heads: map[string]*text{}}
	for _, f := range files {
		r.headers[f.Name] = filepath.Ext(f.Name) == ".h"
	}
	for _, f := range files {
		r.file(f)
	}
	out := &Package{Funcs: map[string]error{}}
	for name := range r.texts {
		if own, ok := strings.CutPrefix(name, "·"); ok && !strings.Contains(own, "<") {
			out.Funcs[own] = r.check(name, map[string]bool{})
		}
	}
	needed := slices.ContainsFunc(slices.Collect(maps.Values(out.Funcs)), func(err error) bool { return err == nil })
	for _, f := range files {
		if needed && r.assembles(f.Name) {
			text := goBuild.ReplaceAll(f.Text, []byte("//"))
			if goAsm.Match(text) {
				out.GoAsm = true
				text = goAsm.ReplaceAll(text, []byte(`${1}"`+GoAsmFile+`"`))
			}
			out.Files = append(out.Files, File{f.Name, text})
		}
	}
	return out
}

type reader struct {
	isVar   func(string) bool
	headers map[string]bool
	heads   map[string]*text // by file: what stands in front of its functions
	texts   map[string]*text // by symbol as it is written, "name<>" with its file in front
	data    map[string]bool  // symbols that GLOBL defines
}

// key is a symbol's key in texts and data: those that end in <> are their file's own.
func key(file, symbol string) string {
	if strings.HasSuffix(symbol, "<>") {
		return file + ":" + symbol
	}
	return symbol
}

func (r *reader) file(f File) {
	cur := &text{uses: map[string]int{}, file: f.Name}
	r.heads[f.Name] = cur
	inComment := false
	for i, line := range bytes.Split(f.Text, []byte("\n")) {
		s := string(line)
		if inComment {
			_, rest, ok := strings.Cut(s, "*/")
			if !ok {
				continue
			}
			s, inComment = rest, false
		}
		for {
			before, rest, ok := strings.Cut(s, "/*")
			if c := strings.Index(s, "//"); !ok || c >= 0 && c < len(before) {
				break
			}
			_, after, ok := strings.Cut(rest, "*/")
			s, inComment = before+" "+after, !ok
		}
		if c := strings.Index(s, "//"); c >= 0 {
			s = s[:c]
		}
		s = strings.TrimSpace(s)
		if m := include.FindStringSubmatch(s); m != nil {
			r.note(cur, "#"+m[1], i+1)
			continue
		}
		m := define.FindStringSubmatch(s)
		if m != nil && m[1] == "TEXT" {
			cur = &text{uses: map[string]int{}, file: f.Name}
			r.texts[key(f.Name, m[2])] = cur
			continue
		}
		if m != nil {
			r.data[key(f.Name, m[2])] = true
			continue
		}
		if strings.Contains(s, "TLS") { // where the goroutine's address lies
			r.note(cur, "the goroutine", i+1)
		}
		if !strings.Contains(s, "(SB)") {
			continue
		}
		for _, m := range mention.FindAllStringSubmatch(s, -1) {
			r.note(cur, m[1], i+1)
		}
	}
}

func (r *reader) note(t *text, what string, line int) {
	if t.uses[what] == 0 {
		t.uses[what] = line
	}
}

// assembles reports whether a file has the headers that it includes.
func (r *reader) assembles(file string) bool {
	for what := range r.heads[file].uses {
		if name, ok := strings.CutPrefix(what, "#"); ok && !provided[name] && !r.headers[name] {
			return false
		}
	}
	return true
}

// check says why the function of that key does not stand alone; seen are those under way.
func (r *reader) check(name string, seen map[string]bool) error {
	if seen[name] {
		return nil
	}
	seen[name] = true
	t := r.texts[name]
	if err := r.checkUses(t.file, r.heads[t.file].uses, seen); err != nil {
		return err
	}
	return r.checkUses(t.file, t.uses, seen)
}

func (r *reader) checkUses(file string, uses map[string]int, seen map[string]bool) error {
	for _, what := range slices.Sorted(maps.Keys(uses)) {
		if err := r.use(file, what, seen); err != nil {
			if _, ok := err.(*use); ok {
				return err
			}
			return &use{fmt.Sprintf("%s:%d: %v", file, uses[what], err)}
		}
	}
	return nil
}

// use is an error with the place of what a function uses.
type use struct{ text string }

func (u *use) Error() string { return u.text }

func (r *reader) use(file, what string, seen map[string]bool) error {
	if name, ok := strings.CutPrefix(what, "#"); ok {
		if provided[name] {
			return nil
		}
		if !r.headers[name] {
			return fmt.Errorf("includes %s", name)
		}
		return r.checkUses(name, r.heads[name].uses, seen)
	}
	k := key(file, what)
	own, isOwn := strings.CutPrefix(what, "·")
	switch {
	case r.texts[k] != nil:
		return r.check(k, seen)
	case r.data[k], shared[what], isOwn && r.isVar(own):
		return nil
	}
	return fmt.Errorf("uses %s", what)
}
