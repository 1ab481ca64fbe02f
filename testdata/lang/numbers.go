// Integer overflow, division, shifts, conversions; floats; the folding of constants.
package main

import "unsafe"

//go:noinline
func id[T any](v T) T { return v }

type small int8
type U interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

func edges[T U](min, max T) {
	var one T = 1
	print(max+one == min, " ", min-one == max, " ", -min == min, " ", max*max, " ", min*max, " ", min*min, " ")
	print(min/max, " ", min%max, " ", ^min, " ", max&^one, " ", max^min, " ")
	for _, s := range []uint{0, 1, 7, 8, 31, 32, 63, 64, 65, 1 << 40} {
		print(max<<s, ":", min>>s, " ")
	}
	println()
}

const (
	big    = 1 << 100
	fromB  = big >> 98
	huge   = big * big / big
	fl     = 1 / 3.0
	ex     = 'a' + 1.0
	typed  = small(100)
	cplx   = (1 + 2i) * (3 - 1i)
	mask   = ^uint32(0)
	neg    = -5 >> 1
	str    = "const" + "ant"
	length = len(str)
)

const (
	_ = iota
	A
	B = "x"
	C
	D = iota * 10
	E
	F, G = iota, -iota
	_, _
	H, I
	K = 1 << (iota * 3)
	L
	_
	M
)

func shifts() {
	var s uint = 33
	var i = 1 << s
	var j int32 = 1 << s
	var k = uint64(1 << s)
	var w int64 = 1.0 << 33
	var u = uint(1) << s >> s
	var v uint8 = 255
	n := -8
	println(i, j, k, w, u, v<<1>>1, v>>1<<1, n>>1, n>>100, uint32(n)>>28, n<<62)
	a := [10]int{}
	println(len(a[1<<uint(2):]), a[id(1)<<1], 1<<id(3) == 8)
	var f float64 = float64(1 << 3)
	var b = make([]byte, 1.0<<id(uint(3)))
	println(f, len(b), uint8(1)<<7, int8(-128)>>7, int8(id[int8](-128))/-1, id[int8](-128)%-1)
	println(id(7)/2, id(-7)/2, id(7)%3, id(-7)%3, id(7)%-3, id(-7)/-2, id[uint](7)/2, id(-1)>>63, id(uint64(1))<<63)
	println(id(1000)/10, id(-1000)/7, id(-1000)%8, id(uint32(4000000000))/7, id(int64(-1)<<63)/-1, id(int64(-1)<<63)/10)
}

func conversions() {
	f := id(3.99)
	println(int(f), int(-f), uint8(id(255.9)), int64(id(-1e18)), float32(id(16777217.0)), float64(float32(id(0.1))))
	i := id(-1)
	println(uint8(i), uint16(i), uint32(i), uint64(i), int8(id(200)), int16(id(40000)), uintptr(id(5)), small(id(300)))
	println(float64(id(uint64(1<<63+1024))), float64(id(int64(1<<53+1))), uint64(id(float64(1<<63))), float32(id(1)<<24+1))
	println(string(rune(id(65))), string(rune(id(-1))), string(rune(id(0x10FFFF+1))), string(rune(0x4e16)))
	println(unsafe.Sizeof(i), unsafe.Sizeof(small(0)), unsafe.Sizeof(struct {
		a byte
		b int64
		c byte
	}{}))
	var x uint8 = 200
	x += 100
	println(x, -x, ^x, x*x, uint16(x)*uint16(x))
	var y int16 = 32767
	y++
	println(y, -y, y-1)
	y--
	y *= y
	println(y)
}

func floats() {
	z := id(0.0)
	inf, nan := 1/z, z/z
	println(inf, -inf, nan != nan, nan < 1, nan > 1, nan == nan, inf > 1e308, -z == z, 1/(-z) < 0, 1/id(-0.0) > 0)
	println(id(0.1)+id(0.2), id(1e308)*10, id(5e-324)/2, id(float32(1e38))*10, id(2.5)*2, 7.0/2)
	var f32 float32 = 0.1
	println(f32*f32, float64(f32), float32(float64(f32)*3), f32+0.2 == 0.3, id(1.5e300)*1.5e300 >= inf)
	println(max(1, 2.5, id(0.5)), min(id(3.0), 2), max("a", id("b")), min(z, -z), max(nan, 1) != max(nan, 1))
	m := map[float64]int{nan: 1, 0: 2}
	m[nan] = 3
	m[-z] = 4
	println(len(m), m[0], m[nan])
}

func complexes() {
	a, b := complex(id(1.0), 2), id(3-1i)
	println(a+b, a-b, a*b, a/b, -a, a == b, a != b, real(a), imag(b))
	var c complex64 = complex64(a)
	c *= c
	println(c, complex128(c) == complex128(c), real(c), cplx)
	z := id(0 + 0i)
	println(a/z != a/z, real(a/z), z/z == z/z)
	c = 1
	c += 2i
	println(c, c == 1+2i)
	var i any = a
	println(i.(complex128) == a, i == any(1+2i))
	println(complex(id(float32(1)), 2) * 2)
}

// A typed constant that is shifted keeps its type, whatever the shift is converted to.
func shiftedConstants(i uint) {
	println(int64(int32(1)<<i), float64(int(1)<<i), uint64(int8(-1)<<i), uint8(int(1)<<i>>8), int8(int(3)<<i/4))
	var w int64 = 1 << i
	println(w, uint32(1<<i), float32(int32(1)<<i), complex(float64(int(1)<<i), 0))
}

func main() {
	for i := range uint(34) {
		shiftedConstants(i)
	}
	edges[int8](-128, 127)
	edges[int16](-32768, 32767)
	edges[int32](-1<<31, 1<<31-1)
	edges[int64](-1<<63, 1<<63-1)
	edges[uint8](0, 255)
	edges[uint16](0, 1<<16-1)
	edges[uint32](0, 1<<32-1)
	edges[uint64](0, 1<<64-1)
	println(fromB, huge>>98, fl, ex, typed, real(cplx), mask, neg, str, length)
	println(A, B, C, D, E, F, G, H, I, K, L, M)
	shifts()
	conversions()
	floats()
	complexes()
	const c = 10
	var d time = c * ms
	println(d, d/ms, 0b101, 0o17, 0x1p4, 1_000_000, 'x', '\u00e9', "\x41\101\u0042")
}

type time int64

const ms time = 1e6
