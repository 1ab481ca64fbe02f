package load

// This file parses and type-checks packages, as many at once as there are processors.

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"rtgen/cps/build"
	"rtgen/cps/par"
)

// parseAll parses all that was listed, merges the overlays, and lists and parses what the
// overlays import besides, until nothing is missing.
func (l *loader) parseAll() error {
	parsed := map[*pkg]bool{}
	for {
		var todo []*pkg
		for _, p := range l.pkgs {
			if !parsed[p] {
				parsed[p] = true
				todo = append(todo, p)
			}
		}
		par.Each(len(todo), func(i int) { todo[i].err = l.parse(todo[i]) })
		if err := l.failures(todo); err != nil {
			return err
		}
		missing := map[string]bool{}
		for _, p := range todo {
			for _, imp := range p.imports {
				if l.pkgs[imp] == nil {
					missing[imp] = true
				}
			}
		}
		if len(missing) == 0 {
			return nil
		}
		var paths []string
		for path := range missing {
			paths = append(paths, path)
		}
		sort.Strings(paths)
		if _, _, err := l.list(paths, false); err != nil {
			return err
		}
	}
}

// parse fills in p.files and p.imports.
func (l *loader) parse(p *pkg) error {
	sum := sha256.New()
	read := func() ([]*ast.File, error) {
		// In order and in this goroutine, so that positions order the files of a package.
		var files []*ast.File
		buf := sources.Get().(*bytes.Buffer)
		defer sources.Put(buf)
		for _, name := range p.listed.goFiles() {
			src, err := readInto(buf, name)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(sum, "%q %d\n", name, len(src))
			sum.Write(src)
			f, err := parser.ParseFile(l.fset, displayName(l.cfg.Dir, name), src, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
		return files, nil
	}
	var err error
	if p.listed.Standard {
		p.files, err = l.cfg.Std.Merge(l.fset, p.listed.ImportPath, read)
	} else {
		p.files, err = read()
	}
	if err != nil {
		return err
	}
	if p.listed.Standard {
		p.listed.embedMore(p.files)
	}
	more := p.listed.assembly()
	for _, name := range p.listed.EmbedFiles {
		more = append(more, filepath.Join(p.listed.Dir, name))
	}
	for _, name := range more {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%q %d\n", name, len(data))
		sum.Write(data)
	}
	p.sum = fmt.Sprintf("%x", sum.Sum(nil))
	seen := map[string]bool{"unsafe": true, "C": true}
	for _, f := range p.files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if path = p.resolve(path); !seen[path] {
				seen[path] = true
				p.imports = append(p.imports, path)
			}
		}
	}
	sort.Strings(p.imports)
	return nil
}

// sources are buffers for files that are parsed, one after another: the parser keeps copies of what it wants.
var sources = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func readInto(buf *bytes.Buffer, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	buf.Reset()
	if st, err := f.Stat(); err == nil {
		buf.Grow(int(st.Size()) + bytes.MinRead)
	}
	_, err = buf.ReadFrom(f)
	return buf.Bytes(), err
}

// displayName is the file name that positions carry. It is absolute, as in the tables of a
// stock binary, for tracebacks and log lines come from it.
func displayName(dir, name string) string {
	if filepath.Ext(name) != ".go" {
		return testMainFile
	}
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}

// resolve maps an import path as written to that of the package it means.
func (p *pkg) resolve(path string) string {
	if to, ok := p.listed.ImportMap[path]; ok {
		return to
	}
	if first, _, _ := strings.Cut(path, "/"); p.listed.Standard && strings.Contains(first, ".") {
		return "vendor/" + path // in a file that the go command leaves out
	}
	return path
}

// checkAll type-checks packages; each waits for what it imports.
func (l *loader) checkAll(order []*pkg) error {
	// The semaphore is taken behind the wait: no slot is ever held by a package that waits.
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for _, p := range order {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer close(p.done)
			for _, d := range p.deps {
				<-d.done
				if d.err != nil {
					p.err = errDependency
					return
				}
			}
			slots <- struct{}{}
			defer func() { <-slots }()
			p.err = l.check(p)
		}()
	}
	wg.Wait()
	if err := l.failures(order); err != nil {
		return err
	}
	if slices.ContainsFunc(order, (*pkg).doubtful) {
		return l.ask()
	}
	return nil
}

// errDependency marks a package that was not checked because one that it imports has errors.
var errDependency = fmt.Errorf("a dependency has errors")

// failures returns the error to show if any of the packages has one.
func (l *loader) failures(pkgs []*pkg) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	var failed []*pkg
	for _, p := range pkgs {
		if p.err != nil && p.err != errDependency {
			failed = append(failed, p)
		}
	}
	if len(failed) == 0 {
		return nil
	}
	return l.explain(failed)
}

// check type-checks p, whose dependencies are complete, and fills in p.src.
func (l *loader) check(p *pkg) error {
	m := p.listed
	size := 0 // in bytes; the maps have about what std's packages need
	for _, f := range p.files {
		size += int(f.FileEnd - f.FileStart)
	}
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue, size/16),
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         make(map[*ast.Ident]types.Object, size/110),
		Uses:         make(map[*ast.Ident]types.Object, size/30),
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	var errs []error
	conf := types.Config{
		GoVersion: m.goVersion(),
		Sizes:     sizes(runtime.GOARCH),
		Importer:  importer{l, p},
		Error:     func(err error) { errs = append(errs, err) },
	}
	tpkg, err := conf.Check(m.ImportPath, l.fset, p.files, info)
	if len(errs) > 0 {
		return fmt.Errorf("%s: %w", m.ImportPath, joinErrors(errs))
	}
	if err != nil {
		return err
	}
	p.src = &build.Source{
		Path: m.ImportPath, Name: tpkg.Name(), Dir: m.Dir, GoVersion: m.goVersion(), Standard: m.Standard,
		Sum: p.sum, Files: p.files, Types: tpkg, Info: info, Assembly: m.assembly(),
	}
	p.src.Embeds, err = embeds(p)
	return err
}

// joinErrors is errors.Join for a reader: at most ten lines.
func joinErrors(errs []error) error {
	n := len(errs)
	text := ""
	for i, err := range errs {
		if i == 10 {
			text += fmt.Sprintf("\n… and %d more", n-i)
			break
		}
		if i > 0 {
			text += "\n"
		}
		text += err.Error()
	}
	return fmt.Errorf("%s", text)
}

// importer resolves the imports of one package.
type importer struct {
	l *loader
	p *pkg
}

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	to := i.l.pkgs[i.p.resolve(path)]
	if to == nil || to.src == nil {
		return nil, fmt.Errorf("package %s was not loaded", path)
	}
	return to.src.Types, nil
}
