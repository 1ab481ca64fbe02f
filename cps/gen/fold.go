package gen

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"rtgen/cps/ir"
)

// This file writes a call that does not suspend where its result is used, if that is in the next statement:
//
//	t = weight(x)
//	sum += t * w[i]        →   sum += weight(x) * w[i]
//
//	t1, t2 = strconv.Atoi(s)
//	return t1, t2          →   return strconv.Atoi(s)
//
// The host evaluates calls first, so the order stays. Its inliner counts fewer nodes, and a call that is inlined and has a line
// of its own leaves a NOP there, for tracebacks to know it by; here another instruction of the line serves.

// fold prints s and next as one statement, if it may.
func (g *fn) fold(s, next ir.Stmt) bool {
	c, ok := s.(*ir.Call)
	if !ok || len(c.Dst) == 0 || len(g.plan.Stores[s]) > 0 {
		return false
	}
	site := g.plan.SiteOf[s]
	hook := c.Callee.Kind == ir.Static && c.Callee.Ref.Func == nil
	if hook || c.Local != nil || site != nil && site.Class == ir.Resumable {
		return false
	}
	for _, v := range c.Dst {
		if v == nil || g.reads(nil)[v] != 1 {
			return false
		}
	}
	if r, ok := next.(*ir.Return); ok && g.passesOn(c, r) {
		g.site(site)
		g.at(c)
		g.pf("return %s", g.callText(c))
		return true
	}
	v := c.Dst[0]
	if _, basic := v.Type.Underlying().(*types.Basic); !basic || len(c.Dst) > 1 || slices.Contains(g.f.Results, v) || c.Callee.Kind == ir.Primitive {
		return false
	}
	var user ir.Expr
	header := false
	switch next := next.(type) {
	case *ir.Assign:
		if d, ok := next.Dst[0].(*ir.VarRef); !ok || len(next.Dst) != 1 || d.V == v {
			return false
		}
		user = next.Src[0]
	case *ir.If:
		user, header = next.Cond, true
	case *ir.Return:
		if len(next.Vals) != 1 || g.machine || g.f.Defers != nil {
			return false
		}
		user = next.Vals[0]
	default:
		return false
	}
	from, to := s.Position(), next.Position()
	last := g.stmtLine
	g.header, g.stmtLine = header, from.Line
	rest := g.expr(user)
	g.header, g.stmtLine = false, last
	if !surely(user, v) || from.Line != to.Line || from.Filename != to.Filename || strings.Contains(rest, "/*line") {
		return false // else the call would be on the wrong line
	}
	g.site(site)
	g.at(c)
	g.header = header
	g.folded, g.folding = v, g.callText(c)
	g.header = false
	g.stmt(next)
	g.folded, g.folding = nil, ""
	return true
}

// passesOn reports whether r returns what c does.
func (g *fn) passesOn(c *ir.Call, r *ir.Return) bool {
	if g.machine || g.f.Defers != nil || len(r.Vals) != len(c.Dst) {
		return false
	}
	for i, e := range r.Vals {
		if v, ok := e.(*ir.VarRef); !ok || v.V != c.Dst[i] || !types.Identical(v.V.Type, g.f.Results[i].Type) {
			return false
		}
	}
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
