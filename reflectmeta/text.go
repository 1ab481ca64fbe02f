package reflectmeta

import "strconv"

// This file writes types as reflect's Type.String does, the form that gc calls TypeIDName.

// Text returns the guest's text of a host type.
func (h *Type) text() string { return string(appendType(nil, h)) }

func appendType(b []byte, h *Type) []byte {
	k, e := shape(h)
	if h.named() && !e.composite {
		_, s := typeName(h)
		return append(b, s...)
	}
	switch k {
	case Pointer:
		return appendType(append(b, '*'), h.ptr().Elem)
	case Slice:
		return appendType(append(b, "[]"...), h.ptr().Elem)
	case Array:
		b = strconv.AppendUint(append(b, '['), uint64(h.array().Len), 10)
		return appendType(append(b, ']'), h.array().Elem)
	case Chan:
		switch e.dir {
		case recvDir:
			b = append(b, "<-chan "...)
		case sendDir:
			b = append(b, "chan<- "...)
		default:
			b = append(b, "chan "...)
			if ek, ee := shape(e.elem); ek == Chan && ee.dir == recvDir && (ee.composite || !e.elem.named()) {
				b = appendType(append(b, '('), e.elem)
				return append(b, ')')
			}
		}
		return appendType(b, e.elem)
	case Map:
		b = appendType(append(b, "map["...), e.key)
		return appendType(append(b, ']'), e.elem)
	case Func:
		return appendSig(append(b, "func"...), h.fn())
	case Interface:
		it := h.iface()
		if len(it.Methods) == 0 {
			return append(b, "interface {}"...)
		}
		b = append(b, "interface {"...)
		for i, m := range imethods(h) {
			if i > 0 {
				b = append(b, ';')
			}
			b = append(b, ' ')
			if !m.exported {
				b = append(b, m.pkgName()...)
				b = append(b, '.')
			}
			b = append(b, m.name...)
			b = appendSig(b, (*Type)(hostTypeOff(unsafePtr(h), m.typ)).fn())
		}
		return append(b, " }"...)
	case Struct:
		st := h.strct()
		b = append(b, "struct {"...)
		for i := range st.Fields {
			f := &st.Fields[i]
			if i > 0 {
				b = append(b, ';')
			}
			b = append(b, ' ')
			if !f.Name.embedded() {
				s, _ := guestMember(f.Name.str(), st.PkgPath.str())
				b = append(append(b, s...), ' ')
			}
			b = appendType(b, f.Typ)
			if t := f.Name.tag(); t != "" {
				b = strconv.AppendQuote(append(b, ' '), t)
			}
		}
		if len(st.Fields) > 0 {
			b = append(b, ' ')
		}
		return append(b, '}')
	}
	return append(b, h.hostString()...)
}

// appendSig writes parameters and results, the hidden ones left out.
func appendSig(b []byte, f *funcType) []byte {
	in, out := f.in(), f.out()
	in = in[hidden(f):]
	b = append(b, '(')
	for i, t := range in {
		if i > 0 {
			b = append(b, ", "...)
		}
		if f.variadic() && i == len(in)-1 {
			b = append(b, "..."...)
			t = t.ptr().Elem
		}
		b = appendType(b, t)
	}
	b = append(b, ')')
	switch len(out) {
	case 0:
		return b
	case 1:
		return appendType(append(b, ' '), out[0])
	}
	b = append(b, " ("...)
	for i, t := range out {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendType(b, t)
	}
	return append(b, ')')
}
