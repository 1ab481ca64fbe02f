package passes

import (
	"go/types"
)

// This file finds the pointer words of types.

// Sizes is the host's and the guest's layout.
var Sizes = types.SizesFor("gc", "amd64")

// Word is one pointer word of a type.
type Word struct {
	Off  int64      // bytes from the start
	Leaf types.Type // pointer, func, map, chan, unsafe.Pointer, string, slice or interface that it is the pointer of
	Path []Step     // fields and elements from the whole to the leaf
}

// Step selects field Index of struct In, or element Index of array In.
type Step struct {
	In    types.Type
	Index int
}

// Words lists the pointer words of t, blank fields included.
func Words(t types.Type) []Word { return words(t, 0, nil, nil) }

func words(t types.Type, off int64, path []Step, list []Word) []Word {
	leaf := func(at int64) []Word {
		return append(list, Word{at, t, append([]Step(nil), path...)})
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Map, *types.Chan, *types.Slice:
		return leaf(off)
	case *types.Basic:
		switch u.Kind() {
		case types.UnsafePointer, types.String, types.UntypedString, types.UntypedNil:
			return leaf(off)
		}
	case *types.Interface:
		return leaf(off + 8)
	case *types.Struct:
		offs := fieldOffsets(u)
		for i := range u.NumFields() {
			list = words(u.Field(i).Type(), off+offs[i], append(path, Step{t, i}), list)
		}
	case *types.Array:
		if u.Len() > 0 && HasPointers(u.Elem()) {
			size := Sizes.Sizeof(u.Elem())
			for i := range u.Len() {
				list = words(u.Elem(), off+i*size, append(path, Step{t, int(i)}), list)
			}
		}
	}
	return list
}

func fieldOffsets(s *types.Struct) []int64 {
	fields := make([]*types.Var, s.NumFields())
	for i := range fields {
		fields[i] = s.Field(i)
	}
	return Sizes.Offsetsof(fields)
}

// HasPointers reports whether values of t hold pointers.
func HasPointers(t types.Type) bool { return NumWords(t) > 0 }

// NumWords is the number of pointer words.
func NumWords(t types.Type) int64 {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Map, *types.Chan, *types.Slice, *types.Interface:
		return 1
	case *types.Basic:
		switch u.Kind() {
		case types.UnsafePointer, types.String, types.UntypedString, types.UntypedNil:
			return 1
		}
	case *types.Struct:
		var n int64
		for i := range u.NumFields() {
			n += NumWords(u.Field(i).Type())
		}
		return n
	case *types.Array:
		if u.Len() > 0 {
			return u.Len() * NumWords(u.Elem())
		}
	}
	return 0
}

// IsOnePointer reports whether a value of t is a single pointer and nothing else, so that its
// slot holds all of it.
func IsOnePointer(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Map, *types.Chan:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Kind() == types.UntypedNil
	}
	return false
}

// EachWord calls f with the offset of every pointer word of t.
func EachWord(t types.Type, f func(off int64)) { eachWord(t, 0, f) }

func eachWord(t types.Type, off int64, f func(int64)) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		offs := fieldOffsets(u)
		for i := range u.NumFields() {
			eachWord(u.Field(i).Type(), off+offs[i], f)
		}
	case *types.Array:
		if u.Len() > 0 && HasPointers(u.Elem()) {
			size := Sizes.Sizeof(u.Elem())
			for i := range u.Len() {
				eachWord(u.Elem(), off+i*size, f)
			}
		}
	case *types.Interface:
		f(off + 8)
	default:
		if HasPointers(t) {
			f(off)
		}
	}
}
