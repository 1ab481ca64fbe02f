// Fatal errors cannot be recovered.
package main

func main() {
	defer func() { println("recovered?", recover() != nil) }()
	m := map[int]int{}
	for i := range 100 {
		m[i] = i
	}
	select {}
}
