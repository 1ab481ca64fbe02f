package std

import (
	"fmt"
	"go/types"
)

// This file binds functions to the assembly of their own package.

// AddAssembly says which functions of a package outside std its assembly defines; the error says why it cannot
// stand in.
func (l *Links) AddAssembly(path string, funcs map[string]error) {
	if l.asm == nil {
		l.asm = map[string]map[string]error{}
	}
	l.asm[path] = funcs
}

// assembly finds the hook that stands for a package's own assembly; ok is false if there is none of that name.
func (l *Links) assembly(path, name string) (h *Hook, ok bool, err error) {
	why, ok := l.asm[path][name]
	if why != nil {
		return nil, true, fmt.Errorf("function %s.%s is assembly that does not stand alone (%w); build tags may leave it out", path, name, why)
	}
	return &ownAssembly, ok, nil
}

var ownAssembly = Hook{} // verbatim

// foreign names a type in the signature of a function in assembly whose values differ from the host's, "" if there
// is none: assembly can neither call a func nor look into a map.
func foreign(sig *types.Signature) string {
	var in func(t types.Type) string
	in = func(t types.Type) string {
		switch u := t.Underlying().(type) {
		case *types.Signature, *types.Map, *types.Chan, *types.Interface:
			return t.String()
		case *types.Array:
			return in(u.Elem())
		case *types.Struct:
			for i := range u.NumFields() {
				if s := in(u.Field(i).Type()); s != "" {
					return s
				}
			}
		}
		return ""
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for i := range tuple.Len() {
			if s := in(tuple.At(i).Type()); s != "" {
				return s
			}
		}
	}
	return ""
}
