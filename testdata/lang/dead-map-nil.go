// Uncaught plain errors and custom runtime errors keep their prefixes.
package main

func main() {
	defer func() {
		r := recover()
		println(r.(error).Error())
		var a []int
		i := 3
		a[i] = 1
	}()
	var m map[string]int
	m["a"] = 1
}
