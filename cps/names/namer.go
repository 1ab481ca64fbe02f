package names

import (
	"fmt"
	"go/types"
	"path"
	"sort"
	"strings"

	"rtgen/cps/gen"
	"rtgen/cps/ir"
)

// This file spells for one output package. Namer implements gen.Names.

// Namer spells objects as seen from one package and records the imports that this takes.
type Namer struct {
	p       *Program
	pkg     *ir.Package
	imports map[string]string // path → identifier
	taken   map[string]bool
	aliases map[string]string // types that are embedded by another name: identifier → spelling
}

var _ gen.Names = (*Namer)(nil)

// For returns a Namer for pkg's output.
func (p *Program) For(pkg *ir.Package) *Namer {
	return &Namer{p: p, pkg: pkg, imports: map[string]string{}, taken: map[string]bool{}, aliases: map[string]string{}}
}

// Package is the package clause.
func (n *Namer) Package() string { return clause(n.pkg) }

// Import returns the identifier for path. Those of guest packages begin with ʀ, so no variable hides them.
func (n *Namer) Import(p string) string {
	if id := n.imports[p]; id != "" {
		return id
	}
	base := identifier(path.Base(p))
	switch p {
	case "unsafe":
	case "rtgen/rtlib":
		base = "rt"
	case "rtgen/rtlib/abi":
		base = "abi"
	default:
		base = Private + base
	}
	id := base
	for i := 2; n.taken[id]; i++ {
		id = fmt.Sprintf("%s%d", base, i)
	}
	n.taken[id] = true
	n.imports[p] = id
	return id
}

// Imports lists the recorded imports.
func (n *Namer) Imports() []gen.Import {
	var out []gen.Import
	for p, id := range n.imports {
		out = append(out, gen.Import{Name: id, Path: p})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

func (n *Namer) qualify(pkg *ir.Package, name string) string {
	if pkg == n.pkg || pkg == nil {
		return name
	}
	return n.Import(n.p.Path(pkg)) + "." + name
}

// Type spells t.
func (n *Namer) Type(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return n.Import("unsafe") + ".Pointer"
		}
		if t.Info()&types.IsUntyped != 0 && t.Kind() != types.UntypedNil {
			return types.Default(t).String()
		}
		return t.Name()
	case *types.Named:
		if t.Obj().Pkg() == nil { // error; comparable is no type of a value
			return n.Import("rtgen/rtlib/abi") + ".Error"
		}
		return n.qualify(n.p.packageOf(t), n.p.declared(t))
	default:
		return n.literal(t)
	}
}

func (n *Namer) literal(t types.Type) string {
	switch t := t.(type) {
	case *types.Pointer:
		return "*" + n.Type(t.Elem())
	case *types.Slice:
		return "[]" + n.Type(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), n.Type(t.Elem()))
	case *types.Map:
		return fmt.Sprintf("%s.Map[%s, %s]", n.Import("rtgen/rtlib/abi"), n.Type(t.Key()), n.Type(t.Elem()))
	case *types.Chan:
		kind := "Chan"
		switch t.Dir() {
		case types.SendOnly:
			kind = "SendChan"
		case types.RecvOnly:
			kind = "RecvChan"
		}
		return fmt.Sprintf("%s.%s[%s]", n.Import("rtgen/rtlib/abi"), kind, n.Type(t.Elem()))
	case *types.Signature:
		return "func" + n.signature(t)
	case *types.Struct:
		return n.structType(t)
	case *types.Interface:
		return n.interfaceType(t)
	case *types.Tuple:
		return n.tuple(t, false)
	}
	panic("names: no host type for " + t.String())
}

// signature spells parameters and results, the hidden ones in front.
func (n *Namer) signature(t *types.Signature) string {
	a := n.Import("rtgen/rtlib/abi")
	s := fmt.Sprintf("(*%s.W, %s.SP", a, a)
	if t.Params().Len() > 0 {
		s += ", " + n.tuple(t.Params(), t.Variadic())
	}
	s += ")"
	switch t.Results().Len() {
	case 0:
	case 1:
		s += " " + n.Type(t.Results().At(0).Type())
	default:
		s += " (" + n.tuple(t.Results(), false) + ")"
	}
	return s
}

func (n *Namer) tuple(t *types.Tuple, variadic bool) string {
	parts := make([]string, t.Len())
	for i := range parts {
		vt := types.Unalias(t.At(i).Type())
		if variadic && i == len(parts)-1 {
			if st, ok := vt.Underlying().(*types.Slice); ok {
				parts[i] = "..." + n.Type(st.Elem())
				continue
			}
		}
		parts[i] = n.Type(vt)
	}
	return strings.Join(parts, ", ")
}

func (n *Namer) structType(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct{}"
	}
	var b strings.Builder
	b.WriteString("struct {\n")
	for i := range t.NumFields() {
		f := t.Field(i)
		if f.Embedded() {
			b.WriteString(n.embedded(f))
		} else {
			b.WriteString(n.p.member(f) + " " + n.Type(f.Type()))
		}
		if tag := t.Tag(i); tag != "" {
			fmt.Fprintf(&b, " %q", tag)
		}
		b.WriteByte('\n')
	}
	return b.String() + "}"
}

