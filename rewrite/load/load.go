// Package load brings a whole program into memory, parsed and type-checked from source.
//
//	rtgen run ./cmd/serve    →   runtime, internal/abi, …, fmt, example.org/serve/cmd/serve
//
// The go command says which files make up which package (one `go list -deps`), so build
// constraints, modules, workspaces and vendoring are its business. Everything else is read
// and checked here: no export data is used, since the packages of the standard library are
// not quite the ones in GOROOT. Overlays are merged into them between parsing and checking,
// which may change what they import; the packages of a program are those that the merged
// sources reach.
//
// Callers may rely on this: packages stand in the order in which Go initialises them, so
// each one behind all that it imports; one token.FileSet holds every position; when the
// program does not compile, the error is an *Error whose text is that of the go command.
package load

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"rtgen/cps/build"
)

// Std is what the loader must know of a release's standard library. Package rewrite/std
// implements it.
type Std interface {
	// Tags are the build tags that keep assembly out of the standard library.
	Tags() []string

	// Roots are the packages that generated code and the runtime need in every program.
	Roots() []string

	// Merge returns the files of a package of the standard library with its overlay applied.
	// It calls parse only if it needs GOROOT's own files.
	Merge(fset *token.FileSet, path string, parse func() ([]*ast.File, error)) ([]*ast.File, error)
}

// Config says what to load and how.
type Config struct {
	Args []string // package patterns, or .go files
	Dir  string   // where the go command runs; "" for the current folder
	Std  Std
	Many bool // several packages, not one main package: `rtgen rewrite ./...`
	Test bool // Args name one package, whose test binary is the program

	// Log, if not nil, is told what is under way.
	Log func(format string, args ...any)
}

// Program is a loaded program.
type Program struct {
	Fset      *token.FileSet
	Sources   []*build.Source // in initialisation order
	Main      *build.Source   // nil if there is none (Config.Many)
	Roots     []*build.Source // the packages that Args named
	BuildInfo string          // for debug.ReadBuildInfo; "" if there is no Main
	GoTool    string          // version of the host's go command, "go1.26.8"
	Files     []InputFile     // everything that was read; some of GOROOT's may have been replaced
}

// InputFile is a file that the program depends on.
type InputFile struct {
	Path     string
	Standard bool // in GOROOT
}

// Lookup returns the package of that import path, or nil.
func (p *Program) Lookup(path string) *build.Source {
	for _, s := range p.Sources {
		if s.Path == path {
			return s
		}
	}
	return nil
}

// pkg is a package on its way to a build.Source.
type pkg struct {
	listed  *listed
	files   []*ast.File
	imports []string // resolved, sorted, without "unsafe"
	sum     string   // see build.Source
	deps    []*pkg
	err     error

	src  *build.Source
	done chan struct{} // closed once src.Types is complete or err is set
}

// Listing is what the go command says of a program, before any of it is read.
type Listing struct {
	Digest string // of all that the go command said, and of its version
	loader *loader
	roots  []string
	goTool string
	level  string // GOAMD64
}

// List asks the go command about a program. Errors of the program are an *Error or Refusals.
func List(ctx context.Context, cfg *Config) (*Listing, error) {
	if cfg.Log == nil {
		cfg.Log = func(string, ...any) {}
	}
	l := &loader{ctx: ctx, cfg: cfg, fset: token.NewFileSet(), pkgs: map[string]*pkg{}}
	out := &Listing{loader: l}
	cfg.Log("listing packages")
	// The two questions take a while and are asked at once. The second holds the tags that the first will tell,
	// unless they are in a file of the go command's.
	l.userTags = flagTags(os.Getenv("GOFLAGS"))
	var version, level string
	var tags []string
	var err error
	told := make(chan bool)
	go func() {
		version, tags, level, err = hostEnv(ctx, cfg.Dir)
		close(told)
	}()
	roots, digest, listErr := l.list(cfg.Args, true)
	<-told
	if err != nil {
		return nil, err
	}
	if !Supported(version) {
		return nil, fmt.Errorf("rtgen: %s is not supported: the runtime's hooks are those of %s", version, SupportedRelease)
	}
	if !slices.Equal(tags, l.userTags) {
		l.userTags, l.pkgs = tags, map[string]*pkg{}
		roots, digest, listErr = l.list(cfg.Args, true)
	}
	if listErr != nil {
		return nil, listErr
	}
	if err := l.checkRoots(roots); err != nil {
		return nil, err
	}
	out.roots, out.goTool, out.level = roots, version, level
	out.Digest = strings.Join([]string{version, level, strings.Join(tags, ","), digest}, " ")
	return out, nil
}

// MainPath is the import path of the main package.
func (out *Listing) MainPath() string { return out.roots[0] }

// Dir is the folder of the main package; that of a test binary is its package's.
func (out *Listing) Dir() string { return out.loader.pkgs[out.roots[0]].listed.Dir }

// Ask returns what the host's compiler says against the program, as an *Error, or nil: for
// whoever fails at what it cannot be (a type larger than the address space, say).
func (out *Listing) Ask() error { return out.loader.ask() }

