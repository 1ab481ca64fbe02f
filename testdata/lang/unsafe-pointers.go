// unsafe: sizes and offsets, pointer arithmetic, slices and strings from pointers.
package main

import "unsafe"

type S struct {
	a byte
	b int32
	c string
	d struct {
		e byte
		f [3]uint16
	}
	g any
	h func()
	i map[int]int
	j chan int
	k []int
}

func y[T any](v T) T {
	c := make(chan T)
	go func() { c <- v }()
	return <-c
}

type hdr struct {
	p        unsafe.Pointer
	len, cap int
}

func main() {
	var s S
	println(unsafe.Sizeof(s), unsafe.Alignof(s), unsafe.Offsetof(s.b), unsafe.Offsetof(s.c), unsafe.Offsetof(s.d), unsafe.Offsetof(s.d.f), unsafe.Offsetof(s.g), unsafe.Offsetof(s.h), unsafe.Offsetof(s.i), unsafe.Offsetof(s.j), unsafe.Offsetof(s.k))
	println(unsafe.Sizeof(map[string]int{}), unsafe.Sizeof(make(chan S)), unsafe.Sizeof(func() {}), unsafe.Sizeof([3]any{}), unsafe.Sizeof(error(nil)), unsafe.Sizeof(struct{}{}), unsafe.Alignof(s.d.f))
	p := unsafe.Pointer(&s)
	*(*int32)(unsafe.Add(p, unsafe.Offsetof(s.b))) = 42
	*(*string)(unsafe.Pointer(uintptr(p) + unsafe.Offsetof(s.c))) = y("str")
	println(s.b, s.c)
	a := []int{1, 2, 3, 4}
	q := unsafe.SliceData(a)
	b := unsafe.Slice(q, 3)
	b[1] = 20
	println(a[1], len(b), cap(b), *(*int)(unsafe.Add(unsafe.Pointer(q), 16)))
	str := unsafe.String((*byte)(unsafe.Pointer(&[]byte("hello")[0])), 4)
	println(str, *(*byte)(unsafe.Pointer(unsafe.StringData(str))), len(unsafe.Slice(unsafe.StringData(str), 2)))
	f := 1.5
	bits := *(*uint64)(unsafe.Pointer(&f))
	println(bits>>52, *(*float64)(unsafe.Pointer(&bits)))
	h := (*hdr)(unsafe.Pointer(&a))
	println(h.len, h.cap, *(*int)(h.p))
	h.len = 2
	println(len(a))
	arr := (*[4]int)(unsafe.Pointer(q))
	arr[3] = y(7)
	println(a[:4][3], unsafe.Slice((*int)(nil), 0) == nil)
	u := uintptr(unsafe.Pointer(&arr[1])) - uintptr(unsafe.Pointer(&arr[0]))
	println(u)
	type T struct{ x, y int32 }
	t := T{1, 2}
	println(*(*int64)(unsafe.Pointer(&t)) == 2<<32|1)
	pp := unsafe.Pointer(&t)
	y(1)
	(*T)(pp).x = 5
	println(t.x, pp == unsafe.Pointer(&t), unsafe.Pointer(nil) == nil)
	const c = unsafe.Sizeof(T{}) * 2
	var x [c]byte
	println(len(x))
	for _, f := range []func(){
		func() { n := -1; _ = unsafe.Slice(q, n) },
		func() { var nq *int; n := 1; _ = unsafe.Slice(nq, n) },
		func() { n := -1; _ = unsafe.String((*byte)(nil), n) },
		func() { n := 1 << 62; _ = unsafe.Slice(q, n) },
	} {
		func() {
			defer func() { println(recover().(error).Error()) }()
			f()
		}()
	}
}
