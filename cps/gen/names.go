package gen

import (
	"go/types"

	"rtgen/cps/ir"
)

// Names spells guest objects in host Go, as seen from the package being emitted. Asking for
// a name that lives elsewhere records the import. One value serves one output package.
//
// Spelled identifiers must be Go identifiers: note that U+A789 (꞉) is no letter and cannot
// occur in one; U+02D0 (ː) is and can.
type Names interface {
	// Package is the package clause of the output.
	Package() string

	// Import returns the identifier under which the file imports path ("rtgen/rtlib",
	// "unsafe", …), recording the import. Equal paths get equal identifiers.
	Import(path string) string

	// Imports lists what was recorded, sorted by path: import declarations of the file.
	Imports() []Import

	// Aliases lists the aliases that the types spelled so far need, sorted: declarations of the package.
	Aliases() []Alias

	// Type spells a type: map[K]V is abi.Map[K, V], func(A) R is func(*abi.W, abi.SP, A) R.
	Type(t types.Type) string

	// Declared is the identifier that a type of this package is declared under; Underlying
	// spells the right-hand side of its declaration, tags and embedding included.
	Declared(t *types.Named) string
	Underlying(t *types.Named) string

	// Func spells a declared function that is no method, qualified if it lives elsewhere.
	// Never called for body-less functions, whose hook is called instead.
	Func(r *ir.Ref) string

	// Method is the selector of a method, of a concrete type or of an interface.
	Method(m *types.Func) string

	// Global spells a package-level variable, qualified if it lives elsewhere. For a
	// variable of this package the result is the identifier of its declaration.
	Global(v *types.Var) string

	// Field is the selector of field index of struct type st (named or not).
	Field(st types.Type, index int) string

	// Reserved reports whether a local variable of this name would hide a package-level
	// identifier of the output package. Import identifiers and Go's predeclared ones
	// need no answer: gen keeps clear of them itself.
	Reserved(name string) bool
}

// Import is one import declaration.
type Import struct{ Name, Path string }

// Alias is one alias declaration.
type Alias struct{ Name, Type string }
