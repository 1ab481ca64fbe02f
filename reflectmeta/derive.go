package reflectmeta

import (
	"strings"
	"sync"
	"unsafe"
)

// This file derives descriptors.

// Self, as the Str or PtrToThis of a descriptor, stands for its text or the pointer to it.
const Self = 1<<31 - 1

// deriving is one derivation under way: descriptors refer to each other, so none is published
// before all are complete.
type deriving struct {
	done  map[*Type]*Type // host → guest
	order []*Type
}

func derive(h *Type) *Type {
	lock.Lock()
	defer lock.Unlock()
	d := deriving{done: map[*Type]*Type{}}
	g := d.guest(h)
	for _, h := range d.order {
		publish(h, d.done[h])
	}
	return g
}

// guest returns the descriptor of h, perhaps one that is still being filled in.
func (d *deriving) guest(h *Type) *Type {
	if h == nil {
		return nil
	}
	if g := known.Load().get(unsafe.Pointer(h)); g != nil {
		return (*Type)(g)
	}
	if g := d.done[h]; g != nil {
		return g
	}
	kind, p := shape(h)
	u := h.uncommon()
	if p.composite {
		u = nil
	}
	base := baseSize(kind)
	size, nparams, drop := base, 0, 0
	var ms []member
	if u != nil {
		size += unsafe.Sizeof(uncommonType{})
		ms = methods(h)
	}
	if kind == Func {
		drop = hidden(h.fn())
		nparams = len(h.fn().params()) - drop
		size += uintptr(nparams) * 8
	}
	moff := size - base
	size += uintptr(len(ms)) * unsafe.Sizeof(method{})

	mem := arenaAlloc(headerSize + size)
	(*header)(mem).Host = h
	g := (*Type)(unsafe.Add(mem, headerSize))
	d.done[h] = g
	d.order = append(d.order, h)

	*g = Type{
		Size: h.Size, PtrBytes: h.PtrBytes, Hash: h.Hash, Align: h.Align, FieldAlign: h.FieldAlign,
		TFlag: h.TFlag &^ FlagExtraStar, Kind: kind,
		Equal: equalOf(h), GCData: h.GCData, Str: Self, PtrToThis: Self,
	}
	if p.composite {
		g.TFlag &^= FlagNamed | FlagUncommon
	}
	if kind == Chan {
		g.TFlag |= FlagRegularMemory
	}
	if u != nil {
		path := pkgPathOf(h)
		gu := g.uncommon()
		*gu = uncommonType{Mcount: uint16(len(ms)), Moff: uint32(moff)}
		if path != "" {
			gu.PkgPath = makeName(path, "", "", false, false)
		}
		gm := gu.methods()
		for i := range ms {
			m := &ms[i]
			hm := u.methods()[m.index]
			gm[i] = method{Name: m.nameOff(path), Mtyp: typeOff(h, hm.Mtyp), Ifn: hm.Ifn, Tfn: hm.Tfn}
			if m.exported {
				gu.Xcount++
			}
		}
	}

	switch kind {
	case Array:
		a, ha := g.array(), h.array()
		a.Len, a.Elem, a.Slice = ha.Len, d.guest(ha.Elem), d.guest(ha.Slice)
	case Slice, Pointer:
		g.ptr().Elem = d.guest(h.ptr().Elem)
	case Chan:
		g.channel().Dir = p.dir
		g.channel().Elem = d.guest(p.elem)
	case Map:
		d.fillMap(g.mapt(), p)
	case Func:
		hf := h.fn()
		g.fn().InCount, g.fn().OutCount = hf.InCount-uint16(drop), hf.OutCount
		ps := g.fn().params()
		for i, t := range hf.params()[drop:] {
			ps[i] = d.guest(t)
		}
	case Interface:
		d.fillInterface(g, h)
	case Struct:
		d.fillStruct(g.strct(), h)
	}
	return g
}

// typeOff keeps a host offset, unless it is of a type made at run time, whose offsets are negative as
// those of this package are.
func typeOff(h *Type, off int32) int32 {
	if off >= 0 || off == -1 { // -1: the linker dropped the method
		return off
	}
	p := hostTypeOff(unsafe.Pointer(h), off)
	hostTypes.Store(p, true)
	return offsets.add(p)
}

// hostTypes holds the host types that the table of offsets refers to.
var hostTypes sync.Map

func (d *deriving) fillInterface(g, h *Type) {
	ms := imethods(h)
	path := ""
	if p := h.iface().PkgPath.str(); p != "" && h != hostError {
		path = guestPath(p)
		if h.named() {
			path, _ = typeName(h)
		}
		g.iface().PkgPath = nameAt(makeName(path, "", "", false, false))
	}
	if len(ms) == 0 {
		return
	}
	im := unsafe.Slice((*imethod)(arenaAlloc(uintptr(len(ms))*unsafe.Sizeof(imethod{}))), len(ms))
	moved := false
	for i := range ms {
		im[i] = imethod{Name: ms[i].nameOff(path), Typ: typeOff(h, ms[i].typ)}
		moved = moved || ms[i].index != i
	}
	g.iface().Methods = im
	if moved {
		order := unsafe.Slice((*int32)(arenaAlloc(uintptr(len(ms))*4)), len(ms))
		for i := range ms {
			order[i] = int32(ms[i].index)
		}
		g.header().Info = unsafe.Pointer(&order[0])
	}
}

// MethodIndex is the place in host itabs of method i of a guest interface type.
func MethodIndex(t *Type, i int) int {
	if p := t.header().Info; p != nil {
		return int(unsafe.Slice((*int32)(p), len(t.iface().Methods))[i])
	}
	return i
}

func (d *deriving) fillStruct(g *structType, h *Type) {
	hs := h.strct()
	path := ""
	if p := hs.PkgPath.str(); p != "" {
		path = guestPath(p)
	}
	if len(hs.Fields) > 0 {
		g.Fields = unsafe.Slice((*structField)(arenaAlloc(uintptr(len(hs.Fields))*unsafe.Sizeof(structField{}))), len(hs.Fields))
	}
	unexported := false
	for i := range hs.Fields {
		f := &hs.Fields[i]
		n := f.Name
		s, pkg := fieldName(f, h)
		if s != n.str() {
			n = nameAt(makeName(s, n.tag(), "", isExported(s), n.embedded()))
			if !isExported(s) && path == "" {
				if path = pkg; path == "" {
					path = pathOfEmbedded(h, f)
				}
			}
		}
		unexported = unexported || !isExported(s)
		g.Fields[i] = structField{Name: n, Typ: d.guest(f.Typ), Offset: f.Offset}
	}
	if unexported && path != "" {
		g.PkgPath = nameAt(makeName(path, "", "", false, false))
	}
}

// fieldName is the guest's name of a field of host type h, and its package if the spelling tells. An
// embedded field is called after its type, or an alias of that.
func fieldName(f *structField, h *Type) (s, pkg string) {
	s = f.Name.str()
	if !f.Name.embedded() {
		return guestMember(s, owner(h))
	}
	if strings.HasPrefix(s, mark) {
		return guestTypeName(s), ""
	}
	return s, ""
}

// pathOfEmbedded finds the package of a struct type whose unexported fields are exported in the output.
func pathOfEmbedded(h *Type, f *structField) string {
	if h.named() {
		return pkgPathOf(h)
	}
	t := f.Typ
	if t.Kind == Pointer && !t.named() {
		t = t.ptr().Elem
	}
	return pkgPathOf(t)
}
