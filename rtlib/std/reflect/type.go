//go:build rtgen

package reflect

import (
	"internal/abi"
	"strconv"
	"unsafe"
)

// This file makes types. reflectmeta does, with the host's help: it finds the type that the program has
// before making one, so there is nothing to cache or to look up here.

func (t *rtype) ptrTo() *abi.Type { return rtgen_ptrTo(&t.t) }

func rtgen_ptrTo(t *abi.Type) *abi.Type

// typesByString finds no types: their offsets are the host's.
func typesByString(s string) []*abi.Type { return nil }

func ChanOf(dir ChanDir, t Type) Type {
	typ := t.common()
	if typ.Size_ >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	if dir < RecvDir || dir > BothDir {
		panic("reflect.ChanOf: invalid dir")
	}
	return toRType(rtgen_chanOf(int(dir), typ))
}

func rtgen_chanOf(dir int, t *abi.Type) *abi.Type

func MapOf(key, elem Type) Type {
	ktyp := key.common()
	if ktyp.Equal == nil {
		panic("reflect.MapOf: invalid key type " + stringFor(ktyp))
	}
	return toRType(rtgen_mapOf(ktyp, elem.common()))
}

func rtgen_mapOf(key, elem *abi.Type) *abi.Type

func SliceOf(t Type) Type { return toRType(rtgen_sliceOf(t.common())) }

func rtgen_sliceOf(t *abi.Type) *abi.Type

func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	typ := elem.common()
	if typ.Size_ > 0 && uintptr(length) > ^uintptr(0)/typ.Size_ {
		panic("reflect.ArrayOf: array size would exceed virtual address space")
	}
	return toRType(rtgen_arrayOf(length, typ))
}

func rtgen_arrayOf(n int, t *abi.Type) *abi.Type

func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	if len(in)+len(out) > 126 { // 128, the hidden parameters included
		panic("reflect.FuncOf: too many arguments")
	}
	types := make([]unsafe.Pointer, 0, len(in)+len(out))
	for _, t := range in {
		types = append(types, unsafe.Pointer(t.common()))
	}
	for _, t := range out {
		types = append(types, unsafe.Pointer(t.common()))
	}
	return toRType(rtgen_funcOf(types, len(in), variadic))
}

func rtgen_funcOf(types []unsafe.Pointer, in int, variadic bool) *abi.Type

// StructOf makes the checks that GOROOT's does, in its order.
func StructOf(fields []StructField) Type {
	n := len(fields)
	names, pkgs, tags := make([]string, n), make([]string, n), make([]string, n)
	types, embedded := make([]unsafe.Pointer, n), make([]bool, n)
	set := map[string]struct{}{}
	pkgpath := ""
	size := uintptr(0)
	for i, field := range fields {
		if field.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if !isValidFieldName(field.Name) {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has invalid name")
		}
		if field.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		checkStructField(field)
		ft := field.Type.common()
		if field.PkgPath != "" {
			if pkgpath == "" {
				pkgpath = field.PkgPath
			} else if pkgpath != field.PkgPath {
				panic("reflect.Struct: fields with different PkgPath " + pkgpath + " and " + field.PkgPath)
			}
		}
		if field.Anonymous {
			checkEmbedded(i, n, ft)
		}
		if _, dup := set[field.Name]; dup && field.Name != "_" {
			panic("reflect.StructOf: duplicate field " + field.Name)
		}
		set[field.Name] = struct{}{}

		offset := align(size, uintptr(ft.Align_))
		if offset < size || offset+ft.Size_ < offset {
			panic("reflect.StructOf: struct size would exceed virtual address space")
		}
		size = offset + ft.Size_
		names[i], pkgs[i], tags[i] = field.Name, field.PkgPath, string(field.Tag)
		types[i], embedded[i] = unsafe.Pointer(ft), field.Anonymous
	}
	return toRType(rtgen_structOf(names, pkgs, tags, types, embedded))
}

func rtgen_structOf(names, pkgs, tags []string, types []unsafe.Pointer, embedded []bool) *abi.Type

// checkStructField is runtimeStructField's part.
func checkStructField(field StructField) {
	if field.Anonymous && field.PkgPath != "" {
		panic("reflect.StructOf: field \"" + field.Name + "\" is anonymous but has PkgPath set")
	}
	if field.IsExported() {
		c := field.Name[0]
		if 'a' <= c && c <= 'z' || c == '_' {
			panic("reflect.StructOf: field \"" + field.Name + "\" is unexported but missing PkgPath")
		}
	}
}

// checkEmbedded refuses embedded fields whose methods would have to be promoted in ways that reflect cannot.
func checkEmbedded(i, n int, ft *abi.Type) {
	refuseUnexported := func(t *abi.Type, off abi.NameOff) {
		if pkgPath(nameOffFor(t, off)) != "" {
			panic("reflect: embedded interface with unexported method(s) not implemented")
		}
	}
	if ft.Kind() == abi.Pointer {
		elem := ft.Elem()
		if k := elem.Kind(); k == abi.Pointer || k == abi.Interface {
			panic("reflect.StructOf: illegal embedded field type " + stringFor(ft))
		}
	}
	switch ft.Kind() {
	case abi.Interface:
		for _, m := range (*interfaceType)(unsafe.Pointer(ft)).Methods {
			refuseUnexported(ft, m.Name)
		}
	case abi.Pointer:
		if u := ft.Uncommon(); u != nil {
			if i > 0 && u.Mcount > 0 {
				panic("reflect: embedded type with methods not implemented if type is not first field")
			}
			if n > 1 {
				panic("reflect: embedded type with methods not implemented if there is more than one field")
			}
			for _, m := range u.Methods() {
				refuseUnexported(ft, m.Name)
			}
		}
		if u := ft.Elem().Uncommon(); u != nil {
			for _, m := range u.Methods() {
				refuseUnexported(ft, m.Name)
			}
		}
	default:
		if u := ft.Uncommon(); u != nil {
			if i > 0 && u.Mcount > 0 {
				panic("reflect: embedded type with methods not implemented if type is not first field")
			}
			if n > 1 && ft.IsDirectIface() {
				panic("reflect: embedded type with methods not implemented for non-pointer type")
			}
			for _, m := range u.Methods() {
				refuseUnexported(ft, m.Name)
			}
		}
	}
}

//rtgen:drop ptrMap lookupCache cacheKey funcLookupCache structLookupCache funcTypes funcTypesMutex initFuncTypes typelinks
//rtgen:drop layoutKey layoutType layoutCache funcLayout bitVector addTypeBits structTypeUncommon runtimeStructField embeddedIfaceMethStub
//rtgen:drop typeptrdata emitGCMask appendVarint needKeyUpdate hashMightPanic funcStr
//rtgen:drop resolveReflectName resolveReflectType resolveReflectText fnv1
