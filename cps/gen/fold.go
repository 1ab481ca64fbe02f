package gen

import (
	"go/token"
	"go/types"
	"strings"

	"rtgen/cps/ir"
)

// This file writes a verbatim call where its result is used, if that is in the next statement:
//
//	t = weight(x)
//	sum += t * w[i]   →   sum += weight(x) * w[i]
//
// The host evaluates calls first, so the order stays. A call that is inlined and has a line of its own leaves a NOP there, for
// tracebacks to know it by; here another instruction of the line serves.

// fold prints s and next as one statement, if it may.
func (g *fn) fold(s, next ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	if !ok || len(c.Dst) != 1 || c.Dst[0] == nil || c.Callee.Kind != ir.Static || c.Callee.Ref.Func == nil ||
		c.Callee.Ref.Func.Class != ir.Verbatim || g.plan.SiteOf[s] != nil {
		return false
	}
	v := c.Dst[0]
	if _, basic := v.Type.Underlying().(*types.Basic); !basic || g.isResult(v) || g.reads(nil)[v] != 1 || len(g.plan.Stores[s]) > 0 {
		return false
	}
	a, ok := next.(*ir.Assign)
	if !ok || len(a.Dst) != 1 || !surely(a.Src[0], v) || a.Pos.Line != c.Pos.Line || a.Pos.Filename != c.Pos.Filename {
		return false
	}
	if d, ok := a.Dst[0].(*ir.VarRef); !ok || d.V == v {
		return false
	}
	if strings.Contains(g.expr(a.Src[0]), "/*line") {
		return false // the call would be on the wrong one
	}
	g.at(c)
	g.folded, g.folding = v, g.callText(c)
	g.stmt(a)
	g.folded, g.folding = nil, ""
	return true
}

// surely reports whether evaluating e reads v, whatever the values are.
func surely(e ir.Expr, v *ir.Var) bool {
	switch e := e.(type) {
	case *ir.VarRef:
		return e.V == v
	case *ir.Binary:
		return surely(e.X, v) || e.Op != token.LAND && e.Op != token.LOR && surely(e.Y, v)
	}
	for _, x := range ir.Parts(e) {
		if surely(x, v) {
			return true
		}
	}
	return false
}
