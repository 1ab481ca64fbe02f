// print and println of every kind of value.
package main

type I interface{ M() }
type E string
type N int8

func main() {
	println()
	println(1, -1, 0, int8(-128), uint8(255), int64(-1<<63), uint64(1<<64-1), uintptr(7), N(3), 'x')
	println(1.0, -1.5, 0.1, 1e100, 1e-100, 123456789.0, float32(0.1), 3.0e8, 1e21, 5e-324, 1.7976931348623157e308)
	z := 0.0
	println(1/z, -1/z, z/z, -z)
	println(1i, 1+2i, -1-2.5i, complex64(1), complex(1/z, z/z))
	println(true, false, !true)
	println("str", "", "é\n\t\x00end", E("named"), "a"+"b")
	print(1, 2, "a", "b", 3, true, 'c', 1.5, "\n")
	print("no newline")
	print()
	print("\n")
	var p *int
	var e any
	var i I
	var f func()
	var m map[string]int
	var c chan int
	var s []int
	println(p, f == nil, m, c)
	println(e)
	println(i)
	println(s)
	println(len(s), cap(s), nil == p)
	defer println("deferred", 1, "x", 2.5)
	defer print("deferred print ", 1, "\n")
	const big = 1 << 62
	println(big, big>>60, "x"[0], len("abc"))
	println(1<<3, 1<<3.0, 7/2, 7/2.0, -7%3)
}
