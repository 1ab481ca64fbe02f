package reflectmeta

import (
	"cmp"
	"slices"
	"strings"
)

// This file un-spells methods and puts them in gc's order: exported before unexported, then by name,
// then by package path.

// member is a method of a host type, under its guest name.
type member struct {
	name     string
	exported bool
	pkg      string // guest path that qualifies an unexported name; "" if it is that of the type
	host     string
	off      int32 // offset of the host's name
	typ      int32 // offset of the type, the host's
	index    int   // in the host's table
	plain    bool  // the host's name carries no package path
}

func (m *member) pkgName() string {
	return m.pkg[strings.LastIndexByte(m.pkg, '/')+1:]
}

func makeMember(h *Type, off, typ int32, index int) member {
	n := h.nameOff(off)
	m := member{host: n.str(), off: off, typ: typ, index: index, plain: n.flags()&namePkgPath == 0}
	m.name, m.pkg = guestMember(m.host, owner(h))
	m.exported = isExported(m.name)
	if !m.exported && m.pkg == "" {
		if p := n.hostPkgPath(); p != "" {
			m.pkg = guestPath(p)
		}
	}
	return m
}

// owner is the host path of the package that a type or what it points to belongs to.
func owner(h *Type) string {
	if h.Kind == Pointer && !h.named() {
		h = h.ptr().Elem
	}
	return h.hostPath()
}

func sortMembers(ms []member) {
	moved := slices.ContainsFunc(ms, func(m member) bool { return m.name != m.host })
	if !moved {
		return // the host's order is the guest's
	}
	slices.SortStableFunc(ms, func(a, b member) int {
		if a.exported != b.exported {
			if a.exported {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.pkg, b.pkg))
	})
}

// imethods returns the methods of a host interface type.
func imethods(h *Type) []member {
	it := h.iface()
	own := it.PkgPath.str()
	ms := make([]member, len(it.Methods))
	for i, m := range it.Methods {
		ms[i] = makeMember(h, m.Name, m.Typ, i)
		if !ms[i].exported && ms[i].pkg == "" && own != "" {
			ms[i].pkg = guestPath(own)
		}
	}
	sortMembers(ms)
	return ms
}

// methods returns those of a host type with an uncommon part, without the halves of cut methods, which the guest does
// not know (cps/gen/fast.go).
func methods(h *Type) []member {
	host := h.uncommon().methods()
	ms := make([]member, 0, len(host))
	for i, m := range host {
		if m := makeMember(h, m.Name, m.Mtyp, i); !strings.Contains(m.host, private) {
			ms = append(ms, m)
		}
	}
	sortMembers(ms)
	return ms
}

// nameOff is the guest's offset for the method's name: the host's if that says the same.
func (m *member) nameOff(typePath string) int32 {
	if m.name == m.host && m.plain && m.off > 0 {
		return m.off
	}
	pkg := m.pkg
	if pkg == typePath {
		pkg = ""
	}
	return makeName(m.name, "", pkg, m.exported, false)
}
