// Package rewrite takes a program in and puts a program out.
//
//	hello.go   →   go.mod, main.go, g/main_/command-line-arguments, g/fmt, …, rtlib, sched, gc, …
//
// It is the line of stages that `rtgen passes` prints: load and std bring the source together,
// build lowers it to IR, colour decides what may suspend, the passes and gen turn each
// function into Go, and emit collects the files of a module. Nothing here touches the disk:
// the caller writes the module, so a program that is refused leaves nothing behind.
package rewrite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	source "rtgen"
	"rtgen/cps/build"
	"rtgen/cps/escape"
	"rtgen/cps/gen"
	"rtgen/cps/ir"
	"rtgen/cps/names"
	"rtgen/cps/par"
	"rtgen/rewrite/asm"
	"rtgen/rewrite/colour"
	"rtgen/rewrite/load"
	"rtgen/rewrite/module"
	"rtgen/rewrite/std"
)

// Options say what to rewrite.
type Options struct {
	Args []string // one package pattern, or .go files
	Test bool     // the program is the test binary of the package
	Dir  string   // where the go command runs; "" for the current folder

	// Pretty says that people will read the output: it is formatted, which takes longer than
	// everything else.
	Pretty bool

	// Cache, if not "", is a folder for printed packages, which other programs share.
	Cache string

	// Log, if not nil, is told what is under way.
	Log func(format string, args ...any)
}

// Output is a rewritten program.
type Output struct {
	Module *module.Module
	Files  []load.InputFile // what it depends on
}

// Input is a program that the go command has been asked about, but that has not been read.
type Input struct {
	opts    *Options
	listing *load.Listing
}

// List asks the go command about the program that opts names.
func List(ctx context.Context, opts *Options) (*Input, error) {
	// Both will be asked for, and one processor has nothing to do.
	go toolHash()
	go loadHooks()
	listing, err := load.List(ctx, &load.Config{Args: opts.Args, Test: opts.Test, Dir: opts.Dir, Std: std.Std{}, Log: opts.Log})
	return &Input{opts, listing}, err
}

// MainPath is the import path of the main package, as the go command knows it.
func (in *Input) MainPath() string { return in.listing.MainPath() }

// Dir is the folder of the main package; that of a test binary is its package's.
func (in *Input) Dir() string { return in.listing.Dir() }

// Program rewrites the program that opts names.
func Program(ctx context.Context, opts *Options) (*Output, error) {
	in, err := List(ctx, opts)
	if err != nil {
		return nil, err
	}
	return in.Rewrite(ctx)
}

// Rewrite rewrites the program.
func (in *Input) Rewrite(ctx context.Context) (*Output, error) {
	p, err := in.lower(ctx)
	if err != nil {
		return nil, err
	}
	p.log("emitting %d packages", len(p.pkgs))
	mod, err := p.emit(ctx)
	if err != nil {
		return nil, in.Blame(err)
	}
	return &Output{Module: mod, Files: p.loaded.Files}, nil
}

// Blame is err, an internal error, or what the host's compiler says against the program if that
// is to blame: go/types does not reject all that the compiler does.
func (in *Input) Blame(err error) error {
	if theirs := in.listing.Ask(); theirs != nil {
		return theirs
	}
	return err
}

// program is a program as IR, coloured and named.
type program struct {
	pretty  bool
	test    bool
	cache   string
	log     func(format string, args ...any)
	loaded  *load.Program
	pkgs    []*ir.Package // in initialisation order; packages of instances last
	main    *ir.Package
	start   *ir.Func
	colours *colour.Colours
	names   *names.Program
	hooks   *gen.Hooks

	assembly map[string]*asm.Package

	locksThreads bool // the program mentions runtime.LockOSThread
}

func lower(ctx context.Context, opts *Options) (*program, error) {
	in, err := List(ctx, opts)
	if err != nil {
		return nil, err
	}
	return in.lower(ctx)
}

