package build

import (
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"rtgen/cps/ir"
	"rtgen/cps/par"
)

// This file lets packages be lowered at once, with the result of one after another.
//
// While a unit lowers its package, it reads what the program knows of all packages and makes functions that nobody
// else sees. What it says to others (that an instance is wanted, that a function of another package is linked to)
// goes into notes, which are read when all units are through, in the order of the packages:
//
//	unit fmt:  lower(Fprint), …      note "append fmt.Fprint", note "errors.As[…] is wanted", …
//	unit json: lower(Marshal), …     note …                                      ⟶  read fmt's, then json's

// unit lowers the functions of one package.
type unit struct {
	*program
	src *Source
	pkg *ir.Package

	own       []*ir.Global             // its variables
	mentioned *mentions                // what the package mentions itself
	apart     map[*types.Var]bool      // see words.go; nil until it is asked for
	typeWords map[*types.TypeName]bool // the same
	changes   map[*types.Var]bool      // see fixed.go; the same
	file      *token.File              // of the last position
	here      map[*types.Func]*ir.Ref  // what it calls instead of functions of others; nil: those themselves
	asked     map[*known]bool          // what is noted already
	notes     []func()
}

func (p *program) newUnit(s *Source) *unit {
	pkg := &ir.Package{Path: s.Path, Name: s.Name, Types: s.Types}
	p.pkgs[s.Path] = pkg
	return &unit{program: p, src: s, pkg: pkg, asked: map[*known]bool{}, here: map[*types.Func]*ir.Ref{}}
}

// note has f run when it is this package's turn: at once, if no others are being lowered.
func (u *unit) note(f func()) {
	if u.together {
		u.notes = append(u.notes, f)
		return
	}
	f()
}

// inUnits calls f for all units, at once, and has their notes read.
func (p *program) inUnits(f func(u *unit)) {
	p.together = true
	par.Each(len(p.units), func(i int) { f(p.units[i]) })
	p.together = false
	for _, u := range p.units {
		for _, f := range u.notes {
			f()
		}
		u.notes = nil
	}
}

// ref returns the canonical Ref of fn (an origin) with the given type arguments and makes
// sure that its body will be built.
func (u *unit) ref(fn *types.Func, targs []types.Type) *ir.Ref {
	u.mu.Lock()
	k := u.known(fn.Origin(), targs)
	u.mu.Unlock()
	if k.first != nil && !u.asked[k] {
		u.asked[k] = true
		u.note(func() { k.wanted(targs) })
	}
	return k.ref
}

// linkOf is the variable through which the function that r stands for is called, or nil.
func (u *unit) linkOf(r *ir.Ref) *types.Var {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.links[r]
}

// position converts to what IR statements carry, honouring //line comments as the compiler does: it takes relative names
// as they are written, where go/token puts the file's folder before them, and has "??" for an empty one. Those of std's
// overlays speak for the folder's files.
func (u *unit) position(pos token.Pos) token.Position {
	if !pos.IsValid() {
		return token.Position{}
	}
	if f := u.file; f == nil || int(pos) < f.Base() || int(pos) > f.Base()+f.Size() {
		u.file = u.fset.File(pos)
	}
	at := u.file.Position(pos)
	if real := u.file.Name(); at.Filename != real {
		dir, _ := filepath.Split(real)
		if at.Filename == "" {
			at.Filename = "??"
		} else if name, ok := strings.CutPrefix(at.Filename, dir); ok && !u.standard[filepath.Clean(dir)] {
			at.Filename = name
		}
	}
	return at
}

func (p *program) position(pos token.Pos) token.Position { return (&unit{program: p}).position(pos) }
