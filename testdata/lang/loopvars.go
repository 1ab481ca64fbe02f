// Each iteration of a loop has its own variables; a three-clause loop copies at the end
// of the iteration, before the post statement.
package main

func y(n int) int {
	c := make(chan int)
	go func() { c <- n }()
	return <-c
}
func run(fs []func() int) {
	for _, f := range fs {
		print(f(), " ")
	}
	println()
}

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	run(fs)
	run(fs)
	fs = nil
	for i := 0; i < 6; i++ {
		fs = append(fs, func() int { return i })
		i++ // seen by the closure: same iteration
	}
	run(fs)
	fs = nil
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		if i == 1 {
			continue
		}
		fs = append(fs, func() int { j++; return i*100 + j })
	}
	run(fs)
	run(fs)
	// A closure in the post statement and in the condition.
	fs = nil
	for i := 0; func() bool { fs = append(fs, func() int { return i }); return i < 2 }(); func() { i++; fs = append(fs, func() int { return -i }) }() {
	}
	run(fs)
	// The closure changes the variable that the next iteration starts from.
	for i := 0; i < 5; i++ {
		inc := func() { i++ }
		inc()
		print(i, " ")
	}
	println()
	var ps []*int
	for i := 0; i < 3; i++ {
		ps = append(ps, &i)
		*ps[len(ps)/2] += len(ps) // the current variable, or an earlier one
	}
	for _, p := range ps {
		println(*p)
	}
	fs = nil
	for i, s := range []string{"a", "b"} {
		for j := range 2 {
			fs = append(fs, func() int { i++; return i*100 + j*10 + int(s[0]-'a') })
		}
	}
	run(fs)
	// With a suspension in the body.
	fs = nil
	for i := 0; i < 4; i++ {
		fs = append(fs, func() int { return i })
		y(i)
		if i == 1 {
			y(1)
			continue
		}
		i += y(0)
	}
	run(fs)
	fs = nil
	for i := y(0); i < y(3); i += y(1) {
		fs = append(fs, func() int { i += y(5); return i })
	}
	run(fs)
	run(fs)
	fs = nil
outer:
	for i := 0; ; i++ {
		for j := 0; ; j++ {
			fs = append(fs, func() int { return i*10 + j })
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
		}
	}
	run(fs)
	fs = nil
	i := 0
	for i = 0; i < 3; i++ { // not per iteration
		fs = append(fs, func() int { return i })
	}
	run(fs)
	// goto leaves and enters an iteration's scope again.
	fs = nil
	k := 0
again:
	for v := k; v < k+2; v++ {
		fs = append(fs, func() int { v += 100; return v })
		if k < 3 {
			k++
			goto again
		}
	}
	run(fs)
	done := make(chan int)
	for i := 0; i < 3; i++ {
		go func() { done <- i }()
	}
	println(<-done + <-done + <-done)
	for i := range 3 {
		defer func() { print(i, " ") }()
	}
}
