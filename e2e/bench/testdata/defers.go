// Functions defer, some panic, and a caller recovers.
package main

func risky(i int) (n int) {
	defer func() { n++ }()
	if i%64 == 0 {
		panic(i)
	}
	return i & 1
}

func safe(i int) (n int) {
	defer func() {
		if r := recover(); r != nil {
			n = r.(int) & 3
		}
	}()
	return risky(i)
}

func main() {
	sum := 0
	for i := range 15000000 {
		sum += safe(i)
	}
	println(sum)
}
