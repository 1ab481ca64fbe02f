// Package std says how the standard library is taken from the user's GOROOT: which files, which
// declarations are replaced by ours, and which function of the runtime stands in for one
// that has no body.
//
//	// GOROOT: internal/sync/runtime.go          // manifest, go126.hooks
//	//go:linkname runtime_canSpin                 package internal/sync
//	func runtime_canSpin(i int) bool        →         runtime_canSpin  direct  CanSpin
//
//	// GOROOT: math/bits/bits.go
//	func Len64(x uint64) (n int) { … }      →     func Len64(x uint64) (n int)   // = host math/bits.Len64
//
//	// GOROOT: internal/abi/funcpc.go             // overlay, rtlib/std/internal/abi/escape.go
//	func FuncPCABI0(f any) uintptr          →     func FuncPCABI0(f any) uintptr { return 0 }
//
// Three things change a package, all before it is type-checked:
//
//   - The file list. Some packages keep assembly even with the purego tag; the manifest drops the
//     files that declare it and adds those meant for other architectures. Of others it takes the assembly: what gets
//     numbers and pointers to numbers, and calls nothing, is as good beside rewritten Go as it is in GOROOT.
//   - Overlays: guest source under rtlib/std/<import path>, merged by declaration. A declaration of
//     an overlay replaces the one of the same name (func F, method T.M, type, var, const);
//     "//rtgen:drop Name…" removes declarations (a type goes with its methods), "//rtgen:replace" before
//     the package clause replaces the whole package.
//   - Hooks: a function that the manifest names loses its body if it has one, and is bound to host code. A package may
//     have one in the place of another package's function, for its own calls alone.
//
// The manifest is one file per Go release. What neither has a body nor a hook, and is reached, is
// refused by name at build time.
package std

import (
	"go/ast"
	"go/token"
)

// Std is the standard library of the supported release, in the form that package load asks for.
type Std struct{}

// Tags are the build tags that std, and everything else, is loaded with.
func (Std) Tags() []string { return []string{"purego", "math_big_pure_go"} }

// Roots are the packages that every program has, imported or not: the builder and the runtime call them.
func (Std) Roots() []string { return []string{"runtime", "internal/abi", "internal/runtime/maps"} }

// Merge is [Merge].
func (Std) Merge(fset *token.FileSet, path string, parse func() ([]*ast.File, error)) ([]*ast.File, error) {
	return Merge(fset, path, parse)
}

// HooksPath is the package of hooks for the supported release, as the output imports it.
const HooksPath = "rtgen/rtlib/hooks/go126"
