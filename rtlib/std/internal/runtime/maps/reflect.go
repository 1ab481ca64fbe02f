//go:build rtgen

package maps

import (
	"internal/abi"
	"unsafe"
)

// mapKeyError2 is GOROOT's, but for the type words in interfaces, which are the host's.
func mapKeyError2(t *abi.Type, p unsafe.Pointer) error {
	if t.TFlag&abi.TFlagRegularMemory != 0 {
		return nil
	}
	switch t.Kind() {
	case abi.Float32, abi.Float64, abi.Complex64, abi.Complex128, abi.String:
		return nil
	case abi.Interface:
		i := (*abi.InterfaceType)(unsafe.Pointer(t))
		var t *abi.Type
		pdata := &(*abi.EmptyInterface)(p).Data
		if len(i.Methods) == 0 {
			t = abi.GuestType(*(*unsafe.Pointer)(p))
		} else {
			tab := (*abi.NonEmptyInterface)(p).ITab
			if tab == nil {
				return nil
			}
			t = abi.GuestType(unsafe.Pointer(tab.Type))
		}
		if t == nil {
			return nil
		}
		if t.Equal == nil {
			return unhashableTypeError{t}
		}
		if t.IsDirectIface() {
			return mapKeyError2(t, unsafe.Pointer(pdata))
		}
		return mapKeyError2(t, *pdata)
	case abi.Array:
		a := (*abi.ArrayType)(unsafe.Pointer(t))
		for i := uintptr(0); i < a.Len; i++ {
			if err := mapKeyError2(a.Elem, unsafe.Pointer(uintptr(p)+i*a.Elem.Size_)); err != nil {
				return err
			}
		}
		return nil
	case abi.Struct:
		s := (*abi.StructType)(unsafe.Pointer(t))
		for _, f := range s.Fields {
			if f.Name.IsBlank() {
				continue
			}
			if err := mapKeyError2(f.Typ, unsafe.Pointer(uintptr(p)+f.Offset)); err != nil {
				return err
			}
		}
		return nil
	default:
		return unhashableTypeError{t}
	}
}
