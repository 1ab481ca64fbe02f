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
	return p.methodName(recv.Type(), r.Obj)
}

// methodName is "pkg.T.M" or "pkg.(*T).M" for method m of type t, or of its own type if that has no name.
func (p *program) methodName(t types.Type, m *types.Func) string {
	for range 2 {
		base := types.Unalias(t)
		ptr, isPtr := base.(*types.Pointer)
		if isPtr {
			base = types.Unalias(ptr.Elem())
		}
		if n, ok := base.(*types.Named); ok {
			name := n.Obj().Name()
			if n.TypeArgs().Len() > 0 || n.TypeParams().Len() > 0 {
				name += "[...]"
			}
			if isPtr {
				name = "(*" + name + ")"
			}
			pkg := p.byTypes[n.Obj().Pkg()]
			if pkg == nil { // error
				return name + "." + m.Name()
			}
			return displayPath(pkg) + "." + name + "." + m.Name()
		}
		t = m.Signature().Recv().Type()
	}
	return m.Name() // of an interface without a name
}
