package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"rtgen/rewrite"
	"rtgen/rewrite/module"
)

// buildFlags are those that run and build share.
type buildFlags struct {
	work bool
}

func (f *buildFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.work, "work", false, "print the folder of the rewritten program")
}

// binary is a built program.
type binary struct {
	exe  string // full name of the executable; it belongs to a cache
	name string // what go build would call it
	dir  string // folder of the main package, or of the package that a test binary tests
}

// make rewrites the program that args name and builds it. If out is not "", the executable
// is copied there too (into it, if it is a folder).
func (f *buildFlags) make(ctx context.Context, args []string, out string) (exe string, err error) {
	b, err := f.build(ctx, args, false)
	if err != nil || out == "" {
		return b.exe, err
	}
	return b.exe, b.copyTo(out)
}

// build rewrites the program that args name, or the test binary of the package that they
// name, and builds it. The result is in a folder that belongs to the program; what is done
// there before and is still right is not done again.
func (f *buildFlags) build(ctx context.Context, args []string, test bool) (b binary, err error) {
	p := newProgress()
	defer p.done()
	key := args
	if test {
		key = append([]string{"test"}, args...)
	}
	dir, err := workDir(key)
	if err != nil {
		return b, err
	}
	if f.work {
		fmt.Fprintln(os.Stderr, "WORK="+dir)
	}
	unlock, err := module.Lock(ctx, dir)
	if err != nil {
		return b, err
	}
	defer unlock()

	packages, err := packagesDir()
	if err != nil {
		return b, err
	}
	defer trim()
	in, err := rewrite.List(ctx, &rewrite.Options{Args: args, Test: test, Cache: packages, Log: p.log})
	if err != nil {
		return b, err
	}
	b.name, b.dir = programName(in.MainPath(), args), in.Dir()
	if test {
		b.name = programName(strings.TrimSuffix(in.MainPath(), ".test"), args) + ".test"
	}
	b.exe = filepath.Join(dir, "bin", b.name)
	if in.Unchanged(dir, b.exe) {
		return b, nil
	}
	return b, rebuild(ctx, p, in, dir, b.exe)
}

// copyTo copies the executable to the file or into the folder that out names, by the go
// command's rules: a name that ends in a slash is a folder's, folders are made, and a file that
// is no executable stays.
func (b binary) copyTo(out string) error {
	if isFolder(out) || strings.HasSuffix(out, string(filepath.Separator)) {
		out = filepath.Join(out, b.name)
	}
	if isFolder(out) {
		return fmt.Errorf("build output %q already exists and is a directory", out)
	}
	if st, err := os.Stat(out); err == nil && st.Mode().IsRegular() && st.Size() > 0 && !isExecutable(out) {
		return fmt.Errorf("build output %q already exists and is not an object file", out)
	}
	src, err := os.Open(b.exe)
	if err != nil {
		return fmt.Errorf("rtgen: %w", err)
	}
	defer src.Close()
	return module.WriteFile(out, 0o755, func(w io.Writer) error { _, err := io.Copy(w, src); return err })
}

func isExecutable(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	magic := make([]byte, 4)
	_, err = io.ReadFull(f, magic)
	return err == nil && string(magic) == "\x7fELF"
}

// rebuild brings dir up to date.
func rebuild(ctx context.Context, p *progress, in *rewrite.Input, dir, exe string) error {
	prog, err := in.Rewrite(ctx)
	if err != nil {
		return err
	}
	p.log("writing")
	if err := rewrite.Forget(dir, exe); err != nil {
		return err
	}
	if err := prog.Module.Write(dir); err != nil {
		return err
	}
	p.log("go build")
	if err := prog.Module.Build(ctx, dir, exe); err != nil {
		var rejected *module.BuildError
		if errors.As(err, &rejected) {
			return in.Blame(err)
		}
		return err
	}
	return in.Remember(dir, exe, prog.Files)
}

