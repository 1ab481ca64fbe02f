package reflectmeta

import (
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"
)

// This file makes types that the program may not have: each gets a host type first.

// hostType is a host type as the host's reflect knows it.
func hostType(t *Type) reflect.Type {
	var x any
	(*eface)(unsafe.Pointer(&x)).typ = t
	if t.TFlag&FlagDirectIface == 0 {
		(*eface)(unsafe.Pointer(&x)).data = unsafe.Pointer(&nothing)
	}
	return reflect.TypeOf(x)
}

var nothing uint64 // data of an interface that is only asked for its type

// wordOf is the other way.
func wordOf(t reflect.Type) *Type {
	return (*Type)((*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1])
}

// HostType returns the host's type of a descriptor.
func HostType(t *Type) reflect.Type { return hostType(t.header().Host) }

// Pointer returns the descriptor of *t.
func (t *Type) Pointer() *Type {
	p := &t.header().ptr
	if g := atomic.LoadPointer(p); g != nil {
		return (*Type)(g)
	}
	g := For(unsafe.Pointer(wordOf(reflect.PointerTo(HostType(t)))))
	atomic.StorePointer(p, unsafe.Pointer(g))
	return g
}

// SliceOf returns the descriptor of []t.
func SliceOf(t *Type) *Type { return For(unsafe.Pointer(wordOf(reflect.SliceOf(HostType(t))))) }

// ArrayOf returns the descriptor of [n]t. It panics as reflect does if the array is too large.
func ArrayOf(n int, t *Type) *Type {
	return For(unsafe.Pointer(wordOf(reflect.ArrayOf(n, HostType(t)))))
}

// FuncOf returns the descriptor of func(in…) out….
func FuncOf(in, out []*Type, variadic bool) *Type {
	hin := make([]reflect.Type, 0, len(in)+2)
	hin = append(hin, hostType(hostW), hostType(hostSP))
	for _, t := range in {
		hin = append(hin, HostType(t))
	}
	hout := make([]reflect.Type, 0, len(out))
	for _, t := range out {
		hout = append(hout, HostType(t))
	}
	return For(unsafe.Pointer(wordOf(reflect.FuncOf(hin, hout, variadic))))
}

// Field is a field of a struct type to make.
type Field struct {
	Name     string
	PkgPath  string // guest path; of unexported fields
	Type     *Type
	Tag      string
	Embedded bool
}

// StructOf returns the descriptor of a struct type. It panics with reflect's texts.
func StructOf(fields []Field) *Type {
	hf := make([]reflect.StructField, len(fields))
	for i, f := range fields {
		h := f.Type.header().Host
		hf[i] = reflect.StructField{
			Name: f.Name, Type: hostType(h), Tag: reflect.StructTag(f.Tag), Anonymous: f.Embedded,
		}
		if f.PkgPath != "" {
			hf[i].PkgPath = hostPathFor(f.PkgPath)
		}
		if f.Embedded {
			if h.Kind == Pointer && !h.named() {
				h = h.ptr().Elem
			}
			if n := hostName(h); h.named() && guestTypeName(n) == f.Name {
				hf[i].Name = n
			}
		}
	}
	return For(unsafe.Pointer(wordOf(reflect.StructOf(hf))))
}

// hostPathFor guesses the host's path of a guest package, for struct types that only reflection makes:
// if the program has the type, one of its packages has been named that way.
func hostPathFor(path string) string {
	if p, ok := hostPaths.Load(path); ok {
		return p.(string)
	}
	indexInstances()
	if p, ok := hostPaths.Load(path); ok {
		return p.(string)
	}
	if path == "main" {
		return hostMain + "main"
	}
	return hostGuest + path
}

var hostPaths sync.Map // guest path → host path, as met in the program's types

// composite identifies an unnamed map or channel type by the host types it is made of.
type composite struct {
	key, elem *Type
	dir       int
}

// instances are the instances of abi.Map and abi.Chan that exist, by what they are made of.
var instances struct {
	sync.Mutex
	indexed bool
	m       map[composite]*Type
}

// indexInstances finds the program's. gc lists no named types for us to search, but the pointer types
// that it makes along with them.
func indexInstances() {
	instances.Lock()
	defer instances.Unlock()
	if instances.indexed {
		return
	}
	instances.indexed = true
	instances.m = map[composite]*Type{}
	sections, offsets := hostTypelinks()
	for i, offs := range offsets {
		for _, off := range offs {
			t := (*Type)(unsafe.Add(sections[i], off))
			if t.Kind != Pointer {
				continue
			}
			e := t.ptr().Elem
			if e.named() {
				if p := e.hostPath(); p != "" {
					hostPaths.LoadOrStore(guestPath(p), p)
					hostByIdent.LoadOrStore(pathIdent(p), p)
				}
			}
			if _, p := shape(e); p.composite {
				instances.m[composite{p.key, p.elem, p.dir}] = e
			}
		}
	}
}

// instance finds or makes the host type of a map or channel type. proto is one of its sort.
func instance(c composite, proto *Type, field *Type, text string) *Type {
	indexInstances()
	instances.Lock()
	defer instances.Unlock()
	if t := instances.m[c]; t != nil {
		return t
	}
	type named struct {
		structType
		u uncommonType
	}
	n := &named{structType: *proto.strct()}
	keep(n)
	n.u.PkgPath = hostAddOff(unsafe.Pointer(proto.nameOff(proto.uncommon().PkgPath).b))
	t := &n.Type
	t.Hash = fnv1(fnv1(proto.Hash, field.Hash), uint32(c.dir))
	b := append([]byte{0, 0}, text...)
	b[0], b[1] = byte(len(text)&0x7f|0x80), byte(len(text)>>7)
	b = append([]byte{nameExported}, b...)
	if len(text) >= 1<<14 {
		panic("reflectmeta: type name too long: " + text)
	}
	t.Str = hostAddOff(unsafe.Pointer(arenaBytes(b)))
	t.TFlag &^= FlagExtraStar
	t.PtrToThis = 0
	n.Fields = append([]structField(nil), n.Fields...)
	n.Fields[0].Typ = field
	instances.m[c] = t
	return t
}

//go:linkname hostAddOff reflect.addReflectOff
func hostAddOff(p unsafe.Pointer) int32

// MapOf returns the descriptor of map[key]elem.
func MapOf(key, elem *Type) *Type {
	k, e := key.header().Host, elem.header().Host
	f := wordOf(reflect.ArrayOf(0, reflect.FuncOf([]reflect.Type{hostType(k)}, []reflect.Type{hostType(e)}, false)))
	return For(unsafe.Pointer(instance(composite{key: k, elem: e}, protoMap, f, "abi.Map["+k.hostString()+","+e.hostString()+"]")))
}

// ChanOf returns the descriptor of a channel type; dir is as in reflect.
func ChanOf(dir int, elem *Type) *Type {
	e := elem.header().Host
	f := wordOf(reflect.ArrayOf(0, reflect.PointerTo(hostType(e))))
	proto, text := protoChan, "abi.Chan["
	switch dir {
	case recvDir:
		proto, text = protoRecv, "abi.RecvChan["
	case sendDir:
		proto, text = protoSend, "abi.SendChan["
	case bothDir:
	default:
		panic("reflect.ChanOf: invalid dir " + strconv.Itoa(dir))
	}
	return For(unsafe.Pointer(instance(composite{elem: e, dir: dir}, proto, f, text+e.hostString()+"]")))
}

func fnv1(h, x uint32) uint32 { return h*16777619 ^ x }
