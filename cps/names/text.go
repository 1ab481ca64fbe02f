package names

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// This file gives types the names that a program sees: those of reflect and of panics.

// pretty is the name of a defined type without its package. Type arguments are qualified by
// import path; a type declared in an instance of a generic function shows the instance's arguments.
func (p *Program) pretty(t *types.Named) string {
	list := func(targs []types.Type) string {
		texts := make([]string, len(targs))
		for i, a := range targs {
			texts[i] = p.text(a)
		}
		return strings.Join(texts, ",")
	}
	s := ""
	if owner := p.owners[t.Obj()]; owner != nil {
		s = list(owner.TArgs)
	}
	if n := t.TypeArgs().Len(); n > 0 {
		if s != "" {
			s += ";"
		}
		s += list(slices.Collect(t.TypeArgs().Types()))
	}
	if s == "" {
		return t.Obj().Name()
	}
	return t.Obj().Name() + "[" + s + "]"
}

// numbered is pretty with gc's number for a type declared in a function, as in main.Box[main.local·1].
func (p *Program) numbered(t *types.Named) string {
	s := p.pretty(t)
	if n := p.vargen[t.Obj().Pos()]; n > 0 {
		return fmt.Sprint(s, "·", n)
	}
	return s
}

// text is a type as it stands among type arguments.
func (p *Program) text(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		switch pkg := t.Obj().Pkg(); {
		case pkg == nil:
			return t.Obj().Name()
		case pkg.Name() == "main":
			return "main." + p.numbered(t)
		default:
			return pkg.Path() + "." + p.numbered(t)
		}
	case *types.Pointer:
		return "*" + p.text(t.Elem())
	case *types.Slice:
		return "[]" + p.text(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), p.text(t.Elem()))
	case *types.Map:
		return "map[" + p.text(t.Key()) + "]" + p.text(t.Elem())
	case *types.Chan:
		switch t.Dir() {
		case types.SendOnly:
			return "chan<- " + p.text(t.Elem())
		case types.RecvOnly:
			return "<-chan " + p.text(t.Elem())
		}
		return "chan " + p.text(t.Elem())
	case *types.Signature:
		return "func" + p.signatureText(t)
	case *types.Struct:
		fields := make([]string, t.NumFields())
		for i := range fields {
			f := t.Field(i)
			if !f.Embedded() {
				fields[i] = f.Name() + " "
			}
			fields[i] += p.text(f.Type())
			if tag := t.Tag(i); tag != "" {
				fields[i] += fmt.Sprintf(" %q", tag)
			}
		}
		if len(fields) == 0 {
			return "struct {}"
		}
		return "struct { " + strings.Join(fields, "; ") + " }"
	case *types.Interface:
		methods := make([]string, t.NumMethods())
		for i := range methods {
			methods[i] = t.Method(i).Name() + p.signatureText(t.Method(i).Signature())
		}
		if len(methods) == 0 {
			return "interface {}"
		}
		return "interface { " + strings.Join(methods, "; ") + " }"
	}
	return t.String()
}

func (p *Program) signatureText(t *types.Signature) string {
	list := func(tuple *types.Tuple, variadic bool) string {
		texts := make([]string, tuple.Len())
		for i := range texts {
			vt := tuple.At(i).Type()
			if s, ok := vt.Underlying().(*types.Slice); ok && variadic && i == len(texts)-1 {
				texts[i] = "..." + p.text(s.Elem())
				continue
			}
			texts[i] = p.text(vt)
		}
		return strings.Join(texts, ", ")
	}
	s := "(" + list(t.Params(), t.Variadic()) + ")"
	switch t.Results().Len() {
	case 0:
		return s
	case 1:
		return s + " " + list(t.Results(), false)
	}
	return s + " (" + list(t.Results(), false) + ")"
}
