package rtpanic

import (
	"reflect"
	"unsafe"
)

// Package reflectmeta is not linked into these tests; this finds the missing method instead.
func init() { MissingMethod = missingMethod }

func missingMethod(iface, t unsafe.Pointer) string {
	have, want := typeOf(t), typeOf(iface)
	for i := range want.NumMethod() {
		m := want.Method(i)
		if got, ok := have.MethodByName(m.Name); !ok || !sameMethod(got.Type, m.Type) {
			return m.Name
		}
	}
	return ""
}

// sameMethod compares method types; got has the receiver as its first parameter.
func sameMethod(got, want reflect.Type) bool {
	if got.NumIn() != want.NumIn()+1 || got.NumOut() != want.NumOut() || got.IsVariadic() != want.IsVariadic() {
		return false
	}
	for i := range want.NumIn() {
		if got.In(i+1) != want.In(i) {
			return false
		}
	}
	for i := range want.NumOut() {
		if got.Out(i) != want.Out(i) {
			return false
		}
	}
	return true
}
