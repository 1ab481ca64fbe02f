package asm

import (
	"bytes"
	"fmt"
	"go/constant"
	"go/types"
)

// GoAsmFile is the header that takes the place of go_asm.h.
const GoAsmFile = "rtgen_go_asm.h"

// Header has the macros that the compiler puts into go_asm.h: a package's constants, and the sizes and offsets of its
// structs, which are the same in the output.
//
//	const_name 7
//	T__size 16
//	T_field 8
func Header(pkg *types.Package) []byte {
	var b bytes.Buffer
	sizes := types.SizesFor("gc", "amd64")
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Const:
			if k := obj.Val().Kind(); k != constant.Float && k != constant.Complex {
				fmt.Fprintf(&b, "#define const_%s %s\n", name, obj.Val().ExactString())
			}
		case *types.TypeName:
			n, ok := obj.Type().(*types.Named)
			if !ok || n.TypeParams().Len() > 0 {
				continue
			}
			st, ok := n.Underlying().(*types.Struct)
			if !ok {
				continue
			}
			fmt.Fprintf(&b, "#define %s__size %d\n", name, sizes.Sizeof(st))
			fields := make([]*types.Var, st.NumFields())
			for i := range fields {
				fields[i] = st.Field(i)
			}
			for i, off := range sizes.Offsetsof(fields) {
				if fields[i].Name() != "_" {
					fmt.Fprintf(&b, "#define %s_%s %d\n", name, fields[i].Name(), off)
				}
			}
		}
	}
	return b.Bytes()
}
