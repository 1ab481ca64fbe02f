package ir

// This file visits every statement and expression of a body.

// Walk calls stmt for every statement, outermost first, and expr for every expression
// that a statement holds directly. Either may be nil.
func Walk(list []Stmt, stmt func(Stmt), expr func(Expr)) {
	for _, s := range list {
		if stmt != nil {
			stmt(s)
		}
		if expr != nil {
			operands(s, expr)
		}
		for _, l := range Bodies(s) {
			Walk(l, stmt, expr)
		}
	}
}

// Bodies returns the statement lists inside s, in source order.
func Bodies(s Stmt) [][]Stmt {
	switch s := s.(type) {
	case *If:
		return [][]Stmt{s.Then, s.Else}
	case *Loop:
		return [][]Stmt{s.Body, s.Post}
	case *Block:
		return [][]Stmt{s.Body}
	case *Switch:
		lists := make([][]Stmt, 0, len(s.Cases)+1)
		for _, c := range s.Cases {
			lists = append(lists, c.Body)
		}
		return append(lists, s.Default)
	}
	return nil
}

// Operands returns the expressions that s evaluates itself, assignment targets included; nil ones are left out.
func Operands(s Stmt) []Expr {
	var es []Expr
	operands(s, func(e Expr) { es = append(es, e) })
	return es
}

// operands calls f for Operands(s).
func operands(s Stmt, f func(Expr)) {
	one := func(e Expr) {
		if e != nil {
			f(e)
		}
	}
	all := func(list []Expr) {
		for _, e := range list {
			one(e)
		}
	}
	switch s := s.(type) {
	case *Assign:
		all(s.Dst)
		all(s.Src)
	case *Call:
		all(s.Args)
	case *MakeClosure:
		all(s.Captured)
	case *TypeAssert:
		one(s.X)
	case *If:
		one(s.Cond)
	case *Loop:
		one(s.Cond)
	case *Switch:
		one(s.Tag)
		for _, c := range s.Cases {
			all(c.Vals)
		}
	case *Return:
		all(s.Vals)
	case *Select:
		for _, c := range s.Cases {
			one(c.Chan)
			one(c.Send)
		}
	}
}

// WalkExpr calls f for e and everything in it, outermost first.
func WalkExpr(e Expr, f func(Expr)) {
	if e == nil {
		return
	}
	f(e)
	for _, x := range Parts(e) {
		WalkExpr(x, f)
	}
}

// Parts returns the operands of e; nil ones are left out.
func Parts(e Expr) []Expr {
	switch e := e.(type) {
	case *Unary:
		return []Expr{e.X}
	case *Binary:
		return []Expr{e.X, e.Y}
	case *Conv:
		return []Expr{e.X}
	case *Field:
		return []Expr{e.X}
	case *Index:
		return []Expr{e.X, e.I}
	case *Slice:
		var es []Expr
		for _, x := range []Expr{e.X, e.Lo, e.Hi, e.Max} {
			if x != nil {
				es = append(es, x)
			}
		}
		return es
	case *Deref:
		return []Expr{e.X}
	case *Addr:
		return []Expr{e.X}
	case *Composite:
		return e.Elems
	case *StaticAddr:
		return []Expr{e.X}
	case *Builtin:
		return e.Args
	case *Ptr:
		return []Expr{e.X}
	}
	return nil
}

// EndsInReturn reports whether list ends in a statement behind which nothing runs.
func EndsInReturn(list []Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch list[len(list)-1].(type) {
	case *Return, *Unreachable:
		return true
	}
	return false
}
