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
	var part func(k int) string
	var elem func(k int) types.Type
	name := g.expr(p.X)
	switch u := c.T.Underlying().(type) {
	case *types.Struct:
		if passes.Sizes.Sizeof(u) <= 4*8 && u.NumFields() <= 4 {
			return false // the host keeps it in registers
		}
		part = func(k int) string { return name + "." + g.names.Field(c.T, k) }
		elem = func(k int) types.Type { return u.Field(k).Type() }
	case *types.Array:
		part = func(k int) string { return fmt.Sprintf("%s[%d]", name, k) }
		elem = func(int) types.Type { return u.Elem() }
	default:
		return false
	}
	type store struct {
		k int
		x ir.Expr
	}
	var stores []store
	constant := true
	for i, x := range c.Elems {
		if x == nil || isZero(x) {
			continue
		}
		k := i
		if c.Keys != nil {
			k = c.Keys[i]
		}
		if st, ok := c.T.Underlying().(*types.Struct); ok && st.Field(k).Name() == "_" {
			continue
		}
		_, is := x.(*ir.Const)
		constant = constant && is
		stores = append(stores, store{k, x})
	}
	if constant || len(stores) > fillMost {
		return false
	}
	for _, s := range stores {
		g.pf("%s = %s", part(s.k), g.exprAs(s.x, elem(s.k)))
	}
	return true
}
