// Text is put together with strings.Builder and taken apart with strings.Fields.
package main

import (
	"strconv"
	"strings"
)

func main() {
	n := 0
	for range 60 {
		var b strings.Builder
		for i := range 50000 {
			b.WriteString("word")
			b.WriteString(strconv.Itoa(i))
			b.WriteByte(' ')
		}
		for _, f := range strings.Fields(b.String()) {
			n += len(f)
		}
	}
	println(n)
}
