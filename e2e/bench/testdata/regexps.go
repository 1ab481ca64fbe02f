// A regular expression with groups is searched for in a text.
package main

import (
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(\w+)@(\w+)\.(com|org)`)
	text := strings.Repeat("The quick brown fox writes to someone@example.org about the lazy dog. ", 2000)
	n := 0
	for range 60 {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			n += m[1] - m[0]
		}
	}
	println(n)
}
