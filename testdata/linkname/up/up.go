package up

import "linkname/low"

var A = 5

var L = []string{"a", "b"}

func init() { low.Show() }
