package reflectmeta

import (
	"reflect"
	"sync/atomic"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file lays out the block in which reflect passes arguments and results:
//
//	func(a int8, b string) (bool, error)   →   │ done │ a │ b │ bool, pad, error │
//	                                           0      8   16  RetOff = 32
//
// Arguments lie at their natural offsets behind the first word, results as the struct that they
// form at W.Ret, from an offset that is a multiple of 8. Guest reflect computes the same offsets.

// Signature is what calling through a func type takes.
type Signature struct {
	In, Out []Place
	RetOff  uintptr
	RetSize uintptr
	Block   *abi.Layout

	Variadic bool
	Func     *Type          // host func type, (w, sp) included
	method   unsafe.Pointer // *Type: the same with the receiver's word in front; made when first needed
	stub     unsafe.Pointer // a host func value of Func; made when first needed
}

// Place is one argument or result.
type Place struct {
	Type *Type   // host
	Off  uintptr // in the block
}

// SignatureOf returns the signature of a descriptor of kind Func.
func SignatureOf(t *Type) *Signature {
	p := &t.header().Info
	if s := atomic.LoadPointer(p); s != nil {
		return (*Signature)(s)
	}
	h := t.header().Host.fn()
	s := &Signature{Variadic: h.variadic(), Func: &h.Type}
	var b bits
	off := uintptr(8)
	place := func(t *Type) Place {
		off = align(off, uintptr(t.Align))
		p := Place{t, off}
		b.mark(off, t)
		off += t.Size
		return p
	}
	for _, t := range h.in()[hidden(h):] {
		s.In = append(s.In, place(t))
	}
	off = align(off, 8)
	s.RetOff = off
	for _, t := range h.out() {
		s.Out = append(s.Out, place(t))
	}
	off = align(off, 8)
	s.RetSize = off - s.RetOff
	s.Block = makeLayout(off, off, &b)
	keep(s)
	if !atomic.CompareAndSwapPointer(p, nil, unsafe.Pointer(s)) {
		s = (*Signature)(atomic.LoadPointer(p))
	}
	return s
}

// Method returns the host type of the code of a method with this signature: the receiver's word comes first.
func (s *Signature) Method() *Type {
	if t := atomic.LoadPointer(&s.method); t != nil {
		return (*Type)(t)
	}
	h := s.Func.fn()
	in := []reflect.Type{reflect.TypeFor[unsafe.Pointer]()}
	for _, t := range h.in() {
		in = append(in, hostType(t))
	}
	var out []reflect.Type
	for _, t := range h.out() {
		out = append(out, hostType(t))
	}
	t := wordOf(reflect.FuncOf(in, out, s.Variadic))
	atomic.StorePointer(&s.method, unsafe.Pointer(t))
	return t
}

// Stub returns a host func value of the signature's type that mk made, the same one each time.
func (s *Signature) Stub(mk func(reflect.Type) any) unsafe.Pointer {
	if p := atomic.LoadPointer(&s.stub); p != nil {
		return p
	}
	f := mk(hostType(s.Func))
	keep(f)
	p := (*eface)(unsafe.Pointer(&f)).data
	atomic.StorePointer(&s.stub, p)
	return p
}

// CopyResults moves results from W.Ret, where a call that suspended left them, to a block.
func (s *Signature) CopyResults(w *abi.W, block unsafe.Pointer) {
	copy(unsafe.Slice((*byte)(unsafe.Add(block, s.RetOff)), s.RetSize), unsafe.Slice((*byte)(w.Ret), s.RetSize))
	abi.DirtyRange(unsafe.Add(block, s.RetOff), s.RetSize)
}

// StoreResults moves results from a block to W.Ret, as a function that completes does.
func (s *Signature) StoreResults(w *abi.W, block unsafe.Pointer) {
	copy(unsafe.Slice((*byte)(w.RetArea(s.RetSize)), s.RetSize), unsafe.Slice((*byte)(unsafe.Add(block, s.RetOff)), s.RetSize))
}

// value mirrors reflect.Value of go1.26.
type value struct {
	typ  *Type
	ptr  unsafe.Pointer
	flag uintptr
}

const flagIndir = 1 << 7

// At is the host's reflect.Value of what p points to. It is not addressable.
func At(t *Type, p unsafe.Pointer) reflect.Value {
	v := value{t, p, uintptr(t.Kind) | flagIndir}
	if t.TFlag&FlagDirectIface != 0 {
		v.ptr, v.flag = *(*unsafe.Pointer)(p), uintptr(t.Kind)
	}
	return *(*reflect.Value)(unsafe.Pointer(&v))
}

// Store copies a value of the host's reflect to p.
func Store(p unsafe.Pointer, rv reflect.Value) {
	v := (*value)(unsafe.Pointer(&rv))
	if v.flag&flagIndir == 0 {
		*(*unsafe.Pointer)(p) = v.ptr
		abi.Dirty(p)
		return
	}
	n := v.typ.Size
	copy(unsafe.Slice((*byte)(p), n), unsafe.Slice((*byte)(v.ptr), n))
	abi.DirtyRange(p, n)
}

// WordValue is the one word of a value whose type is a pointer or uintptr.
func WordValue(rv reflect.Value) uintptr {
	v := (*value)(unsafe.Pointer(&rv))
	if v.flag&flagIndir == 0 {
		return uintptr(v.ptr)
	}
	return *(*uintptr)(v.ptr)
}

// Call calls fn, a guest func value, or, if method is set, the code fn of a method with receiver word rcvr, with
// the arguments in a block, and stores the results there. If the callee suspended there are none yet:
// w.Unwind is set, and they will be at w.Ret. Otherwise the block's first word is 1.
func (s *Signature) Call(w *abi.W, sp abi.SP, fn, rcvr unsafe.Pointer, method bool, block unsafe.Pointer) {
	var buf [12]reflect.Value
	args := buf[:0]
	var f reflect.Value
	if method {
		code := &fn // a func value is the address of its code's address
		f = At(s.Method(), unsafe.Pointer(&code))
		args = append(args, At(hostPointer, unsafe.Pointer(&rcvr)))
	} else {
		f = At(s.Func, unsafe.Pointer(&fn))
	}
	args = append(args, At(hostW, unsafe.Pointer(&w)), At(hostSP, unsafe.Pointer(&sp)))
	for _, p := range s.In {
		args = append(args, At(p.Type, unsafe.Add(block, p.Off)))
	}
	var out []reflect.Value
	if s.Variadic {
		out = f.CallSlice(args)
	} else {
		out = f.Call(args)
	}
	if w.Unwind != 0 {
		return
	}
	for i, p := range s.Out {
		Store(unsafe.Add(block, p.Off), out[i])
	}
	*(*uintptr)(block) = 1
}

var hostPointer = hostOf[unsafe.Pointer]()
