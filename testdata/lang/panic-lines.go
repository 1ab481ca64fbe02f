// Panics inside statements of several lines are of the line of the operation.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type point struct{ x, y int }
type list struct {
	next *list
	val  int
}

var zero int

func where(f func()) {
	defer func() {
		r := recover()
		var pcs [20]uintptr
		n := runtime.Callers(1, pcs[:])
		it := runtime.CallersFrames(pcs[:n])
		for {
			fr, more := it.Next()
			if strings.HasPrefix(fr.Function, "main.main.") {
				fmt.Println(fr.Line, r)
				return
			}
			if !more {
				return
			}
		}
	}()
	f()
}

func main() {
	a, i := []int{1, 2}, 5
	var l *list
	where(func() {
		_ = point{
			x: a[0],
			y: a[i],
		}
	})
	where(func() {
		_ = a[0] +
			a[1] +
			l.val
	})
	where(func() {
		fmt.Println(
			a[0],
			l.
				next.val,
			l.next.
				val,
		)
	})
	where(func() {
		if a[0] == 1 &&
			a[i] == 2 {
			fmt.Println()
		}
	})
	where(func() {
		for j := 0; j < 10 &&
			a[j] < 10; j++ {
			a[0]++
		}
	})
	where(func() {
		a[0],
			a[i] = 1,
			2
	})
	where(func() {
		var p *int
		_ = 1 +
			*p
	})
	where(func() {
		s := "x"
		_ = "a" +
			s[i:]
	})
	where(func() {
		_ = []any{
			1,
			1 +
				1/zero,
		}
	})
	where(func() {
		switch {
		case a[0] == 7,
			a[i] == 3:
		}
	})
	where(func() {
		func(...int) {}(1,
			2,
			a[i])
	})
	where(func() {
		return
	})
	var m map[string]int
	where(func() {
		m["x"] =
			a[i]
	})
	where(func() {
		var e any = 1
		_ = []string{
			"a",
			e.(string),
		}
	})
}
