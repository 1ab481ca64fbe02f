package gen

import (
	"fmt"
	"go/types"
	"strings"

	"rtgen/cps/passes"
)

// This file prints static data that is shared in a package: layouts, caches of map types, and
// the interface values that lend boxes their type word.

// datum declares static data once per content. The declaration is fmt'd with the name.
func (g *printer) datum(kind, content, format string, args ...any) string {
	key := kind + "\x00" + content
	if name, ok := g.data[key]; ok {
		return name
	}
	name := fmt.Sprintf("ʀ%s_%d", kind, len(g.data))
	g.data[key] = name
	g.decls = append(g.decls, "var "+name+fmt.Sprintf(format, args...)+"\n\n")
	return name
}

// layout is the name of the layout of t.
func (g *printer) layout(t types.Type) string {
	size := passes.Sizes.Sizeof(t)
	elem := t
	for {
		a, ok := elem.Underlying().(*types.Array)
		if !ok || a.Len() == 0 {
			break
		}
		elem = a.Elem()
	}
	period := passes.Sizes.Sizeof(elem)
	if !passes.HasPointers(elem) || period == 0 {
		elem, period = types.NewStruct(nil, nil), size
	}
	bits := make([]uint64, (period/8+63)/64)
	if passes.HasPointers(elem) {
		passes.EachWord(elem, func(off int64) { bits[off/8/64] |= 1 << (off / 8 % 64) })
	}
	var mask uint64
	more := ""
	if len(bits) == 1 {
		mask = bits[0]
	} else if passes.HasPointers(elem) {
		var b strings.Builder
		for _, x := range bits {
			fmt.Fprintf(&b, "%#x, ", x)
		}
		more = ", Bits: []uint64{" + strings.TrimSuffix(b.String(), ", ") + "}"
	}
	text := fmt.Sprintf("{Size: %d, Period: %d, Mask: %#x%s}", size, period, mask, more)
	return g.datum("lay", text, " = %s.Layout%s", g.abi(), text)
}

// mapType is the name of the cache of map type t's descriptor.
func (g *printer) mapType(t types.Type) string {
	s := g.names.Type(t)
	return g.datum("mt", s, " = %s.MapTypeCache{Proto: any(%s{})}", g.rt(), s)
}

// proto is the name of a zero of t as interface type iface.
func (g *printer) proto(iface, t types.Type) string {
	i := g.names.Type(iface)
	f := &fn{printer: g, static: true}
	x := f.zeroOf(t)
	if !f.composite(t) {
		x = f.typed(t, x)
	}
	return g.datum("proto", i+" "+x, " %s = %s", i, x)
}
