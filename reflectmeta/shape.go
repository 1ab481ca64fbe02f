package reflectmeta

import (
	"unicode"
	"unsafe"

	"rtgen/rtlib/abi"
)

// This file recognises what a host type stands for.

const (
	recvDir = 1
	sendDir = 2
	bothDir = 3
)

// parts is what a map or channel is made of.
type parts struct {
	key, elem *Type
	dir       int
	composite bool // an unnamed guest type, although the host's is named: abi.Map[K, V], not type M
}

var (
	hostError = hostOf[abi.Error]()
	hostW     = hostOf[*abi.W]()
	hostSP    = hostOf[abi.SP]()
)

// shape returns the guest's kind of a host type, and its parts if that is Map or Chan: instances of
// abi.Map and abi.Chan, and defined types made of them, are structs to the host.
func shape(h *Type) (Kind, parts) {
	if h.Kind != Struct {
		return h.Kind, parts{}
	}
	st := h.strct()
	if len(st.Fields) != 2 || h.Size != 8 || st.PkgPath.b == nil || st.PkgPath.str() != hostABI {
		return Struct, parts{}
	}
	z := st.Fields[0]
	if z.Typ.Kind != Array || z.Typ.Size != 0 {
		return Struct, parts{}
	}
	e := z.Typ.array().Elem
	p := parts{composite: h.named() && h.hostPath() == hostABI}
	switch z.Name.str() {
	case "_":
		p.key, p.elem = e.fn().params()[0], e.fn().params()[1]
		return Map, p
	case "both":
		p.dir = bothDir
	case "recv":
		p.dir = recvDir
	case "send":
		p.dir = sendDir
	default:
		return Struct, parts{}
	}
	p.elem = e.ptr().Elem
	return Chan, p
}

// hidden is the number of parameters that the author does not know of: 2, or 0 for functions of the host.
func hidden(f *funcType) int {
	if f.InCount >= 2 {
		if in := f.in(); in[0] == hostW && in[1] == hostSP {
			return 2
		}
	}
	return 0
}

func (t *Type) elem() *Type {
	switch t.Kind {
	case Array:
		return t.array().Elem
	case Pointer, Slice:
		return t.ptr().Elem
	}
	return nil
}

func isUpper(r rune) bool { return unicode.IsUpper(r) }

func unsafePtr(t *Type) unsafe.Pointer { return unsafe.Pointer(t) }

// Instances to clone when the program has none.
var (
	protoMap  = hostOf[abi.Map[int, int]]()
	protoChan = hostOf[abi.Chan[int]]()
	protoRecv = hostOf[abi.RecvChan[int]]()
	protoSend = hostOf[abi.SendChan[int]]()
)
