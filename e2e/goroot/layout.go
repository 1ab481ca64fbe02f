package main

// This file lays a test out as something a build tool accepts:
//
//	run           a.go                  →  a.go, seen from GOROOT/test
//	rundir        a.dir/{p.go,main.go}  →  module "test": p/p.go, main.go; import "./p" → "test/p"
//	runindir      a.dir/...             →  module "a.dir": a copy of the tree
//	runoutput     a.go                  →  a.go, then its output as tmp__.go

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rtgen/e2e/run"
)

// A program is what one build makes a binary of.
type program struct {
	dir     string   // where the tool runs
	targets []string // files or a package
	key     string   // digest of everything that was written by the author
}

// fileProgram is a program of plain files in dir.
func fileProgram(dir string, files []string) (program, error) {
	var parts [][]byte
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil {
			return program{}, err
		}
		parts = append(parts, []byte(f), b)
	}
	return program{dir, files, run.Digest(parts...)}, nil
}

// moduleProgram writes files (path → content) as a module below work, in a folder named
// by their content, and makes the program of its root package.
func moduleProgram(work, name string, files map[string]string) (program, error) {
	var parts [][]byte
	var paths []string
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		parts = append(parts, []byte(p), []byte(files[p]))
	}
	key := run.Digest(parts...)
	dir := filepath.Join(work, strings.NewReplacer("/", "_", ".go", "").Replace(name)+"-"+key[:8])
	for _, p := range paths {
		path := filepath.Join(dir, p)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return program{}, err
		}
		if old, err := os.ReadFile(path); err == nil && string(old) == files[p] {
			continue
		}
		if err := os.WriteFile(path, []byte(files[p]), 0o666); err != nil {
			return program{}, err
		}
	}
	return program{dir, []string{"."}, key}, nil
}

// rundirModule maps the packages of a rundir test to the files of a module. The suite
// compiles the packages in lexical order of their first files; the last one is the program.
func rundirModule(dir string, single bool) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	type pkg struct {
		path  string // "test/<first file>"
		files []string
	}
	var pkgs []*pkg
	byName := map[string]*pkg{}
	src := map[string]string{}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		src[name] = string(b)
		f, err := parser.ParseFile(token.NewFileSet(), name, b, parser.PackageClauseOnly)
		if err != nil {
			return nil, err
		}
		p := byName[f.Name.Name]
		if p == nil || single {
			p = &pkg{path: strings.TrimSuffix(name, ".go")}
			pkgs = append(pkgs, p)
			byName[f.Name.Name] = p
		}
		p.files = append(p.files, name)
	}
	if len(pkgs) == 0 {
		return nil, fmt.Errorf("%s: no packages", dir)
	}
	out := map[string]string{"go.mod": "module test\n\ngo 1.26\n"}
	for i, p := range pkgs {
		to := p.path + "/"
		if i == len(pkgs)-1 {
			to = ""
		}
		for _, name := range p.files {
			s, err := absoluteImports(name, src[name])
			if err != nil {
				return nil, err
			}
			// The suite compiles p_test.go like any other file.
			if strings.HasSuffix(name, "_test.go") {
				name = strings.TrimSuffix(name, ".go") + "_.go"
			}
			out[to+name] = s
		}
	}
	return out, nil
}

// absoluteImports replaces import "./p" by "test/p", keeping lines.
func absoluteImports(name, src string) (string, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ImportsOnly)
	if err != nil {
		return "", err
	}
	for _, spec := range slices.Backward(f.Imports) {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !strings.HasPrefix(path, "./") {
			continue
		}
		at := fset.Position(spec.Path.Pos()).Offset
		src = src[:at] + strconv.Quote("test/"+path[2:]) + src[at+len(spec.Path.Value):]
	}
	return src, nil
}

// runindirModule copies the tree and adds the go.mod that the suite would write.
func runindirModule(dir, version string) (map[string]string, error) {
	if version == "" {
		version = "1.14"
	}
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)] = string(b)
		return nil
	})
	out["go.mod"] = fmt.Sprintf("module %s\n\ngo %s\n", filepath.Base(dir), version)
	return out, err
}
