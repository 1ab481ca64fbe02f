// Comparisons of string(bytes) copy nothing, unless evaluating the other side may change the bytes.
package main

type text []byte

type name string

func change(b []byte) string {
	b[0] = 'z'
	return "abc"
}

func main() {
	a, b := []byte("abc"), text("abd")
	println(string(a) == string(b), string(a) < string(b), string(a) != "abc", "abd" == string(b))
	println(name(a) == name("abc"), name(b[:2]) == name(a[:2]))
	println(string(a) == change(a), string(a) == change(a), string(a))
	var none []byte
	println(string(none) == "", string(a[:0]) == string(none), len(none) == 0 && string(none) <= string(b))
	s := "abd"
	ch := make(chan string, 1)
	ch <- "zbc"
	println(string(b) == s && string(a) == <-ch)
	if i := 0; string(b[i]) == "a" || string(b) == s {
		println("letter", string(b[i]) == "a")
	}
}
