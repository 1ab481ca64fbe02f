package gen

// This file finds the imports that printed source mentions, without parsing it: parsing and
// formatting take ten times as long as printing.

import (
	"bytes"
	"unicode/utf8"
)

// qualifiers returns the identifiers that stand before a dot in src, which is Go source. It
// knows of strings, runes and comments only; some of what it returns may be no package.
func qualifiers(src []byte) map[string]bool {
	seen := map[string]bool{}
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '"' || c == '\'':
			i++
			for i < len(src) && src[i] != c {
				if src[i] == '\\' {
					i++
				}
				i++
			}
			i++
		case c == '`':
			for i++; i < len(src) && src[i] != '`'; i++ {
			}
			i++
		case c == '/' && i+1 < len(src) && src[i+1] == '/':
			for i < len(src) && src[i] != '\n' {
				i++
			}
		case c == '/' && i+1 < len(src) && src[i+1] == '*':
			for i += 2; i+1 < len(src) && !(src[i] == '*' && src[i+1] == '/'); i++ {
			}
			i += 2
		case letter(c):
			start := i
			for i < len(src) && (letter(src[i]) || '0' <= src[i] && src[i] <= '9') {
				i++
			}
			// A selector behind a dot is no package, nor is a number's fraction; behind "..." stands a type.
			selector := start > 0 && src[start-1] == '.' && !bytes.HasSuffix(src[:start], []byte("..."))
			if i < len(src) && src[i] == '.' && !selector && !seen[string(src[start:i])] {
				seen[string(src[start:i])] = true
			}
		case '0' <= c && c <= '9': // 0x1p-2, 1.e5
			for i < len(src) && (letter(src[i]) || '0' <= src[i] && src[i] <= '9' || src[i] == '.') {
				i++
			}
		default:
			i++
		}
	}
	return seen
}

func letter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}
