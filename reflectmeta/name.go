package reflectmeta

import (
	"encoding/binary"
	"strings"
	"sync"
	"unsafe"
)

// This file reads and makes encoded names, internal/abi.Name:
//
//	flags | varint length | name | varint length | tag | 4 bytes: name offset of the package path
//
// Names made here are interned and never freed. Their offsets are negative.

type name struct{ b *byte }

const (
	nameExported = 1 << iota
	nameTag
	namePkgPath
	nameEmbedded
)

func (n name) at(off int) *byte { return (*byte)(unsafe.Add(unsafe.Pointer(n.b), off)) }

func (n name) varint(off int) (size, v int) {
	for i := 0; ; i++ {
		x := *n.at(off + i)
		v |= int(x&0x7f) << (7 * i)
		if x&0x80 == 0 {
			return i + 1, v
		}
	}
}

func (n name) str() string {
	if n.b == nil {
		return ""
	}
	i, l := n.varint(1)
	return unsafe.String(n.at(1+i), l)
}

func (n name) flags() byte {
	if n.b == nil {
		return 0
	}
	return *n.b
}

func (n name) embedded() bool { return n.flags()&nameEmbedded != 0 }
func (n name) blank() bool    { return n.str() == "_" }

func (n name) tag() string {
	if n.flags()&nameTag == 0 {
		return ""
	}
	i, l := n.varint(1)
	j, m := n.varint(1 + i + l)
	return unsafe.String(n.at(1+i+l+j), m)
}

// hostPkgPath is the path of the package that qualifies an unexported name of the host, if the name says.
func (n name) hostPkgPath() string {
	if n.flags()&namePkgPath == 0 {
		return ""
	}
	i, l := n.varint(1)
	off := 1 + i + l
	if n.flags()&nameTag != 0 {
		j, m := n.varint(off)
		off += j + m
	}
	var o int32
	copy((*[4]byte)(unsafe.Pointer(&o))[:], unsafe.Slice(n.at(off), 4))
	return name{(*byte)(hostNameOff(unsafe.Pointer(n.b), o))}.str()
}

type nameKey struct {
	s, tag, pkg string
	flags       byte
}

// names interns the names made here; guarded by its mutex.
var names nameTable

type nameTable struct {
	sync.Mutex
	m map[nameKey]int32
}

// makeName returns the offset of an interned name. pkg, if not empty, is the guest path that
// qualifies it.
func makeName(s, tag, pkg string, exported, embedded bool) int32 {
	k := nameKey{s: s, tag: tag, pkg: pkg}
	if exported {
		k.flags |= nameExported
	}
	if embedded {
		k.flags |= nameEmbedded
	}
	names.Lock()
	defer names.Unlock()
	return names.make(k)
}

func (n *nameTable) make(k nameKey) int32 {
	if off, ok := n.m[k]; ok {
		return off
	}
	key := k
	var pkgOff int32
	if k.pkg != "" {
		pkgOff = n.make(nameKey{s: k.pkg})
		k.flags |= namePkgPath
	}
	b := []byte{k.flags}
	b = binary.AppendUvarint(b, uint64(len(k.s)))
	b = append(b, k.s...)
	if k.tag != "" {
		b[0] |= nameTag
		b = binary.AppendUvarint(b, uint64(len(k.tag)))
		b = append(b, k.tag...)
	}
	if k.pkg != "" {
		b = binary.NativeEndian.AppendUint32(b, uint32(pkgOff))
	}
	p := arenaBytes(b)
	off := offsets.add(unsafe.Pointer(p))
	if n.m == nil {
		n.m = map[nameKey]int32{}
	}
	key.s, key.tag = strings.Clone(key.s), strings.Clone(key.tag)
	n.m[key] = off
	return off
}

func nameAt(off int32) name { return name{(*byte)(offsets.at(off))} }
