package rtlib

// This file is the string operators that allocate.

import (
	"unicode/utf8"
	"unsafe"

	"rtgen/gc"
	rtpanic "rtgen/panic"
	"rtgen/rtlib/abi"
)

// newString returns a string of n bytes and the bytes, to be filled in at once.
func newString(w *abi.W, sp abi.SP, n int) (string, []byte) {
	p := (*byte)(gc.NewBytes(w, sp, n))
	return unsafe.String(p, n), unsafe.Slice(p, n)
}

// buffer is room for a short result in the caller's frame.
type buffer = [abi.BufferSize]byte

// room is newString that uses buf if the string fits. buf may be nil.
func room(w *abi.W, sp abi.SP, buf *buffer, n int) (string, []byte) {
	if buf != nil && n <= len(buf) {
		return unsafe.String(&buf[0], n), buf[:n]
	}
	return newString(w, sp, n)
}

// Concat2 is a + b.
func Concat2(w *abi.W, sp abi.SP, a, b string) string { return Concat2In(w, sp, nil, a, b) }

// Concat2In is Concat2 with room for the result, as are the others whose names end so.
func Concat2In(w *abi.W, sp abi.SP, buf *buffer, a, b string) string {
	if a == "" {
		return b
	}
	if b == "" {
		return a
	}
	n := len(a) + len(b)
	if n < 0 {
		tooLong(w, sp)
	}
	s, p := room(w, sp, buf, n)
	copy(p[copy(p, a):], b)
	return s
}

// Concat3 is a + b + c.
func Concat3(w *abi.W, sp abi.SP, a, b, c string) string { return ConcatNIn(w, sp, nil, a, b, c) }

// Concat3In is a + b + c.
func Concat3In(w *abi.W, sp abi.SP, buf *buffer, a, b, c string) string {
	return ConcatNIn(w, sp, buf, a, b, c)
}

// ConcatN is the sum of parts.
func ConcatN(w *abi.W, sp abi.SP, parts ...string) string { return ConcatNIn(w, sp, nil, parts...) }

// ConcatNIn is the sum of parts.
func ConcatNIn(w *abi.W, sp abi.SP, buf *buffer, parts ...string) string {
	n, last, used := 0, 0, 0
	for i, s := range parts {
		if s != "" {
			last = i
			used++
			if n += len(s); n < 0 {
				tooLong(w, sp)
			}
		}
	}
	if used <= 1 {
		if used == 0 {
			return ""
		}
		return parts[last]
	}
	r, p := room(w, sp, buf, n)
	for _, s := range parts {
		p = p[copy(p, s):]
	}
	return r
}

func tooLong(w *abi.W, sp abi.SP) {
	rtpanic.PanicError(w, sp, rtpanic.StringError, "string concatenation too long")
}

// BytesToString is string(b).
func BytesToString(w *abi.W, sp abi.SP, b []byte) string { return BytesToStringIn(w, sp, nil, b) }

// BytesToStringIn is string(b).
func BytesToStringIn(w *abi.W, sp abi.SP, buf *buffer, b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) == 1 {
		return byteString(b[0])
	}
	s, p := room(w, sp, buf, len(b))
	copy(p, b)
	return s
}

// byteString is a string of one byte, shared.
func byteString(b byte) string {
	return unsafe.String((*byte)(unsafe.Pointer(&small[b])), 1) // the low byte comes first: little-endian
}

// StringToBytes is []byte(s).
func StringToBytes(w *abi.W, sp abi.SP, s string) []byte {
	c := int(gc.RoundUp(uintptr(len(s)), true))
	b := unsafe.Slice((*byte)(gc.NewBytes(w, sp, c)), c)[:len(s)]
	copy(b, s)
	return b
}

// StringToBytesIn is []byte(s).
func StringToBytesIn(w *abi.W, sp abi.SP, buf *buffer, s string) []byte {
	if len(s) <= len(buf) {
		*buf = buffer{}
		return buf[:copy(buf[:], s)]
	}
	return StringToBytes(w, sp, s)
}

// RunesToString is string(r).
func RunesToString(w *abi.W, sp abi.SP, r []rune) string {
	n := 0
	for _, x := range r {
		n += runeLen(x)
	}
	if n == 0 {
		return ""
	}
	s, p := newString(w, sp, n)
	for _, x := range r {
		p = p[utf8.EncodeRune(p, x):]
	}
	return s
}

func runeLen(r rune) int {
	if n := utf8.RuneLen(r); n > 0 {
		return n
	}
	return 3 // of U+FFFD
}

// StringToRunes is []rune(s).
func StringToRunes(w *abi.W, sp abi.SP, s string) []rune {
	n := utf8.RuneCountInString(s)
	c := int(gc.RoundUp(uintptr(n)*4, true) / 4)
	r := unsafe.Slice((*rune)(gc.NewBytes(w, sp, c*4)), c)[:n]
	i := 0
	for _, x := range s {
		r[i] = x
		i++
	}
	return r
}

// IntToString is string(rune(v)), for any integer v.
func IntToString(w *abi.W, sp abi.SP, v int64) string {
	r := rune(v)
	if int64(r) != v {
		r = utf8.RuneError
	}
	if r >= 0 && r < utf8.RuneSelf {
		return byteString(byte(r))
	}
	s, p := newString(w, sp, runeLen(r))
	utf8.EncodeRune(p, r)
	return s
}

// DecodeRune returns the rune at s[i:] and where the next one begins.
func DecodeRune(s string, i int) (r rune, next int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), i + 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return r, i + n
}
