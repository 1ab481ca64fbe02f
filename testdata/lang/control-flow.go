// goto, labels, fallthrough, nested break and continue, with suspensions in between.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}

func gotoLoop(n int) (s int) {
	i := 0
loop:
	if i >= n {
		goto end
	}
	s += i
	i++
	goto loop
end:
	return
}

func gotoSuspend(n int) (s int) {
	i := y(0)
loop:
	if i >= n {
		goto end
	}
	s += y(i)
	{
		k := i
		if k%2 == 0 {
			i += y(1)
			goto loop
		}
		i++
	}
	goto loop
end:
	return s
}

func gotoIntoRest(n int) int {
	if n == 1 {
		goto one
	}
	if n == 2 {
		goto two
	}
	y(1)
	return 0
one:
	n += 10
two:
	n += y(100)
	return n
}

func sw(n int) (s string) {
	switch n {
	case 0:
		s += "zero "
		fallthrough
	case 1:
		s += "one "
		if n == 1 {
			break
		}
		fallthrough
	case 2, 3:
		s += "two-three "
	default:
		s += "default "
		fallthrough
	case 9:
		s += "nine "
	case 10:
	}
	return
}

func swStr(s string) int {
	switch s {
	case "a", "b":
		return 1
	case "long string", "":
		return 2
	}
	return 3
}

func swEmpty(n int) int {
	switch {
	}
	switch n {
	}
	switch n := n + 1; {
	case n > 5:
		return n
	default:
	}
	switch n := y(n); n {
	default:
		n++
		return n
	case 1:
		return 100
	}
}

func labelled() (s int) {
outer:
	for i := 0; i < 5; i++ {
	middle:
		for j := 0; ; j++ {
			switch {
			case j == 1:
				continue
			case j == 3:
				continue outer
			case i == 2:
				break middle
			case i == 4:
				break outer
			}
			for k := range 3 {
				if y(k) == 1 {
					continue middle
				}
				s += i*100 + j*10 + k
			}
		}
		s += 100000
	}
	return
}

func block(n int) (s string) {
blk:
	switch {
	default:
		if n > 1 {
			break blk
		}
		s += "in "
	}
sw:
	switch n {
	case 1:
		for {
			if y(n) == 1 {
				break sw
			}
		}
		s += "no"
	}
ifl:
	for n == 2 {
		for {
			break ifl
		}
	}
	return s + "out"
}

func nestedSelect() (s int) {
	c := make(chan int)
	go func() {
		for i := range 10 {
			c <- i
		}
		close(c)
	}()
loop:
	for {
		select {
		case v, ok := <-c:
			switch {
			case !ok:
				break loop
			case v%2 == 0:
				continue loop
			}
			s += v
		}
	}
	return
}

func deadCode() int {
	for {
		return 1
		panic("dead")
	}
}

func unusedLabelLoops() (n int) {
	for i := 10; i > 0; {
		i -= 3
		n += i
	}
	for n < 100 {
		n *= 2
	}
	for {
		n++
		if n%7 == 0 {
			break
		}
	}
	return
}

func tern(a, b, c bool) int {
	if a {
		if b {
			return 1
		} else if c {
			return y(2)
		}
	} else if b && y(1) == 1 {
		return 3
	} else {
		if c {
			return 4
		}
	}
	return 5
}

func typeSwitch(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int64:
		switch v {
		case 1:
			return "one"
		}
		return "integer"
	case error:
		return "error " + v.Error()
	case func() int:
		return "func" + string(rune('0'+v()))
	case []int:
		if len(v) == 0 {
			break
		}
		return "slice"
	case interface{ Foo() }, interface{ Bar() }:
		return "foobar"
	case *int:
		*v = y(*v + 1)
		return "ptr"
	case chan int:
		v <- y(1)
		return "chan"
	case map[string]int, [2]int, struct{}:
		return "composite"
	default:
		return "other"
	}
	return "broke"
}

// A label may stand in front of fallthrough.
func labelledFall(i int) string {
	switch {
	case i < 3:
		if i == 1 {
			goto next
		}
		if i == 2 {
			break
		}
	next:
		fallthrough
	case i == 7:
		fallthrough

	default:
		return "fell"
	}
	return "broke"
}

type fb struct{}

func (fb) Bar() {}

type er struct{}

func (*er) Error() string { return "er" }

func main() {
	println(gotoLoop(5), gotoSuspend(5), gotoIntoRest(0), gotoIntoRest(1), gotoIntoRest(2))
	for i := range 11 {
		print(sw(i), "| ")
	}
	println()
	println(swStr("a"), swStr("b"), swStr("long string"), swStr(""), swStr("x"))
	println(swEmpty(0), swEmpty(1), swEmpty(7))
	println(labelled())
	println(block(0), block(1), block(2))
	println(nestedSelect(), deadCode(), unusedLabelLoops())
	for i := range 8 {
		print(tern(i&1 > 0, i&2 > 0, i&4 > 0), " ")
	}
	println()
	println(labelledFall(0), labelledFall(1), labelledFall(2), labelledFall(7), labelledFall(8))
	n := 5
	c := make(chan int, 1)
	for _, x := range []any{nil, 1, int64(1), 5, &er{}, func() int { return y(7) }, []int{}, []int{1}, fb{}, &n, c, map[string]int{}, [2]int{}, struct{}{}, 1.5, "s", [3]int{}} {
		print(typeSwitch(x), " ")
	}
	println(n, <-c)
}
