package build

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"rtgen/cps/ir"
)

// This file makes variables one that linkname directives give one symbol:
//
//	package upper                              package lower
//	//go:linkname a lower.b                    var b = 7
//	var a int                                  ↑
//	… a …                                →     … lower.Ʀb …
//
// The one that stays is that of the package initialised first: the others' packages may import it. Its
// initial value is written by whoever has one.

// linkedVar is what becomes of a variable that a directive names, or that one is linked to.
type linkedVar struct {
	is     *types.Var // the variable that stays
	symbol string
	refuse string // if its symbol is none that can be bound; said when the variable is used
	said   bool
}

// linkerSymbols are the symbols that the host's linker defines and that mean the same in a rewritten program: the ends
// of the read-only data, where constant strings are. Variables linked to them stay so.
var linkerSymbols = map[string]bool{"runtime.rodata": true, "runtime.erodata": true}

func (p *program) linkVars() {
	p.vars = map[*types.Var]*linkedVar{}
	groups := map[string][]*types.Var{}
	for _, s := range p.sources {
		scope := s.Types.Scope()
		for _, name := range scope.Names() {
			if v, ok := scope.Lookup(name).(*types.Var); ok {
				if sym := p.std.Symbol(v); sym != "" && !linkerSymbols[sym] {
					groups[sym] = append(groups[sym], v)
				}
			}
		}
	}
	if len(groups) == 0 {
		return
	}
	named := map[string]*types.Var{} // by symbol
	standard := map[string]bool{}
	for _, s := range p.sources {
		path := s.Path
		if s.Main {
			path = "main"
		}
		standard[path] = s.Standard
		for sym := range groups {
			if name, ok := strings.CutPrefix(sym, path+"."); ok {
				if v, ok := s.Types.Scope().Lookup(name).(*types.Var); ok && p.std.Symbol(v) == "" {
					named[sym] = v
				}
			}
		}
	}
	for _, sym := range sortedKeys(groups) {
		group := groups[sym]
		if v := named[sym]; v != nil {
			group = append(group, v)
		} else if path := symbolPath(sym); standard[path] || strings.HasPrefix(path+"/", "runtime/") || strings.HasPrefix(path, "internal/runtime/") {
			// It may be there in GOROOT, with a meaning that a variable of its own would not have.
			for _, v := range group {
				p.vars[v] = &linkedVar{is: v, symbol: sym, refuse: "which rtgen's standard library does not have"}
			}
			continue
		}
		p.linkGroup(sym, group)
	}
}

// symbolPath is the import path in a symbol, "" if it has none.
func symbolPath(sym string) string {
	slash := strings.LastIndexByte(sym, '/') + 1
	i := strings.IndexByte(sym[slash:], '.')
	if i < 0 {
		return ""
	}
	return sym[:slash+i]
}

// linkGroup makes the variables of symbol sym one.
func (p *program) linkGroup(sym string, group []*types.Var) {
	first := group[0]
	for _, v := range group {
		if p.order(v) < p.order(first) {
			first = v
		}
	}
	definitions := 0
	for _, v := range group {
		if s := p.byTypes[v.Pkg()]; s != nil {
			for _, in := range s.Info.InitOrder {
				if slices.Contains(in.Lhs, v) {
					definitions++
				}
			}
		}
	}
	for _, v := range group {
		l := &linkedVar{is: first, symbol: sym}
		p.vars[v] = l
		if v == first {
			continue
		}
		switch size := p.sizes.Sizeof; {
		case size(v.Type()) != size(first.Type()):
			*l = linkedVar{is: v, symbol: sym, refuse: fmt.Sprintf("which has %d bytes, not %d", size(first.Type()), size(v.Type()))}
		case definitions > 1:
			*l = linkedVar{is: v, symbol: sym, refuse: "and more than one of that symbol has an initial value"}
		default:
			p.noteBinding(v, first)
		}
	}
}

// order is where v's package is among the sources.
func (p *program) order(v *types.Var) int {
	return slices.IndexFunc(p.sources, func(s *Source) bool { return s.Types == v.Pkg() })
}

// noteBinding tells all packages whose output depends on it that v is w.
func (p *program) noteBinding(v, w *types.Var) {
	line := fmt.Sprintf("%s.%s %s.%s", v.Pkg().Path(), v.Name(), w.Pkg().Path(), w.Name())
	for _, s := range p.sources {
		if s.Types == v.Pkg() || s.Types == w.Pkg() || p.imports(s.Types)[v.Pkg()] {
			pkg := p.pkgs[s.Path]
			pkg.Binds = append(pkg.Binds, line)
		}
	}
}

// global is a package-level variable as an operand.
func (u *unit) global(v *types.Var) ir.Expr {
	t := types.Unalias(v.Type())
	l := u.vars[v]
	if l == nil {
		return &ir.GlobalRef{Obj: v, Typed: ir.Typed{T: t}}
	}
	if l.refuse != "" {
		u.note(func() {
			if !l.said {
				l.said = true
				u.errorf(v.Pos(), "variable %s.%s is linked to %s, %s", v.Pkg().Name(), v.Name(), l.symbol, l.refuse)
			}
		})
	}
	it := types.Unalias(l.is.Type())
	x := &ir.GlobalRef{Obj: l.is, Typed: ir.Typed{T: it}}
	if types.Identical(it, t) {
		return x
	}
	a := &ir.Conv{X: &ir.Addr{X: x, Typed: ir.Typed{T: types.NewPointer(it)}}, Typed: ir.Typed{T: typPtr}}
	return &ir.Deref{X: &ir.Conv{X: a, Typed: ir.Typed{T: types.NewPointer(t)}}, Typed: ir.Typed{T: t}}
}

// laidOut is the variable that v's initial value may be laid out for, or nil if an assignment has to set it: a
// value that mentions more than its type cannot go to a package that v's imports.
func (p *program) laidOut(v *types.Var, constant bool) *ir.Global {
	l := p.vars[v]
	if l == nil || l.is == v {
		return p.globals[v]
	}
	if constant && !isInterface(v.Type()) && types.Identical(l.is.Type(), v.Type()) {
		return p.globals[l.is]
	}
	return nil
}
