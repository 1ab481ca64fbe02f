// fmt.Sprintf of mixed operands.
package main

import "fmt"

type point struct{ X, Y int }

func main() {
	n := 0
	for i := range 3000000 {
		n += len(fmt.Sprintf("%d %s %5.2f %v %x", i, "word", float64(i)/3, point{i, -i}, i))
	}
	println(n)
}
