package main

// What is constant only in an instance is no constant: it may overflow, divide by zero and be out of range.

import "unsafe"

func add[T uint8 | int]() T                { return T(200) + T(100) }
func neg[T uint8 | int]() T                { return -T(1) }
func shl[T uint8 | int]() T                { return T(1) << 9 }
func div[T int | int8](x T) T              { return x / (T(1) - T(1)) }
func length[A [3]int | [4]int](a A) int    { return 1 << (len(a) * 20) }
func shift[T any]() int64                  { return 1 << unsafe.Sizeof(*new(T)) }
func ratio[T any]() uintptr                { return 1 / unsafe.Sizeof(*new(T)) }
func index[T byte](t T) byte               { return "a"[unsafe.Sizeof(t)+0] }
func offset[T any](t struct{ a, b T }) int { return 1 << (60 + unsafe.Offsetof(t.b)) }

func nils[T any]() {
	switch []T(nil) {
	case nil:
		println("slice")
	}
	switch (func() T)(nil) {
	case nil:
		println("func")
	}
	switch (map[int]T)(nil) {
	case nil:
		println("map")
	}
}

func try(f func()) {
	defer func() { println(recover().(error).Error()) }()
	f()
}

func main() {
	println(add[uint8](), add[int](), neg[uint8](), neg[int](), shl[uint8](), shl[int]())
	println(length([3]int{}), length([4]int{}), shift[[62]byte](), shift[[64]byte](), offset(struct{ a, b int }{}))
	nils[int]()
	try(func() { div(3) })
	try(func() { ratio[struct{}]() })
	try(func() { index(byte(0)) })
}
