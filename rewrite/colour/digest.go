package colour

import (
	"fmt"
	"io"

	"rtgen/cps/ir"
)

// Digest writes to w all that emitting f depends on besides the source: f's class, and the
// classes of what it calls, defers and makes func values of, and where it polls, in order.
func (c *Colours) Digest(w io.Writer, f *ir.Func) {
	out := make([]byte, 0, 64)
	put := func(class ir.Class) { out = append(out, '0'+byte(class)) }
	put(f.Class)
	put(c.Defers(f))
	walk(f.Body, func(s ir.Stmt) {
		if o := ir.LocalOf(s); o != nil {
			out = append(out, 'o')
			for _, v := range o.Holders {
				out = append(append(out, v.Name...), ',')
			}
			out = fmt.Append(out, o.Numbers, o.Deferred)
		}
		switch s := s.(type) {
		case *ir.Call:
			put(c.Call(&s.Callee, s.Args))
		case *ir.MakeClosure:
			put(s.Func.Class)
		case *ir.Poll: // some are there because of the call graph
			out = append(out, 'p')
		}
	}, func(e ir.Expr) {
		r, ok := e.(*ir.FuncRef)
		switch {
		case !ok:
		case r.Closure != nil:
			put(r.Closure.Class)
		case r.Ref.Func != nil:
			put(r.Ref.Func.Class)
		case r.Ref.Hook != nil:
			put(r.Ref.Hook.Class)
		}
	})
	w.Write(out)
}
