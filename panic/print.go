// This file is print and println: text as stock's runtime prints it, one write per statement.

package rtpanic

import (
	"os"
	"strconv"
	"sync"
	"unsafe"
)

// out collects the text of one print statement.
var out struct {
	sync.Mutex
	buf []byte
}

// stderr is a variable for tests.
var stderr = func(b []byte) {
	for len(b) > 0 {
		n, err := os.Stderr.Write(b)
		if err != nil {
			return
		}
		b = b[n:]
	}
}

// PrintLock begins a print statement. None of its operands has a call in it, so no two statements nest.
func PrintLock() { out.Lock() }

// PrintUnlock writes what was printed since PrintLock.
func PrintUnlock() {
	stderr(out.buf)
	if cap(out.buf) > 64<<10 {
		out.buf = nil
	}
	out.buf = out.buf[:0]
	out.Unlock()
}

// PrintBool prints true or false. This and the functions below are called between PrintLock and PrintUnlock.
func PrintBool(v bool) { out.buf = strconv.AppendBool(out.buf, v) }

// PrintInt prints v in decimal.
func PrintInt(v int64) { out.buf = strconv.AppendInt(out.buf, v, 10) }

// PrintUint prints v in decimal.
func PrintUint(v uint64) { out.buf = strconv.AppendUint(out.buf, v, 10) }

// PrintFloat prints v in the shortest form that reads back as the same float64.
func PrintFloat(v float64) { out.buf = strconv.AppendFloat(out.buf, v, 'g', -1, 64) }

// PrintFloat32 prints v in the shortest form that reads back as the same float32.
func PrintFloat32(v float32) { out.buf = strconv.AppendFloat(out.buf, float64(v), 'g', -1, 32) }

// PrintComplex prints v as (re+imi).
func PrintComplex(v complex128) { out.buf = appendComplex(out.buf, v, 64) }

// PrintComplex64 prints v as (re+imi).
func PrintComplex64(v complex64) { out.buf = appendComplex(out.buf, complex128(v), 32) }

func appendComplex(b []byte, v complex128, bits int) []byte {
	b = strconv.AppendFloat(append(b, '('), real(v), 'g', -1, bits)
	n := len(b)
	b = strconv.AppendFloat(b, imag(v), 'g', -1, bits)
	if b[n] != '+' && b[n] != '-' {
		b = append(b[:n], append([]byte{'+'}, b[n:]...)...)
	}
	return append(b, 'i', ')')
}

// PrintString prints s.
func PrintString(s string) { out.buf = append(out.buf, s...) }

// PrintPointer prints p, which may be any pointer-shaped value, as 0x….
func PrintPointer(p unsafe.Pointer) { PrintHex(uint64(uintptr(p))) }

// PrintHex prints v as 0x….
func PrintHex(v uint64) { out.buf = appendHex(out.buf, v) }

func appendHex(b []byte, v uint64) []byte { return strconv.AppendUint(append(b, "0x"...), v, 16) }

// PrintEface prints an empty interface as (type word,data word).
func PrintEface(v any) {
	words := (*[2]uintptr)(unsafe.Pointer(&v))
	out.buf = appendHex(append(out.buf, '('), uint64(words[0]))
	out.buf = append(appendHex(append(out.buf, ','), uint64(words[1])), ')')
}

// PrintIface prints an interface with methods, which was converted to an empty one: its type word stands for
// its table.
func PrintIface(v any) { PrintEface(v) }

// PrintSlice prints a slice as [len/cap]0x….
func PrintSlice(p unsafe.Pointer, len, cap int) {
	out.buf = strconv.AppendInt(append(out.buf, '['), int64(len), 10)
	out.buf = strconv.AppendInt(append(out.buf, '/'), int64(cap), 10)
	out.buf = appendHex(append(out.buf, ']'), uint64(uintptr(p)))
}

// PrintNl prints a line's end.
func PrintNl() { out.buf = append(out.buf, '\n') }

// PrintSp prints a space.
func PrintSp() { out.buf = append(out.buf, ' ') }
