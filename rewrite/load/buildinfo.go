package load

// This file composes what debug.ReadBuildInfo tells a program, as cmd/go/internal/load.setBuildInfo does.

import (
	"cmp"
	"runtime/debug"
	"slices"
	"strings"
)

// buildInfo is the program's build information as text. It lacks what go list does not tell: the state of
// the repository (vcs.*, and the main module's version, which follows from it). DefaultGODEBUG is left out
// since it would not be true.
func (out *Listing) buildInfo() string {
	l := out.loader
	root := l.pkgs[out.roots[0]].listed
	info := &debug.BuildInfo{Path: root.ImportPath}
	if root.Module != nil {
		info.Main = *root.Module.debug()
	}
	seen := map[string]bool{info.Main.Path: true}
	for _, p := range l.pkgs {
		if m := p.listed.Module; m != nil && !seen[m.Path] {
			seen[m.Path] = true
			info.Deps = append(info.Deps, m.debug())
		}
	}
	slices.SortFunc(info.Deps, func(a, b *debug.Module) int { return cmp.Compare(a.Path, b.Path) })
	set := func(key, value string) {
		if value != "" {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: key, Value: value})
		}
	}
	set("-buildmode", "exe")
	set("-compiler", "gc")
	set("-tags", strings.Join(l.userTags, ","))
	set("CGO_ENABLED", "0")
	set("GOARCH", "amd64")
	set("GOOS", "linux")
	set("GOAMD64", out.level)
	return info.String()
}

func (m *mod) debug() *debug.Module {
	d := &debug.Module{Path: m.Path, Version: cmp.Or(m.Version, "(devel)")}
	if m.Replace != nil {
		d.Replace = m.Replace.debug()
	} else if m.Version != "" {
		d.Sum = m.Sum
	}
	return d
}
