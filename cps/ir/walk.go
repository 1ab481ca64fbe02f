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
			for _, e := range Operands(s) {
				expr(e)
			}
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
	add := func(list ...Expr) {
		for _, e := range list {
			if e != nil {
				es = append(es, e)
			}
		}
	}
	switch s := s.(type) {
	case *Assign:
		add(s.Dst...)
		add(s.Src...)
	case *Call:
		add(s.Args...)
	case *MakeClosure:
		add(s.Captured...)
	case *TypeAssert:
		add(s.X)
	case *If:
		add(s.Cond)
	case *Loop:
		add(s.Cond)
	case *Switch:
		add(s.Tag)
		for _, c := range s.Cases {
			add(c.Vals...)
		}
	case *Return:
		add(s.Vals...)
	case *Select:
		for _, c := range s.Cases {
			add(c.Chan, c.Send)
		}
	}
	return es
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