// lower runs the stages up to colour.
func (in *Input) lower(ctx context.Context) (*program, error) {
	p := &program{log: in.opts.Log, pretty: in.opts.Pretty, test: in.opts.Test, cache: in.opts.Cache}
	if p.log == nil {
		p.log = func(string, ...any) {}
	}
	var err error
	p.loaded, err = in.listing.Load()
	if err != nil {
		return nil, err
	}
	p.log("lowering")
	bind, err := newBinder(p.loaded)
	if err != nil {
		return nil, err
	}
	p.assembly = bind.assembly
	p.pkgs, err = build.Program(p.loaded.Fset, p.loaded.Sources, bind)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.locksThreads = bind.locksThreads.Load()
	p.main = p.pkgs[len(p.loaded.Sources)-1]
	if err := p.addStart(); err != nil {
		return nil, err
	}
	escape.Program(p.pkgs)
	p.log("colouring")
	par.Each(2, func(i int) {
		switch i {
		case 0:
			p.colours = colour.Program(p.pkgs)
		case 1: // which does not depend on it, nor on escape: but that needs all processors
			p.names = names.New(p.loaded.Sources, p.pkgs)
			p.hooks, err = loadHooks()
		}
	})
	return p, err
}

// loadHooks reads the signatures of the runtime's hooks.
var loadHooks = sync.OnceValues(func() (*gen.Hooks, error) {
	return gen.LoadHooks(source.Source, map[string]string{std.HooksPath: "rtlib/hooks/go126"})
})

// emit runs the passes and gen on every package, in parallel, and collects the module.
func (p *program) emit(ctx context.Context) (*module.Module, error) {
	mod, err := module.New(source.Source, source.RuntimeFolders)
	if err != nil {
		return nil, err
	}
	kept := p.newReuse(p.cache)
	errs := make([]error, len(p.pkgs))
	par.Each(len(p.pkgs), func(i int) {
		if errs[i] = ctx.Err(); errs[i] == nil {
			errs[i] = p.emitPackage(mod, kept, p.pkgs[i])
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	mod.Add("main.go", p.mainFile())
	return mod, p.addAssembly(mod)
}

// addAssembly adds the assembly that goes with packages.
func (p *program) addAssembly(mod *module.Module) error {
	for i, s := range p.loaded.Sources {
		if p.assembly[s.Path] != nil && len(p.pkgs[i].Assembly) > 0 {
			for _, f := range p.assembly[s.Path].Files {
				mod.Add(p.folder(p.pkgs[i])+f.Name, names.Assembly(f.Text))
			}
		}
		if !s.Standard {
			continue
		}
		for _, name := range std.Assembly(s.Path) {
			src, err := os.ReadFile(filepath.Join(s.Dir, name))
			if err != nil {
				return err
			}
			mod.Add(p.folder(p.pkgs[i])+name, names.Assembly(src))
		}
	}
	return nil
}

// folder is where a package's files are, in the module.
func (p *program) folder(pkg *ir.Package) string { return p.names.Path(pkg)[len("rtgen/"):] + "/" }

func (p *program) emitPackage(mod *module.Module, kept *reuse, pkg *ir.Package) (err error) {
	if os.Getenv("RTGENDEBUG") != "panic" {
		defer func() {
			if x := recover(); x != nil {
				err = fmt.Errorf("rtgen: internal error: %s: %v", pkg.Path, x)
			}
		}()
	}
	file := kept.file(p, pkg)
	name := p.folder(pkg) + fileName(pkg)
	if src := kept.load(file); src != nil {
		mod.Add(name, src)
		return nil
	}
	print := gen.Source
	if p.pretty {
		print = gen.Package
	}
	src, err := print(pkg, p.names.For(pkg), p.colours, p.hooks)
	if err != nil {
		return fmt.Errorf("rtgen: internal error: %s: %w", pkg.Path, err)
	}
	kept.store(file, src)
	mod.Add(name, src)
	return nil
}

// fileName is the name of a package's file: that of the package, but nothing that the go
// command reads a build constraint into.
func fileName(pkg *ir.Package) string { return "p_" + pkg.Name + "_.go" }
