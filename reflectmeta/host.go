package reflectmeta

import "unsafe"

// This file mirrors internal/abi of go1.26: the layout that host descriptors have and that guest
// descriptors are given. Equal and Hasher are closure addresses here.

// Kind numbers the kinds of types, as reflect.Kind does.
type Kind uint8

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Type flags.
const (
	FlagUncommon      uint8 = 1 << 0
	FlagExtraStar     uint8 = 1 << 1
	FlagNamed         uint8 = 1 << 2
	FlagRegularMemory uint8 = 1 << 3
	FlagGCOnDemand    uint8 = 1 << 4
	FlagDirectIface   uint8 = 1 << 5
)

// Type is internal/abi.Type.
type Type struct {
	Size       uintptr
	PtrBytes   uintptr
	Hash       uint32
	TFlag      uint8
	Align      uint8
	FieldAlign uint8
	Kind       Kind
	Equal      unsafe.Pointer // closure; host: func(p, q), guest: func(w, sp, p, q)
	GCData     *byte
	Str        int32
	PtrToThis  int32
}

type (
	arrayType struct {
		Type
		Elem  *Type
		Slice *Type
		Len   uintptr
	}
	chanType struct {
		Type
		Elem *Type
		Dir  int
	}
	// funcType is followed by an uncommonType if it has one, then by its parameter and result types.
	funcType struct {
		Type
		InCount  uint16
		OutCount uint16 // top bit: variadic
	}
	imethod struct {
		Name int32
		Typ  int32
	}
	interfaceType struct {
		Type
		PkgPath name
		Methods []imethod
	}
	// MapType is internal/abi.MapType.
	MapType struct {
		Type
		Key       *Type
		Elem      *Type
		Group     *Type
		Hasher    unsafe.Pointer // closure: func(w, sp, p, seed) uintptr
		GroupSize uintptr
		SlotSize  uintptr
		ElemOff   uintptr
		Flags     uint32
	}
	// elemType is a pointer or slice type.
	elemType struct {
		Type
		Elem *Type
	}
	structField struct {
		Name   name
		Typ    *Type
		Offset uintptr
	}
	structType struct {
		Type
		PkgPath name
		Fields  []structField
	}
	method struct {
		Name, Mtyp, Ifn, Tfn int32
	}
	uncommonType struct {
		PkgPath int32
		Mcount  uint16
		Xcount  uint16
		Moff    uint32
		_       uint32
	}
)

// MapType.Flags.
const (
	mapNeedKeyUpdate = 1 << iota
	mapHashMightPanic
	mapIndirectKey
	mapIndirectElem
)

const (
	mapGroupSlots = 8
	mapMaxInline  = 128 // bytes of a key or element that is kept in its slot
)

type (
	eface struct {
		typ  *Type
		data unsafe.Pointer
	}
	iface struct {
		tab  *itab
		data unsafe.Pointer
	}
	itab struct {
		Inter *interfaceType
		Type  *Type
		Hash  uint32
		Fun   [1]uintptr
	}
)

// Word returns the host's type word of x, nil for a nil interface.
func Word(x any) unsafe.Pointer { return unsafe.Pointer((*eface)(unsafe.Pointer(&x)).typ) }

func hostOf[T any]() *Type { return (*elemType)(Word((*T)(nil))).Elem }

// baseSize is the size of the part of a descriptor that depends on its kind.
func baseSize(k Kind) uintptr {
	switch k {
	case Array:
		return unsafe.Sizeof(arrayType{})
	case Chan:
		return unsafe.Sizeof(chanType{})
	case Func:
		return unsafe.Sizeof(funcType{})
	case Interface:
		return unsafe.Sizeof(interfaceType{})
	case Map:
		return unsafe.Sizeof(MapType{})
	case Pointer, Slice:
		return unsafe.Sizeof(elemType{})
	case Struct:
		return unsafe.Sizeof(structType{})
	}
	return unsafe.Sizeof(Type{})
}

func (t *Type) uncommon() *uncommonType {
	if t.TFlag&FlagUncommon == 0 {
		return nil
	}
	return (*uncommonType)(unsafe.Add(unsafe.Pointer(t), baseSize(t.Kind)))
}

func (u *uncommonType) methods() []method {
	if u == nil || u.Mcount == 0 {
		return nil
	}
	return unsafe.Slice((*method)(unsafe.Add(unsafe.Pointer(u), uintptr(u.Moff))), u.Mcount)
}

func (t *Type) named() bool { return t.TFlag&FlagNamed != 0 }

// params returns the parameter and result types, together.
func (t *funcType) params() []*Type {
	off := unsafe.Sizeof(funcType{})
	if t.TFlag&FlagUncommon != 0 {
		off += unsafe.Sizeof(uncommonType{})
	}
	n := int(t.InCount) + t.numOut()
	if n == 0 {
		return nil
	}
	return unsafe.Slice((**Type)(unsafe.Add(unsafe.Pointer(t), off)), n)
}

func (t *funcType) in() []*Type    { return t.params()[:t.InCount:t.InCount] }
func (t *funcType) out() []*Type   { return t.params()[t.InCount:] }
func (t *funcType) numOut() int    { return int(t.OutCount &^ (1 << 15)) }
func (t *funcType) variadic() bool { return t.OutCount&(1<<15) != 0 }

func (t *Type) array() *arrayType     { return (*arrayType)(unsafe.Pointer(t)) }
func (t *Type) fn() *funcType         { return (*funcType)(unsafe.Pointer(t)) }
func (t *Type) iface() *interfaceType { return (*interfaceType)(unsafe.Pointer(t)) }
func (t *Type) ptr() *elemType        { return (*elemType)(unsafe.Pointer(t)) }
func (t *Type) strct() *structType    { return (*structType)(unsafe.Pointer(t)) }
func (t *Type) mapt() *MapType        { return (*MapType)(unsafe.Pointer(t)) }
func (t *Type) channel() *chanType    { return (*chanType)(unsafe.Pointer(t)) }

// The host's tables of names, types and code. Its own package reflect is served by the same functions.

//go:linkname hostNameOff reflect.resolveNameOff
func hostNameOff(inModule unsafe.Pointer, off int32) unsafe.Pointer

//go:linkname hostTypeOff reflect.resolveTypeOff
func hostTypeOff(t unsafe.Pointer, off int32) unsafe.Pointer

//go:linkname hostTextOff reflect.resolveTextOff
func hostTextOff(t unsafe.Pointer, off int32) unsafe.Pointer

//go:linkname hostTypelinks reflect.typelinks
func hostTypelinks() (sections []unsafe.Pointer, offset [][]int32)

func (t *Type) nameOff(off int32) name {
	return name{(*byte)(hostNameOff(unsafe.Pointer(t), off))}
}

// hostString is the host's own text for a host type.
func (t *Type) hostString() string {
	s := t.nameOff(t.Str).str()
	if t.TFlag&FlagExtraStar != 0 {
		return s[1:]
	}
	return s
}

// hostPath is the import path of the package that declares host type t, "" for others.
func (t *Type) hostPath() string {
	if u := t.uncommon(); u != nil && t.named() {
		return t.nameOff(u.PkgPath).str()
	}
	return ""
}
