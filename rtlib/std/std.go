// Package std holds the guest source that is merged into packages of GOROOT: the files under
// <import path>/ here belong to that package. Package rewrite/std describes how they are merged.
//
// Each of them begins with "//go:build rtgen", which keeps the stock toolchain away: their functions
// without a body are bound to hooks of package rtlib/hooks/go126.
package std

import "embed"

// FS holds the overlays, by import path.
//
//go:embed */*
var FS embed.FS