// programName is the name that go build would give the executable.
func programName(importPath string, args []string) string {
	if strings.HasSuffix(args[0], ".go") {
		return strings.TrimSuffix(filepath.Base(args[0]), ".go")
	}
	base := path.Base(importPath)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" && path.Dir(importPath) != "." {
		base = path.Base(path.Dir(importPath)) // module.example/prog/v2
	}
	return base
}

func buildCmd() *cobra.Command {
	var flags buildFlags
	var out string
	cmd := &cobra.Command{
		Use:   "build [-o OUT] PACKAGE | FILE.go…",
		Short: "Rewrite a program and build it",
		Long: `Build rewrites a main package with all that it imports and has the go command
compile the result. The executable is named as go build names it, unless -o says
otherwise. Errors of the program are shown in the compiler's words.

The rewritten source is kept in the user's cache folder; --work shows where.`,
		Example: `  rtgen build ./cmd/serve
  rtgen build -o /tmp/hello hello.go`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				out = "." // a folder: the name is the program's
			}
			_, err := flags.make(cmd.Context(), args, out)
			return err
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVarP(&out, "out", "o", "", "name of the executable, or a folder for it")
	return cmd
}

func runCmd() *cobra.Command {
	var flags buildFlags
	var workers int
	cmd := &cobra.Command{
		Use:   "run [-w N] PACKAGE | FILE.go… [ARGUMENT…]",
		Short: "Rewrite a program, build it and run it",
		Long: `Run builds a program as "rtgen build" does and becomes it: standard streams, signals
and exit status are the program's own. Arguments behind the package, or behind the last
of the .go files that come first, go to the program.

The environment variable RTGEN holds the runtime's settings, separated by commas: w=N
(workers), yield (at every poll), stats=FILE (a new file: what the program uses over time), off (never collect),
major (no minor collections), stress=K (collect at every K-th safepoint), verify and
poison (check the heap).`,
		Example: `  rtgen run hello.go
  rtgen run -w 4 ./cmd/serve -addr :8080
  RTGEN=stress=1,verify rtgen run prog.go`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("workers") && workers < 1 {
				return fmt.Errorf("rtgen: -w %d: at least one worker is needed", workers)
			}
			n := 1
			if strings.HasSuffix(args[0], ".go") {
				for n < len(args) && strings.HasSuffix(args[n], ".go") {
					n++
				}
			}
			exe, err := flags.make(cmd.Context(), args[:n], "")
			if err != nil {
				return err
			}
			return become(exe, args[n:], workers)
		},
	}
	// Everything behind the package is the program's, flags too.
	cmd.Flags().SetInterspersed(false)
	flags.add(cmd)
	cmd.Flags().IntVarP(&workers, "workers", "w", 0, "number of workers (default: the number of processors)")
	return cmd
}

// become replaces this process by the program.
func become(exe string, args []string, workers int) error {
	env := os.Environ()
	if workers > 0 {
		env = withWorkers(env, workers)
	}
	argv := append([]string{exe}, args...)
	err := syscall.Exec(exe, argv, env)
	if err == syscall.ETXTBSY {
		// Another process holds the file open for writing, for a moment: a fork of ours.
		cmd := exec.Command(exe, args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, env
		if err = cmd.Run(); err == nil {
			return nil
		}
		if exit, ok := err.(*exec.ExitError); ok {
			return exitStatus(exit.ExitCode())
		}
	}
	return fmt.Errorf("rtgen: %s: %w", exe, err)
}

// withWorkers adds w=n to the settings in RTGEN.
func withWorkers(env []string, n int) []string {
	setting := "w=" + strconv.Itoa(n)
	out := make([]string, 0, len(env)+1)
	for _, kv := range env {
		if old, ok := strings.CutPrefix(kv, "RTGEN="); ok {
			for _, s := range strings.Split(old, ",") {
				if s != "" && !strings.HasPrefix(s, "w=") {
					setting += "," + s
				}
			}
			continue
		}
		out = append(out, kv)
	}
	return append(out, "RTGEN="+setting)
}
