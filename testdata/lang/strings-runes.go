// Strings, bytes and runes: conversion, comparison, concatenation, slicing, invalid UTF-8.
package main

//go:noinline
func id[T any](v T) T { return v }

func y(s string) string {
	c := make(chan string)
	go func() { c <- s }()
	return <-c
}

type S string
type B []byte
type R []rune
type MyByte byte

func hex(b []byte) string {
	const digits = "0123456789abcdef"
	s := ""
	for _, c := range b {
		s += string(digits[c>>4]) + string(digits[c&15])
	}
	return s
}

func main() {
	a, e := id("abc"), id("")
	println(a+"d", "x"+a+"y", a+e, e+e == "", a+a+a+a+a+a, len(a+e+"é"))
	println(a < "abd", a > "ab", a <= "abc", a != "abc", a == "ab"+string('c'), "" < a, "Z" < "a", "é" > "z")
	println(a[1], a[1:], a[:1], a[1:2], a[:], a[3:] == "", string(a[0]))
	b := []byte(a)
	b[0] = 'X'
	println(a, string(b), string(b[1:]), len([]byte("")), cap(b) >= 3)
	r := []rune("aé世\xff")
	println(len(r), r[0], r[1], r[2], r[3], string(r), string(r[1:3]), hex([]byte(string(r))))
	println(string(S("s")+"t"), S(b), string(B("bytes")), string(R{65, 0x4e16}), string([]MyByte("mb")), len(R("é")))
	println(hex([]byte(string([]rune{-1, 0xD800, 0x110000, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff}))))
	for i, c := range "a\xc0\x80é\xe2\x82世\xf0\x9f\x98\x80\xf4\x90\x80\x80" {
		print(i, ":", c, " ")
	}
	println()
	for i, c := range []byte("é") {
		print(i, ":", c, " ")
	}
	println()
	s := ""
	for i := range 300 {
		s += string(rune('a' + i%26))
	}
	println(len(s), s[299:], s == s[:150]+s[150:])
	m := map[string]int{"abc": 1}
	bs := []byte("abc")
	println(m[string(bs)], m[string(bs[:2])], m[a[:3]], m[e])
	m[string(bs)] = 5
	bs[0] = 'z'
	m[string(bs)]++
	println(len(m), m["abc"], m["zbc"])
	switch string(bs) {
	case "zbc":
		println("switched")
	}
	if string(bs) == "zbc" && string(bs) != string(b) {
		println("compared")
	}
	println(y("a")+y("b")+"c"+y("d"), y("xyz")[1:], y("xyz")[id(2)], len(y("é")))
	str := "start"
	str += y("1") + str
	println(str)
	println(string(append([]byte("a"), "bc"...)), string(append(B(nil), y("spread")...)), copy(bs, "qrs"), string(bs))
	var nb []byte
	println(string(nb) == "", nb == nil, []byte(e) == nil, len(string([]rune(nil))))
	println(`raw\n`+"\t"+"\"", '\'', "\a\b\f\v\\"[0], "\377"[0], "\u00ff"[0], len("\U0001F600"))
	func() {
		defer func() { println(recover().(error).Error()) }()
		println(a[id(3)])
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		println(a[id(2):id(1)])
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		println(a[id(-1):])
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		println(a[id(5):])
	}()
	type pair struct{ a, b string }
	println(pair{"a", "b"} == pair{"a", string([]byte{'b'})}, any("a") == any(string([]byte{'a'})), any(S("a")) == any("a"))
	arr := [3]string{"x", 2: "z"}
	println(arr == [...]string{"x", "", "z"}, arr[1] == "")
	lines := 0
	for _, c := range "a\nb\r\nc\n" {
		if c == '\n' {
			lines++
		}
	}
	println(lines, max("b", "a", id("c")), min("b", id("a")))
	println(len([]rune(string([]byte{0xff, 0xfe, 'a'}))), string(rune(id(0xd800))) == "\ufffd")
	var sb []string
	for _, w := range []string{"the", "quick"} {
		sb = append(sb, w+"!")
	}
	println(sb[0], sb[1], len(sb))
	const c = "constant"
	println(c[2], len(c), c[1:3], c+y("!"), "constant"[id(3)])
}
