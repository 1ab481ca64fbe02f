//go:build rtgen

package reflect

import (
	"internal/abi"
	"unsafe"
)

// This file calls functions and makes them. Arguments and results travel in a block, which reflectmeta
// lays out (Signature): a word, the arguments, and from a multiple of 8 the results. A call may
// suspend; its results are in the block only after callDone.

// callBlock allocates the block for a call of a function of type t.
func callBlock(t *funcType) unsafe.Pointer

// callFunc calls func value fn with the arguments in block.
func callFunc(t *funcType, fn, block unsafe.Pointer)

// callCode calls the code of a method with receiver word rcvr.
func callCode(t *funcType, code, rcvr, block unsafe.Pointer)

// callDone follows callFunc and callCode: it brings the results into block if the callee had suspended.
func callDone(t *funcType, block unsafe.Pointer)

// makeFunc returns a func value of type t. Calling it calls thunk with a block that holds the arguments,
// and into which thunk puts the results. code, if not nil, is what Value.Pointer tells of it; method says that it is a
// method's whose receiver is one word.
func makeFunc(t *funcType, code unsafe.Pointer, method bool, thunk func(block unsafe.Pointer)) unsafe.Pointer {
	return rtgen_makeFunc(t, code, method, thunk, runDetached)
}

func rtgen_makeFunc(t *funcType, code unsafe.Pointer, method bool, thunk func(block unsafe.Pointer), run func(func(unsafe.Pointer), unsafe.Pointer, unsafe.Pointer)) unsafe.Pointer

// detachedCall is the outcome of a thunk that runs in a goroutine of its own, because the function that calls it
// cannot be suspended.
type detachedCall struct {
	value any
	state uintptr
	wait  uintptr
}

const (
	detachedReturned = 1
	detachedPanicked = 2
)

func runDetached(thunk func(unsafe.Pointer), block, note unsafe.Pointer) {
	n := (*detachedCall)(note)
	defer func() {
		if n.state == 0 {
			if r := recover(); r != nil {
				n.value, n.state = r, detachedPanicked
			}
		}
		detachedDone(note)
	}()
	thunk(block)
	n.state = detachedReturned
}

func detachedDone(note unsafe.Pointer)

// methodIndex is the place in itabs of method i of an interface type.
func methodIndex(t *interfaceType, i int) int

const blockStart = 8 // offset of the arguments in a block

