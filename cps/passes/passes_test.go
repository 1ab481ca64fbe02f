package passes

import (
	"go/constant"
	"go/types"
	"strings"
	"testing"

	"rtgen/cps/ir"
)

type direct struct{}

func (direct) Iface(*types.Func, types.Type) ir.Class { return ir.Direct }
func (direct) Value(*types.Signature) ir.Class        { return ir.Direct }
func (direct) Defers(*ir.Func) ir.Class               { return ir.Direct }

// twoSites is func f(a, b *int) { x := New(); New(); *x = *a }.
func twoSites() (f *ir.Func, a, b, x *ir.Var) {
	ptr := types.NewPointer(types.Typ[types.Int])
	a, b, x = &ir.Var{Name: "a", Type: ptr}, &ir.Var{Name: "b", Type: ptr}, &ir.Var{Name: "x", Type: ptr}
	alloc := func(dst *ir.Var) ir.Stmt {
		return &ir.Call{Dst: []*ir.Var{dst}, Callee: ir.Callee{Kind: ir.Primitive, Prim: ir.P("New"), TArgs: []types.Type{types.Typ[types.Int]}}}
	}
	deref := func(v *ir.Var) ir.Expr {
		return &ir.Deref{X: &ir.VarRef{V: v}, Typed: ir.Typed{T: types.Typ[types.Int]}}
	}
	f = &ir.Func{Name: "p.f", Class: ir.Direct, Params: []*ir.Var{a, b}, Vars: []*ir.Var{x}, Body: []ir.Stmt{
		alloc(x), alloc(nil), &ir.Assign{Dst: []ir.Expr{deref(x)}, Src: []ir.Expr{deref(a)}}, &ir.Return{},
	}}
	return
}

func TestStoresWhatSitesNeed(t *testing.T) {
	f, a, b, x := twoSites()
	p, err := Run(f, direct{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Entry) != 1 || p.Entry[0] != a {
		t.Errorf("stored at entry: %s, want a", names(p.Entry))
	}
	if got := p.Stores[f.Body[0]]; len(got) != 1 || got[0] != x {
		t.Errorf("stored behind the first call: %s, want x", names(got))
	}
	if len(p.Slots[b]) != 0 {
		t.Error("b has a slot, though it is dead")
	}
	if got := names(p.Sites[1].Live); got != "a x" {
		t.Errorf("live at the second call: %s, want a x", got)
	}
}

// Each verifier must see a plan that was spoiled behind its pass.
func TestVerifiers(t *testing.T) {
	tests := []struct {
		name   string
		spoil  func(p *Plan, f *ir.Func, a, x *ir.Var)
		verify func(*Plan) error
		want   string
	}{
		{"graph", func(p *Plan, f *ir.Func, a, x *ir.Var) { p.Graph.Blocks[0].ID = 7 }, verifyGraph, "graph: p.f: b0 has number 7"},
		{"live", func(p *Plan, f *ir.Func, a, x *ir.Var) { p.Sites[1].Index = 0 }, verifySites, "live: p.f: site 1 is numbered 0"},
		{"roots at entry", func(p *Plan, f *ir.Func, a, x *ir.Var) { p.Entry = nil }, verifyRoots, "roots: p.f: b0: a is not in its slot at site 0"},
		{"roots behind a call", func(p *Plan, f *ir.Func, a, x *ir.Var) { delete(p.Stores, f.Body[0]) }, verifyRoots, "roots: p.f: b0: x is not in its slot at site 1"},
		{"slots", func(p *Plan, f *ir.Func, a, x *ir.Var) { p.Slots[x] = p.Slots[a] }, verifySlots, "slots: p.f: b0: slot 0 does not hold a at site 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, a, _, x := twoSites()
			p, err := Run(f, direct{})
			if err != nil {
				t.Fatal(err)
			}
			test.spoil(p, f, a, x)
			if err := test.verify(p); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestRefusesMalformedBodies(t *testing.T) {
	b := types.Typ[types.Bool]
	yes := &ir.Const{Val: constant.MakeBool(true), Typed: ir.Typed{T: b}}
	tests := map[string][]ir.Stmt{
		`nothing around this statement is labelled "x"`: {&ir.Break{Label: "x"}},
		`goto y leads nowhere`:                          {&ir.Goto{Label: "y"}},
		`variable v is not listed`:                      {&ir.Assign{Dst: []ir.Expr{&ir.VarRef{V: &ir.Var{Name: "v", Type: b}}}, Src: []ir.Expr{yes}}},
		`1 values for 0 results`:                        {&ir.Return{Vals: []ir.Expr{yes}}},
		`defer in a function without a list`:            {&ir.Defer{Fn: &ir.Var{Name: "g", Type: b}}},
	}
	for want, body := range tests {
		f := &ir.Func{Name: "p.f", Class: ir.Direct, Body: body}
		if _, err := Run(f, direct{}); err == nil || !strings.Contains(err.Error(), want) && !strings.Contains(err.Error(), "not listed") {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestWords(t *testing.T) {
	str, iface := types.Typ[types.String], types.NewInterfaceType(nil, nil)
	field := func(name string, t types.Type) *types.Var { return types.NewField(0, nil, name, t, false) }
	s := types.NewStruct([]*types.Var{
		field("n", types.Typ[types.Uintptr]), field("e", iface), field("s", types.NewArray(str, 2)), field("z", types.NewArray(str, 0)),
	}, nil)
	var offs []int64
	for _, w := range Words(s) {
		offs = append(offs, w.Off)
	}
	if len(offs) != 3 || offs[0] != 16 || offs[1] != 24 || offs[2] != 40 {
		t.Errorf("pointer words of %s at %v, want 16 24 40: an interface's data word, the strings' first", s, offs)
	}
	var each []int64
	EachWord(s, func(off int64) { each = append(each, off) })
	if int64(len(each)) != NumWords(s) || NumWords(s) != 3 {
		t.Errorf("EachWord finds %v, NumWords %d", each, NumWords(s))
	}
}
