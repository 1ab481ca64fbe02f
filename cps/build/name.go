package build

import (
	"go/types"
	"strings"

	"rtgen/cps/ir"
)

// This file names functions as tracebacks do.

func displayPath(s *Source) string {
	if s.Name == "main" {
		return "main"
	}
	// A dot in the last element is escaped, as the linker does.
	i := strings.LastIndexByte(s.Path, '/') + 1
	return s.Path[:i] + strings.ReplaceAll(s.Path[i:], ".", "%2e")
}

// funcName is "pkg.F", "pkg.T.M", "pkg.(*T).M"; instances show their arguments as [...].
func (p *program) funcName(r *ir.Ref) string {
	pkg := p.byTypes[r.Obj.Pkg()]
	prefix := displayPath(pkg) + "."
	inst := ""
	if len(r.TArgs) > 0 {
		inst = "[...]"
	}
	recv := r.Obj.Signature().Recv()
	if recv == nil {
		return prefix + r.Obj.Name() + inst
	}
	t := types.Unalias(recv.Type())
	ptr, isPtr := t.(*types.Pointer)
	if isPtr {
		t = types.Unalias(ptr.Elem())
	}
	name := t.(*types.Named).Obj().Name() + inst
	if isPtr {
		name = "(*" + name + ")"
	}
	return prefix + name + "." + r.Obj.Name()
}
