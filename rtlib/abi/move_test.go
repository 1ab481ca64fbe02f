package abi

import (
	"slices"
	"testing"
	"unsafe"
)

func TestWords(t *testing.T) {
	for _, list := range [][]int{nil, {0}, {1, 2, 3}, {253, 254, 255}, {254, 1000, 1001}, {255, 510, 765, 5000}} {
		var words [5001]uintptr
		var got []int
		eachWord(Words(list), unsafe.Pointer(&words), func(p *uintptr) {
			got = append(got, int(uintptr(unsafe.Pointer(p))-uintptr(unsafe.Pointer(&words)))/8)
		})
		if !slices.Equal(got, list) {
			t.Errorf("%v comes back as %v", list, got)
		}
	}
}

// TestMoved looks up addresses in and around three frames.
func TestMoved(t *testing.T) {
	fn := &Func{Size: 32}
	var mem [3]struct {
		Frame
		body [4]uintptr
	}
	var list []move
	for i := range mem {
		mem[i].Fn = fn
		list = append(list, move{SP(1000 - 100*i), &mem[i].Frame})
	}
	for i, m := range list {
		at := uintptr(m.to.Body())
		for p, want := range map[uintptr]uintptr{
			m.sp - 1: m.sp - 1, m.sp: at, m.sp + 31: at + 31, m.sp + 32: m.sp + 32,
		} {
			if got := moved(list, p); got != want {
				t.Errorf("frame %d: %d leads to %#x, not %#x", i, p, got, want)
			}
		}
	}
}
