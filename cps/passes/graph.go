package passes

import (
	"fmt"
	"go/token"
	"go/types"

	"rtgen/cps/ir"
)

// This file makes the flow graph. Its nodes are the IR's own statements, so that facts found
// here hold for the structured form too.
//
//	for c { S; if d { break } }   →   b1: if c b2 b3 · b2: S; if d b3 b1 · b3:

// Graph is the flow graph of a function. Blocks[0] is the entry.
type Graph struct {
	Blocks []*Block
}

// Block is a sequence without branches.
type Block struct {
	ID    int
	Nodes []ir.Stmt // Assign, Call, MakeClosure, TypeAssert, Go, Defer, RunDefers, Recover, Select, Poll
	Term  Term
	Succs []*Block
	Preds []*Block
}

// TermKind says how a block ends.
type TermKind uint8

// How a block ends.
const (
	Jump    TermKind = iota // to Succs[0]
	Branch                  // Cond: to Succs[0], else Succs[1]
	Multi                   // Cases[i] of Cond: to Succs[i]; else the last
	Leave                   // Ret
	Nowhere                 // does not return
)

// Term ends a block.
type Term struct {
	Kind  TermKind
	Cond  ir.Expr
	Cases []ir.SwitchCase
	Ret   *ir.Return
	Pos   token.Position
}

type target struct {
	label    string
	brk, cnt *Block // cnt is nil for blocks and switches
	loop     bool
}

type graphBuilder struct {
	g       *Graph
	cur     *Block // nil behind a jump
	targets []target
	labels  map[string]*Block
	err     error
	fn      *ir.Func
}

func buildGraph(p *Plan, _ Colours) error {
	if p.Fn.Defers != nil {
		p.Fn.Body = keepResults(p.Fn, p.Fn.Body)
	}
	b := &graphBuilder{g: &Graph{}, labels: map[string]*Block{}, fn: p.Fn}
	b.cur = b.block()
	b.list(p.Fn.Body)
	if b.cur != nil { // falls off the end: a function without results, or after an endless loop
		b.cur.Term = Term{Kind: Leave, Ret: &ir.Return{At: ir.At{Pos: p.Fn.End}}}
		if len(p.Fn.Results) > 0 {
			b.cur.Term = Term{Kind: Nowhere}
		}
	}
	b.g.finish()
	p.Graph = b.g
	return b.err
}

func (b *graphBuilder) block() *Block {
	x := &Block{ID: len(b.g.Blocks)}
	b.g.Blocks = append(b.g.Blocks, x)
	x.Term.Kind = Nowhere
	return x
}

// at returns the block under construction; behind a jump it is a new, unreachable one.
func (b *graphBuilder) at() *Block {
	if b.cur == nil {
		b.cur = b.block()
	}
	return b.cur
}

func (b *graphBuilder) jump(to *Block, pos token.Position) {
	if b.cur != nil {
		b.cur.Term = Term{Kind: Jump, Pos: pos}
		b.cur.Succs = []*Block{to}
		b.cur = nil
	}
}

func (b *graphBuilder) fail(s ir.Stmt, format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%s: graph: %s: %s", s.Position(), b.fn.Name, fmt.Sprintf(format, args...))
	}
}

func (b *graphBuilder) label(name string) *Block {
	x := b.labels[name]
	if x == nil {
		x = b.block()
		b.labels[name] = x
	}
	return x
}

func (b *graphBuilder) list(list []ir.Stmt) {
	for _, s := range list {
		b.stmt(s)
	}
}

func (b *graphBuilder) within(t target, list []ir.Stmt) {
	b.targets = append(b.targets, t)
	b.list(list)
	b.targets = b.targets[:len(b.targets)-1]
}

