// A call that is written into the next statement, first in the half of a function that is not inlined.
package main

import (
	"fmt"
	"runtime"
)

var sink []int

type column struct{ rows []int }

func (c *column) get(i int) int {
	return c.rows[i]
}

func (c *column) finish(n, offset int) int {
	if n > 5 {
		sink = make([]int, n)
	}
	for _, r := range c.rows[:n] {
		offset += r
	}
	return offset
}

type builder struct {
	data    []byte
	offsets column
}

func (b *builder) finish(rows, offset int, buf []byte) int {
	if rows == 0 {
		return offset
	}
	n := b.offsets.get(rows)
	offset = b.offsets.finish(rows+1, offset)
	return offset + copy(buf[offset:], b.data[:n])
}

func where(b *builder, rows int) {
	defer func() {
		fmt.Println(recover())
		pc := make([]uintptr, 20)
		frames := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
		for {
			f, more := frames.Next()
			if f.Function == "main.(*builder).finish" {
				fmt.Println(f.Function, f.Line)
			}
			if !more {
				return
			}
		}
	}()
	fmt.Println(b.finish(rows, 1, make([]byte, 8)))
}

type point struct{ x, y int }

func (p point) in(q point) bool {
	if q == (point{}) {
		sink = make([]int, p.x)
	}
	return p.x < q.x && p.y < q.y
}

func inside(x, y int) bool {
	if !(point{x, y}.in(point{4, 4})) {
		return false
	}
	return point{x, y}.in(point{5, 5})
}

func main() {
	fmt.Println(inside(1, 2), inside(4, 2))
	b := &builder{data: []byte("abc"), offsets: column{[]int{1, 2, 3}}}
	where(b, 0)
	where(b, 1)
	where(b, 2)
	where(b, 3)
	where(nil, 1)
}