// Load reads a program. Errors of the program are an *Error or Refusals.
func Load(ctx context.Context, cfg *Config) (*Program, error) {
	l, err := List(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return l.Load()
}

// Load reads the program that was listed.
func (out *Listing) Load() (*Program, error) {
	l, roots := out.loader, out.roots
	cfg := l.cfg
	// Most programs import them, at some depth.
	unlisted := slices.DeleteFunc(cfg.Std.Roots(), func(path string) bool { return l.pkgs[path] != nil })
	if _, _, err := l.list(unlisted, false); err != nil {
		return nil, err
	}
	cfg.Log("parsing %d packages", len(l.pkgs))
	if err := l.parseAll(); err != nil {
		return nil, err
	}

	order, err := l.order(roots)
	if err != nil {
		return nil, err
	}
	if r := pluginRefusals(l.fset, order); len(r) > 0 {
		return nil, r
	}
	cfg.Log("checking %d packages", len(order))
	if err := l.checkAll(order); err != nil {
		return nil, err
	}

	prog := &Program{Fset: l.fset, GoTool: out.goTool}
	if !cfg.Many {
		prog.BuildInfo = out.buildInfo()
	}
	for _, p := range order {
		prog.Sources = append(prog.Sources, p.src)
		for _, f := range p.listed.goFiles() {
			prog.Files = append(prog.Files, InputFile{f, p.listed.Standard})
		}
		for _, f := range p.listed.assembly() {
			prog.Files = append(prog.Files, InputFile{f, false})
		}
		for _, f := range p.listed.EmbedFiles {
			prog.Files = append(prog.Files, InputFile{filepath.Join(p.listed.Dir, f), p.listed.Standard})
		}
	}
	for _, path := range roots {
		prog.Roots = append(prog.Roots, l.pkgs[path].src)
	}
	if !cfg.Many {
		prog.Main = prog.Roots[0]
		prog.Main.Main = true
	}
	return prog, nil
}

// loader is the state of one Load.
type loader struct {
	ctx  context.Context
	cfg  *Config
	fset *token.FileSet
	pkgs map[string]*pkg // by import path; everything listed, reached or not

	userTags []string // besides Std's
}

// checkRoots rejects what the arguments named if it is no program.
func (l *loader) checkRoots(roots []string) error {
	if len(roots) == 0 {
		return &Error{Text: "no packages match: " + strings.Join(l.cfg.Args, " ")}
	}
	if l.cfg.Many {
		return nil
	}
	if len(roots) > 1 {
		return &Error{Text: "rtgen: the arguments name several packages; exactly one main package is expected: " + strings.Join(roots, " ")}
	}
	if p := l.pkgs[roots[0]]; p.listed.Name != "main" {
		return &Error{Text: fmt.Sprintf("package %s is not a main package", p.listed.ImportPath)}
	}
	return nil
}

// order returns the packages that roots and Std.Roots reach in Go's order of initialisation:
// of all packages whose imports are initialised, the one with the least import path comes
// next. What the runtime needs comes before everything else.
func (l *loader) order(roots []string) ([]*pkg, error) {
	var out []*pkg
	ordered := map[*pkg]bool{}
	for _, group := range [][]string{l.cfg.Std.Roots(), roots} {
		reached := map[*pkg]bool{}
		var reach func(path, from string) error
		reach = func(path, from string) error {
			p := l.pkgs[path]
			if p == nil {
				return fmt.Errorf("rtgen: internal error: %s imports %s, which was not loaded", from, path)
			}
			if reached[p] || ordered[p] {
				return nil
			}
			reached[p] = true
			for _, imp := range p.imports {
				if err := reach(imp, path); err != nil {
					return err
				}
				p.deps = append(p.deps, l.pkgs[imp])
			}
			return nil
		}
		for _, path := range group {
			if err := reach(path, "the runtime"); err != nil {
				return nil, err
			}
		}
		got, err := initOrder(reached, ordered)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

// initOrder sorts the packages of set, given those that are initialised already, and adds
// them to done.
func initOrder(set, done map[*pkg]bool) ([]*pkg, error) {
	var ready, out []*pkg
	waits := map[*pkg]int{}
	users := map[*pkg][]*pkg{}
	for p := range set {
		for _, d := range p.deps {
			if !done[d] {
				waits[p]++
				users[d] = append(users[d], p)
			}
		}
		if waits[p] == 0 {
			ready = append(ready, p)
		}
	}
	byPath := func(i, j int) bool { return ready[i].listed.ImportPath > ready[j].listed.ImportPath }
	for len(ready) > 0 {
		sort.Slice(ready, byPath) // least last; the set is small and mostly sorted
		p := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		out = append(out, p)
		done[p] = true
		for _, u := range users[p] {
			if waits[u]--; waits[u] == 0 {
				ready = append(ready, u)
			}
		}
	}
	if len(out) != len(set) {
		var left []string
		for p := range set {
			if !done[p] {
				left = append(left, p.listed.ImportPath)
			}
		}
		sort.Strings(left)
		return nil, fmt.Errorf("rtgen: import cycle among %s", strings.Join(left, ", "))
	}
	return out, nil
}

// sizes are the host's: guest values have the host's layout.
func sizes(goarch string) types.Sizes { return types.SizesFor("gc", goarch) }
