//go:build rtgen

package reflect

import (
	"internal/abi"
	"unsafe"
)

// This file has the channel operations: all that may wait are selects.

// selectChans is rselect, but a value received may still be on its way: see selectDone.
func selectChans(cases *runtimeSelect, n int, done *uintptr) (chosen int, recvOK bool)

// selectDone brings a received value to p if the select had suspended: if it did not, done was set.
func selectDone(t *rtype, p unsafe.Pointer)

func rselect(cases []runtimeSelect) (chosen int, recvOK bool) {
	done := new(uintptr)
	chosen, recvOK = selectChans(unsafe.SliceData(cases), len(cases), done)
	if *done == 0 && cases[chosen].dir == SelectRecv {
		selectDone(cases[chosen].typ, cases[chosen].val)
	}
	return chosen, recvOK && cases[chosen].dir == SelectRecv
}

func chanOp(dir SelectDir, t *abi.Type, ch unsafe.Pointer, nb bool, val unsafe.Pointer) (selected, ok bool) {
	cases := make([]runtimeSelect, 1, 2)
	cases[0] = runtimeSelect{dir: dir, typ: toRType(t), ch: ch, val: val}
	if nb {
		cases = append(cases, runtimeSelect{dir: SelectDefault})
	}
	i, ok := rselect(cases)
	return i == 0, ok
}

func (v Value) recv(nb bool) (val Value, ok bool) {
	tt := (*chanType)(unsafe.Pointer(v.typ()))
	if ChanDir(tt.Dir)&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	t := tt.Elem
	p := unsafe_New(t)
	selected, ok := chanOp(SelectRecv, &tt.Type, v.pointer(), nb, p)
	if !selected {
		return Value{}, ok
	}
	return loadFrom(t, p), ok
}

func (v Value) send(x Value, nb bool) (selected bool) {
	tt := (*chanType)(unsafe.Pointer(v.typ()))
	if ChanDir(tt.Dir)&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	x.mustBeExported()
	x = x.assignTo("reflect.Value.Send", tt.Elem, nil)
	p := x.ptr
	if x.flag&flagIndir == 0 {
		word := new(unsafe.Pointer)
		*word = x.ptr
		p = unsafe.Pointer(word)
	}
	selected, _ = chanOp(SelectSend, &tt.Type, v.pointer(), nb, p)
	return selected
}

//rtgen:drop chanrecv chansend chansend0