func (v Value) call(op string, in []Value) []Value {
	t := (*funcType)(unsafe.Pointer(v.typ()))
	var fn, rcvr unsafe.Pointer
	method := v.flag&flagMethod != 0
	if method {
		t, fn, rcvr = methodReceiver(op, v, int(v.flag)>>flagMethodShift)
	} else if v.flag&flagIndir != 0 {
		fn = *(*unsafe.Pointer)(v.ptr)
	} else {
		fn = v.ptr
	}
	if fn == nil {
		panic("reflect.Value.Call: call of nil function")
	}

	isSlice := op == "CallSlice"
	n := t.NumIn()
	isVariadic := t.IsVariadic()
	if isSlice {
		if !isVariadic {
			panic("reflect: CallSlice of non-variadic function")
		}
		if len(in) < n {
			panic("reflect: CallSlice with too few input arguments")
		}
		if len(in) > n {
			panic("reflect: CallSlice with too many input arguments")
		}
	} else {
		if isVariadic {
			n--
		}
		if len(in) < n {
			panic("reflect: Call with too few input arguments")
		}
		if !isVariadic && len(in) > n {
			panic("reflect: Call with too many input arguments")
		}
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i := 0; i < n; i++ {
		if xt, targ := in[i].Type(), t.In(i); !xt.AssignableTo(toRType(targ)) {
			panic("reflect: " + op + " using " + xt.String() + " as type " + stringFor(targ))
		}
	}
	if !isSlice && isVariadic {
		m := len(in) - n
		slice := MakeSlice(toRType(t.In(n)), m, m)
		elem := toRType(t.In(n)).Elem()
		for i := 0; i < m; i++ {
			x := in[n+i]
			if xt := x.Type(); !xt.AssignableTo(elem) {
				panic("reflect: cannot use " + xt.String() + " as type " + elem.String() + " in " + op)
			}
			slice.Index(i).Set(x)
		}
		origIn := in
		in = make([]Value, n+1)
		copy(in[:n], origIn)
		in[n] = slice
	}
	if len(in) != t.NumIn() {
		panic("reflect.Value.Call: wrong argument count")
	}

	block := callBlock(t)
	off := uintptr(blockStart)
	for i, x := range in {
		x.mustBeExported()
		targ := t.In(i)
		x = x.assignTo("reflect.Value.Call", targ, nil)
		off = align(off, uintptr(targ.Align_))
		storeTo(targ, unsafe.Add(block, off), x)
		off += targ.Size_
	}
	if method {
		callCode(t, fn, rcvr, block)
	} else {
		callFunc(t, fn, block)
	}
	callDone(t, block)
	if t.NumOut() == 0 {
		return nil
	}
	ret := make([]Value, t.NumOut())
	clear(unsafe.Slice((*byte)(block), off)) // the results keep the block, not the arguments
	off = align(off, 8)
	for i := range ret {
		typ := t.Out(i)
		off = align(off, uintptr(typ.Align_))
		ret[i] = loadFrom(typ, unsafe.Add(block, off))
		off += typ.Size_
	}
	return ret
}

// storeTo stores x, whose type is t, at p.
func storeTo(t *abi.Type, p unsafe.Pointer, x Value) {
	if x.flag&flagIndir != 0 {
		if t.Size_ > 0 {
			typedmemmove(t, p, x.ptr)
		}
	} else {
		*(*unsafe.Pointer)(p) = x.ptr
	}
}

// loadFrom is the value at p, which nothing else changes.
func loadFrom(t *abi.Type, p unsafe.Pointer) Value {
	switch {
	case t.Size_ == 0:
		return Zero(toRType(t))
	case t.IsDirectIface():
		return Value{t, *(*unsafe.Pointer)(p), flag(t.Kind())}
	}
	return Value{t, p, flagIndir | flag(t.Kind())}
}

// methodReceiver returns the type, code and receiver word for calling method i of v.
func methodReceiver(op string, v Value, i int) (t *funcType, code, rcvr unsafe.Pointer) {
	typ := v.typ()
	if typ.Kind() == abi.Interface {
		tt := (*interfaceType)(unsafe.Pointer(typ))
		if uint(i) >= uint(len(tt.Methods)) {
			panic("reflect: internal error: invalid method index")
		}
		m := &tt.Methods[i]
		if !tt.nameOff(m.Name).IsExported() {
			panic("reflect: " + op + " of unexported method")
		}
		iface := (*abi.NonEmptyInterface)(v.ptr)
		if iface.ITab == nil {
			panic("reflect: " + op + " of method on nil interface value")
		}
		j := methodIndex(tt, i)
		code = *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(&iface.ITab.Fun[0]), uintptr(j)*8))
		return (*funcType)(unsafe.Pointer(tt.typeOff(m.Typ))), code, iface.Data
	}
	ms := typ.ExportedMethods()
	if uint(i) >= uint(len(ms)) {
		panic("reflect: internal error: invalid method index")
	}
	m := ms[i]
	if !nameOffFor(typ, m.Name).IsExported() {
		panic("reflect: " + op + " of unexported method")
	}
	rcvr = v.ptr
	if v.flag&flagIndir != 0 && typ.IsDirectIface() {
		rcvr = *(*unsafe.Pointer)(v.ptr)
	}
	return (*funcType)(unsafe.Pointer(typeOffFor(typ, m.Mtyp))), textOffFor(typ, m.Ifn), rcvr
}

func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	ftyp := (*funcType)(unsafe.Pointer(t))
	f := makeFunc(ftyp, nil, false, func(block unsafe.Pointer) { callReflect(ftyp, fn, block) })
	return Value{t, f, flag(Func)}
}

// callReflect calls the function given to MakeFunc.
func callReflect(t *funcType, f func([]Value) []Value, block unsafe.Pointer) {
	in := make([]Value, 0, int(t.InCount))
	off := uintptr(blockStart)
	for _, typ := range t.InSlice() {
		off = align(off, uintptr(typ.Align_))
		in = append(in, loadFrom(typ, unsafe.Add(block, off)))
		off += typ.Size_
	}
	off = align(off, 8)
	out := f(in)
	if len(out) != t.NumOut() {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	for i, typ := range t.OutSlice() {
		v := out[i]
		if v.typ() == nil {
			panic("reflect: function created by MakeFunc using " + funcName(f) +
				" returned zero Value")
		}
		if v.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using " + funcName(f) +
				" returned value obtained from unexported field")
		}
		off = align(off, uintptr(typ.Align_))
		storeTo(typ, unsafe.Add(block, off), v.assignTo("reflect.MakeFunc", typ, nil))
		off += typ.Size_
	}
}

// funcName is for panics. GOROOT's takes the closure's address for its code, so it never finds a name.
func funcName(f func([]Value) []Value) string { return "closure" }

