package compare

// This file shows where two texts part.

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	contextBefore = 3   // equal lines shown before the first difference
	contextAfter  = 4   // lines of each side shown from it on
	lineWidth     = 100 // characters of a line that are shown
)

// diff describes the first difference between a and b; "" if there is none:
//
//	at line 3
//	    2   equal
//	  - 3   of a           (stock)
//	  - 4   more of a
//	  + 3   of b           (rtgen)
func diff(a, b []byte, nameA, nameB string) string {
	if bytes.Equal(a, b) {
		return ""
	}
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	start := bytes.LastIndexByte(a[:at], '\n') + 1 // of the line that differs; the same in b
	line := bytes.Count(a[:start], []byte("\n")) + 1
	var w strings.Builder
	fmt.Fprintf(&w, "at line %d\n", line)
	before := start
	n := 0
	for n < contextBefore && before > 0 {
		before = bytes.LastIndexByte(a[:before-1], '\n') + 1
		n++
	}
	column := at - start
	for i, l := range lines(a[before:start], n) {
		fmt.Fprintf(&w, "    %-3d %s\n", line-n+i, shorten(l, column))
	}
	for _, s := range []struct {
		mark, name string
		text       []byte
	}{{"-", nameA, a[start:]}, {"+", nameB, b[start:]}} {
		if len(s.text) == 0 {
			fmt.Fprintf(&w, "  %s     (%s ends here)\n", s.mark, s.name)
		}
		for i, l := range lines(s.text, contextAfter) {
			text := shorten(l, column)
			if i == 0 {
				text += "   (" + s.name + ")"
			}
			fmt.Fprintf(&w, "  %s %-3d %s\n", s.mark, line+i, text)
		}
	}
	return w.String()
}

// lines returns the first n lines of b, each with its line feed if it has one.
func lines(b []byte, n int) []string {
	var out []string
	for len(b) > 0 && len(out) < n {
		i := bytes.IndexByte(b, '\n') + 1
		if i == 0 {
			i = len(b)
		}
		out = append(out, string(b[:i]))
		b = b[i:]
	}
	return out
}

// shorten makes a line fit to be shown, so that column is seen.
func shorten(l string, column int) string {
	text, whole := strings.CutSuffix(l, "\n")
	from := 0
	if column > lineWidth*3/4 {
		from = min(column-lineWidth/2, len(text))
	}
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	out := text[from:]
	if from > 0 {
		out = "…" + out
	}
	if utf8.RuneCountInString(out) > lineWidth {
		out = string([]rune(out)[:lineWidth]) + "…"
	}
	out = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(out, "·"))
	if !whole {
		out += " (no line feed)"
	}
	return out
}
