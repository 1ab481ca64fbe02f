package main

// What shares the bytes of something in the frame moves with the frame.

var c = make(chan int)

func wait() int {
	go func() { c <- 1 }()
	return <-c
}

func f(n int) (sum int) {
	a := "ab"
	if n > 3 {
		a = "cd"
	}
	s := a + "xyz"
	for i, x := range []byte(s) {
		sum += int(x)*i + wait()
	}
	b := []byte(s)
	m := map[[2]string]int{{"cdxyz", "k"}: 3}
	switch string(b) {
	case "cdxyz":
		sum += wait()
		if string(b) != s {
			panic("b")
		}
		sum += m[[2]string{string(b), "k"}] * wait()
	case "abxyz":
		sum += 2 * wait()
	}
	t := "<" + string(b) + ">"
	wait()
	if t != "<"+s+">" {
		panic(t)
	}
	return sum
}

func deep(n int) int {
	if n == 0 {
		return f(4) + f(1)
	}
	return deep(n-1) + wait()
}

func main() {
	t := 0
	for i := range 50 {
		t += deep(i % 7)
	}
	println(t)
}