// makeMethodValue turns a Value that stands for a method into one that holds a function.
func makeMethodValue(op string, v Value) Value {
	if v.flag&flagMethod == 0 {
		panic("reflect: internal error: invalid use of makeMethodValue")
	}
	t, code, rcvr := methodReceiver(op, v, int(v.flag)>>flagMethodShift)
	if typ := v.typ(); typ.Kind() != abi.Interface && !typ.IsDirectIface() && v.flag&flagAddr != 0 {
		rcvr = unsafe_New(typ) // a method value keeps a copy
		typedmemmove(typ, rcvr, v.ptr)
	}
	f := makeFunc(t, methodValueCode(), false, func(block unsafe.Pointer) {
		callCode(t, code, rcvr, block)
		callDone(t, block)
	})
	return Value{t.Common(), f, v.flag&flagRO | flag(Func)}
}

func methodValueCode() unsafe.Pointer { return rtgen_funcCode(nil) }

func (t *rtype) Method(i int) (m Method) {
	keepMethods()
	if t.Kind() == Interface {
		return (*interfaceType)(unsafe.Pointer(t)).Method(i)
	}
	methods := t.exportedMethods()
	if i < 0 || i >= len(methods) {
		panic("reflect: Method index out of range")
	}
	p := methods[i]
	m.Name = t.nameOff(p.Name).Name()
	ft := (*funcType)(unsafe.Pointer(t.typeOff(p.Mtyp)))
	in := make([]Type, 0, 1+ft.NumIn())
	in = append(in, t)
	for _, arg := range ft.InSlice() {
		in = append(in, toRType(arg))
	}
	out := make([]Type, 0, ft.NumOut())
	for _, ret := range ft.OutSlice() {
		out = append(out, toRType(ret))
	}
	mt := FuncOf(in, out, ft.IsVariadic()).(*rtype)
	code := t.textOff(p.Ifn)
	f := makeFunc((*funcType)(unsafe.Pointer(mt)), t.textOff(p.Tfn), t.t.IsDirectIface(), func(block unsafe.Pointer) {
		callMethodExpr(&t.t, ft, code, block)
	})
	m.Type = mt
	m.Func = Value{&mt.t, f, flag(Func)}
	m.Index = i
	return m
}

// callMethodExpr calls a method whose receiver is the first argument in block.
func callMethodExpr(rcvr *abi.Type, t *funcType, code, block unsafe.Pointer) {
	off := align(blockStart, uintptr(rcvr.Align_))
	word := unsafe.Add(block, off)
	if rcvr.IsDirectIface() {
		word = *(*unsafe.Pointer)(word)
	}
	off += rcvr.Size_
	b, boff := callBlock(t), uintptr(blockStart)
	boff, off = moveValues(t.InSlice(), b, boff, block, off)
	callCode(t, code, word, b)
	callDone(t, b)
	moveValues(t.OutSlice(), block, off, b, boff)
}

// moveValues copies values of the given types between blocks, and returns the next multiples of 8.
func moveValues(ts []*abi.Type, to unsafe.Pointer, toOff uintptr, from unsafe.Pointer, fromOff uintptr) (uintptr, uintptr) {
	for _, t := range ts {
		toOff, fromOff = align(toOff, uintptr(t.Align_)), align(fromOff, uintptr(t.Align_))
		if t.Size_ > 0 {
			typedmemmove(t, unsafe.Add(to, toOff), unsafe.Add(from, fromOff))
		}
		toOff += t.Size_
		fromOff += t.Size_
	}
	return align(toOff, 8), align(fromOff, 8)
}

// keepMethods tells the linker that the program finds methods by reflection: it must keep them all.
func keepMethods()

func (v Value) MethodByName(name string) Value {
	keepMethods()
	if v.typ() == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	m, ok := toRType(v.typ()).methodIndexByName(name)
	if !ok {
		return Value{}
	}
	return v.Method(m)
}

// methodIndexByName is MethodByName without making the method.
func (t *rtype) methodIndexByName(name string) (int, bool) {
	if t.Kind() == Interface {
		tt := (*interfaceType)(unsafe.Pointer(t))
		for i := range tt.Methods {
			if tt.nameOff(tt.Methods[i].Name).Name() == name {
				return i, true
			}
		}
		return 0, false
	}
	methods := t.exportedMethods()
	i, j := 0, len(methods)
	for i < j {
		h := int(uint(i+j) >> 1)
		if !(t.nameOff(methods[h].Name).Name() >= name) {
			i = h + 1
		} else {
			j = h
		}
	}
	if i < len(methods) && name == t.nameOff(methods[i].Name).Name() {
		return i, true
	}
	return 0, false
}

func (v Value) Method(i int) Value {
	keepMethods()
	if v.typ() == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if v.flag&flagMethod != 0 || uint(i) >= uint(toRType(v.typ()).NumMethod()) {
		panic("reflect: Method index out of range")
	}
	if v.typ().Kind() == abi.Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	fl := v.flag.ro() | (v.flag & flagIndir)
	fl |= flag(Func)
	fl |= flag(i)<<flagMethodShift | flagMethod
	return Value{v.typ(), v.ptr, fl}
}