func (b *graphBuilder) stmt(s ir.Stmt) {
	switch s := s.(type) {
	case *ir.If:
		cur, then, els, done := b.at(), b.block(), b.block(), b.block()
		cur.Term = Term{Kind: Branch, Cond: s.Cond, Pos: s.Pos}
		cur.Succs = []*Block{then, els}
		b.cur = then
		b.list(s.Then)
		b.jump(done, s.Pos)
		b.cur = els
		b.list(s.Else)
		b.jump(done, s.Pos)
		b.cur = done
	case *ir.Loop:
		head, body, post, done := b.block(), b.block(), b.block(), b.block()
		b.at()
		b.jump(head, s.Pos)
		if s.Cond == nil {
			head.Term = Term{Kind: Jump, Pos: s.Pos}
			head.Succs = []*Block{body}
		} else {
			head.Term = Term{Kind: Branch, Cond: s.Cond, Pos: s.Pos}
			head.Succs = []*Block{body, done}
		}
		b.cur = body
		b.within(target{s.Label, done, post, true}, s.Body)
		b.jump(post, s.Pos)
		b.cur = post
		b.list(s.Post)
		b.jump(head, s.Pos)
		b.cur = done
	case *ir.Block:
		b.at()
		done := b.block()
		b.within(target{s.Label, done, nil, false}, s.Body)
		b.jump(done, s.Pos)
		b.cur = done
	case *ir.Switch:
		cur, done := b.at(), b.block()
		cur.Term = Term{Kind: Multi, Cond: s.Tag, Cases: s.Cases, Pos: s.Pos}
		for i := range s.Cases {
			x := b.block()
			cur.Succs = append(cur.Succs, x)
			b.cur = x
			b.within(target{s.Label, done, nil, false}, s.Cases[i].Body)
			b.jump(done, s.Pos)
		}
		x := b.block()
		cur.Succs = append(cur.Succs, x)
		b.cur = x
		b.within(target{s.Label, done, nil, false}, s.Default)
		b.jump(done, s.Pos)
		b.cur = done
	case *ir.Break:
		for i := len(b.targets) - 1; i >= 0; i-- {
			if t := b.targets[i]; t.label == s.Label {
				b.at()
				b.jump(t.brk, s.Pos)
				return
			}
		}
		b.fail(s, "break to unknown label %q", s.Label)
	case *ir.Continue:
		for i := len(b.targets) - 1; i >= 0; i-- {
			if t := b.targets[i]; t.loop && t.label == s.Label {
				b.at()
				b.jump(t.cnt, s.Pos)
				return
			}
		}
		b.fail(s, "continue of unknown label %q", s.Label)
	case *ir.Goto:
		b.at()
		b.jump(b.label(s.Label), s.Pos)
	case *ir.Label:
		x := b.label(s.Name)
		b.at()
		b.jump(x, s.Pos)
		b.cur = x
	case *ir.Return:
		b.at().Term = Term{Kind: Leave, Ret: s, Pos: s.Pos}
		b.cur = nil
	case *ir.Unreachable:
		b.at().Term = Term{Kind: Nowhere, Pos: s.Pos}
		b.cur = nil
	case *ir.Call:
		x := b.at()
		x.Nodes = append(x.Nodes, s)
		if s.Callee.Prim != nil && s.Callee.Prim.NoReturn {
			x.Term = Term{Kind: Nowhere, Pos: s.Pos}
			b.cur = nil
		}
	case *ir.Assign, *ir.MakeClosure, *ir.TypeAssert, *ir.Go, *ir.Defer, *ir.RunDefers, *ir.Recover, *ir.Select, *ir.Poll:
		x := b.at()
		x.Nodes = append(x.Nodes, s)
	default:
		b.fail(s, "unknown statement %T", s)
	}
}