// embedded spells an embedded field. Embedding error uses an alias, since a field called Error would
// hide the promoted method.
func (n *Namer) embedded(f *types.Var) string {
	t := types.Unalias(f.Type())
	star := ""
	if p, ok := t.(*types.Pointer); ok {
		star, t = "*", types.Unalias(p.Elem())
	}
	switch {
	case !named(t, f.Name()):
		id := n.p.embeddedAs(f, t)
		if n.aliases[id] == "" {
			n.aliases[id] = n.Type(t)
		}
		return star + id
	case isError(t):
		return star + n.Import("rtgen/rtlib/abi") + "." + Exported + "error"
	case f.Name() == "any":
		return "any"
	}
	return star + n.Type(t)
}

// named reports whether a field that embeds t would be called name. The others embed t by an alias.
func named(t types.Type, name string) bool {
	switch t := t.(type) {
	case *types.Named:
		return t.Obj().Name() == name
	case *types.Basic:
		return t.Name() == name || t.Kind() == types.UnsafePointer && name == "Pointer"
	case *types.Interface:
		return name == "any" && t.NumMethods() == 0
	}
	return false
}

// embeddedAs is the identifier of the alias by which field f embeds t. It is the same in every package, so that the
// struct types are.
func (p *Program) embeddedAs(f *types.Var, t types.Type) string {
	return open(f.Name()) + Cutoff + hash(qualified(f)+" "+p.id(t))
}

// Aliases lists the aliases that the spelled types need, sorted.
func (n *Namer) Aliases() []gen.Alias {
	var out []gen.Alias
	for id, t := range n.aliases {
		out = append(out, gen.Alias{Name: id, Type: t})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

func isError(t types.Type) bool {
	nt, ok := types.Unalias(t).(*types.Named)
	return ok && nt.Obj().Pkg() == nil && nt.Obj().Name() == "error"
}

func (n *Namer) interfaceType(t *types.Interface) string {
	if t.NumMethods() == 0 {
		return "interface{}"
	}
	var b strings.Builder
	b.WriteString("interface {\n")
	for i := range t.NumMethods() {
		m := t.Method(i)
		b.WriteString(n.p.member(m) + n.signature(m.Signature()) + "\n")
	}
	return b.String() + "}"
}

// Declared is the identifier of a type of this package.
func (n *Namer) Declared(t *types.Named) string { return n.p.declared(t) }

// Underlying spells the right-hand side of t's declaration. A struct type of another package that has unexported fields
// can only be spelled by a type which that package declares: type T other.T.
func (n *Namer) Underlying(t *types.Named) string {
	if st, ok := t.Underlying().(*types.Struct); ok {
		for i := range st.NumFields() {
			if f := st.Field(i); !f.Exported() && f.Pkg() != nil && f.Pkg() != t.Obj().Pkg() {
				if o := declaredAs(f.Pkg(), st); o != nil {
					return n.Type(o)
				}
			}
		}
	}
	return n.Type(t.Underlying())
}

// declaredAs is a type that pkg declares as st.
func declaredAs(pkg *types.Package, st *types.Struct) types.Type {
	for _, name := range pkg.Scope().Names() {
		if o, ok := pkg.Scope().Lookup(name).(*types.TypeName); ok && !o.IsAlias() && o.Type().Underlying() == st {
			return o.Type()
		}
	}
	return nil
}

// Func spells a function.
func (n *Namer) Func(r *ir.Ref) string {
	pkg := n.p.byTypes[r.Obj.Pkg()]
	if r.Func != nil && r.Func.Pkg != nil {
		pkg = r.Func.Pkg
	}
	return n.qualify(pkg, n.p.funcName(r))
}

// Method is the selector of a method.
func (n *Namer) Method(m *types.Func) string { return n.p.member(m) }

// Global spells a package-level variable.
func (n *Namer) Global(v *types.Var) string {
	return n.qualify(n.p.byTypes[v.Pkg()], spell(v.Name()))
}

// Field is the selector of a struct's field.
func (n *Namer) Field(st types.Type, index int) string {
	f := st.Underlying().(*types.Struct).Field(index)
	if !f.Embedded() {
		return n.p.member(f)
	}
	t := types.Unalias(f.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if !named(t, f.Name()) {
		return n.p.embeddedAs(f, t)
	}
	switch t := t.(type) {
	case *types.Named:
		if isError(t) {
			return Exported + "error"
		}
		return n.p.declared(t)
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return "Pointer"
		}
		return t.Name()
	case *types.Interface:
		return "any"
	}
	return n.p.member(f)
}

// Reserved reports whether a variable may not have this name: package-level names begin with
// an upper-case letter or ʀ, which the builder avoids.
func (n *Namer) Reserved(name string) bool { return false }
