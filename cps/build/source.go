package build

import (
	"go/ast"
	"go/types"
)

// Source is one parsed and type-checked package, std overlays already merged into it.
// Its syntax, its types and its Info are read-only from here on.
type Source struct {
	Path      string // guest import path, unique in the program; vendored ones keep their "vendor/" prefix
	Name      string // package clause
	Dir       string // folder of its files
	GoVersion string // language version of the module, "go1.22"; files may differ: see Info.FileVersions
	Standard  bool   // from GOROOT
	Main      bool   // the program's main package
	Sum       string // of the names and contents of its files, embedded ones too; not of overlays

	Files []*ast.File // sorted by file name, comments kept; "C" is never imported
	Types *types.Package
	Info  *types.Info

	Embeds []*Embed

	Assembly []string // full paths of its assembly and headers; none for std, where the manifest names them
}

// Embed is one variable with //go:embed directives and the files that they name.
type Embed struct {
	Var   *types.Var
	Files []EmbedFile // sorted by name
}

// EmbedFile is a file's slash-separated name relative to the package's folder, and where it is.
type EmbedFile struct{ Name, Path string }
