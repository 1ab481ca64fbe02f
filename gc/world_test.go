package gc

import (
	"unsafe"

	"rtgen/rtlib/abi"
)

type fakeWorld struct {
	ws   []*abi.W
	gs   []*abi.G
	more []unsafe.Pointer
}

var testWorld = &fakeWorld{}

func (f *fakeWorld) Stop(w *abi.W, sp abi.SP) bool { w.Top = sp; return true }
func (f *fakeWorld) Start(w *abi.W)                {}
func (f *fakeWorld) Safepoint(w *abi.W, sp abi.SP) {}
func (f *fakeWorld) Workers(fn func(*abi.W)) {
	for _, w := range f.ws {
		fn(w)
	}
}
func (f *fakeWorld) Gs(fn func(*abi.G)) {
	for _, g := range f.gs {
		fn(g)
	}
}
func (f *fakeWorld) Roots(mark func(unsafe.Pointer)) {
	for _, p := range f.more {
		mark(p)
	}
}
func (f *fakeWorld) Go(w *abi.W, sp abi.SP, fn func(*abi.W, abi.SP)) { fn(w, sp) }
