package reflectmeta

import (
	"strings"
	"unsafe"
)

// This file answers the questions that the texts of panics ask.

// TypeText returns the guest's text of the type with a host type word, as %T prints it.
func TypeText(word unsafe.Pointer) string {
	if word == nil {
		return "<nil>"
	}
	return (*Type)(word).text()
}

// TypePkgPath returns the guest path of the package that declares a type; of unnamed structs and interfaces, that of their
// unexported names; "" for others. Texts that would otherwise be equal tell types apart by it.
func TypePkgPath(word unsafe.Pointer) string {
	if word == nil {
		return ""
	}
	h := (*Type)(word)
	if !h.named() {
		switch h.Kind {
		case Struct:
			return For(word).strct().PkgPath.str()
		case Interface:
			return For(word).iface().PkgPath.str()
		}
		return ""
	}
	if _, p := shape(h); p.composite {
		return ""
	}
	path, _ := typeName(h)
	return path
}

// ElemWord returns the host type word of what proto, a nil pointer in an interface, points to. The
// tool names types so: interfaces cannot be named by an interface holding them.
func ElemWord(proto any) unsafe.Pointer {
	return unsafe.Pointer((*Type)(Word(proto)).ptr().Elem)
}

// IsInterface reports whether the type is an interface type.
func IsInterface(word unsafe.Pointer) bool { return (*Type)(word).Kind == Interface }

// Comparable reports whether values of the type compare; interfaces inside may still panic.
func Comparable(word unsafe.Pointer) bool { return (*Type)(word).Equal != nil }

// MissingMethod returns the guest's name of the first method, in gc's order, that keeps a dynamic type from
// implementing an interface type, "" if it does implement it.
func MissingMethod(inter, typ unsafe.Pointer) string {
	it, t := (*Type)(inter), (*Type)(typ)
	var have []member
	if t.Kind == Interface {
		have = imethods(t)
	} else if t.uncommon() != nil {
		have = methods(t)
	}
	for _, m := range imethods(it) {
		mt := hostTypeOff(inter, m.typ)
		found := false
		for _, h := range have {
			if h.host == m.host && hostTypeOff(typ, h.typ) == mt && (m.exported || samePkg(it, &m, t, &h)) {
				found = true
				break
			}
		}
		if !found {
			return m.name
		}
	}
	return ""
}

func samePkg(it *Type, m *member, t *Type, h *member) bool {
	p := h.pkg
	if p == "" {
		p = pkgPathOf(t)
	}
	return m.pkg == p
}

// Unspell turns the host's text of types in s, such as the text of a host panic, into the guest's as far
// as the text alone allows: names lose their spelling, functions their hidden parameters,
// maps and channels get their form back.
func Unspell(s string) string {
	if !strings.ContainsAny(s, "Ʀː") && !strings.Contains(s, "abi.") && !strings.Contains(s, "main_.") {
		return s
	}
	s = unspellRegistered(s)
	s = strings.ReplaceAll(s, "main_.", "main.")
	s = strings.ReplaceAll(s, "(*abi.W, uintptr, ", "(")
	s = strings.ReplaceAll(s, "(*abi.W, uintptr)", "()")
	s = replaceWord(s, "abi.Error", "error")
	s = unspellComposite(s, "abi.Map[", func(a []string) string { return "map[" + a[0] + "]" + a[1] })
	s = unspellComposite(s, "abi.Chan[", func(a []string) string { return "chan " + a[0] })
	s = unspellComposite(s, "abi.RecvChan[", func(a []string) string { return "<-chan " + a[0] })
	s = unspellComposite(s, "abi.SendChan[", func(a []string) string { return "chan<- " + a[0] })
	for i := strings.Index(s, " "+mark); i >= 0; i = strings.Index(s, " "+mark) { // a field of a struct
		j := i + 1
		for j < len(s) && isWord(s[j]) {
			j++
		}
		name, _ := guestMember(s[i+1:j], "")
		s = s[:i+1] + strings.TrimPrefix(name, mark) + s[j:]
	}
	s = strings.ReplaceAll(s, mark, "")
	for {
		i := strings.Index(s, cutoff)
		if i < 0 {
			return s
		}
		j := i + len(cutoff)
		for j < len(s) && (s[j] >= '0' && s[j] <= '9' || s[j] >= 'a' && s[j] <= 'f') {
			j++
		}
		s = s[:i] + s[j:]
	}
}

func replaceWord(s, old, to string) string {
	for i := 0; ; {
		j := strings.Index(s[i:], old)
		if j < 0 {
			return s
		}
		i += j
		if e := i + len(old); e == len(s) || !isWord(s[e]) {
			s = s[:i] + to + s[e:]
			i += len(to)
		} else {
			i = e
		}
	}
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// unspellComposite rewrites instances of one of abi's generic types. Their arguments have full package paths.
func unspellComposite(s, open string, form func([]string) string) string {
	for {
		i := strings.Index(s, open)
		if i < 0 {
			return s
		}
		depth, j := 1, i+len(open)
		start := j
		var args []string
		for ; j < len(s) && depth > 0; j++ {
			switch s[j] {
			case '[', '(', '{':
				depth++
			case ']', ')', '}':
				depth--
			}
			if depth == 0 || s[j] == ',' && depth == 1 {
				a := s[start:j]
				if k := strings.LastIndexByte(a, '/'); k >= 0 {
					a = a[k+1:]
				}
				args = append(args, a)
				start = j + 1
			}
		}
		if depth != 0 || len(args) == 0 || strings.HasPrefix(open, "abi.Map") && len(args) != 2 {
			return s
		}
		s = s[:i] + form(args) + s[j:]
	}
}

// unspellRegistered replaces qualified names that are unique by their cutoff part and have been registered.
func unspellRegistered(s string) string {
	for i := 0; ; {
		j := strings.Index(s[i:], cutoff)
		if j < 0 {
			return s
		}
		j += i
		start := j
		for start > 0 && (isWord(s[start-1]) || s[start-1] == '.') {
			start--
		}
		end := j + len(cutoff)
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] >= 'a' && s[end] <= 'f') {
			end++
		}
		name := s[start:end]
		name = name[strings.LastIndexByte(name, '.')+1:]
		i = end
		if t := registeredText(name); t != "" {
			for start > 0 && strings.IndexByte(" []*(){},;", s[start-1]) < 0 {
				start-- // in arguments of abi's types, names have paths
			}
			s = s[:start] + t + s[end:]
			i = start + len(t)
		}
	}
}
