package reflectmeta

import (
	"strings"
	"sync"
	"unicode"
)

// This file turns the names of the output program back into those that the author wrote.
// Package cps/names owns the spelling; nobody else may undo it.

const (
	hostGuest = "rtgen/g/"       // import paths of guest packages start so
	hostMain  = "rtgen/g/main_/" // those of main packages
	hostABI   = "rtgen/rtlib/abi"
	mark      = "Ʀ" // starts an identifier that was unexported or is not the author's
	cutoff    = "ː" // starts the part of a type's name that makes it unique
	private   = "ʀ" // in names that only rtgen has
)

// registered holds the names that do not follow from the spelling.
var registered struct {
	sync.RWMutex
	m       map[string]registeredName // by host path and name: "rtgen/g/inst/1f2e.ƦListː6b86b273"
	texts   map[string]string         // the texts by host name alone
	pending []string                  // tables not yet read
}

type registeredName struct{ path, text string }

// RegisterTypeNames adds names that cannot be read off the spelling: those of instances of generic
// types, and of the runtime's own types that stand for types of package runtime. It costs
// nothing until a name is asked for, and refers to no type, so the linker may drop them all.
// A line of the table is
//
//	host import path . host name  TAB  guest import path  TAB  text
//	rtgen/g/inst/1f2e.ƦListː6b86b273	main	main.List[int]
//
// where text is what reflect's Type.String gives.
func RegisterTypeNames(table string) {
	registered.Lock()
	registered.pending = append(registered.pending, table)
	registered.Unlock()
}

// RegisterTypeName registers the name of proto's type, or, if proto is a nil pointer, of the
// type that it points to. text is qualified by the package's name: "main.List[int]".
func RegisterTypeName(proto any, path, text string) {
	t := (*Type)(Word(proto))
	if t.Kind == Pointer && !t.named() {
		t = t.ptr().Elem
	}
	registered.Lock()
	addRegistered(t.hostPath()+"."+hostName(t), registeredName{path, text})
	registered.Unlock()
}

func addRegistered(key string, n registeredName) {
	if registered.m == nil {
		registered.m, registered.texts = map[string]registeredName{}, map[string]string{}
	}
	registered.m[key] = n
	registered.texts[key[strings.LastIndexByte(key, '.')+1:]] = n.text
}

// registeredText is the text registered for a host name, whatever its package.
func registeredText(host string) string {
	lookupRegistered("", "") // reads what is pending
	registered.RLock()
	defer registered.RUnlock()
	return registered.texts[host]
}

func lookupRegistered(path, host string) (registeredName, bool) {
	registered.RLock()
	todo := registered.pending != nil
	n, ok := registered.m[path+"."+host]
	registered.RUnlock()
	if !todo || ok {
		return n, ok
	}
	registered.Lock()
	defer registered.Unlock()
	for _, table := range registered.pending {
		for line := range strings.SplitSeq(table, "\n") {
			f := strings.Split(line, "\t")
			if len(f) == 3 {
				addRegistered(f[0], registeredName{f[1], f[2]})
			}
		}
	}
	registered.pending = nil
	n, ok = registered.m[path+"."+host]
	return n, ok
}

// hostName is the host's name of a named host type, without its package.
func hostName(t *Type) string {
	s := t.hostString()
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ']':
			depth++
		case '[':
			depth--
		case '.':
			if depth == 0 {
				return s[i+1:]
			}
		}
	}
	return s
}

// hostPkgName is the name of the package in the host's text of a named type.
func hostPkgName(t *Type) string {
	s, n := t.hostString(), hostName(t)
	if len(s) == len(n) {
		return ""
	}
	return s[:len(s)-len(n)-1]
}

// guestPath is the import path that the author knows a host package by; other paths are their own.
func guestPath(host string) string {
	if strings.HasPrefix(host, hostMain) {
		return "main"
	}
	p, ok := strings.CutPrefix(host, hostGuest)
	if !ok {
		return host
	}
	if !strings.Contains(p, "_") {
		return p
	}
	elems := strings.Split(p, "/")
	for i, e := range elems {
		if e == "internal_" || e == "vendor_" {
			elems[i] = e[:len(e)-1]
		}
	}
	return strings.Join(elems, "/")
}

func guestPkgName(host string) string {
	if host == "main_" {
		return "main"
	}
	return host
}

// guestTypeName undoes the spelling of a type's own name.
func guestTypeName(host string) string {
	s := strings.TrimPrefix(host, mark)
	if i := strings.Index(s, cutoff); i >= 0 {
		s = s[:i]
	}
	return s
}

// guestMember undoes the spelling of a field's or method's name: "Ʀreset_shop" → "reset" and the guest
// path of the package called shop. It returns a name of the author's unchanged, with pkg "". owner is
// the host path of the type that has the member, most likely its package.
func guestMember(host, owner string) (s, pkg string) {
	s, ok := strings.CutPrefix(host, mark)
	if !ok {
		return host, ""
	}
	if n, ok := strings.CutSuffix(s, "_"+pathIdent(owner)); ok && owner != "" {
		return n, guestPath(owner)
	}
	indexInstances()
	for i := 1; i < len(s); i++ {
		if s[i] == '_' {
			if p, ok := hostByIdent.Load(s[i+1:]); ok {
				return s[:i], guestPath(p.(string))
			}
		}
	}
	if i := strings.LastIndexByte(s, '_'); i > 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// hostByIdent finds host paths by what names puts behind members: pathIdent.
var hostByIdent sync.Map

// pathIdent is the last element of a host path as part of an identifier.
func pathIdent(host string) string {
	p := host[strings.LastIndexByte(host, '/')+1:]
	if p == "internal_" || p == "vendor_" {
		p = p[:len(p)-1]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, p)
}

// isExported reports whether a guest name is exported. Host names with a mark are not guest names.
func isExported(s string) bool {
	for _, r := range s {
		if r < 0x80 {
			return 'A' <= r && r <= 'Z'
		}
		return isUpper(r)
	}
	return false
}

// typeName returns path and text of a named host type, as the guest knows them.
func typeName(h *Type) (path, text string) {
	if h == hostError {
		return "", "error"
	}
	p, n := h.hostPath(), hostName(h)
	if p == "" {
		return "", n
	}
	if r, ok := lookupRegistered(p, n); ok {
		return r.path, r.text
	}
	return guestPath(p), guestPkgName(hostPkgName(h)) + "." + guestTypeName(n)
}

// exported reports whether the text of a type has gc's mark of an exported one: named, or pointing to a named one.
func (h *Type) exported() bool {
	if h.Kind == Pointer && !h.named() {
		h = h.elem()
	}
	if !h.named() {
		return false
	}
	path, text := typeName(h)
	if path == "" {
		return false
	}
	text, _, _ = strings.Cut(text, "[")
	return isExported(text[strings.LastIndexByte(text, '.')+1:])
}

// pkgPathOf is the guest path for a type's uncommon part: gc fills it in for unnamed types as well.
func pkgPathOf(h *Type) string {
	if h.named() {
		p, _ := typeName(h)
		return p
	}
	switch h.Kind {
	case Array, Slice, Pointer:
		if e := h.elem(); e.named() {
			return pkgPathOf(e)
		}
	}
	if u := h.uncommon(); u != nil {
		return guestPath(h.nameOff(u.PkgPath).str())
	}
	return ""
}
