package rewrite

// This file shows single functions, for `rtgen dump`.

import (
	"context"
	"fmt"
	"go/format"
	"sort"
	"strings"

	"rtgen/cps/gen"
	"rtgen/cps/ir"
	"rtgen/cps/passes"
)

// Dump returns the text of a function behind a pass: "build", one of passes.Table, or "gen". With
// why it is the explanation of the function's class instead.
func Dump(ctx context.Context, opts *Options, name, pass string, why bool) (string, error) {
	p, err := lower(ctx, opts)
	if err != nil {
		return "", err
	}
	var found []*ir.Func
	var near []string
	last := name[strings.LastIndexByte(name, '.')+1:]
	for _, pkg := range p.pkgs {
		for _, f := range pkg.Funcs {
			switch {
			case f.Name == name:
				found = append(found, f)
			case strings.HasSuffix(f.Name, "."+last):
				near = append(near, f.Name)
			}
		}
	}
	if len(found) == 0 {
		msg := fmt.Sprintf("rtgen: no function %s in the program", name)
		sort.Strings(near)
		if len(near) > 0 && len(near) <= 20 {
			msg += "; there are " + strings.Join(near, ", ")
		}
		return "", fmt.Errorf("%s", msg)
	}
	var b strings.Builder
	for _, f := range found { // several: the instances of a generic
		text, err := p.dump(f, pass, why)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

func (p *program) dump(f *ir.Func, pass string, why bool) (string, error) {
	if why {
		return p.colours.Why(f), nil
	}
	switch pass {
	case "gen":
		one := *f.Pkg
		one.Decls, one.Globals, one.Init, one.Funcs = nil, nil, nil, []*ir.Func{f}
		src, err := gen.Package(&one, p.names.For(f.Pkg), p.colours, p.hooks)
		if err != nil {
			return "", err
		}
		out, err := format.Source(src)
		return string(out), err
	case "build", "escape", "colour":
		return ir.Print(f), nil
	}
	for _, row := range passes.Table {
		if row.Name == pass {
			plan, err := passes.Run(f, p.colours)
			if err != nil {
				return "", err
			}
			return plan.Dump(pass)
		}
	}
	return "", fmt.Errorf("rtgen: no pass %s; `rtgen passes` lists them", pass)
}
