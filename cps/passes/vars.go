package passes

import "rtgen/cps/ir"

// Vars lists the function's variables by number.
func (p *Plan) Vars() []*ir.Var { return p.vars }
