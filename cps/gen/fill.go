package gen

import (
	"fmt"
	"go/types"

	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// This file prints how a new object gets its contents. The host would put a large composite together in a variable of
// its own and copy it, which waits for each of the stores:
//
//	*t = T{a: x, e: y}   →   t.a = x; t.e = y

// fillMost is how many parts are stored one by one.
const fillMost = 16

// fill prints *p = c for an object of zeros, part by part. It reports false if c is better left as it is.
func (g *fn) fill(d ir.Expr, c *ir.Composite) bool {
	p, ok := d.(*ir.Deref)
	if !ok {
		return false
	}
	name := g.expr(p.X)
	var part func(k int) string
	switch u := c.T.Underlying().(type) {
	case *types.Struct:
		if passes.Sizes.Sizeof(u) <= 4*8 && u.NumFields() <= 4 {
			return false // the host keeps it in registers
		}
		part = func(k int) string { return name + "." + g.names.Field(c.T, k) }
	case *types.Array:
		part = func(k int) string { return fmt.Sprintf("%s[%d]", name, k) }
	default:
		return false
	}
	n, constant := 0, true
	for _, x := range parts(c) {
		if !isZero(x) {
			_, is := x.(*ir.Const)
			constant = constant && is
			n++
		}
	}
	if constant || n > fillMost {
		return false
	}
	for k, x := range parts(c) {
		if !isZero(x) {
			g.pf("%s = %s", part(k), g.exprAs(x, partType(c.T, k)))
		}
	}
	return true
}
