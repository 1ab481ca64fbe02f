// Fallthrough among constant cases, into and out of default, with breaks and suspensions on the way.
package main

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type kind uint8

func ints(k kind) (s string) {
	switch k {
	case 0:
		s += y("0 ")
		fallthrough
	case 1, 2:
		if y(k) == 2 {
			break
		}
		s += "12 "
		fallthrough
	case 3:
		s += y("3 ")
	case 4:
		s += "4 "
		fallthrough
	default:
		s += y("default ")
		if k == 9 {
			break
		}
		fallthrough
	case 5:
		k = 0 // changes the tag's variable, not the tag
		s += "5 "
		fallthrough
	case 6:
		s += y("6 ")
	case 7:
	}
	return s
}

func words(w string) (n int) {
loop:
	for range 2 {
		switch w {
		case "a":
			n++
			fallthrough
		case "b":
			n += 10
			if n > 20 {
				break loop
			}
			if w == "b" {
				continue
			}
			fallthrough
		case "c":
			n += 100
		case "d":
			return -n
		}
		n += 1000
	}
	return n
}

func last(k int) string {
	switch k {
	default:
		return "default"
	case 1:
		return "one"
	case 2:
		fallthrough
	case 3:
		fallthrough
	case 4:
		return "two to four"
	}
}

func main() {
	for k := range kind(11) {
		println(k, ints(k))
	}
	for _, w := range []string{"a", "b", "c", "d", "e"} {
		println(w, words(w))
	}
	for k := range 6 {
		println(k, last(k))
	}
}
