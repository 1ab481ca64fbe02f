package reflectmeta

import (
	"strings"
	"sync/atomic"
	"unsafe"
)

// This file answers offsets: the hooks behind reflect's nameOff, typeOff and textOff.

// ResolveName returns the encoded name at an offset of a descriptor.
func ResolveName(t *Type, off int32) unsafe.Pointer {
	switch {
	case off == 0:
		return nil
	case off == Self:
		return unsafe.Pointer(t.textName().b)
	case off < 0:
		return offsets.at(off)
	}
	return hostNameOff(unsafe.Pointer(t.header().Host), off)
}

// ResolveType returns the descriptor at an offset of a descriptor; for an offset inside an encoded
// name, which t then points to, the name that it refers to.
func ResolveType(t unsafe.Pointer, off int32) unsafe.Pointer {
	switch {
	case off == 0 || off == -1: // none; a method that the linker dropped
		return nil
	case off == Self:
		return unsafe.Pointer((*Type)(t).Pointer())
	case off < 0:
		p := offsets.at(off)
		if isHostType(p) {
			return unsafe.Pointer(For(p))
		}
		return p
	}
	return unsafe.Pointer(For(hostTypeOff(Host((*Type)(t)), off)))
}

// ResolveText returns the code at an offset of a descriptor. It is the host's.
func ResolveText(t *Type, off int32) unsafe.Pointer {
	return hostTextOff(unsafe.Pointer(t.header().Host), off)
}

// Typelinks copies the offsets in section i of the pointers to named types of the program to offs, and returns the
// section's base, nil behind the last one, and how many there are. The host's list has its own types too, and those
// without a name, which can be reached from others.
func Typelinks(i int, offs []int32) (base unsafe.Pointer, n int) {
	sections, offsets := hostTypelinks()
	if i >= len(sections) {
		return nil, 0
	}
	for _, off := range offsets[i] {
		h := (*Type)(hostTypeOff(sections[i], off))
		if h.Kind != Pointer || h.named() {
			continue
		}
		e := h.ptr().Elem
		if u := e.uncommon(); u == nil || !e.named() || !strings.HasPrefix(e.nameOff(u.PkgPath).str(), hostGuest) {
			continue
		}
		if n < len(offs) {
			offs[n] = off
		}
		n++
	}
	return sections[i], n
}

// HostTypeOff returns the type word at an offset of a section.
func HostTypeOff(base unsafe.Pointer, off int32) unsafe.Pointer { return hostTypeOff(base, off) }

// AddOffset returns an offset for a name that the guest made.
func AddOffset(p unsafe.Pointer) int32 { return offsets.add(p) }

// isHostType reports whether typeOff put p into the table. All else there was allocated here or
// comes from the guest.
func isHostType(p unsafe.Pointer) bool {
	_, ok := hostTypes.Load(p)
	return ok
}

// textName returns the encoded text of a descriptor.
func (t *Type) textName() name {
	p := &t.header().text
	if b := atomic.LoadPointer(p); b != nil {
		return name{(*byte)(b)}
	}
	h := t.header().Host
	n := nameAt(makeName(h.text(), "", "", h.exported(), false))
	atomic.StorePointer(p, unsafe.Pointer(n.b))
	return n
}

// String returns the guest's text of a descriptor.
func (t *Type) String() string {
	if t.header().Host == nil {
		return "map.group"
	}
	return t.textName().str()
}