// finish shortens jumps to empty blocks, orders blocks in reverse postorder (the unreachable
// ones, which the direct form prints all the same, last) and numbers them.
func (g *Graph) finish() {
	follow := func(b *Block) *Block {
		for i := 0; i < 100 && len(b.Nodes) == 0 && b.Term.Kind == Jump && b.Succs[0] != b; i++ {
			b = b.Succs[0]
		}
		return b
	}
	for _, b := range g.Blocks {
		for i, s := range b.Succs {
			b.Succs[i] = follow(s)
		}
	}
	seen := map[*Block]bool{}
	var order []*Block
	var visit func(b *Block)
	visit = func(b *Block) {
		if seen[b] {
			return
		}
		seen[b] = true
		for i := len(b.Succs) - 1; i >= 0; i-- {
			visit(b.Succs[i])
		}
		order = append(order, b)
	}
	visit(g.Blocks[0])
	for i, j := 0, len(order)-1; i < j; i, j = i+1, j-1 {
		order[i], order[j] = order[j], order[i]
	}
	for _, b := range g.Blocks {
		if !seen[b] && (len(b.Nodes) > 0 || b.Term.Cond != nil || b.Term.Ret != nil) {
			n := len(order)
			visit(b)
			for i, j := n, len(order)-1; i < j; i, j = i+1, j-1 {
				order[i], order[j] = order[j], order[i]
			}
		}
	}
	g.Blocks = order
	for i, b := range order {
		b.ID, b.Preds = i, nil
	}
	for _, b := range order {
		for _, s := range b.Succs {
			s.Preds = append(s.Preds, b)
		}
	}
}

// verifyGraph: every block is numbered by its place, ends properly, and its edges agree.
func verifyGraph(p *Plan) error {
	for i, b := range p.Graph.Blocks {
		want := map[TermKind]int{Jump: 1, Branch: 2, Multi: len(b.Term.Cases) + 1}[b.Term.Kind]
		if b.ID != i || len(b.Succs) != want {
			return fmt.Errorf("graph: %s: b%d has number %d and %d successors, want %d", p.Fn.Name, i, b.ID, len(b.Succs), want)
		}
		for _, s := range b.Succs {
			if s.ID >= len(p.Graph.Blocks) || p.Graph.Blocks[s.ID] != s {
				return fmt.Errorf("graph: %s: b%d leads to a block outside the graph", p.Fn.Name, i)
			}
		}
	}
	return nil
}

// keepResults lets no call of a deferring function write its results directly: a callee that
// suspends returns garbage, and a panic that comes later must find the old value.
//
//	r = call g()   →   t = call g(); r = t
func keepResults(f *ir.Func, list []ir.Stmt) []ir.Stmt {
	isResult := func(v *ir.Var) bool {
		for _, r := range f.Results {
			if r == v {
				return true
			}
		}
		return false
	}
	var out []ir.Stmt
	for _, s := range list {
		out = append(out, s)
		switch s := s.(type) {
		case *ir.Call:
			for i, v := range s.Dst {
				if v == nil || !isResult(v) {
					continue
				}
				t := newResult(f, v)
				s.Dst[i] = t
				a := &ir.Assign{Dst: []ir.Expr{&ir.VarRef{V: v}}, Src: []ir.Expr{&ir.VarRef{V: t}}}
				a.Pos = s.Pos
				out = append(out, a)
			}
		case *ir.If:
			s.Then, s.Else = keepResults(f, s.Then), keepResults(f, s.Else)
		case *ir.Loop:
			s.Body, s.Post = keepResults(f, s.Body), keepResults(f, s.Post)
		case *ir.Block:
			s.Body = keepResults(f, s.Body)
		case *ir.Switch:
			for i := range s.Cases {
				s.Cases[i].Body = keepResults(f, s.Cases[i].Body)
			}
			s.Default = keepResults(f, s.Default)
		}
	}
	return out
}

// newResult is the variable that holds result r on its way.
func newResult(f *ir.Func, r *ir.Var) *ir.Var {
	name := r.Name + "_new"
	for _, v := range f.Vars {
		if v.Name == name && types.Identical(v.Type, r.Type) {
			return v
		}
	}
	t := &ir.Var{Name: name, Type: r.Type}
	f.Vars = append(f.Vars, t)
	return t
}
